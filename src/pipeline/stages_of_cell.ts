/**
 * From a cell to the stages that it needs; stages that cells share are one.
 *
 * @module
 */
import { type ArmNeeds, ARMS } from "../arms/table.ts";
import { OBJECTIVES, type ObjectiveSpecification } from "../pretext/table.ts";
import { isWholeBudget } from "../targets/budget.ts";
import type { CellSpecification } from "./cells.ts";
import type { Plan, PlannedStage } from "./plan.ts";
import { type Preparation, windowSamples } from "./preparation.ts";
import type { Manifest } from "./schema.ts";

/** The stages of one cell. */
export interface CellStages {
  readonly trainingLabels: PlannedStage;
  readonly sealedLabels: PlannedStage;
  /** What the arm's encoder begins as; undefined for an arm without one. */
  readonly encoder: PlannedStage | undefined;
  /** What the arm's head learns from; undefined where it learns from windows. */
  readonly features: PlannedStage | undefined;
  /** What the arm's model reads in place of windows; undefined where it reads windows. */
  readonly hrv: PlannedStage | undefined;
  readonly fit: PlannedStage;
  readonly score: PlannedStage;
}

/** A cell, with what its stages have in common. */
interface CellContext {
  readonly cell: CellSpecification;
  readonly preparation: Preparation;
  readonly needs: ArmNeeds;
  readonly objective: ObjectiveSpecification;
  /** From 0. */
  readonly fold: number;
  readonly scale: FoldScale;
}

/** What a stage that reads samples must know where they are normalised by fold; no other stage is to depend on the fold. */
interface FoldScale {
  readonly scaleFold: number | null;
  readonly inputs: Readonly<Record<string, PlannedStage>>;
}

/** Plans everything that a cell needs beside its preparation. */
export function planCell(
  plan: Plan,
  { cell, preparation }: { cell: CellSpecification; preparation: Preparation },
): CellStages {
  const { manifest } = cell.point, fold = cell.fold - 1;
  const context: CellContext = {
    cell,
    preparation,
    needs: ARMS[manifest.arms[cell.arm].kind].needs,
    objective: objectiveOf(manifest.pretext),
    fold,
    scale: manifest.signal.normalize.scope === "training-fold"
      ? { scaleFold: fold, inputs: { split: preparation.split } }
      : { scaleFold: null, inputs: {} },
  };
  const trainingLabels = planTrainingLabels(plan, context);
  const sealedLabels = planSealedLabels(plan, context);
  const encoder = planEncoder(plan, context);
  const hrv = planHrv(plan, context);
  const features = encoder !== undefined && context.needs.features
    ? planFeatures(plan, { ...context, encoder })
    : hrv;
  const fit = planFit(plan, { ...context, trainingLabels, encoder, hrv, features });
  const score = planScore(plan, { ...context, sealedLabels, hrv, fit });
  return { trainingLabels, sealedLabels, encoder, features, hrv, fit, score };
}

function planTrainingLabels(
  plan: Plan,
  { cell, preparation: { windows, labels, split }, fold }: CellContext,
): PlannedStage {
  const { draws: _draws, ...budget } = cell.point.manifest.labels;
  return plan.add("training-labels", {
    parameters: { fold, draw: isWholeBudget(budget) ? 1 : cell.draw, labels: budget },
    inputs: { windows, labels, split },
    label: `labels ${cell.point.budget}, draw ${cell.draw}, fold ${cell.fold}`,
  });
}

function planSealedLabels(
  plan: Plan,
  { cell, preparation: { windows, labels, split }, fold }: CellContext,
): PlannedStage {
  return plan.add("sealed-labels", {
    parameters: { fold },
    inputs: { windows, labels, split },
    label: `sealed labels, fold ${cell.fold}`,
  });
}

/** What the arm's encoder begins as: nothing, random weights, those of a file, or pretrained ones. */
function planEncoder(plan: Plan, context: CellContext): PlannedStage | undefined {
  const { cell: { point: { manifest }, seed }, preparation, needs } = context;
  if (needs.encoder === "none") return undefined;
  if (needs.encoder === "random") {
    const { encoder, signal } = manifest;
    return plan.add("initialize", {
      parameters: { encoder, sampleRateHz: signal.resample, samples: windowSamples(signal), seed },
      inputs: {},
      label: `initialize, seed ${seed}`,
    });
  }
  return manifest.pretext.kind === "given"
    ? preparation.given
    : planPretraining(plan, { ...context, pretext: manifest.pretext });
}

function planPretraining(
  plan: Plan,
  { cell, preparation: { windows, split, corpus }, objective, pretext, fold, scale: { scaleFold } }:
    & CellContext
    & { readonly pretext: Exclude<Manifest["pretext"], { kind: "given" }> },
): PlannedStage {
  const { point: { manifest }, seed } = cell;
  const { encoder, compute: { threads, provider, microBatch } } = manifest;
  return plan.add("pretrain", {
    parameters: {
      encoder,
      objective: { ...objective, fit: pretext.fit },
      seed,
      threads,
      provider,
      microBatch,
      // A corpus of its own is the same for every fold.
      ...corpus === undefined
        ? { exposure: pretext.exposure, fold, scaleFold }
        : { exposure: "external", setAside: manifest.split.validation },
    },
    inputs: corpus === undefined ? { windows, split } : { windows: corpus },
    label: `pretrain, ${corpus === undefined ? `fold ${cell.fold}` : "corpus"}, seed ${seed}`,
  });
}

function planHrv(
  plan: Plan,
  { cell: { point: { manifest }, arm }, preparation: { windows }, needs }: CellContext,
): PlannedStage | undefined {
  if (needs.input !== "hrv") return undefined;
  return plan.add("hrv", {
    parameters: { centre: manifest.arms[arm].centre },
    inputs: { windows },
    label: "heart-rate variability",
  });
}

function planFeatures(
  plan: Plan,
  { cell, preparation: { windows, given }, scale, encoder }: CellContext & { readonly encoder: PlannedStage },
): PlannedStage {
  const { threads, provider } = cell.point.manifest.compute, label = `features, fold ${cell.fold}`;
  return plan.add("features", {
    parameters: { scaleFold: scale.scaleFold, threads, provider },
    inputs: { windows, encoder, ...scale.inputs },
    label: encoder === given ? label : `${label}, seed ${cell.seed}`,
  });
}

function planFit(
  plan: Plan,
  { cell, preparation: { windows }, needs, objective, scale, trainingLabels, encoder, hrv, features }:
    & CellContext
    & Pick<CellStages, "trainingLabels" | "encoder" | "hrv" | "features">,
): PlannedStage {
  const { point: { manifest }, draw, seed } = cell, { transfer } = manifest;
  const { threads, provider, microBatch } = manifest.compute;
  return plan.add("fit", {
    parameters: {
      arm: manifest.arms[cell.arm],
      // A part that an arm does not use must not change its identity.
      ...encoder === undefined
        ? { seed: 0, stream: "fit", ...hrv === undefined ? {} : { transfer } }
        : { encoder: manifest.encoder, transfer, seed, stream: `fold/${cell.fold}/draw/${draw}/fit` },
      ...needs.pretext ? { objective } : {},
      scaleFold: scale.scaleFold,
      threads,
      provider,
      microBatch,
    },
    inputs: {
      windows,
      "training-labels": trainingLabels,
      ...encoder === undefined ? {} : { encoder },
      ...features === undefined ? {} : { features },
      ...scale.inputs,
    },
    label: labelOf(cell),
  });
}

function planScore(
  plan: Plan,
  { cell, preparation: { windows }, scale, sealedLabels, hrv, fit }:
    & CellContext
    & Pick<CellStages, "sealedLabels" | "hrv" | "fit">,
): PlannedStage {
  const { score: { minWindowsPerClass }, compute: { threads, provider } } = cell.point.manifest;
  return plan.add("score", {
    parameters: { scaleFold: scale.scaleFold, minWindowsPerClass, threads, provider },
    inputs: {
      windows,
      fit,
      "sealed-labels": sealedLabels,
      ...hrv === undefined ? {} : { features: hrv },
      ...scale.inputs,
    },
    label: `score ${labelOf(cell)}`,
  });
}

function labelOf({ point: { budget }, arm, draw, fold, seed }: CellSpecification): string {
  return `${arm}, budget ${budget}, draw ${draw}, fold ${fold}, seed ${seed}`;
}

/** What the encoder learns, or would: an encoder that is given leaves transformations for arms that augment with them. */
function objectiveOf(pretext: Manifest["pretext"]): ObjectiveSpecification {
  if (pretext.kind !== "given") {
    const { fit: _fit, exposure: _exposure, corpus: _corpus, ...objective } = pretext;
    return objective;
  }
  const { transformations } = pretext, kind = "transformation-recognition";
  return { kind, ...OBJECTIVES[kind].schema.parse({ transformations }) };
}
