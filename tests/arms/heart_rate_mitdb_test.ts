import assert from "node:assert/strict";
import { heartRate } from "../../src/arms/heart_rate.ts";
import { HRV_COLUMNS, hrvFeatures } from "../../src/arms/hrv_features.ts";
import { transferSchema } from "../../src/arms/schema.ts";
import type { Recording } from "../../src/datasets/dataset.ts";
import { openDataset } from "../../src/datasets/table.ts";
import { auroc } from "../../src/evaluation/ranking.ts";
import { rowsInMemory } from "../../src/formats/rows.ts";
import { openModel } from "../../src/onnx/inference/open_model.ts";
import { predictRows } from "../../src/onnx/inference/predict.ts";
import { stream } from "../../src/random/stream.ts";
import { prepareSignal } from "../../src/signal/chain.ts";
import { splitWindows } from "../../src/splits/table.ts";
import { realDataTest } from "../datasets/wfdb/real_data.ts";
import { ENCODER } from "./rhythms.ts";

const RATE_HZ = 128, SECONDS = 10, SAMPLES = RATE_HZ * SECONDS;

/** AUROC over all windows, people held out, of a logistic regression on beat intervals, as scikit-learn found it. */
const KNOWN = 0.93;

interface Window {
  readonly id: string;
  readonly subject: string;
  readonly recording: string;
  /** Whether it holds a ventricular beat. */
  readonly class: 0 | 1;
  readonly features: Float32Array;
}

/** Each window of 10 s with the features of the beats that are found in it. */
function windowsOf({ id, subject, leads, sampleRateHz, annotations = [] }: Recording): Window[] {
  const { samples } = leads.find(({ name }) => name === "MLII") ?? leads[0];
  const signal = Float32Array.from(
    prepareSignal(samples, { sampleRateHz, resampleHz: RATE_HZ, highpass: { cutoffHz: 0.8, order: 2 } }),
  );
  const count = Math.floor(signal.length / SAMPLES);
  const features = hrvFeatures(rowsInMemory(signal.slice(0, count * SAMPLES), SAMPLES), {
    sampleRateHz: RATE_HZ,
  });
  const ventricular = new Set(
    annotations.filter(({ symbol }) => symbol === "V" || symbol === "E")
      .map(({ sample }) => Math.floor(sample / sampleRateHz / SECONDS)),
  );
  return Array.from({ length: count }, (_, index) => ({
    id: `${id}@${index * SAMPLES}+${SAMPLES}`,
    subject,
    recording: id,
    class: ventricular.has(index) ? 1 : 0,
    features: features.subarray(index * HRV_COLUMNS.length, (index + 1) * HRV_COLUMNS.length),
  }));
}

realDataTest("mitdb", {
  name:
    "heart-rate tells windows with ventricular beats from others as well as is known of the MIT-BIH database",
  async run(dataFolder) {
    const exclude = { records: [102, 104, 107, 217], why: "paced" };
    const database = { kind: "wfdb", path: "mitdb", sameSubject: [[201, 202]], exclude } as const;
    const windows: Window[] = [];
    const dataset = await openDataset(database, { dataFolder });
    for await (const recording of dataset.recordings()) windows.push(...windowsOf(recording));
    assert.equal(windows.length, 44 * 180);
    const positions = new Map(windows.map(({ id }, index) => [id, index]));
    const at = (ids: readonly string[]) => Int32Array.from(ids, (id) => positions.get(id) ?? NaN);
    const features = rowsInMemory(
      Float32Array.from(windows.flatMap((window) => [...window.features])),
      HRV_COLUMNS.length,
    );
    const folds = await splitWindows({ kind: "group-k-fold", folds: 5, validation: 0 }, {
      windows,
      classes: ["other", "ventricular"],
    });
    const truth: number[] = [], probability: number[] = [];
    for (const { train, test } of folds) {
      const rows = at(train), tested = at(test);
      const { model } = await heartRate.fit({
        transfer: transferSchema.parse({}),
        encoder: ENCODER,
        windows: features,
        features,
        labels: {
          rows,
          classes: rows.map((row) => windows[row].class),
          role: new Uint8Array(rows.length),
        },
        classes: ["other", "ventricular"],
        sampleRateHz: RATE_HZ,
        stream: stream(1, "fit"),
        threads: 1,
        microBatch: 64,
        metadata: { arm: "heart-rate" },
      });
      const opened = await openModel(model);
      const input = { input: "features", output: "probabilities", rowShape: [HRV_COLUMNS.length] };
      for await (const { values } of predictRows(opened, features, { ...input, positions: tested })) {
        for (let index = 1; index < values.length; index += 2) probability.push(values[index]);
      }
      truth.push(...Array.from(tested, (row) => windows[row].class));
      await opened.dispose();
    }
    const pooled = auroc(truth, probability) ?? NaN;
    assert.ok(Math.abs(pooled - KNOWN) <= 0.02, `${pooled}`);
  },
});
