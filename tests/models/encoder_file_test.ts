import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { ARCHITECTURE_KEY } from "../../src/models/architecture.ts";
import { readEncoderFile } from "../../src/models/encoder_file.ts";
import { initializeWeights } from "../../src/models/initialize.ts";
import { buildEncoder, type EncoderSpecification } from "../../src/models/table.ts";
import { readOnnx } from "../../src/onnx/files/export.ts";
import { exportModel } from "../../src/onnx/files/export_model.ts";
import type { WeightFormat } from "../../src/onnx/files/weights/formats.ts";
import { stream } from "../../src/random/stream.ts";

const SHAPE = { samples: 64, sampleRateHz: 32 };
const CNN = {
  kind: "cnn",
  blocks: [{ filters: 4, kernel: 8, layers: 1 }, { filters: 6, kernel: 4, layers: 1 }],
} as const;

async function trained(encoder: EncoderSpecification = CNN, shape = SHAPE) {
  const model = await buildEncoder(encoder, shape);
  initializeWeights(model, stream(1, "a trained encoder"));
  return model;
}

/** What a file must hold to be an encoder by what it says of itself. */
function saying(encoder: EncoderSpecification, shape = SHAPE) {
  return { [ARCHITECTURE_KEY]: JSON.stringify({ encoder, ...shape }) };
}

const read = (bytes: Uint8Array, encoder: EncoderSpecification = CNN) =>
  readEncoderFile(bytes, { encoder, ...SHAPE, file: "/data/a.onnx" });

async function refused(bytes: Uint8Array, message: RegExp, encoder: EncoderSpecification = CNN) {
  await assert.rejects(read(bytes, encoder), (error: Error) => {
    assert.ok(error.message.startsWith("/data/a.onnx: Cannot use the encoder: "), error.message);
    assert.match(error.message, message);
    return true;
  });
}

Deno.test("readEncoderFile() takes the weights of an encoder alone as they are", async () => {
  const file = exportModel(await trained(), { metadata: { people: "25" } });
  const { onnx, metadata, producer, taken, left, format } = await read(file);
  assert.deepEqual([metadata.people, producer, taken, left, format], ["25", "einthoven", 4, [], "float32"]);
  const before = readOnnx(file).weights, { weights, inputs, outputs } = readOnnx(onnx);
  for (
    const name of ["block1_conv1/kernel", "block1_conv1/bias", "block2_conv1/kernel", "block2_conv1/bias"]
  ) {
    assert.deepEqual(weights[name].values, before[name].values, name);
  }
  assert.deepEqual([inputs, outputs], [{ windows: ["batch", 64, 1] }, { features: ["batch", 6] }]);
});

Deno.test("readEncoderFile() takes the encoder out of a whole model, and says what it leaves", async () => {
  const encoder = await trained();
  const logits = tf.layers.dense({ name: "logits", units: 2 });
  const flat = tf.model({
    inputs: encoder.inputs,
    outputs: logits.apply(encoder.outputs[0]) as tf.SymbolicTensor,
  });
  const nested = tf.sequential({ layers: [encoder, tf.layers.dense({ name: "logits", units: 2 })] });
  assert.equal(encoder.name, "encoder");
  for (const whole of [flat, nested]) {
    const file = exportModel(whole), { onnx, left } = await read(file);
    assert.deepEqual(left.toSorted(), ["logits/bias", "logits/kernel"]);
    assert.deepEqual(
      readOnnx(onnx).weights["block2_conv1/kernel"].values,
      encoder.getLayer("block2_conv1").getWeights()[0].dataSync(),
    );
  }
});

for (const [weights, most] of [["float16", 2 ** -11], ["int8", 1 / 254]] as [WeightFormat, number][]) {
  Deno.test(`readEncoderFile() reads weights that are stored as ${weights}, and says so`, async () => {
    const encoder = await trained(), { onnx, format } = await read(exportModel(encoder, { weights }));
    assert.equal(format, weights);
    const values = readOnnx(onnx).weights["block2_conv1/kernel"].values;
    const own = Float32Array.from(encoder.getLayer("block2_conv1").getWeights()[0].dataSync());
    const largest = Math.max(...own.map(Math.abs));
    values.forEach((value, place) => assert.ok(Math.abs(value - own[place]) <= most * largest * 1.0001));
  });
}

Deno.test("readEncoderFile() refuses another network by the first weight that differs", async () => {
  const wide = { ...CNN, blocks: [CNN.blocks[0], { filters: 8, kernel: 4, layers: 1 }] };
  await refused(
    exportModel(await trained(wide)),
    /its weight block2_conv1\/kernel must be there with the shape \[4, 4, 6\] of the manifest's encoder, got \[4, 4, 8\]; 2 of 4 weights are missing or of another shape$/,
  );
  const shallow = { ...CNN, blocks: [CNN.blocks[0]] };
  await refused(
    exportModel(await trained(shallow)),
    /its weight block2_conv1\/kernel must be there .*, got none of that name, only block1_conv1\/kernel, block1_conv1\/bias; 2 of 4/,
  );
  const deep = { ...CNN, blocks: [...CNN.blocks, { filters: 6, kernel: 2, layers: 1 }] };
  await refused(
    exportModel(await trained({ ...deep, pool: { size: 2, stride: 2 } })),
    /it must have no more layers than the manifest's encoder, got the weight block3_conv1\/kernel as well$/,
  );
  const dense = tf.sequential({
    layers: [tf.layers.dense({ name: "logits", units: 2, inputShape: [64, 1] })],
  });
  await refused(exportModel(dense), /only logits\/kernel, logits\/bias; 4 of 4/);
});

Deno.test("readEncoderFile() refuses windows of another length or rate", async () => {
  const long = { samples: 128, sampleRateHz: 32 };
  await refused(
    exportModel(await trained(CNN, long)),
    /it must read windows of 64 samples at 32 Hz, as signal says, got 128 samples$/,
  );
  await refused(
    exportModel(await trained(), { metadata: saying(CNN, { samples: 64, sampleRateHz: 64 }) }),
    /got 64 samples at 64 Hz$/,
  );
  await refused(
    exportModel(await trained(), { metadata: { sampleRateHz: "256" } }),
    /got 64 samples at 256 Hz$/,
  );
});

Deno.test("readEncoderFile() refuses what no weight shows: by what the file says, or by what it computes", async () => {
  const strided = { ...CNN, pool: { size: 8, stride: 2 } };
  await refused(
    exportModel(await trained(strided), { metadata: saying(strided) }),
    /its encoder\.pool must be \{"size":8,"stride":4\}, as in the manifest, got \{"size":8,"stride":2\}$/,
  );
  await refused(
    exportModel(await trained(strided)),
    /its features must be those that the manifest's encoder computes with its weights, got .* such as strides or activations$/,
  );
  // Defaults that one of the two leaves out are no difference.
  await read(exportModel(await trained(), { metadata: saying({ ...CNN, leak: 0.2 }) }));
});

Deno.test("readEncoderFile() refuses weights that are no numbers, and what is no ONNX file", async () => {
  const broken = await trained();
  const [kernel, bias] = broken.getLayer("block1_conv1").getWeights();
  broken.getLayer("block1_conv1").setWeights([kernel, tf.fill(bias.shape, NaN)]);
  await refused(exportModel(broken), /its weight block1_conv1\/bias must hold finite numbers, got NaN$/);
  await refused(
    new TextEncoder().encode("not a model"),
    /it must be an ONNX file, got 11 bytes of another kind$/,
  );
});
