/**
 * The stages that a grid point needs before any of its cells: windows, labels, the split, and what encoders come from.
 *
 * @module
 */
import type { DatasetSpecification } from "../datasets/table.ts";
import type { GivenParameters } from "../pretext/given_schema.ts";
import type { SignalParameters } from "../signal/schema.ts";
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
    samples: windowSamples(signal),
  };
  return plan.add("given-encoder", { parameters, inputs: {}, data: [path], label: "given encoder" });
}

/** How many samples a window has. */
export function windowSamples({ window, resample }: SignalParameters): number {
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
