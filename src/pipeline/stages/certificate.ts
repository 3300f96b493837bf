/**
 * The stage `certificate`: how far an exported model is from its TensorFlow.js reference, and from itself at other batch sizes.
 *
 * Files: `certificate.json`.
 *
 * @module
 */
import { join } from "node:path";
import { compareWithBatches, compareWithTfjs } from "../../arms/certificate.ts";
import type { Provider } from "../../onnx/runtime/providers.ts";
import type { Stage } from "../stage.ts";
import { openFeatures, openFold, openScale, openWindows, writeJson } from "./folders.ts";

/** What decides the files of this stage. */
export interface CertificateParameters {
  /** The fold whose test windows are compared. */
  readonly fold: number;
  readonly scaleFold: number | null;
  readonly threads: number;
  readonly provider: Provider;
}

/** How far a model is from what it should equal; `certificate.json`. Differences are of probabilities. */
export interface Certificate {
  /** Largest difference to TensorFlow.js, backend `cpu`, and over how many windows. */
  readonly tfjs: { readonly windows: number; readonly largestDifference: number };
  /** Largest difference of the file as it is, by batch size, to the batches of 64 that evaluation uses. */
  readonly batches: readonly {
    readonly batch: number;
    readonly windows: number;
    readonly largestDifference: number;
  }[];
}

/** Batch sizes that a user may call a model with. */
const BATCHES = [1, 7];

/** Compares. */
export const stage: Stage<CertificateParameters> = {
  async run({ parameters: { fold, scaleFold, threads, provider }, inputs, output }) {
    const windows = openWindows(inputs.windows), { test } = openFold(inputs.split, fold);
    const model = Deno.readFileSync(join(inputs.fit, "model.onnx"));
    const options = {
      windows: inputs.features === undefined
        ? windows.rows(openScale(inputs.split, scaleFold))
        : openFeatures(inputs.features, windows.table.length),
      positions: Int32Array.from(test, (id) => windows.position(id)).sort(),
      threads,
      provider,
    };
    const certificate: Certificate = {
      tfjs: await compareWithTfjs(model, options),
      batches: await Promise.all(BATCHES.map(async (batch) => ({
        batch,
        ...await compareWithBatches(model, { ...options, batch }),
      }))),
    };
    writeJson(output, "certificate.json", certificate);
  },
};
