/**
 * A process that takes steps when it is asked to.
 *
 * @module
 */
import { createInterface } from "node:readline";
import process from "node:process";

/** What is ready to take steps. */
export interface Steps {
  /** What is worth saying of it beside its steps. */
  readonly about: string;
  /** Takes a step and gives its loss, that of the weights before it. */
  step(): Promise<number>;
}

/**
 * Answers each line of standard input with a line of JSON on standard output.
 *
 * The first line goes to `open`, and is answered by `{about}`; each further line takes one step and answers `{ms, loss, peakBytes}`, the last of them the
 * largest resident memory so far.
 */
export async function serve(open: (line: string) => Promise<Steps>): Promise<void> {
  let steps: Steps | undefined;
  for await (const line of createInterface({ input: process.stdin })) {
    if (steps === undefined) {
      steps = await open(line);
      await answer({ about: steps.about });
    } else {
      const start = performance.now();
      const loss = await steps.step();
      const ms = performance.now() - start;
      await answer({ ms, loss, peakBytes: 1024 * process.resourceUsage().maxRSS });
    }
  }
}

async function answer(value: Readonly<Record<string, string | number>>): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${JSON.stringify(value)}\n`));
}
