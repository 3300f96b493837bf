/**
 * A process that takes turns when it is asked to.
 *
 * @module
 */
import { createInterface } from "node:readline";
import process from "node:process";

/** What is ready to take turns. */
export interface Turns {
  /** What is worth saying of it beside its turns. */
  readonly about: string;
  /** Takes a turn and gives what it computed: the loss of the weights before a step, or the logits of a forward pass. */
  turn(): Promise<number[]>;
}

/**
 * Answers each line of standard input with a line of JSON on standard output.
 *
 * The first line goes to `open`, and is answered by `{about}`; each further line takes one turn and answers
 * `{ms, values, peakBytes, bytes}`, the last two of them the largest and the present resident memory.
 */
export async function serve(open: (line: string) => Promise<Turns>): Promise<void> {
  let turns: Turns | undefined;
  for await (const line of createInterface({ input: process.stdin })) {
    if (turns === undefined) {
      turns = await open(line);
      await answer({ about: turns.about });
    } else {
      const start = performance.now();
      const values = await turns.turn();
      const ms = performance.now() - start;
      const peakBytes = 1024 * process.resourceUsage().maxRSS, bytes = Deno.memoryUsage().rss;
      await answer({ ms, values, peakBytes, bytes });
    }
  }
}

async function answer(value: Readonly<Record<string, string | number | number[]>>): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${JSON.stringify(value)}\n`));
}
