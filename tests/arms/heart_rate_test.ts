import assert from "node:assert/strict";
import type { ArmRequest } from "../../src/arms/arm.ts";
import { compareWithBatches, compareWithTfjs } from "../../src/arms/certificate.ts";
import { heartRate } from "../../src/arms/heart_rate.ts";
import { HRV_COLUMNS } from "../../src/arms/hrv_features.ts";
import { transferSchema } from "../../src/arms/schema.ts";
import { type RowReader, rowsInMemory } from "../../src/formats/rows.ts";
import { readOnnx } from "../../src/onnx/files/export.ts";
import { openModel } from "../../src/onnx/inference/open_model.ts";
import { predictRows } from "../../src/onnx/inference/predict.ts";
import { stream } from "../../src/random/stream.ts";
import { ENCODER } from "./rhythms.ts";

interface Pipeline {
  readonly rows: (number | null)[][];
  readonly labels: number[];
  readonly trains: number;
  readonly weights: "balanced" | "none";
  readonly probabilities: number[][];
}

const golden = JSON.parse(
  Deno.readTextFileSync(new URL("../golden/arms/logistic.json", import.meta.url)),
) as { pipelines: Pipeline[] };

/** Rows of which the first train and the others choose. */
function requestOf(
  { rows, labels, trains, weights }: Omit<Pipeline, "probabilities">,
  changes: Partial<ArmRequest> = {},
): ArmRequest {
  const features = rowsInMemory(Float32Array.from(rows.flat(), (value) => value ?? NaN), HRV_COLUMNS.length);
  const unread: RowReader = {
    rows: rows.length,
    columns: 2560,
    read() {
      throw new Error("a window was read");
    },
  };
  return {
    transfer: transferSchema.parse({ classWeights: weights }),
    encoder: ENCODER,
    windows: unread,
    features,
    labels: {
      rows: Int32Array.from(rows.keys()),
      classes: Int32Array.from(labels),
      role: Uint8Array.from(labels, (_, row) => row < trains ? 0 : 1),
    },
    classes: ["calm", "stress", "other"].slice(0, Math.max(...labels) + 1),
    sampleRateHz: 256,
    stream: stream(1, "fit"),
    threads: 1,
    microBatch: 64,
    metadata: { arm: "heart-rate" },
    ...changes,
  };
}

/** Five rows of which the last two are of the second class. */
const few = {
  rows: [[0.8, 0.1, 0.1, 0.9, 1.1], [0.9, 0.2, 0.1, 0.8, 1.2], [0.7, 0.1, 0.2, 0.9, 1], [
    0.5,
    0.3,
    0.2,
    0.7,
    1.3,
  ], [0.6, 0.3, 0.1, 0.6, 1.4]],
  labels: [0, 0, 0, 1, 1],
  trains: 5,
  weights: "none",
} as const;
const fewRequest = (changes: Partial<ArmRequest> = {}) =>
  requestOf({ ...few, rows: few.rows.map((row) => [...row]), labels: [...few.labels] }, changes);

async function probabilities(model: Uint8Array, features: RowReader): Promise<number[][]> {
  const opened = await openModel(model), all: number[][] = [];
  const options = { rowShape: [features.columns], input: "features", output: "probabilities" };
  for await (const { values, columns } of predictRows(opened, features, options)) {
    for (let row = 0; row < values.length; row += columns) all.push([...values.subarray(row, row + columns)]);
  }
  await opened.dispose();
  return all;
}

for (const pipeline of golden.pipelines) {
  const classes = Math.max(...pipeline.labels) + 1;
  Deno.test(`heart-rate fills, scales and classifies as scikit-learn does, ${classes} classes, in its file`, async () => {
    const request = requestOf(pipeline);
    const { model, summary } = await heartRate.fit(request);
    const { inputs, outputs } = readOnnx(model);
    assert.deepEqual([inputs, outputs], [{ features: ["batch", 5] }, { probabilities: ["batch", classes] }]);
    const found = await probabilities(model, request.features!);
    found.forEach((own, row) =>
      own.forEach((share, label) => {
        const expected = pipeline.probabilities[row][label];
        assert.ok(Math.abs(share - expected) < 2e-6, `row ${row}: ${share}, not ${expected}`);
      })
    );
    assert.equal(summary.converged, true);
    // The losses are those of the probabilities that scikit-learn gives.
    const loss = (from: number, to: number) => {
      const own = pipeline.labels.slice(from, to), present = new Set(own).size;
      const weigh = (label: number) =>
        pipeline.weights === "none"
          ? 1
          : own.length / (present * own.filter((other) => other === label).length);
      return own.reduce(
        (sum, label, index) => sum - weigh(label) * Math.log(pipeline.probabilities[from + index][label]),
        0,
      ) / own.length;
    };
    assert.ok(Math.abs(summary.trainLoss - loss(0, 40)) < 1e-6, `${summary.trainLoss}`);
    assert.ok(Math.abs((summary.validationLoss ?? NaN) - loss(40, 60)) < 1e-6, `${summary.validationLoss}`);
  });
}

Deno.test("heart-rate learns from rows that train alone, and gives no validation loss without others", async () => {
  const request = fewRequest();
  const { summary: { validationLoss }, model } = await heartRate.fit(request);
  assert.equal(validationLoss, null);
  const { labels } = request, role = Uint8Array.of(0, 0, 1, 0, 0);
  const other = await heartRate.fit({ ...request, labels: { ...labels, role } });
  assert.notDeepEqual(other.model, model);
  const rows = Int32Array.of(0, 1, 3, 4), classes = Int32Array.of(0, 0, 1, 1);
  const without = await heartRate.fit({ ...request, labels: { rows, classes, role: new Uint8Array(4) } });
  assert.deepEqual(readOnnx(without.model).weights, readOnnx(other.model).weights);
});

Deno.test("heart-rate writes into its file what the features are", async () => {
  const { model } = await heartRate.fit(
    fewRequest({
      parameters: { kind: "heart-rate", features: "hrv", classifier: "logistic", centre: "subject" },
    }),
  );
  const { metadata } = readOnnx(model);
  assert.deepEqual(JSON.parse(metadata.features), {
    kind: "hrv",
    columns: ["meanRrSeconds", "rmssdShare", "sdnnShare", "shortestShare", "longestShare"],
    centre: "subject",
  });
  assert.deepEqual([JSON.parse(metadata.classes), metadata.arm], [["calm", "stress"], "heart-rate"]);
});

Deno.test("heart-rate takes the penalty from its own fields", async () => {
  const sizeOf = async (parameters: Record<string, unknown>) => {
    const { model } = await heartRate.fit(fewRequest({ parameters }));
    return Math.hypot(...readOnnx(model).weights.kernel.values);
  };
  const weak = await sizeOf({ inversePenalty: 100 }), strong = await sizeOf({ inversePenalty: 0.01 });
  assert.ok(weak > 10 * strong, `${weak}, ${strong}`);
  assert.equal(await sizeOf({}), await sizeOf({ inversePenalty: 1 }));
});

Deno.test("heart-rate says when features are missing or others, and when no label trains", async () => {
  await assert.rejects(
    heartRate.fit(fewRequest({ features: undefined })),
    /must be given features, got none/,
  );
  await assert.rejects(heartRate.fit(fewRequest({ features: rowsInMemory(new Float32Array(20), 4) })), {
    name: "TypeError",
    message: /its features must be meanRrSeconds, .*, got 4 columns/,
  });
  const { labels } = fewRequest();
  await assert.rejects(
    heartRate.fit(fewRequest({ labels: { ...labels, role: new Uint8Array(5).fill(1) } })),
    /to train on, got none/,
  );
});

Deno.test("a model of heart rate is compared with tfjs and with itself on features, missing ones among them", async () => {
  const request = requestOf(golden.pipelines[0]), { model } = await heartRate.fit(request);
  const options = { windows: request.features!, threads: 1 };
  const { windows, largestDifference } = await compareWithTfjs(model, options);
  assert.equal(windows, 16);
  assert.ok(largestDifference < 1e-6, `${largestDifference}`);
  const batches = await compareWithBatches(model, { ...options, batch: 7 });
  assert.equal(batches.windows, 60);
  assert.ok(batches.largestDifference < 1e-6, `${batches.largestDifference}`);
});
