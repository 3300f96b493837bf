import { fromBinary, toBinary } from "@bufbuild/protobuf";
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { ModelProtoSchema } from "onnx-buf";
import { decode } from "../../../src/onnx/files/decode.ts";
import { exportOnnx } from "../../../src/onnx/files/export.ts";
import { exportModel } from "../../../src/onnx/files/export_model.ts";
import { openModel } from "../../../src/onnx/inference/open_model.ts";
import { openSession, type SessionTensor } from "../../../src/onnx/runtime/session.ts";
import { floatsOf } from "../reference.ts";
import { assertAgrees } from "../zoo/agreement.ts";
import { fill, inputsOf, ZOO } from "../zoo/zoo.ts";

/** The largest difference allowed, relative to the largest number of an output or 1. */
const TOLERANCE = 1e-5;

type Results = Readonly<Record<string, SessionTensor>>;

function assertNear(actual: Results, expected: Results): void {
  assert.deepEqual(Object.keys(actual), Object.keys(expected));
  for (const [name, { values, shape }] of Object.entries(expected)) {
    const own = Array.from(actual[name].values, Number), others = Array.from(values, Number);
    assert.deepEqual(actual[name].shape, shape, name);
    const largest = others.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const place = others.findIndex((value, index) => !(Math.abs(value - own[index]) <= TOLERANCE * largest));
    assert.equal(place, -1, `${name}[${place}]: ${own[place]} for ${others[place]}`);
  }
}

for (const [name, { build, rows: most = 64 }] of Object.entries(ZOO)) {
  Deno.test(`openModel() predicts with ${name} what the file and the cpu backend do, at every batch size`, async () => {
    const model = fill(build()), bytes = exportModel(model), plain = await openSession(bytes);
    for (const rows of [1, 3, 64]) {
      const opened = await openModel(bytes, { batch: rows });
      assert.deepEqual(
        [opened.batch, opened.inputNames, opened.outputNames],
        [rows, plain.inputNames, plain.outputNames],
      );
      const feeds = Object.fromEntries(
        inputsOf(model, rows).map(({ shape, values }, index) => [plain.inputNames[index], { shape, values }]),
      );
      assertNear(await opened.run(feeds), await plain.run(feeds));
      await assertAgrees(model, opened, { rows, compared: Math.min(rows, most, 3) });
      await opened.dispose();
    }
    await plain.dispose();
  });
}

for (const weights of ["float16", "int8"] as const) {
  Deno.test(`openModel() predicts with a file of ${weights} weights what the file does`, async () => {
    const model = fill(ZOO["the published network"].build()), bytes = exportModel(model, { weights });
    const plain = await openSession(bytes), opened = await openModel(bytes, { batch: 2 });
    const [{ shape, values }] = inputsOf(model, 2), feeds = { [plain.inputNames[0]]: { shape, values } };
    assertNear(await opened.run(feeds), await plain.run(feeds));
    await Promise.all([plain.dispose(), opened.dispose()]);
  });
}

const kernel = tf.variable(tf.tensor(floatsOf({ shape: [9, 1, 16, 16] }), [9, 1, 16, 16]));
const bytes = exportOnnx(
  ({ x }) => ({ y: tf.relu(tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 1, "same")) }),
  {
    inputs: { x: [null, 80, 1, 16] },
    weights: { kernel },
  },
);
const BATCH = 8;
const FEEDS = { x: { values: floatsOf({ shape: [BATCH, 80, 1, 16] }), shape: [BATCH, 80, 1, 16] } };

async function resultsOf(file: Uint8Array, options: { optimized?: boolean } = {}): Promise<Results> {
  const model = await openModel(file, { batch: BATCH, ...options });
  const results = await model.run(FEEDS);
  await model.dispose();
  return results;
}

async function asItIs(file: Uint8Array): Promise<Results> {
  const session = await openSession(file), results = await session.run(FEEDS);
  await session.dispose();
  return results;
}

Deno.test("openModel() runs the file as it is, to the last bit, where it is asked to", async () => {
  assert.deepEqual(await resultsOf(bytes, { optimized: false }), await asItIs(bytes));
});

Deno.test("openModel() runs a file that is no program as it is, to the last bit", async () => {
  const model = fromBinary(ModelProtoSchema, bytes);
  model.producerName = "pytorch";
  const foreign = toBinary(ModelProtoSchema, model);
  const longer = exportOnnx(({ x }) => {
    const more = tf.exp(tf.concat([x, tf.ones([1, 80, 1, 16])], 0));
    return { y: tf.mul(x, tf.mean(more, 0)) };
  }, { inputs: { x: [null, 80, 1, 16] }, weights: {} });
  for (const file of [foreign, longer]) {
    assert.ok("reason" in decode(file, { batch: BATCH }));
    assert.deepEqual(await resultsOf(file), await asItIs(file));
  }
});

Deno.test("openModel() refuses a batch that is none, other rows than the batch, and bytes that are no model", async () => {
  for (const batch of [0, 1.5]) {
    await assert.rejects(openModel(bytes, { batch }), {
      name: "RangeError",
      message: `Cannot open a model: batch must be a whole number from 1 up, got ${batch}`,
    });
  }
  const model = await openModel(bytes, { batch: BATCH + 1 });
  await assert.rejects(model.run(FEEDS), /Got: 8 Expected: 9/);
  await model.dispose();
  await assert.rejects(openModel(bytes.subarray(0, 40)));
});
