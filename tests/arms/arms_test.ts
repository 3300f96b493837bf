import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import type { ArmFit, ArmRequest } from "../../src/arms/arm.ts";
import { type ArmKind, ARMS } from "../../src/arms/table.ts";
import { type RowReader, rowsInMemory } from "../../src/formats/rows.ts";
import { buildNetwork } from "../../src/models/architecture.ts";
import { forward } from "../../src/models/forward.ts";
import { loadWeights } from "../../src/models/weights.ts";
import { readOnnx } from "../../src/onnx/files/export.ts";
import { openModel } from "../../src/onnx/inference/open_model.ts";
import { predictRows } from "../../src/onnx/inference/predict.ts";
import { stream } from "../../src/random/stream.ts";
import { pretrain } from "../../src/training/pretrain.ts";
import { firstEncoder, positions, pretraining, request, SAMPLES, WINDOWS } from "./rhythms.ts";

const KINDS = Object.keys(ARMS) as ArmKind[];
const NETWORKS = KINDS.filter((kind) => ARMS[kind].needs.encoder !== "none");
const PRETEXT = {
  kind: "transformation-recognition",
  transformations: { scale: {} },
  fit: { epochs: 1 },
} as const;

/** Five features of each window that tell the classes apart, some of them missing. */
const HEART_RATES = rowsInMemory(
  Float32Array.from(
    { length: 5 * WINDOWS },
    (_, index) => index % 7 === 0 ? NaN : index % 5 + Math.floor(index / 5) % 2,
  ),
  5,
);

async function fit(kind: ArmKind, asked: ArmRequest): Promise<ArmFit> {
  const { load, needs } = ARMS[kind], arm = await load();
  const features = needs.input === "hrv" ? HEART_RATES : asked.features;
  return arm.fit({ ...asked, features, pretext: PRETEXT });
}

async function probabilities(model: Uint8Array, rows: RowReader): Promise<number[][]> {
  const opened = await openModel(model), all: number[][] = [];
  const [[input, [, ...rowShape]]] = Object.entries(readOnnx(model).inputs);
  const options = { rowShape: rowShape.map(Number), input, output: "probabilities" };
  for await (const { values, columns } of predictRows(opened, rows, options)) {
    for (let row = 0; row < values.length; row += columns) all.push([...values.subarray(row, row + columns)]);
  }
  await opened.dispose();
  return all;
}

const encoderWeights = (file: Uint8Array) =>
  Object.fromEntries(Object.entries(readOnnx(file).weights).filter(([name]) => name.startsWith("block")));

Deno.test("every arm gives a model from what it reads to probabilities, with its classes and the given metadata", async () => {
  const asked = await request({ fit: { minSteps: 2, maxEpochs: 1 } });
  for (const kind of KINDS) {
    const { model, history, summary } = await fit(kind, asked);
    const { metadata, inputs, outputs } = readOnnx(model);
    assert.deepEqual(JSON.parse(metadata.classes), ["slow", "fast"], kind);
    assert.equal(metadata.arm, "test", kind);
    const readsWindows = ARMS[kind].needs.input === "windows";
    assert.deepEqual(
      inputs,
      readsWindows ? { windows: ["batch", SAMPLES, 1] } : { features: ["batch", 5] },
      kind,
    );
    assert.deepEqual(outputs, { probabilities: ["batch", 2] }, kind);
    const all = await probabilities(model, readsWindows ? asked.windows : HEART_RATES);
    assert.equal(all.length, WINDOWS, kind);
    for (const row of all) {
      assert.ok(Math.abs(row[0] + row[1] - 1) < 1e-6 && Math.min(...row) >= 0, `${kind}: ${row}`);
    }
    assert.equal(history.length > 0, NETWORKS.includes(kind), kind);
    assert.ok(Number.isFinite(summary.trainLoss), kind);
  }
});

Deno.test("arms that train everything learn separable rhythms, people set aside included", async () => {
  const asked = await request({ fit: { minSteps: 100 } });
  for (const kind of ["supervised", "supervised-augmented", "finetuned"] as const) {
    const { model, summary, history } = await fit(kind, asked);
    const right = (await probabilities(model, asked.windows)).filter((row, index) =>
      (row[1] > row[0]) === (index % 2 === 1)
    );
    assert.equal(right.length, WINDOWS, kind);
    assert.ok(summary.trainLoss < 0.05 && summary.validationLoss! < 0.05, `${kind}: ${summary.trainLoss}`);
    assert.ok(history[0].trainLoss > 5 * summary.trainLoss, kind);
    assert.equal(summary.converged, true, kind);
  }
});

Deno.test("arms that train the head leave the encoder's weights as they were, bit for bit; the others change them", async () => {
  const { encoder } = await pretrain(pretraining());
  const asked = await request({ fit: { minSteps: 5, maxEpochs: 1 } }, { encoderOnnx: encoder });
  for (const kind of NETWORKS) {
    const { model } = await fit(kind, asked);
    const before = encoderWeights(encoder), after = encoderWeights(model);
    assert.equal(Object.keys(before).length, 4);
    const { train }: Record<string, unknown> = ARMS[kind].schema.parse({});
    if (train === "head") assert.deepEqual(after, before, kind);
    else assert.notDeepEqual(after, before, kind);
    assert.notDeepEqual(readOnnx(model).weights["hidden1/kernel"].values, new Float32Array(8 * 8), kind);
  }
});

Deno.test("an arm that trains the head reads features alone, and its model gives their probabilities from windows", async () => {
  const asked = await request({ fit: { minSteps: 30 } });
  const unread: RowReader = {
    ...asked.windows,
    read() {
      throw new Error("a window was read");
    },
  };
  const { model } = await fit("frozen", { ...asked, windows: unread });
  const { metadata, weights } = readOnnx(model);
  const { head } = await buildNetwork(JSON.parse(metadata.architecture));
  loadWeights(head, weights);
  const features = asked.features!, all = features.read(positions(0, WINDOWS));
  const expected = tf.softmax(forward(head, { rows: tf.tensor2d(all, [WINDOWS, features.columns]) }))
    .dataSync();
  (await probabilities(model, asked.windows)).flat().forEach((probability, index) =>
    assert.ok(Math.abs(probability - expected[index]) < 1e-5)
  );
});

Deno.test("an arm reads a batch of labelled windows at a time, and no other window", async () => {
  const asked = await request({ fit: { minSteps: 5, maxEpochs: 2 } }), read = new Set<number>();
  let most = 0;
  const spied: RowReader = {
    ...asked.windows,
    read(rows) {
      most = Math.max(most, rows.length);
      for (const row of Array.from(rows)) read.add(row);
      return asked.windows.read(rows);
    },
  };
  await fit("supervised", { ...asked, windows: spied });
  assert.deepEqual([...read].toSorted((a, b) => a - b), [...positions(0, 36)]);
  // Twelve validation windows are evaluated at once; a batch has eight.
  assert.equal(most, 12);
});

Deno.test("the same request gives the same bytes; another seed or another role of a label others", async () => {
  const asked = await request({ fit: { minSteps: 5, maxEpochs: 1 }, dropout: 0.3 });
  for (const kind of KINDS) {
    assert.deepEqual(await fit(kind, asked), await fit(kind, asked), kind);
  }
  const first = await fit("supervised", asked), augmented = await fit("supervised-augmented", asked);
  assert.notDeepEqual(readOnnx(first.model).weights, readOnnx(augmented.model).weights);
  const seeded = await fit("supervised", { ...asked, stream: stream(2, "fit") });
  assert.notDeepEqual(first.model, seeded.model);
  const role = asked.labels.role.map((role, index) => index === 0 ? 1 : role);
  const moved = await fit("supervised", { ...asked, labels: { ...asked.labels, role } });
  assert.notDeepEqual(first.model, moved.model);
});

Deno.test("arms with the same stream begin with the same head", async () => {
  // A learning rate this small leaves the first weights as they were drawn.
  const optimizer = { kind: "sgd", learningRate: 1e-30 };
  const asked = await request({ fit: { minSteps: 1, maxEpochs: 1, optimizer } });
  const heads = await Promise.all(NETWORKS.map(async (kind) => {
    const { model } = await fit(kind, { ...asked, encoderOnnx: await firstEncoder(NETWORKS.indexOf(kind)) });
    return readOnnx(model).weights["hidden1/kernel"];
  }));
  for (const head of heads) assert.deepEqual(head, heads[0]);
});

Deno.test("supervised-augmented needs a pretext, head arms need features, every network an encoder", async () => {
  const asked = await request({ fit: { minSteps: 1, maxEpochs: 1 } });
  const rejected = async (kind: ArmKind, changes: Partial<ArmRequest>, message: RegExp) => {
    const arm = await ARMS[kind].load();
    await assert.rejects(arm.fit({ ...asked, pretext: PRETEXT, ...changes }), message);
  };
  await rejected("supervised-augmented", { pretext: undefined }, /must be given a pretext objective/);
  await rejected("supervised-augmented", { pretext: null }, /must be given a pretext objective/);
  await rejected("frozen", { features: undefined }, /must be given features, got none/);
  for (const kind of NETWORKS) await rejected(kind, { encoderOnnx: undefined }, /must be given an encoder/);
  const role = new Uint8Array(36).fill(1);
  for (const kind of KINDS) {
    await rejected(kind, { labels: { ...asked.labels, role } }, /to train on, got none/);
  }
});

Deno.test("an arm refuses an encoder of other sizes, and names the weight", async () => {
  const asked = await request({ fit: { minSteps: 1, maxEpochs: 1 } });
  const encoder = {
    ...asked.encoder,
    blocks: [{ filters: 4, kernel: 8, layers: 1 }, { filters: 9, kernel: 4, layers: 1 }],
  };
  await assert.rejects(
    fit("finetuned", { ...asked, encoder }),
    /block2_conv1\/kernel must have the shape \[4,4,9\], got \[4,4,8\]/,
  );
});

Deno.test("majority gives the shares of the training labels", async () => {
  const asked = await request();
  const labels = {
    rows: positions(0, 5),
    classes: Int32Array.of(1, 1, 0, 1, 0),
    role: Uint8Array.of(0, 0, 0, 0, 1),
  };
  const { model, summary } = await fit("majority", { ...asked, labels, classes: ["slow", "fast", "none"] });
  const all = await probabilities(model, rowsInMemory(asked.windows.read([3, 40]), SAMPLES));
  assert.deepEqual(all, [[0.25, 0.75, 0], [0.25, 0.75, 0]]);
  const entropy = -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75);
  assert.ok(Math.abs(summary.trainLoss - entropy) < 1e-12);
  assert.deepEqual([summary.steps, summary.converged], [0, true]);
});
