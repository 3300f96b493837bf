/**
 * A process of its own that takes turns: what it is given in threads and memory is its own too.
 *
 * @module
 */

/** A turn that was taken: a training step, or a forward pass. */
export interface Turn {
  /** Its time in milliseconds, measured inside the process. */
  readonly ms: number;
  /** What it computed: the loss of the weights before a step, or the logits. */
  readonly values: readonly number[];
  /** The largest resident memory that the process has had, in bytes. */
  readonly peakBytes: number;
  /** The resident memory after it; missing where a peer has no way to tell. */
  readonly bytes?: number;
}

/** A process that is ready to take turns. */
export interface Peer {
  /** What is worth saying of it beside its turns. */
  readonly about: string;
  /** Takes a turn. */
  turn(): Promise<Turn>;
  /** Ends it. */
  close(): Promise<void>;
}

/** How a peer is started. */
export interface PeerOptions {
  /** The arguments of the program. */
  readonly args: readonly string[];
  /** The first line that it reads. */
  readonly line: string;
}

/** The program and first arguments that run a script of `bench/` in a Deno of its own. */
export function denoScript(path: string): { program: string; args: string[] } {
  return { program: Deno.execPath(), args: ["run", "-A", "--deny-net", scriptPath(path)] };
}

/** Where a script of `bench/` lies. */
export function scriptPath(path: string): string {
  return new URL(path, import.meta.url).pathname;
}

/**
 * Starts a peer, which answers every line that it is sent with a line of JSON: the first by `{about}`, each further one by a
 * {@linkcode Turn}.
 *
 * Throws Error when it ends before it has answered.
 */
export async function openPeer(program: string, { args, line }: PeerOptions): Promise<Peer> {
  const child = new Deno.Command(program, {
    args: [...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const complaints = new Response(child.stderr).text();
  const input = child.stdin.getWriter();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const ask = async (question: string) => {
    await input.write(new TextEncoder().encode(`${question}\n`)).catch(unlessEnded);
    let answer = "";
    while (!answer.endsWith("\n")) {
      const { value, done } = await output.read();
      if (done) {
        throw new Error(
          `Cannot measure ${args.join(" ")}: it must answer a line, got its end\n${await complaints}`,
        );
      }
      answer += value;
    }
    return JSON.parse(answer);
  };
  const { about } = await ask(line);
  return {
    about,
    turn: () => ask("turn"),
    async close() {
      // Ends its input, as closing would, also where it has ended before.
      await input.abort();
      await output.cancel();
      await child.status;
      await complaints;
    },
  };
}

/** A process that has ended takes no more lines; the answer that does not come is the error that says why. */
function unlessEnded(error: unknown): void {
  if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
}
