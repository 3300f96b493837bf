/**
 * From a cell to the stages that it needs; stages that cells share are one.
 *
 * @module
 */
import { type ArmNeeds, ARMS } from "../arms/table.ts";
import type { DatasetSpecification } from "../datasets/table.ts";
import type { SignalParameters } from "../signal/schema.ts";
import { isWholeBudget } from "../targets/budget.ts";
import type { CellSpecification } from "./cells.ts";
import type { GridPoint } from "./grid_points.ts";
import type { Plan, PlannedStage } from "./plan.ts";

/** The stages that come before any cell of a grid point. */
export interface Preparation {
  readonly windows: PlannedStage;
  readonly labels: PlannedStage;
  readonly split: PlannedStage;
  /** The windows of the corpus that encoders are pretrained on; undefined where that is the dataset itself. */
  readonly corpus: PlannedStage | undefined;
}

/** What a dataset is, beside its specification. */
export type ContentOf = (dataset: DatasetSpecification) => unknown;

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

/** Plans windows, labels, split and corpus. `contentOf` identifies the content of datasets. */
export function planPreparation(
  plan: Plan,
  { point, contentOf }: { point: GridPoint; contentOf: ContentOf },
): Preparation {
  const { dataset, signal, target, split: splitter, pretext } = point.manifest;
  const windows = plan.add("windows", {
    parameters: { dataset, content: contentOf(dataset), signal },
    inputs: {},
    label: "windows",
  });
  const corpus = pretext.exposure === "external" && pretext.corpus !== undefined
    ? plan.add("windows", {
      parameters: {
        dataset: pretext.corpus.dataset,
        content: contentOf(pretext.corpus.dataset),
        signal: signalOfCorpus(signal, pretext.corpus),
      },
      inputs: {},
      label: "windows of the corpus",
    })
    : undefined;
  const labels = plan.add("labels", { parameters: { target }, inputs: { windows }, label: "labels" });
  const { scope, trim } = signal.normalize;
  const split = plan.add("split", {
    parameters: { split: splitter, normalize: scope === "training-fold" ? { trim } : null },
    inputs: { windows, labels },
    label: "split",
  });
  return { windows, labels, split, corpus };
}

/** The stages of a preparation. */
export function stagesOf({ windows, labels, split, corpus }: Preparation): PlannedStage[] {
  return [windows, labels, split, ...corpus === undefined ? [] : [corpus]];
}

/** The corpus is prepared as the task's windows are; only its leads have their own names. */
function signalOfCorpus(
  signal: SignalParameters,
  { lead, leadFallback }: Pick<SignalParameters, "leadFallback"> & { readonly lead?: string },
): SignalParameters {
  if (lead === undefined && leadFallback === undefined) return signal;
  const { leadFallback: _ofTask, ...rest } = signal;
  // What is not there must not become a key without a value: that has no identity.
  return { ...rest, lead: lead ?? signal.lead, ...leadFallback === undefined ? {} : { leadFallback } };
}

/** Plans everything else that a cell needs. */
export function planCell(
  plan: Plan,
  { cell, preparation }: { cell: CellSpecification; preparation: Preparation },
): CellStages {
  const { point: { manifest, budget }, arm, draw, seed } = cell,
    { windows, labels, split, corpus } = preparation;
  const { signal, encoder, transfer, score, compute: { threads, provider, microBatch } } = manifest;
  const { exposure, fit: pretextFit, corpus: _corpus, ...objective } = manifest.pretext;
  const { draws: _draws, ...budgetOf } = manifest.labels;
  const fold = cell.fold - 1;
  // Only samples that are normalised by fold make a stage depend on the fold itself.
  const isByFold = signal.normalize.scope === "training-fold";
  const scaleFold = isByFold ? fold : null;
  const splitOfScale: Record<string, PlannedStage> = isByFold ? { split } : {};
  const place = `fold ${cell.fold}`;

  const trainingLabels = plan.add("training-labels", {
    parameters: { fold, draw: isWholeBudget(budgetOf) ? 1 : draw, labels: budgetOf },
    inputs: { windows, labels, split },
    label: `labels ${budget}, draw ${draw}, ${place}`,
  });
  const sealedLabels = plan.add("sealed-labels", {
    parameters: { fold },
    inputs: { windows, labels, split },
    label: `sealed labels, ${place}`,
  });

  const parameters = manifest.arms[arm], needs: ArmNeeds = ARMS[parameters.kind].needs;
  const samples = Math.round(signal.window.seconds * signal.resample);
  const start = needs.encoder === "none" ? undefined : needs.encoder === "random"
    ? plan.add("initialize", {
      parameters: { encoder, sampleRateHz: signal.resample, samples, seed },
      inputs: {},
      label: `initialize, seed ${seed}`,
    })
    : plan.add("pretrain", {
      parameters: {
        encoder,
        objective: { ...objective, fit: pretextFit },
        seed,
        threads,
        provider,
        microBatch,
        // A corpus of its own is the same for every fold.
        ...corpus === undefined
          ? { exposure, fold, scaleFold }
          : { exposure: "external", setAside: manifest.split.validation },
      },
      inputs: corpus === undefined ? { windows, split } : { windows: corpus },
      label: corpus === undefined ? `pretrain, ${place}, seed ${seed}` : `pretrain, corpus, seed ${seed}`,
    });
  const hrv = needs.input === "hrv"
    ? plan.add("hrv", {
      parameters: { centre: parameters.centre },
      inputs: { windows },
      label: `heart-rate variability`,
    })
    : undefined;
  const features = start !== undefined && needs.features
    ? plan.add("features", {
      parameters: { scaleFold, threads, provider },
      inputs: { windows, encoder: start, ...splitOfScale },
      label: `features, ${place}, seed ${seed}`,
    })
    : hrv;
  const fit = plan.add("fit", {
    parameters: {
      arm: parameters,
      // A part that an arm does not use must not change its identity.
      ...start === undefined
        ? { seed: 0, stream: "fit", ...hrv === undefined ? {} : { transfer } }
        : { encoder, transfer, seed, stream: `fold/${cell.fold}/draw/${draw}/fit` },
      ...needs.pretext ? { objective } : {},
      scaleFold,
      threads,
      provider,
      microBatch,
    },
    inputs: {
      windows,
      "training-labels": trainingLabels,
      ...start === undefined ? {} : { encoder: start },
      ...features === undefined ? {} : { features },
      ...splitOfScale,
    },
    label: `${arm}, budget ${budget}, draw ${draw}, ${place}, seed ${seed}`,
  });
  const scored = plan.add("score", {
    parameters: { scaleFold, minWindowsPerClass: score.minWindowsPerClass, threads, provider },
    inputs: {
      windows,
      fit,
      "sealed-labels": sealedLabels,
      ...hrv === undefined ? {} : { features: hrv },
      ...splitOfScale,
    },
    label: `score ${arm}, budget ${budget}, draw ${draw}, ${place}, seed ${seed}`,
  });
  return { trainingLabels, sealedLabels, encoder: start, features, hrv, fit, score: scored };
}
