/**
 * A worker: reads one task as a line of JSON, runs that stage, writes what happens as lines of JSON, and ends.
 *
 * @module
 */
import type { Task } from "./launchers/launcher.ts";
import type { StageProgress } from "./stage.ts";
import { runStage } from "./stages/table.ts";

/** A line that a worker writes. */
export type WorkerMessage =
  | { readonly progress: StageProgress }
  | { readonly done: true }
  | { readonly error: string };

/** The least time between two lines of progress. */
const PROGRESS_MILLISECONDS = 200;

if (import.meta.main) await work();

async function work(): Promise<void> {
  const output = Deno.stdout;
  const say = (message: WorkerMessage) =>
    void output.writeSync(new TextEncoder().encode(JSON.stringify(message) + "\n"));
  const task = await readTask();
  let last = -Infinity;
  try {
    await runStage(task.stage, {
      parameters: task.parameters,
      inputs: task.inputs,
      output: task.output,
      dataFolder: task.dataFolder,
      data: task.data,
      progress(progress) {
        const now = performance.now();
        if (now - last < PROGRESS_MILLISECONDS && progress.done < progress.total) return;
        last = now;
        say({ progress });
      },
    });
    say({ done: true });
  } catch (error) {
    // The message goes to the person, the place in the code to the log.
    const details = error instanceof Error ? error.stack ?? error.message : String(error);
    Deno.stderr.writeSync(new TextEncoder().encode(details + "\n"));
    say({ error: error instanceof Error ? error.message : String(error) });
  }
  Deno.exit(0);
}

/** The first line of standard input. After it, the end of standard input ends the worker: its coordinator is gone. */
async function readTask(): Promise<Task> {
  const reader = Deno.stdin.readable.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) Deno.exit(1);
    text += value;
  }
  reader.read().then(({ done }) => {
    if (done) Deno.exit(1);
  });
  return JSON.parse(text.slice(0, text.indexOf("\n")));
}
