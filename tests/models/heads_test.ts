import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { buildHead } from "../../src/models/head.ts";
import { namedWeights } from "../../src/models/weights.ts";

Deno.test("buildHead() makes the pretext head of the paper: 33,153 parameters, seven of them and the encoder 561,223", () => {
  const head = buildHead({
    features: 128,
    hidden: [128, 128],
    outputs: 1,
    activation: "leaky-relu",
    dropout: 0.6,
    prefix: "noise_",
  });
  assert.equal(head.countParams(), 33_153);
  assert.equal(329_152 + 7 * head.countParams(), 561_223);
  assert.deepEqual(Object.keys(namedWeights(head)), [
    "noise_hidden1/kernel",
    "noise_hidden1/bias",
    "noise_hidden2/kernel",
    "noise_hidden2/bias",
    "noise_logits/kernel",
    "noise_logits/bias",
  ]);
});

Deno.test("buildHead() applies its activation to hidden layers alone", () => {
  for (const [activation, expected] of [["relu", -3], ["leaky-relu", -3.4]] as const) {
    const head = buildHead({ features: 1, hidden: [2], outputs: 1, activation, dropout: 0.5 });
    const weights = namedWeights(head);
    weights["hidden1/kernel"].assign(tf.tensor2d([[1, -1]]));
    weights["logits/kernel"].assign(tf.tensor2d([[-1.5], [1]]));
    // Input 2: hidden 2 and -2 (0 or -0.4 after the activation), logit -3 and 0 or -0.4; dropout is off in evaluation.
    const [logit] = (head.predict(tf.tensor2d([[2]])) as tf.Tensor).dataSync();
    assert.ok(Math.abs(logit - expected) < 1e-6, `${activation}: ${logit}`);
  }
});

Deno.test("buildHead() without hidden layers is linear", () => {
  const head = buildHead({ features: 3, hidden: [], outputs: 2, activation: "relu", dropout: 0 });
  assert.deepEqual(Object.keys(namedWeights(head)), ["logits/kernel", "logits/bias"]);
  assert.equal(head.countParams(), 8);
});
