/** Kernels whose ONNX operators take float32 alone, on whole numbers and on bool, against the `cpu` backend of TensorFlow.js. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compiled, eager, type Operation } from "../reference.ts";

const BOOLS = { shape: [2, 4], dtype: "bool", values: [1, 0, 0, 1, 1, 1, 0, 1] } as const;
const INTEGERS = { shape: [2, 4], dtype: "int32", values: [3, -1, 0, 2, 5, -4, 1, 7] } as const;

const OF_BOTH: Record<string, Operation> = {
  abs: ({ x }) => tf.abs(x),
  clipByValue: ({ x }) => tf.clipByValue(x, 0, 2),
  expm1: ({ x }) => tf.expm1(x),
  isFinite: ({ x }) => tf.isFinite(x),
  isInf: ({ x }) => tf.isInf(x),
  isNaN: ({ x }) => tf.isNaN(x),
  neg: ({ x }) => tf.neg(x),
  prelu: ({ x }) => tf.prelu(x, x),
  relu: ({ x }) => tf.relu(x),
  relu6: ({ x }) => tf.relu6(x),
  sign: ({ x }) => tf.sign(x),
  square: ({ x }) => tf.square(x),
  step: ({ x }) => tf.step(x),
  max: ({ x }) => tf.max(x, 1),
  min: ({ x }) => tf.min(x, 0, true),
  cumsum: ({ x }) => tf.cumsum(x, 1, true, true),
  cumprod: ({ x }) => tf.cumprod(x, 1),
  einsum: ({ x }) => tf.einsum("ij,kj->ik", x, x),
};

/** Where TensorFlow.js counts in tensors of bool, 2 and more are 1 here. */
const OF_BOOLS: Record<string, Operation> = {
  "max of all": ({ x }) => tf.max(x),
  "min of none": ({ x }) => tf.min(x, []),
  "addN, added to nothing": ({ x }) => tf.addN([x, tf.zerosLike(x)]),
  "matMul with the identity": ({ x }) => tf.matMul(tf.eye(2, 2, undefined, "bool"), x),
};

const OF_POSITIVE: Record<string, Operation> = { log1p: ({ x }) => tf.log1p(tf.abs(x)) };

const TABLE = [
  ["bool", BOOLS, { ...OF_BOTH, ...OF_BOOLS }],
  ["int32", INTEGERS, { ...OF_BOTH, ...OF_POSITIVE }],
] as const;

for (const [dtype, x, operations] of TABLE) {
  for (const [name, run] of Object.entries(operations)) {
    Deno.test(`LOWERINGS computes ${name} on ${dtype} as the cpu backend does`, async () => {
      const one = { inputs: { x }, run, noGradient: "whole numbers" };
      const { "result 0": expected } = (await eager(one)).results;
      assert.deepEqual((await compiled(one))["result 0"], expected.values);
    });
  }
}
