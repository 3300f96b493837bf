/**
 * The machine that a benchmark runs on.
 *
 * @module
 */
import { cpus } from "node:os";

/** What figures depend on. */
export interface Machine {
  readonly cores: number;
  /** The name that the processor gives itself; empty where the system doesn't say. */
  readonly processor: string;
  /** The widest vectors that it computes with, of those that engines ask for. */
  readonly vectors: string;
  /** Processes that ran or wanted to, on average over the minute before. */
  readonly load: number;
}

/** Says what a processor can do; Deno itself reads below /proc only with every permission, and benchmarks run without network. */
const QUESTION = { command: "grep", args: ["-m1", "-E", "^(flags|Features)", "/proc/cpuinfo"] };

/** Vector instructions as Linux names them, the widest first. */
const VECTORS = ["avx512_vnni", "avx512f", "avx2", "asimd"];

/** Describes the machine before a benchmark; beside others everything takes longer, and a reader must be able to see it. */
export async function describeMachine(): Promise<Machine> {
  const known = new Set(Deno.build.os === "linux" ? await featuresOfLinux() : []);
  return {
    cores: navigator.hardwareConcurrency,
    processor: cpus()[0]?.model.trim() ?? "",
    vectors: VECTORS.find((name) => known.has(name)) ?? "",
    load: Deno.loadavg()[0],
  };
}

async function featuresOfLinux(): Promise<string[]> {
  const { command, args } = QUESTION;
  const { stdout } = await new Deno.Command(command, { args, stderr: "null" }).output();
  return new TextDecoder().decode(stdout).trim().split(/\s+/);
}

/** The machine in a line. */
export function machineLine({ cores, processor, vectors, load }: Machine): string {
  const name = [processor, vectors].filter((part) => part !== "").join(", ") || Deno.build.arch;
  return `cores: ${cores} (${name}), load in the minute before: ${load.toFixed(1)}`;
}
