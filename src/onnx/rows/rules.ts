/**
 * What each operator does to the rows of a batch: keeps them apart, sums over them, or mixes them.
 *
 * @module
 */
import type { Node, Value } from "../graph/graph.ts";
import { type Argument, type Dependence, integersOf, type Rule } from "./dependence.ts";
import { chosen, elementwise, linear, scaled } from "./elementwise.ts";
import {
  along,
  byAttribute,
  concatenation,
  fromAxisOn,
  gathering,
  gatheringInBatch,
  moving,
  padding,
  part,
  perFirstAxis,
  sameStride,
  transposition,
} from "./movement.ts";
import { lettered, product, reduction } from "./sums.ts";

/** Whether there is a rule for an operator. */
export function hasRowRule(operator: string): boolean {
  return operator in RULES;
}

/** What an output depends on, given what the inputs depend on. An operator without a rule mixes. */
export function dependenceOf(node: Node, given: readonly Argument[], output: Value): Dependence {
  if (given.every(({ depends }) => depends === "none")) return "none";
  if (given.some(({ depends }) => depends === "mixed")) return "mixed";
  const rule: Rule | undefined = RULES[node.operator];
  return rule === undefined ? "mixed" : rule(node, given, output);
}

const ELEMENTWISE = [
  ..."Abs Acos Acosh And Asin Asinh Atan Atanh BitShift Ceil Clip Cos Cosh Elu Equal Erf Exp Floor Greater GreaterOrEqual"
    .split(" "),
  ..."HardSigmoid IsInf IsNaN LeakyRelu Less LessOrEqual Log Max Min Mod Not Or Pow PRelu Reciprocal Relu Round Selu"
    .split(" "),
  ..."Sigmoid Sign Sin Sinh Softplus Softsign Sqrt Tan Tanh ThresholdedRelu Xor".split(" "),
];

const PER_FIRST_AXIS = [
  ..."AveragePool BatchNormalization Conv ConvTranspose DepthToSpace GlobalAveragePool GlobalMaxPool LRN MaxPool"
    .split(" "),
  ..."Resize SpaceToDepth".split(" "),
];

const RULES: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(ELEMENTWISE.map((operator) => [operator, elementwise])),
  ...Object.fromEntries(PER_FIRST_AXIS.map((operator) => [operator, perFirstAxis])),
  Add: linear(2),
  Sub: linear(2),
  Sum: linear(2),
  Neg: linear(1),
  Cast: linear(1),
  Identity: linear(1),
  Mul: scaled([0, 1]),
  Div: scaled([0]),
  Where: chosen,
  Expand: linear(1),
  Reshape: sameStride,
  Squeeze: sameStride,
  Unsqueeze: sameStride,
  Flatten: sameStride,
  Transpose: transposition,
  Slice: part,
  Pad: padding,
  Tile: moving((place) => place),
  Concat: concatenation,
  Gather: gathering,
  GatherND: gatheringInBatch,
  MatMul: product,
  Gemm: product,
  Einsum: lettered,
  ReduceSum: reduction("sum", "sum"),
  // A mean over rows depends on how many there are.
  ReduceMean: reduction("mixed", "sum"),
  ReduceMax: reduction("mixed", "mixed"),
  ReduceMin: reduction("mixed", "mixed"),
  ReduceProd: reduction("mixed", "mixed"),
  LayerNormalization: fromAxisOn,
  Softmax: byAttribute(-1),
  LogSoftmax: byAttribute(-1),
  ArgMax: byAttribute(0),
  ArgMin: byAttribute(0),
  TopK: byAttribute(-1),
  CumSum: along((_, given) => integersOf(given[1].value)?.[0] ?? 0),
};
