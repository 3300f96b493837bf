/**
 * Workers on this machine: one Deno process a stage, with no network and no more files than the stage needs.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";
import type { Launcher, Task } from "./launcher.ts";
import type { WorkerMessage } from "../worker.ts";

const project = decodeURIComponent(new URL("../../../", import.meta.url).pathname);

/** Starts each stage in a process of its own on this machine. */
export const localLauncher: Launcher = {
  async run(task, { signal, progress }) {
    signal.throwIfAborted();
    const args = workerArguments(task), workingFolder = await Deno.makeTempDir({ prefix: "einthoven-" });
    try {
      using log = await Deno.open(task.log, { create: true, truncate: true, write: true });
      const worker = new Deno.Command(Deno.execPath(), {
        args,
        cwd: workingFolder,
        stdin: "piped",
        stdout: "piped",
        stderr: "piped",
        // Ctrl-C reaches a process group; a worker still starting would die of it before its coordinator knows.
        detached: true,
      }).spawn();
      const kill = () => killWorker(worker);
      signal.addEventListener("abort", kill, { once: true });
      if (signal.aborted) kill();
      const logged = worker.stderr.pipeTo(log.writable);
      let outcome: WorkerMessage | undefined;
      try {
        await give(task, worker);
        for await (const line of lines(worker.stdout)) {
          const message: WorkerMessage = JSON.parse(line);
          if ("progress" in message) progress(message.progress);
          else outcome = message;
        }
      } catch (error) {
        kill();
        throw error;
      } finally {
        await logged;
        await worker.status;
        signal.removeEventListener("abort", kill);
      }
      // A log that tells of no failure would be one of thousands.
      if (signal.aborted || outcome !== undefined && "done" in outcome) await Deno.remove(task.log);
      signal.throwIfAborted();
      if (outcome === undefined) {
        const { signal: killedBy, code } = await worker.status;
        throw new Error(
          `Cannot finish the stage: its worker ended early (${
            killedBy ?? `exit code ${code}`
          }), see ${task.log}`,
        );
      }
      if ("error" in outcome) throw new Error(outcome.error);
    } finally {
      await Deno.remove(workingFolder, { recursive: true });
    }
  },
};

/**
 * What a stage's process may do, as arguments of `deno run`: it guards against mistakes, not against malice.
 *
 * A path is named as it was given and as it is: permissions are asked for where links lead.
 * Throws RangeError for a path with a comma, which separates paths there.
 */
export function permissions(task: Pick<Task, "inputs" | "output" | "denied" | "data">): string[] {
  const modules = join(project, "node_modules");
  const readable = [
    join(project, "src"),
    join(project, "deno.json"),
    modules,
    task.output,
    ...Object.values(task.inputs),
    ...task.data,
  ];
  return [
    `--allow-read=${pathList(readable)}`,
    ...task.denied.length === 0 ? [] : [`--deny-read=${pathList(task.denied)}`],
    `--allow-write=${pathList([task.output])}`,
    `--allow-ffi=${pathList([modules])}`,
    "--deny-net",
  ];
}

function pathList(paths: readonly string[]): string {
  const all = [...new Set(paths.flatMap((path) => [path, realPath(path)]))];
  const unsayable = all.find((path) => path.includes(","));
  if (unsayable !== undefined) {
    throw new RangeError(`Cannot start a worker: paths must be without a comma, got ${unsayable}`);
  }
  return all.join(",");
}

/** Where links lead; of a path that is not there, that of the folder it would lie in. */
function realPath(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound) || dirname(path) === path) throw error;
    return join(realPath(dirname(path)), basename(path));
  }
}

function workerArguments(task: Task): string[] {
  return [
    "run",
    "--quiet",
    "--no-prompt",
    "--no-remote",
    "--cached-only",
    "--no-lock",
    "--node-modules-dir=manual",
    `--config=${join(project, "deno.json")}`,
    ...permissions(task),
    join(project, "src/pipeline/worker.ts"),
  ];
}

/** Writes the task to a worker; one that has ended takes none, and its status tells how. */
async function give(task: Task, worker: Deno.ChildProcess): Promise<void> {
  try {
    await worker.stdin.getWriter().write(new TextEncoder().encode(JSON.stringify(task) + "\n"));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

function killWorker(worker: Deno.ChildProcess): void {
  try {
    worker.kill("SIGKILL");
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof TypeError)) throw error;
  }
}

/** Whole lines; what a worker was writing when it ended is none. */
async function* lines(bytes: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of bytes.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    yield* parts.filter((line) => line !== "");
  }
}
