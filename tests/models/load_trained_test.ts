import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { probabilities } from "../../src/arms/save.ts";
import { rowsInMemory } from "../../src/formats/rows.ts";
import { type Architecture, ARCHITECTURE_KEY, buildNetwork } from "../../src/models/architecture.ts";
import { initializeWeights } from "../../src/models/initialize.ts";
import { loadTrained } from "../../src/models/load_trained.ts";
import { namedWeights } from "../../src/models/weights.ts";
import { exportOnnx, readOnnx } from "../../src/onnx/files/export.ts";
import { exportModel, LAYERS_KEY } from "../../src/onnx/files/export_model.ts";
import { openModel } from "../../src/onnx/inference/open_model.ts";
import { predictRows } from "../../src/onnx/inference/predict.ts";
import { compileStep } from "../../src/onnx/programs/step.ts";
import { stream } from "../../src/random/stream.ts";
import { assertClose, floatsOf } from "../onnx/reference.ts";
import { fill, inputsOf, ZOO } from "../onnx/zoo/zoo.ts";

const METADATA = { licence: "MIT", people: "25" };

function predictions(model: tf.LayersModel, rows: number): number[][] {
  return tf.tidy(() => {
    const tensors = inputsOf(model, rows).map(({ values, shape, dtype }) => tf.tensor(values, shape, dtype));
    return [model.predict(tensors)].flat().map((tensor) => [...tensor.dataSync()]);
  });
}

for (const [name, { build, rows = 3 }] of Object.entries(ZOO)) {
  Deno.test(`loadTrained() gives back ${name}: the same predictions, and the same bytes when exported again`, async () => {
    const model = fill(build()), file = exportModel(model, { metadata: METADATA, description: "A model." });
    const { model: loaded, metadata, notes } = await loadTrained(file);
    assert.deepEqual([metadata, notes], [METADATA, []]);
    const count = Math.min(rows, 3);
    assert.deepEqual(predictions(loaded, count), predictions(model, count));
    assert.deepEqual(exportModel(loaded, { metadata, description: "A model." }), file);
  });
}

for (const weights of ["float16", "int8"] as const) {
  Deno.test(`loadTrained() reads weights that are stored as ${weights}`, async () => {
    const model = fill(ZOO.InceptionTime.build()), file = exportModel(model, { metadata: METADATA, weights });
    const { model: loaded, metadata, notes } = await loadTrained(file);
    assert.deepEqual(metadata, METADATA);
    assert.equal(notes.length, weights === "int8" ? 1 : 0);
    const before = model.getWeights(), after = loaded.getWeights();
    for (const [index, weight] of before.entries()) {
      const own = weight.dataSync(), largest = Math.max(...own.map(Math.abs));
      const most = weights === "int8" ? largest / 254 : largest * 2 ** -11;
      after[index].dataSync().forEach((value, place) =>
        assert.ok(Math.abs(value - own[place]) <= most * 1.0001, `${value} for ${own[place]}`)
      );
    }
    if (weights === "float16") assert.deepEqual(exportModel(loaded, { metadata, weights }), file);
  });
}

for (const name of ["InceptionTime", "a transformer of patches", "a GRU after convolutions"]) {
  Deno.test(`loadTrained() gives a model that can be trained on: ${name}`, async () => {
    const { model } = await loadTrained(exportModel(fill(ZOO[name].build())));
    const [{ shape: [, ...row] }] = inputsOf(model, 1), outputs = model.outputs[0].shape.slice(1) as number[];
    const step = await compileStep({
      loss: ({ rows, targets }, weights) => {
        const results = model.apply(rows) as tf.Tensor;
        return tf.squaredDifference(results, targets).mean(1).mul(weights).sum().asScalar();
      },
      variables: model.trainableWeights.map((weight) => weight.read() as tf.Variable),
      optimizer: {
        create: (variables) => (gradients, rate) =>
          variables.forEach((variable, index) =>
            variable.assign(tf.sub(variable, tf.mul(rate, gradients[index])))
          ),
      },
      inputs: { rows: row, targets: outputs },
      batch: 8,
      microBatch: 8,
    });
    const inputs = {
      rows: floatsOf({ shape: [8, ...row] }),
      targets: floatsOf({ shape: [8, ...outputs], from: 0, to: 1 }),
    };
    const losses: number[] = [];
    for (let index = 0; index < 12; index++) {
      const { loss } = await step.run({
        inputs,
        weights: new Float32Array(8).fill(1 / 8),
        learningRate: 0.2,
      });
      losses.push(loss);
    }
    await step.dispose();
    assert.ok(losses.at(-1)! < 0.95 * losses[0], losses.join(", "));
  });
}

const ARCHITECTURE: Architecture = {
  encoder: {
    kind: "cnn",
    blocks: [{ filters: 4, kernel: 5, layers: 1 }, { filters: 6, kernel: 3, layers: 1 }],
  },
  samples: 64,
  sampleRateHz: 32,
  head: { hidden: [8], dropout: 0.5, classes: 3 },
};

async function network() {
  const { encoder, head } = await buildNetwork(ARCHITECTURE);
  for (const part of [encoder, head]) initializeWeights(part, stream(1, "test"));
  return { encoder, head };
}

Deno.test("loadTrained() gives the classifier in a run's file, with encoder and head as its parts", async () => {
  const own = await network();
  const file = exportOnnx(({ windows }) => ({ probabilities: probabilities(own, windows) }), {
    inputs: { windows: [null, 64, 1] },
    weights: { ...namedWeights(own.encoder), ...namedWeights(own.head) },
    metadata: { classes: "abc", [ARCHITECTURE_KEY]: JSON.stringify(ARCHITECTURE) },
  });
  const { model, metadata, notes } = await loadTrained(file);
  assert.deepEqual([metadata.classes, notes], ["abc", []]);
  const opened = await openModel(file), values = floatsOf({ shape: [3, 64] });
  const [batch] = await Array.fromAsync(
    predictRows(opened, rowsInMemory(values, 64), {
      rowShape: [64, 1],
      input: "windows",
      output: "probabilities",
    }),
  );
  await opened.dispose();
  const again = tf.tidy(() => (model.predict(tf.tensor(values, [3, 64, 1])) as tf.Tensor).dataSync());
  assertClose(batch.values, again);
  const encoder = model.getLayer("encoder") as tf.LayersModel;
  for (const [name, variable] of Object.entries(namedWeights(encoder))) {
    assert.deepEqual(variable.dataSync(), namedWeights(own.encoder)[name].dataSync(), name);
  }
  const { inputs, outputs } = readOnnx(exportModel(model, { metadata }));
  assert.deepEqual([inputs, outputs], [{ windows: ["batch", 64, 1] }, { probabilities: ["batch", 3] }]);
});

Deno.test("loadTrained() gives the encoder in a run's file, and says which weights it left out", async () => {
  const { encoder } = await network(),
    heads = { "noise/logits/bias": tf.variable(tf.tensor([1, 2, 3, 4, 5, 6])) };
  const { head: _, ...architecture } = ARCHITECTURE;
  const file = exportOnnx(
    ({ windows }) => ({ logits: tf.add(encoder.apply(windows) as tf.Tensor, heads["noise/logits/bias"]) }),
    {
      inputs: { windows: [null, 64, 1] },
      weights: { ...namedWeights(encoder), ...heads },
      metadata: { [ARCHITECTURE_KEY]: JSON.stringify(architecture) },
    },
  );
  const { model, notes } = await loadTrained(file);
  assert.deepEqual(notes, ["weights of other parts were left out: noise/logits/bias"]);
  assert.deepEqual(predictions(model, 2), predictions(encoder, 2));
});

/** An ONNX file with these metadata, of a dense layer that is called `logits`. */
function fileWith(metadata: Record<string, string>, weight = "logits/kernel"): Uint8Array {
  const kernel = tf.variable(tf.ones([3, 2]));
  return exportOnnx(({ x }) => ({ y: tf.matMul(x as tf.Tensor2D, kernel as tf.Variable<tf.Rank.R2>) }), {
    inputs: { x: [null, 3] },
    weights: { [weight]: kernel },
    metadata,
  });
}

const layersOf = (model: tf.LayersModel) => readOnnx(exportModel(model)).metadata[LAYERS_KEY];
const dense = (units: number) =>
  tf.sequential({ layers: [tf.layers.dense({ name: "logits", units, inputShape: [3], useBias: false })] });

const refusals: [string, () => Uint8Array, RegExp][] = [
  [
    "bytes of another kind",
    () => Uint8Array.of(1, 2, 3),
    /must be an ONNX file, got 3 bytes of another kind/,
  ],
  [
    "a file that does not say how it is built",
    () => fileWith({ task: "stress" }),
    /its metadata must say how it is built, as "layers".* or "architecture".*got a file of einthoven with the metadata task/,
  ],
  [
    "a class that nobody registered",
    () => fileWith({ [LAYERS_KEY]: layersOf(dense(2)).replaceAll('"Dense"', '"Strange"') }),
    /the class of each layer must be known, got Strange; register it/,
  ],
  [
    "layers that are no JSON",
    () => fileWith({ [LAYERS_KEY]: "{" }),
    /its layers must be as toJSON of TensorFlow.js gives them/,
  ],
  [
    "a file without one of the weights",
    () => fileWith({ [LAYERS_KEY]: layersOf(dense(2)) }, "kernel"),
    /Cannot load weights: logits\/kernel must be among them, got kernel/,
  ],
  [
    "a weight of another shape",
    () => fileWith({ [LAYERS_KEY]: layersOf(dense(4)) }),
    /logits\/kernel must have the shape \[3,4\], got \[3,2\]/,
  ],
];

for (const [what, file, message] of refusals) {
  Deno.test(`loadTrained() refuses ${what}`, async () => {
    await assert.rejects(loadTrained(file()), { message });
  });
}
