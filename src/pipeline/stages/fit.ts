/**
 * The stage `fit`: one arm, trained on the labels of one budget, as an ONNX file.
 *
 * Files: `model.onnx` (windows to probabilities); `history.csv`; `fit.json`.
 *
 * @module
 */
import { join } from "node:path";
import type { ArmSpecification } from "../../arms/arms_schema.ts";
import type { Transfer } from "../../arms/schema.ts";
import { ARMS } from "../../arms/table.ts";
import { byCodePoint } from "../../formats/window_table.ts";
import type { EncoderSpecification } from "../../models/table.ts";
import type { Provider } from "../../onnx/runtime/providers.ts";
import type { ObjectiveSpecification } from "../../pretext/table.ts";
import { stream } from "../../random/stream.ts";
import type { FitSummary } from "../../training/fit.ts";
import { givenEncoderFacts } from "../encoder_origin.ts";
import type { Stage } from "../stage.ts";
import {
  datasetName,
  type Exposure,
  type LabelledWindow,
  openFeatures,
  openScale,
  openWindows,
  readJson,
  readLabelledWindows,
  writeJson,
} from "./folders.ts";
import { writeTable } from "./pretrain.ts";

/** What decides the files of this stage. */
export interface FitParameters {
  readonly arm: ArmSpecification;
  readonly transfer: Transfer;
  readonly encoder: EncoderSpecification;
  /** For arms that augment with its transformations. */
  readonly objective?: ObjectiveSpecification;
  readonly scaleFold: number | null;
  readonly seed: number;
  readonly stream: string;
  readonly threads: number;
  readonly provider: Provider;
  readonly microBatch: number;
}

/** Trains one arm. */
export const stage: Stage<FitParameters> = {
  async run({ parameters, inputs, output, progress }) {
    const { arm, transfer, encoder, objective, scaleFold, seed, threads, provider, microBatch } = parameters;
    const windows = openWindows(inputs.windows), labels = readLabelledWindows(inputs["training-labels"]);
    const scale = openScale(inputs.split, scaleFold);
    const { sampleRateHz, samples, signal } = windows.facts;
    const exposure = inputs.encoder === undefined
      ? undefined
      : readJson<Exposure>(inputs.encoder, "exposure.json");
    const { fit } = await ARMS[arm.kind].load();
    const { model, history, summary } = await fit({
      parameters: arm,
      transfer,
      encoder,
      pretext: objective,
      encoderOnnx: inputs.encoder === undefined
        ? undefined
        : Deno.readFileSync(join(inputs.encoder, "encoder.onnx")),
      windows: windows.rows(scale),
      features: inputs.features === undefined
        ? undefined
        : openFeatures(inputs.features, windows.table.length),
      labels: {
        rows: Int32Array.from(labels, ({ window }) => windows.position(window)),
        classes: Int32Array.from(labels, ({ class: index }) => index),
        role: Uint8Array.from(labels, ({ role }) => role === "validation" ? 1 : 0),
      },
      classes: readJson<string[]>(inputs["training-labels"], "classes.json"),
      sampleRateHz,
      stream: stream(seed, parameters.stream),
      threads,
      provider,
      microBatch,
      metadata: {
        arm: arm.kind,
        dataset: datasetName(windows),
        signal: JSON.stringify(signal),
        sampleRateHz: String(sampleRateHz),
        windowSamples: String(samples),
        normalization: JSON.stringify({ ...signal.normalize, ...scale }),
        trainingSubjects: JSON.stringify(subjectsOf(labels)),
        pretrainingDataset: exposure?.corpus ?? "",
        pretrainingSubjects: JSON.stringify(exposure?.subjects ?? []),
        ...exposure?.given === undefined ? {} : givenEncoderFacts(exposure.given),
      },
      progress: ({ step, steps, loss }) =>
        progress({ done: step, total: steps, note: `loss ${loss.toFixed(3)}` }),
    });
    Deno.writeFileSync(join(output, "model.onnx"), model);
    writeTable(join(output, "history.csv"), history);
    writeJson(output, "fit.json", summary satisfies FitSummary);
  },
};

function subjectsOf(labels: readonly LabelledWindow[]): string[] {
  return [...new Set(labels.map(({ subject }) => subject))].sort(byCodePoint);
}
