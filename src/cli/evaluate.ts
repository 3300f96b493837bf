/**
 * `deno task evaluate`: a model on recordings or windows, by ONNX Runtime.
 *
 * @module
 */
import { basename, dirname, extname, join, resolve } from "node:path";
import logUpdate from "log-update";
import { findData } from "../pipeline/evaluate/data.ts";
import { evaluate as evaluateModel } from "../pipeline/evaluate/evaluate.ts";
import { type LabelFile, readLabelFile } from "../pipeline/evaluate/label_file.ts";
import { type EvaluatedModel, readModel } from "../pipeline/evaluate/model.ts";
import { nameOf } from "../pipeline/evaluate/recordings.ts";
import { type DataRequest, readRequest } from "../pipeline/evaluate/request.ts";
import { colours } from "./colours.ts";
import { describeEvaluation } from "./evaluation_text.ts";
import { EXIT, UsageError } from "./exit.ts";
import {
  callFolder,
  dataFolder,
  makeWritable,
  manifestPath,
  readManifestText,
  resultsFolder,
} from "./folders.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { complain, say } from "./output.ts";

/** What the command line says. */
export interface EvaluateArguments {
  readonly model: string;
  readonly data: readonly string[];
  readonly labels?: string;
  readonly manifest?: string;
  readonly set: readonly string[];
  readonly output?: string;
  readonly batch: number;
  readonly threads?: number;
  readonly json: boolean;
}

const REDRAW_MILLISECONDS = 100;

/** Evaluates a model; gives the exit code. */
export async function evaluate(call: EvaluateArguments): Promise<number> {
  const here = callFolder(), file = resolve(here, call.model), context = { dataFolder: dataFolder() };
  const model = readModel(await readFile(file, "the model"), { file });
  const places = await findData(call.data, { folders: [here, context.dataFolder] });
  const request = await readRequest({
    manifest: call.manifest === undefined ? undefined : manifestPath(call.manifest),
    set: call.set,
    places,
    readText: readManifestText,
    dataFolder: context.dataFolder,
  });
  const files = places.filter(({ kind }) => kind === "file").map(({ path }) => path);
  const labels = await readLabels(call, model);
  const output = call.output === undefined
    ? join(resultsFolder(undefined), "evaluate", nameOfEvaluation(file, { files, request }))
    : resolve(here, call.output);
  await makeWritable(output);
  const progress = createProgress(call), interrupt = listenForInterrupt();
  try {
    const summary = await evaluateModel({ model, file, files, ...request, labels }, {
      context,
      output,
      batch: call.batch,
      threads: call.threads ?? navigator.hardwareConcurrency,
      progress(windows, recording) {
        interrupt.signal.throwIfAborted();
        progress.tell(windows, recording);
      },
    });
    progress.end();
    for (const warning of summary.warnings) complain(`${colours.yellow("warning")}  ${warning}`);
    if (call.json) say(JSON.stringify({ output, ...summary }));
    else for (const line of describeEvaluation(summary, { output })) say(line);
    return EXIT.done;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    complain("\nInterrupted. No prediction is kept: the same command begins again.");
    return EXIT.interrupted;
  } finally {
    progress.end();
    interrupt.stop();
  }
}

async function readLabels(
  { labels }: EvaluateArguments,
  { classes }: EvaluatedModel,
): Promise<LabelFile | undefined> {
  if (labels === undefined) return undefined;
  const path = resolve(callFolder(), labels);
  return readLabelFile(new TextDecoder().decode(await readFile(path, "labels")), { path, classes });
}

async function readFile(path: string, what: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UsageError(
      `${path}: Cannot read ${what}: the file must be there and readable, got: ${error.message}`,
      {
        cause: error,
      },
    );
  }
}

/** `<run>-<arm>--<data>`; a model that lies elsewhere than in `models/` of a run goes by its own name. */
function nameOfEvaluation(
  model: string,
  { files, request }: { files: readonly string[]; request: DataRequest },
): string {
  const own = basename(model, extname(model)), folder = dirname(model);
  const named = basename(folder) === "models" ? `${basename(dirname(folder))}-${own}` : own;
  const [first, ...others] = [
    ...request.datasets.map(({ records, ...dataset }) =>
      [nameOf(dataset), ...Array.isArray(records) && records.length === 1 ? records : []].join("-")
    ),
    ...files.map((file) => basename(file, extname(file))),
  ];
  return `${named}--${first}${others.length === 0 ? "" : `+${others.length}`}`;
}

/** How far it is, on a terminal alone. */
function createProgress({ json }: EvaluateArguments) {
  const isShown = !json && Deno.stdout.isTerminal(), start = performance.now();
  let drawn = -Infinity;
  return {
    tell(windows: number, recording: string) {
      const now = performance.now();
      if (!isShown || now - drawn < REDRAW_MILLISECONDS) return;
      drawn = now;
      const rate = 1000 * windows / (now - start);
      logUpdate(colours.dim(`${windows} windows, ${rate.toFixed(0)} a second, ${recording}`));
    },
    end() {
      if (!isShown) return;
      logUpdate.clear();
      logUpdate.done();
    },
  };
}
