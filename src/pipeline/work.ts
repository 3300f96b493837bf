/**
 * How much stages that train networks compute, so that the time of some tells that of others.
 *
 * @module
 */
import { join } from "node:path";
import { type ArmKind, ARMS } from "../arms/table.ts";
import { readCsv } from "../formats/csv.ts";
import { encoderWork } from "../models/work.ts";
import type { Fold } from "../splits/split.ts";
import type { FitSummary } from "../training/fit.ts";
import type { StageKey } from "./identity.ts";
import type { PlannedStage } from "./plan.ts";
import { windowSamples } from "./preparation.ts";
import { readJson } from "./stages/folders.ts";
import type { FitParameters } from "./stages/fit.ts";
import type { PretrainParameters } from "./stages/pretrain.ts";
import type { TrainingLabelsParameters } from "./stages/training_labels.ts";
import type { WindowsParameters } from "./stages/windows.ts";
import type { StageRecord, Store } from "./store.ts";

/** What all rows take on their way through the encoder, see `encoderWork`: at least and at most, where early stopping decides. */
export interface Work {
  readonly least: number;
  readonly most: number;
}

/** The folds of a split that has been made, by the identity of its stage. */
export type FoldsOf = (split: string) => readonly Fold[] | undefined;

/**
 * What kind of work a stage is: stages of one kind take times in proportion to their work, or about the same time where it is
 * unknown. Arms that train a head alone take far less than those that train an encoder.
 */
export function workKind({ stage, parameters }: Pick<StageKey, "stage" | "parameters">): string {
  if (stage !== "fit") return stage;
  const { arm } = parameters as FitParameters;
  return trainsEncoder(arm.kind) ? "fit of encoders" : "fit without encoders";
}

function trainsEncoder(kind: ArmKind): boolean {
  const { encoder, features } = ARMS[kind].needs;
  return encoder !== "none" && !features;
}

/** The work of a stage that is to run; undefined for one that trains no encoder, and before the data have been split. */
export function plannedWork(stage: PlannedStage, foldsOf: FoldsOf): Work | undefined {
  if (stage.stage === "pretrain") {
    const parameters = stage.key.parameters as PretrainParameters;
    if (parameters.exposure === "external") return undefined;
    const fold = foldsOf(stage.inputs.split.id)?.[parameters.fold];
    if (fold === undefined) return undefined;
    const test = parameters.exposure === "transductive" ? fold.test.length : 0;
    const { epochs } = parameters.objective.fit as { epochs: number };
    const work = workOf(stage, epochs * (fold.train.length + test) * rowsOfWindow(parameters));
    return work === undefined ? undefined : { least: work, most: work };
  }
  if (workKind(stage.key) !== "fit of encoders") return undefined;
  const { transfer: { fit } } = stage.key.parameters as FitParameters;
  const labels = stage.inputs["training-labels"];
  const drawn = labels.key.parameters as TrainingLabelsParameters;
  const fold = foldsOf(labels.inputs.split.id)?.[drawn.fold];
  if (fold === undefined) return undefined;
  const epoch = Math.max(1, Math.ceil(trainingWindows(fold, drawn) / fit.batch));
  const least = workOf(stage, fit.minSteps * fit.batch);
  const most = workOf(stage, Math.max(fit.minSteps, fit.maxEpochs * epoch) * fit.batch);
  return least === undefined || most === undefined ? undefined : { least, most };
}

/** The work that a finished stage has done; undefined where it is not known. */
export async function finishedWork(record: StageRecord, store: Store): Promise<number | undefined> {
  const kind = workKind(record), folder = store.folder(record.stage, record.id);
  if (kind !== "pretrain" && kind !== "fit of encoders") return undefined;
  const windows = await store.record("windows", record.inputs.windows);
  if (windows === undefined) return undefined;
  const { signal } = windows.parameters as WindowsParameters, samples = windowSamples(signal);
  if (kind === "fit of encoders") {
    const { encoder, transfer } = record.parameters as FitParameters;
    const { steps } = readJson<FitSummary>(folder, "fit.json");
    return times(encoderWork(encoder, samples), steps * transfer.fit.batch);
  }
  const parameters = record.parameters as PretrainParameters;
  const { batch } = parameters.objective.fit as { batch: number };
  const steps = Number(readCsv(Deno.readTextFileSync(join(folder, "history.csv"))).at(-1)?.step);
  return times(encoderWork(parameters.encoder, samples), steps * batch * rowsOfWindow(parameters));
}

/** Rows that a window becomes: itself and each of its transformations. */
function rowsOfWindow({ objective }: Pick<PretrainParameters, "objective">): number {
  return 1 + Object.keys(Object(objective.transformations)).length;
}

/** Windows of a budget that train, about: classes and people are not looked at. */
function trainingWindows({ train }: Fold, { labels }: TrainingLabelsParameters): number {
  const { unit, fraction = 1, count = "all", validationShare } = labels;
  // The id of a window is that of its recording, `dataset/subject/session/name`, and its place.
  const units = unit === "window"
    ? train.length
    : new Set(train.map((id) => unit === "recording" ? id.split("@")[0] : id.split("/")[1])).size;
  const share = count === "all" ? fraction : Math.min(1, count / units);
  return train.length * share * (1 - validationShare);
}

function workOf({ inputs, key }: PlannedStage, rows: number): number | undefined {
  const { signal } = inputs.windows.key.parameters as WindowsParameters;
  const { encoder } = key.parameters as Pick<PretrainParameters, "encoder">;
  return times(encoderWork(encoder, windowSamples(signal)), rows);
}

function times(work: number | undefined, rows: number): number | undefined {
  return work === undefined || !Number.isFinite(rows) ? undefined : work * rows;
}
