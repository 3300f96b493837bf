/**
 * From a cell to the stages that it needs; stages that cells share are one.
 *
 * @module
 */
import { type ArmNeeds, ARMS } from "../arms/table.ts";
import type { DatasetSpecification } from "../datasets/table.ts";
import type { GivenParameters } from "../pretext/given_schema.ts";
import { OBJECTIVES, type ObjectiveSpecification } from "../pretext/table.ts";
import type { SignalParameters } from "../signal/schema.ts";
import { isWholeBudget } from "../targets/budget.ts";
import type { CellSpecification } from "./cells.ts";
import type { EncoderFilePlace } from "./encoder_files.ts";
import type { GridPoint } from "./grid_points.ts";
import type { Plan, PlannedStage } from "./plan.ts";
import type { Manifest } from "./schema.ts";
import type { GivenEncoderParameters } from "./stages/given_encoder.ts";

/** The stages that come before any cell of a grid point. */
export interface Preparation {
  readonly windows: PlannedStage;
  readonly labels: PlannedStage;
  readonly split: PlannedStage;
  /** The windows of the corpus that encoders are pretrained on; undefined where that is the dataset itself. */
  readonly corpus: PlannedStage | undefined;
  /** The encoder out of a file that arms begin with; undefined where it is pretrained here. */
  readonly given: PlannedStage | undefined;
}

/** What a dataset is, beside its specification. */
export type ContentOf = (dataset: DatasetSpecification) => unknown;

/** Where the file of a given encoder lies, and its hash. */
export type EncoderFileOf = (pretext: GivenParameters) => EncoderFilePlace;

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

/** Plans windows, labels, split, corpus and given encoder. `contentOf` identifies the content of datasets, `encoderFileOf` that of files. */
export function planPreparation(
  plan: Plan,
  { point, contentOf, encoderFileOf }: {
    point: GridPoint;
    contentOf: ContentOf;
    encoderFileOf: EncoderFileOf;
  },
): Preparation {
  const { dataset, signal, target, split: splitter, pretext } = point.manifest;
  // First: a file that does not fit is to be refused before anything is computed.
  const given = pretext.kind === "given"
    ? planGivenEncoder(plan, { manifest: point.manifest, file: encoderFileOf(pretext) })
    : undefined;
  const windows = plan.add("windows", {
    parameters: { dataset, content: contentOf(dataset), signal },
    inputs: {},
    label: "windows",
  });
  const corpus = pretext.kind !== "given" && pretext.exposure === "external" && pretext.corpus !== undefined
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
  return { windows, labels, split, corpus, given };
}

function planGivenEncoder(
  plan: Plan,
  { manifest: { encoder, signal }, file: { path, sha256 } }: { manifest: Manifest; file: EncoderFilePlace },
): PlannedStage {
  const parameters: GivenEncoderParameters = {
    sha256,
    encoder,
    sampleRateHz: signal.resample,
    samples: samplesOf(signal),
  };
  return plan.add("given-encoder", { parameters, inputs: {}, data: [path], label: "given encoder" });
}

function samplesOf({ window, resample }: SignalParameters): number {
  return Math.round(window.seconds * resample);
}

/** The stages of a preparation. */
export function stagesOf({ windows, labels, split, corpus, given }: Preparation): PlannedStage[] {
  return [given, windows, labels, split, corpus].filter((stage) => stage !== undefined);
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
    { windows, labels, split, corpus, given } = preparation;
  const { signal, encoder, transfer, score, compute: { threads, provider, microBatch } } = manifest;
  const { pretext } = manifest, objective = objectiveOf(pretext);
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
  const planStart = () => {
    if (needs.encoder === "none") return undefined;
    if (needs.encoder === "random") {
      return plan.add("initialize", {
        parameters: { encoder, sampleRateHz: signal.resample, samples: samplesOf(signal), seed },
        inputs: {},
        label: `initialize, seed ${seed}`,
      });
    }
    if (pretext.kind === "given") return given;
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
      label: corpus === undefined ? `pretrain, ${place}, seed ${seed}` : `pretrain, corpus, seed ${seed}`,
    });
  };
  const start = planStart();
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
      label: start === given ? `features, ${place}` : `features, ${place}, seed ${seed}`,
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

/** What the encoder learns, or would: an encoder that is given leaves transformations for arms that augment with them. */
function objectiveOf(pretext: Manifest["pretext"]): ObjectiveSpecification {
  if (pretext.kind !== "given") {
    const { fit: _fit, exposure: _exposure, corpus: _corpus, ...objective } = pretext;
    return objective;
  }
  const { transformations } = pretext, kind = "transformation-recognition";
  return { kind, ...OBJECTIVES[kind].schema.parse({ transformations }) };
}
