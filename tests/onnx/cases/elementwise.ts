/** Functions of one or two numbers, activations, comparisons and choice. */
import * as tf from "@tensorflow/tfjs";
import type { Case, Numbers, Operation } from "../reference.ts";

const STEPS = "its slope is 0";
const NUMBERS: Numbers = { shape: [2, 3, 4] };

const unary = (run: (x: tf.Tensor) => tf.Tensor, numbers: Partial<Numbers> = {}): Case => ({
  inputs: { x: { ...NUMBERS, ...numbers } },
  run: ({ x }) => run(x),
});
const stepwise = (run: (x: tf.Tensor) => tf.Tensor, numbers: Partial<Numbers> = {}): Case => ({
  ...unary(run, numbers),
  noGradient: STEPS,
});

/** Equal shapes, a scalar, and axes of length 1 on either side. */
const binary = (run: Operation, numbers: Partial<Numbers> = {}): Case[] =>
  [[[2, 3], [2, 3]], [[2, 3], []], [[2, 1, 3], [4, 1]]].map(([left, right]) => ({
    inputs: { a: { shape: left, ...numbers }, b: { shape: right, from: 0.5, to: 3, ...numbers } },
    run,
  }));
const whole = (run: Operation): Case => ({
  inputs: {
    a: { shape: [2, 4], dtype: "int32", values: [-7, 7, -8, 8, 5, 0, -1, 9] },
    b: { shape: [2, 4], dtype: "int32", values: [2, 2, 4, -3, -5, 3, 2, 3] },
  },
  run,
  noGradient: "whole numbers",
});
const compared = (run: Operation): Case[] =>
  [...binary(run), whole(run)].map((one) => ({
    ...one,
    // Equal numbers on some places.
    inputs: {
      a: one.inputs.a,
      b: one.inputs.a.shape.join() === one.inputs.b.shape.join() ? ties(one.inputs) : one.inputs.b,
    },
    noGradient: "a comparison",
  }));
const ties = ({ a, b }: Case["inputs"]): Numbers =>
  a.dtype === "int32" ? { ...b, values: [-7, 0, -8, 9, 5, 1, -1, 9] } : a;
const bools = (run: Operation): Case[] => [{
  inputs: {
    a: { shape: [4], dtype: "bool", values: [0, 0, 1, 1] },
    b: { shape: [4], dtype: "bool", values: [0, 1, 0, 1] },
  },
  run,
  noGradient: "logic",
}];

export const CASES: Record<string, Case[]> = {
  Abs: [unary(tf.abs)],
  Acos: [unary(tf.acos, { from: -0.9, to: 0.9 })],
  Acosh: [unary(tf.acosh, { from: 1.1, to: 4 })],
  Add: [
    ...binary(({ a, b }) => tf.add(a, b)),
    { ...whole(({ a, b }) => tf.add(a, b)) },
  ],
  AddN: [{
    inputs: { a: { shape: [2, 3] }, b: { shape: [2, 3], to: 5 }, c: { shape: [2, 3], to: 7 } },
    run: ({ a, b, c }) => tf.addN([a, b, c]),
  }],
  Asin: [unary(tf.asin, { from: -0.9, to: 0.9 })],
  Asinh: [unary(tf.asinh)],
  Atan: [unary(tf.atan)],
  Atanh: [unary(tf.atanh, { from: -0.9, to: 0.9 })],
  Ceil: [stepwise(tf.ceil)],
  ClipByValue: [unary((x) => tf.clipByValue(x, -0.5, 1.25))],
  Cos: [unary(tf.cos)],
  Cosh: [unary(tf.cosh)],
  Elu: [unary(tf.elu)],
  EluGrad: [unary(tf.elu)],
  Equal: compared(({ a, b }) => tf.equal(a, b)),
  Erf: [{
    ...unary(tf.erf),
    tolerance: {
      relative: 2e-3,
      why: "the cpu backend uses Abramowitz and Stegun 7.1.26, which is good to 1.5e-7 absolute",
    },
  }],
  Exp: [unary(tf.exp)],
  Expm1: [
    unary(tf.expm1),
    unary(tf.expm1, { from: -1e-5, to: 1e-5 }),
    unary(tf.expm1, { from: -60, to: 60 }),
  ],
  Floor: [stepwise(tf.floor)],
  FloorDiv: [
    ...binary(({ a, b }) => tf.floorDiv(a, b)).map((one) => ({ ...one, noGradient: STEPS })),
    whole(({ a, b }) => tf.floorDiv(a, b)),
  ],
  Greater: compared(({ a, b }) => tf.greater(a, b)),
  GreaterEqual: compared(({ a, b }) => tf.greaterEqual(a, b)),
  IsFinite: [stepwise(tf.isFinite, { shape: [4], values: [1, NaN, Infinity, -Infinity] })],
  IsInf: [stepwise(tf.isInf, { shape: [4], values: [1, NaN, Infinity, -Infinity] })],
  IsNan: [stepwise(tf.isNaN, { shape: [4], values: [1, NaN, Infinity, -Infinity] })],
  LeakyRelu: [unary((x) => tf.leakyRelu(x, 0.2)), unary((x) => tf.leakyRelu(x, 0))],
  Less: compared(({ a, b }) => tf.less(a, b)),
  LessEqual: compared(({ a, b }) => tf.lessEqual(a, b)),
  Log: [unary(tf.log, { from: 0.1, to: 9 })],
  Log1p: [
    unary(tf.log1p, { from: -0.9, to: 5 }),
    unary(tf.log1p, { from: -1e-5, to: 1e-5 }),
    stepwise(tf.log1p, { shape: [2], values: [Infinity, 0] }),
  ],
  LogicalAnd: bools(({ a, b }) => tf.logicalAnd(a, b)),
  LogicalNot: bools(({ a }) => tf.logicalNot(a)),
  LogicalOr: [...bools(({ a, b }) => tf.logicalOr(a, b)), ...bools(({ a, b }) => tf.logicalXor(a, b))],
  Maximum: [...binary(({ a, b }) => tf.maximum(a, b)), whole(({ a, b }) => tf.maximum(a, b))],
  Minimum: [...binary(({ a, b }) => tf.minimum(a, b)), whole(({ a, b }) => tf.minimum(a, b))],
  Mod: [...binary(({ a, b }) => tf.mod(a, b)), whole(({ a, b }) => tf.mod(a, b))],
  Multiply: [
    ...binary(({ a, b }) => tf.mul(a, b)),
    whole(({ a, b }) => tf.mul(a, b)),
    ...bools(({ a, b }) => tf.mul(a, b)),
  ],
  Neg: [unary(tf.neg)],
  NotEqual: compared(({ a, b }) => tf.notEqual(a, b)),
  Pow: binary(({ a, b }) => tf.pow(a, b), { from: 0.5, to: 3 }),
  Prelu: [{
    inputs: { x: NUMBERS, slope: { shape: [4], from: 0.1, to: 0.4 } },
    run: ({ x, slope }) => tf.prelu(x, slope),
  }],
  RealDiv: [...binary(({ a, b }) => tf.div(a, b))],
  Reciprocal: [unary(tf.reciprocal, { from: 0.4, to: 3 })],
  Relu: [unary(tf.relu)],
  Relu6: [unary(tf.relu6, { from: -3, to: 9 })],
  Round: [stepwise(tf.round), stepwise(tf.round, { shape: [5], values: [-1.5, -0.5, 0.5, 1.5, 2.5] })],
  Rsqrt: [unary(tf.rsqrt, { from: 0.2, to: 4 })],
  Select: [
    {
      inputs: {
        condition: { shape: [2, 3], dtype: "bool" },
        t: { shape: [2, 3] },
        e: { shape: [2, 3], to: 9 },
      },
      run: ({ condition, t, e }) => tf.where(condition as tf.Tensor, t, e),
    },
    {
      inputs: {
        condition: { shape: [2, 3], dtype: "bool" },
        t: { shape: [2, 3], dtype: "bool", values: [1, 0, 1, 0, 1, 0] },
      },
      run: ({ condition, t }) => tf.where(condition, t, tf.logicalNot(t)),
      noGradient: "logic",
    },
    { inputs: { x: { shape: [2, 3] } }, run: ({ x }) => tf.where(tf.greater(x, 0), x, tf.zerosLike(x)) },
  ],
  Selu: [unary(tf.selu)],
  Sigmoid: [unary(tf.sigmoid, { from: -9, to: 9 })],
  Sign: [stepwise(tf.sign), stepwise(tf.sign, { shape: [3], values: [-3, 0, 2] })],
  Sin: [unary(tf.sin)],
  Sinh: [unary(tf.sinh)],
  Softmax: [unary((x) => tf.softmax(x)), unary((x) => tf.softmax(x), { from: -90, to: 90 })],
  Softplus: [unary(tf.softplus, { from: -9, to: 30 })],
  Sqrt: [unary(tf.sqrt, { from: 0.1, to: 4 })],
  Square: [unary(tf.square), stepwise(tf.square, { shape: [3], dtype: "int32", values: [-3, 0, 2] })],
  SquaredDifference: binary(({ a, b }) => tf.squaredDifference(a, b)),
  Step: [
    stepwise((x) => tf.step(x)),
    stepwise((x) => tf.step(x, -0.5)),
    stepwise((x) => tf.step(x), { shape: [1], values: [0] }),
  ],
  Sub: [...binary(({ a, b }) => tf.sub(a, b)), whole(({ a, b }) => tf.sub(a, b))],
  Tan: [unary(tf.tan, { from: -1.2, to: 1.2 })],
  Tanh: [unary(tf.tanh, { from: -3, to: 3 }), stepwise(tf.tanh, { from: -9, to: 9 })],
};
