/** The program as a person calls it: in a process of its own, its output going into pipes. */
import { join } from "node:path";
import { TINY } from "../pipeline/tiny.ts";

const MAIN = new URL("../../src/cli/main.ts", import.meta.url).pathname;

/** How a call ended. */
export interface Ended {
  readonly code: number;
  /** Standard output. */
  readonly out: string;
  /** Standard error. */
  readonly problems: string;
}

/** Where a call stands, and what it finds in the environment. */
export interface CallOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
}

function command(args: readonly string[], { cwd, env = {} }: CallOptions): Deno.CommandOptions {
  return {
    args: ["run", "-A", "--deny-net", "--quiet", "--no-lock", "--no-check", MAIN, ...args],
    cwd,
    env: { INIT_CWD: cwd ?? Deno.cwd(), ...env },
    stdout: "piped",
    stderr: "piped",
  };
}

/** Calls the program and waits for its end. */
export async function call(args: readonly string[], options: CallOptions = {}): Promise<Ended> {
  return read(await new Deno.Command(Deno.execPath(), command(args, options)).output());
}

/** A call that goes on. Its processes are a group of their own, as those of a terminal's line are. */
export function begin(args: readonly string[], options: CallOptions = {}) {
  const process = new Deno.Command(Deno.execPath(), {
    ...command(args, options),
    detached: true,
    stdin: "null",
  }).spawn();
  return {
    end: process.output().then(read),
    /** What a terminal does when a key is pressed: every process of the group gets the signal. */
    signalGroup: (signal: Deno.Signal) => Deno.kill(-process.pid, signal),
    /** Ends the program itself, and it alone, without a last word. */
    kill() {
      try {
        process.kill("SIGKILL");
      } catch (error) {
        // It was faster than its killer.
        if (!(error instanceof TypeError)) throw error;
      }
    },
  };
}

function read({ code, stdout, stderr }: Deno.CommandOutput): Ended {
  const [out, problems] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, problems };
}

/** Writes the tiny manifest, or one that is changed from it by replacing lines by what they begin with. */
export async function writeManifest(
  folder: string,
  lines: Readonly<Record<string, string>> = {},
): Promise<string> {
  const path = join(folder, "tiny.yaml");
  const replaced = TINY.split("\n").map((line) => {
    const start = Object.keys(lines).find((start) => line.startsWith(start));
    return start === undefined ? line : lines[start];
  });
  await Deno.writeTextFile(path, replaced.join("\n"));
  return path;
}

/** Whether text holds what moves a cursor or changes a colour. */
export function hasEscapes(text: string): boolean {
  return text.includes("\x1b");
}
