/**
 * `deno task export`: a model of a finished run as a file, its weights in the form that is asked for.
 *
 * @module
 */
import { dirname, join, relative, resolve } from "node:path";
import { ARMS } from "../arms/table.ts";
import { unknownName } from "../manifest/choice.ts";
import { readManifest } from "../manifest/read.ts";
import { compressOnnx } from "../onnx/files/weights/compress.ts";
import type { WeightFormat } from "../onnx/files/weights/formats.ts";
import { openExperiment } from "../pipeline/experiment.ts";
import { pretrainedEncoder } from "../pipeline/export/pretrained_encoder.ts";
import { findScoredCell } from "../pipeline/export/scored_cell.ts";
import { measureLoss, type WeightsLoss } from "../pipeline/export/weights_loss.ts";
import type { Manifest } from "../pipeline/schema.ts";
import { Store } from "../pipeline/store.ts";
import { formatBytes, formatPercent, formatQuantity, formatScore, metricLabel } from "../report/format.ts";
import { colours } from "./colours.ts";
import { EXIT, UsageError } from "./exit.ts";
import { callFolder, dataFolder, makeWritable, readManifestText } from "./folders.ts";
import { say } from "./output.ts";
import { isRunning } from "./run_lock.ts";
import { knownRun, resultsOfCall, runNames } from "./runs.ts";

/** What the command line says. */
export interface ExportArguments {
  readonly name: string;
  readonly arm?: string;
  readonly weights: WeightFormat;
  /** Whether the encoder alone is meant, as it was pretrained. */
  readonly encoder: boolean;
  readonly output?: string;
  readonly results?: string;
  readonly json: boolean;
}

/** The arm that is exported where several have a model and none is named. */
const FIRST = "finetuned";

/** What was exported. */
interface Exported {
  readonly run: string;
  readonly arm: string;
  readonly weights: WeightFormat;
  readonly file: string;
  /** Sizes of the run's file and of the one that was written. */
  readonly bytes: { readonly before: number; readonly after: number };
  /** Null where nothing can be lost. */
  readonly loss: WeightsLoss | null;
}

/** Exports a model; gives the exit code. */
export async function exportRun(call: ExportArguments): Promise<number> {
  const results = resultsOfCall(call), run = knownRun(call.name, await runNames(results));
  const folder = join(results, run);
  if (await isRunning(folder)) {
    throw new UsageError(
      `Cannot export a model of ${run}: its run must have ended, got a process that is at it`,
    );
  }
  const known = await armsWithModel(folder);
  const arm = chooseArm(call.encoder ? beginPretrained(known, { run, folder }) : known, {
    run,
    asked: call.arm,
    what: call.encoder ? "arm with a pretrained encoder" : "model",
  });
  const model = await Deno.readFile(join(folder, "models", `${arm}.onnx`));
  if (call.encoder) return await exportEncoder(call, { run, arm, model, folder, results });
  const bytes = compressOnnx(model, { weights: call.weights });
  const loss = call.weights === "float32" ? null : await measureLoss(bytes, {
    cell: await findScoredCell(model, { arm, folder, store: new Store(join(results, "store")) }),
    metric: manifestOf(folder).score.primary,
  });
  const file = call.output === undefined
    ? join(results, "export", `${run}-${arm}-${call.weights}.onnx`)
    : resolve(callFolder(), call.output);
  await write(file, bytes);
  const exported = {
    run,
    arm,
    weights: call.weights,
    file,
    bytes: { before: model.length, after: bytes.length },
    loss,
  };
  if (call.json) say(JSON.stringify(exported));
  else for (const line of describe(exported)) say(line);
  return EXIT.done;
}

/** Writes the encoder that the model of an arm began with; gives the exit code. */
async function exportEncoder(
  call: ExportArguments,
  { run, arm, model, folder, results }: {
    run: string;
    arm: string;
    model: Uint8Array;
    folder: string;
    results: string;
  },
): Promise<number> {
  const store = new Store(join(results, "store"));
  const { bytes, seen: { corpus, subjects } } = await pretrainedEncoder(model, { arm, folder, store });
  const file = call.output === undefined
    ? join(results, "export", `${run}-${arm}-encoder.onnx`)
    : resolve(callFolder(), call.output);
  await write(file, bytes);
  const pretext = { kind: "given", encoder: namedFrom(dataFolder(), file) };
  if (call.json) {
    say(JSON.stringify({ run, arm, file, bytes: bytes.length, dataset: corpus, subjects, pretext }));
    return EXIT.done;
  }
  const seen = corpus === ""
    ? ""
    : `, pretrained on ${formatQuantity(subjects.length, "subject")} of ${corpus}`;
  say(`${colours.bold(`encoder of ${arm}`)}  of ${run}: ${formatBytes(bytes.length)}${seen}`);
  say(`file  ${file}`);
  say(`in a manifest  pretext: { kind: ${pretext.kind}, encoder: ${JSON.stringify(pretext.encoder)} }`);
  return EXIT.done;
}

/** The path of a file as a manifest names it: from the data folder where it lies in it. */
function namedFrom(folder: string, file: string): string {
  const inside = relative(folder, file);
  return inside.startsWith("..") ? file : inside;
}

/** Those of the arms whose encoder was pretrained. */
function beginPretrained(
  known: readonly string[],
  { run, folder }: { run: string; folder: string },
): string[] {
  const { arms } = manifestOf(folder);
  const own = known.filter((arm) => ARMS[arms[arm].kind].needs.encoder === "pretrained");
  if (known.length === 0 || own.length > 0) return own;
  throw new UsageError(
    `Cannot export an encoder of ${run}: an arm must have begun with a pretrained one, got ${
      known.join(", ")
    }`,
  );
}

/** The arms whose model the run handed out, in code-point order. */
async function armsWithModel(folder: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(join(folder, "models")));
    return entries.map(({ name }) => name).filter((name) => name.endsWith(".onnx"))
      .map((name) => name.slice(0, -".onnx".length)).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function chooseArm(
  known: readonly string[],
  { run, asked, what }: { run: string; asked: string | undefined; what: string },
): string {
  if (known.length === 0) {
    throw new UsageError(
      `Cannot export a model of ${run}: it must have handed out one, got none in models/; a run does so for each arm with all labels`,
    );
  }
  if (asked !== undefined) {
    if (known.includes(asked)) return asked;
    throw new UsageError(unknownName({ what: `${what} of ${run}`, name: asked, known }).message);
  }
  if (known.includes(FIRST)) return FIRST;
  if (known.length === 1) return known[0];
  throw new UsageError(
    `Cannot export a model of ${run}: --arm must say which, got none of ${known.join(", ")}`,
  );
}

function manifestOf(folder: string): Manifest {
  const source = readManifest(join(folder, "manifest.yaml"), { readText: readManifestText });
  return openExperiment(source, { overridden: false }).manifest;
}

async function write(file: string, bytes: Uint8Array): Promise<void> {
  await makeWritable(dirname(file));
  try {
    await Deno.writeFile(file, bytes);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UsageError(
      `${file}: Cannot write the model: it must be a file that can be written, got: ${error.message}`,
      {
        cause: error,
      },
    );
  }
}

function describe({ run, arm, weights, file, bytes: { before, after }, loss }: Exported): string[] {
  const size = before === after
    ? formatBytes(after)
    : `${formatBytes(after)}, ${formatPercent(after / before)} of ${formatBytes(before)}`;
  return [
    `${colours.bold(arm)}  of ${run}, weights ${weights}: ${size}`,
    ...loss === null ? [] : [
      `${metricLabel(loss.metric)} on the run's ${formatQuantity(loss.windows, "test window")}: ${
        formatScore(loss.before)
      } before, ${formatScore(loss.after)} after`,
      `${formatQuantity(loss.changed, "decision")} changed (${
        formatPercent(loss.changed / loss.windows)
      }); largest difference of a probability ${loss.largestDifference.toPrecision(2)}`,
    ],
    `model  ${file}`,
  ];
}
