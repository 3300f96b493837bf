/**
 * Runs test files, each in a process of its own, several at a time.
 *
 * @module
 */
import type { BackendName } from "./backends.ts";
import { type Bundle, bundle } from "./bundle.ts";
import { type Assignment, messageOf, type SpecEnds } from "./messages.ts";

/** How a spec went. */
export interface Outcome {
  /** The test file, named from tfjs-core's `dist` folder without `.js`. */
  readonly file: string;
  /** The descriptions of its suites and its own; a name that comes again in the same file has its number added. */
  readonly name: string;
  readonly passed: boolean;
  /** What failed. */
  readonly messages: readonly string[];
  /** The kernels that the backend computed for it. */
  readonly kernels: readonly string[];
  readonly milliseconds: number;
}

/** What to run, and how. */
export interface RunOptions {
  readonly backend: BackendName;
  /** Run those specs alone whose name contains this. */
  readonly containing?: string;
  /** Processes at a time. */
  readonly processes?: number;
  /** Told when a file has been run. */
  readonly onFile?: (file: string, outcomes: readonly Outcome[]) => void;
}

/** How long a process may be silent: a loop without end inside a spec ends with it. */
const SILENT_MILLISECONDS = 60_000;
/** How much of what a process wrote before it broke off is told. */
const LAST_CHARACTERS = 4000;
const CONFIGURATION = decodeURIComponent(new URL("../deno.json", import.meta.url).pathname);

/** Runs test files; gives how each spec went, in the order of the files. */
export async function runTests(files: readonly string[], options: RunOptions): Promise<Outcome[]> {
  const { backend, containing = "", processes = navigator.hardwareConcurrency, onFile } = options;
  const bundled = await bundle(files);
  const outcomes = new Map<string, Outcome[]>();
  const waiting = [...files];
  const worker = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const found = await runFile(file, { bundled, backend, containing });
      outcomes.set(file, found);
      onFile?.(file, found);
    }
  };
  try {
    await Promise.all(Array.from({ length: processes }, worker));
  } finally {
    await bundled.remove();
  }
  return files.flatMap((file) => outcomes.get(file)!);
}

/** Runs one file; where its process breaks off inside a spec, that spec has failed, and another process runs the others. */
export async function runFile(
  file: string,
  { bundled, backend, containing }: {
    bundled: Omit<Bundle, "remove">;
    backend: BackendName;
    containing: string;
  },
): Promise<Outcome[]> {
  const ended: SpecEnds[] = [];
  while (true) {
    const { brokenOff, begun } = await runProcess(bundled.program, {
      assignment: {
        backend,
        jasmineUtil: bundled.jasmineUtil,
        test: bundled.tests.get(file)!,
        passOver: ended.map(({ id }) => id),
        containing,
      },
      onEnd: (spec) => ended.push(spec),
    });
    if (brokenOff === undefined) break;
    const { id, name } = begun ?? { id: "", name: "(the file cannot be run)" };
    ended.push({ kind: "end", id, name, passed: false, messages: [brokenOff], kernels: [], milliseconds: 0 });
    if (begun === undefined) break;
  }
  const times = new Map<string, number>();
  return ended.map(({ name, passed, messages, kernels, milliseconds }) => {
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return { file, name: time === 1 ? name : `${name} (${time})`, passed, messages, kernels, milliseconds };
  });
}

/** Runs a process to its end; gives why it broke off, where it did, and the spec that ran then. */
async function runProcess(
  program: string,
  { assignment, onEnd }: { assignment: Assignment; onEnd: (spec: SpecEnds) => void },
): Promise<{ brokenOff?: string; begun?: { id: string; name: string } }> {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--deny-net",
      "--no-lock",
      "--config",
      CONFIGURATION,
      program,
      JSON.stringify(assignment),
    ],
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let begun: { id: string; name: string } | undefined, done = false, silent = false;
  const stop = () => {
    silent = true;
    process.kill("SIGKILL");
  };
  let timer = setTimeout(stop, SILENT_MILLISECONDS);
  const lastWords = endOf(process.stderr);
  let rest = "";
  for await (const chunk of process.stdout.pipeThrough(new TextDecoderStream())) {
    clearTimeout(timer);
    timer = setTimeout(stop, SILENT_MILLISECONDS);
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const message = messageOf(line);
      if (message === undefined) continue;
      if (message.kind === "begin") begun = message;
      else if (message.kind === "done") done = true;
      else {
        begun = undefined;
        onEnd(message);
      }
    }
  }
  const { code, signal } = await process.status;
  clearTimeout(timer);
  if (done) return {};
  const why = silent
    ? `the process was silent for ${SILENT_MILLISECONDS / 1000} s`
    : `the process ended early (${signal ?? `code ${code}`})`;
  return { brokenOff: [why, (await lastWords).trim()].filter((part) => part !== "").join(": "), begun };
}

async function endOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let end = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    end = (end + chunk).slice(-LAST_CHARACTERS);
  }
  // Deno says here what was thrown; before it stands whatever tests and TensorFlow.js wrote.
  return end.slice(Math.max(0, end.lastIndexOf("error: Uncaught")));
}
