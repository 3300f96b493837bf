import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { cnnSchema } from "../../src/models/cnn_schema.ts";
import { initializeWeights } from "../../src/models/initialize.ts";
import { buildEncoder, ENCODERS } from "../../src/models/table.ts";
import { namedWeights } from "../../src/models/weights.ts";
import { stream } from "../../src/random/stream.ts";

Deno.test("every encoder takes its own defaults and has unique explicit layer names", async () => {
  for (const kind of Object.keys(ENCODERS) as (keyof typeof ENCODERS)[]) {
    const shape = { samples: 2560, sampleRateHz: 256 };
    const first = await buildEncoder({ kind }, shape), second = await buildEncoder({ kind }, shape);
    assert.deepEqual(first.inputs[0].shape, [null, 2560, 1]);
    assert.equal(first.outputs[0].shape.length, 2);
    assert.deepEqual(Object.keys(namedWeights(first)), Object.keys(namedWeights(second)));
  }
});

Deno.test("sarkar-cnn is the published network: lengths, features and 329,152 parameters", async () => {
  const encoder = await buildEncoder({ kind: "sarkar-cnn" }, { samples: 2560, sampleRateHz: 256 });
  assert.equal(encoder.countParams(), 329_152);
  assert.deepEqual(encoder.getLayer("block1_pool").outputShape, [null, 1277, 32]);
  assert.deepEqual(encoder.getLayer("block2_pool").outputShape, [null, 635, 64]);
  assert.deepEqual(encoder.outputs[0].shape, [null, 128]);
  assert.deepEqual(Object.keys(namedWeights(encoder)).slice(0, 4), [
    "block1_conv1/kernel",
    "block1_conv1/bias",
    "block1_conv2/kernel",
    "block1_conv2/bias",
  ]);
});

Deno.test("sarkar-cnn refuses other windows and names the encoder that takes them", async () => {
  await assert.rejects(
    buildEncoder({ kind: "sarkar-cnn" }, { samples: 2560, sampleRateHz: 128 }),
    {
      name: "RangeError",
      message: /2560 samples at 256 Hz \(use cnn for others\), got 2560 samples at 128 Hz/,
    },
  );
  await assert.rejects(
    buildEncoder({ kind: "sarkar-cnn" }, { samples: 1280, sampleRateHz: 256 }),
    RangeError,
  );
});

Deno.test("cnn convolves, pools and takes the maximum as worked by hand", async () => {
  const encoder = await buildEncoder(
    {
      kind: "cnn",
      blocks: [{ filters: 1, kernel: 1, layers: 1 }, { filters: 1, kernel: 2, layers: 1 }],
      pool: { size: 2, stride: 2 },
      leak: 0.5,
    },
    { samples: 6, sampleRateHz: 1 },
  );
  const weights = namedWeights(encoder);
  weights["block1_conv1/kernel"].assign(tf.tensor3d([[[2]]]));
  weights["block1_conv1/bias"].assign(tf.tensor1d([-2]));
  weights["block2_conv1/kernel"].assign(tf.tensor3d([[[1]], [[-1]]]));
  // 2x - 2 with slope 0.5 below zero: 0 -1 2 4 -2 -3; pooled by two: 0 4 -2;
  // x[t] - x[t + 1] with a zero after the end: -4 6 -2, leaky: -2 6 -1.
  const features = encoder.predict(tf.tensor3d([[[1], [0], [2], [3], [-1], [-2]]])) as tf.Tensor;
  assert.deepEqual([...features.dataSync()], [6]);
});

Deno.test("cnn refuses windows that pooling would use up", async () => {
  await assert.rejects(
    buildEncoder({ kind: "cnn" }, { samples: 20, sampleRateHz: 256 }),
    /block3 needs at least one sample after pooling by 8, got windows of 20 samples/,
  );
});

Deno.test("the schema of cnn fills in each part and refuses what it does not know", () => {
  const parameters = cnnSchema.parse({ blocks: [{ filters: 4, kernel: 8 }], pool: { size: 4 } });
  assert.deepEqual(parameters, {
    blocks: [{ filters: 4, kernel: 8, layers: 2 }],
    pool: { size: 4, stride: 4 },
    leak: 0.2,
  });
  assert.equal(cnnSchema.safeParse({ strides: 2 }).success, false);
  assert.equal(cnnSchema.safeParse({ blocks: [] }).success, false);
});

Deno.test("an encoder gives equal features for equal streams, not for another seed", async () => {
  const shape = { samples: 400, sampleRateHz: 100 };
  const windows = tf.range(0, 400).sin().reshape([1, 400, 1]);
  const features = async (seed: number) => {
    const encoder = await buildEncoder(
      { kind: "cnn", blocks: [{ filters: 3, kernel: 5 }, { filters: 4, kernel: 3 }] },
      shape,
    );
    initializeWeights(encoder, stream(seed, "encoder"));
    return [...(encoder.predict(windows) as tf.Tensor).dataSync()];
  };
  assert.deepEqual(await features(1), await features(1));
  assert.notDeepEqual(await features(1), await features(2));
});
