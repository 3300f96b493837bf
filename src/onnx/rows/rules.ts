/**
 * What each operator does to the rows of a batch: keeps them apart, sums over them, or mixes them.
 *
 * @module
 */
import type { Node, Value } from "../graph/graph.ts";
import { axisOf, type RowAxis, type Rows, rowsAt } from "./place.ts";

/**
 * How a value depends on the rows of a batch: not at all, each element on one row alone, as a sum over rows of what each row gives alone, or
 * in any other way.
 */
export type Dependence = "none" | "sum" | "mixed" | Rows;

/** An input of a node with what is known of it. */
export interface Argument {
  readonly value: Value;
  readonly depends: Dependence;
}

type Rule = (node: Node, given: readonly Argument[], output: Value) => Dependence;

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

const isRows = (depends: Dependence): depends is Rows => typeof depends === "object";

/** Rows of inputs that broadcast against each other lie on the same axis, counted from the last. */
const elementwise: Rule = (_, given, { shape }) => {
  if (given.some(({ depends }) => depends === "sum")) return "mixed";
  const rows = given.flatMap(({ value, depends }) => isRows(depends) ? [{ value, depends }] : []);
  const [{ depends: first }] = rows;
  const alike = rows.every(({ value, depends }) =>
    value.shape.join() === shape.join() && depends.stride === first.stride
  );
  if (alike) return first;
  const places = rows.map(({ value, depends }) => {
    const place = axisOf(value.shape, depends);
    return place && { ...place, axis: place.axis + shape.length - value.shape.length };
  });
  const [place] = places;
  if (place === undefined || places.some((other) => !samePlace(other, place))) return "mixed";
  return rowsAt(shape, place, first.rows);
};

/** An operator that works on each element, and is linear in its first `inputs` together. */
const linear = (inputs: number): Rule => (node, given, output) => {
  const sums = given.filter(({ depends }) => depends === "sum").length;
  if (sums === 0) return elementwise(node, given, output);
  return sums === given.length || (sums === 1 && inputs === 1) ? "sum" : "mixed";
};

/** A product is linear in either factor, a quotient in the first number. */
const scaled = (places: readonly number[]): Rule => (node, given, output) => {
  if (!given.some(({ depends }) => depends === "sum")) return elementwise(node, given, output);
  const others = given.filter(({ depends }) => depends !== "none");
  return others.length === 1 && places.some((place) => given[place].depends === "sum") ? "sum" : "mixed";
};

const chosen: Rule = (node, given, output) => {
  if (!given.some(({ depends }) => depends === "sum")) return elementwise(node, given, output);
  return given[0].depends === "none" && given[1].depends === "sum" && given[2].depends === "sum"
    ? "sum"
    : "mixed";
};

/** An operator on one tensor that is a sum where that is, and else moves the axis of the rows as `move` says. */
const moving = (
  move: (place: RowAxis, node: Node, given: readonly Argument[], output: Value) => RowAxis | undefined,
): Rule =>
(node, given, output) => {
  const [{ value, depends }, ...others] = given;
  if (others.some((other) => other.depends !== "none")) return "mixed";
  if (!isRows(depends)) return depends;
  const place = axisOf(value.shape, depends);
  const moved = place && move(place, node, given, output);
  return moved === undefined ? "mixed" : rowsAt(output.shape, moved, depends.rows);
};

/** An operator that is not linear, and looks along an axis. */
const along = (axisIn: (node: Node, given: readonly Argument[]) => number): Rule => (node, given, output) => {
  if (given[0].depends === "sum") return "mixed";
  const rank = given[0].value.shape.length, axis = (axisIn(node, given) + rank) % rank;
  return moving((place) => {
    if (place.axis === axis) return undefined;
    const dropped = output.shape.length < rank && axis < place.axis ? 1 : 0;
    return { ...place, axis: place.axis - dropped };
  })(node, given, output);
};

/** A norm over all axes from one on, with parameters that no row changes. */
const fromAxisOn: Rule = (node, given, output) => {
  if (given[0].depends === "sum") return "mixed";
  const rank = given[0].value.shape.length, first = (Number(node.attributes.axis ?? -1) + rank) % rank;
  return moving((place) => place.axis < first ? place : undefined)(node, given, output);
};

/** A reduction; the sum over rows is one where `over` says so. */
const reduction = (over: "sum" | "mixed", kept: "sum" | "mixed"): Rule => (node, given, output) => {
  const [{ value, depends }] = given, rank = value.shape.length;
  if (!isRows(depends)) return kept;
  const listed = node.attributes.axes ?? (given[1] && integersOf(given[1].value)) ??
    value.shape.map((_, axis) => axis);
  const axes = [listed].flat().map((axis) => (Number(axis) + rank) % rank);
  const place = axisOf(value.shape, depends);
  if (place === undefined) return "mixed";
  if (axes.includes(place.axis)) return over;
  const before = node.attributes.keepdims === 0 ? axes.filter((axis) => axis < place.axis).length : 0;
  return rowsAt(output.shape, { ...place, axis: place.axis - before }, depends.rows);
};

/** Operators on pictures and signals, one of the first axis at a time, with parameters that no row changes. */
const perFirstAxis: Rule = (node, given, output) => {
  if (given[0].depends === "sum") return "mixed";
  return moving((place) => place.axis === 0 ? place : undefined)(node, given, output);
};

const concatenation: Rule = (node, given, output) => {
  if (given.every(({ depends }) => depends === "sum")) return "sum";
  if (given.some(({ depends }) => depends === "sum")) return "mixed";
  const rows = given.flatMap(({ value, depends }) => isRows(depends) ? [axisOf(value.shape, depends)] : []);
  const [place] = rows,
    axis = Number(node.attributes.axis),
    { rows: count } = given.map(({ depends }) => depends).find(isRows)!;
  if (place === undefined || rows.some((other) => !samePlace(other, place))) return "mixed";
  // Pieces that begin in the middle of the rows would shift those behind them.
  const whole = given.every(({ value }) => value.shape[axis] % (count * place.inner) === 0);
  return axis !== place.axis || whole ? rowsAt(output.shape, place, count) : "mixed";
};

/** A part keeps the rows apart unless it takes some of them and leaves others. */
const part: Rule = moving((place, _, given, output) => {
  const rank = given[0].value.shape.length, length = output.shape[place.axis];
  const [starts, , axes, steps] = given.slice(1).map(({ value }) => integersOf(value));
  const listed = (axes ?? starts?.map((_, axis) => axis))?.map((axis) => (axis + rank) % rank);
  const at = listed?.indexOf(place.axis);
  if (starts === undefined || at === undefined) return undefined;
  if (at === -1 || length === given[0].value.shape[place.axis] && (steps?.[at] ?? 1) === 1) return place;
  const { depends } = given[0], period = isRows(depends) ? depends.rows * place.inner : 0;
  return (steps?.[at] ?? 1) === 1 && starts[at] % period === 0 && length % period === 0 ? place : undefined;
});

const padding: Rule = moving((place, _, [{ value }], output) =>
  value.shape[place.axis] === output.shape[place.axis] ? place : undefined
);

const transposition: Rule = moving((place, { attributes: { perm } }) => ({
  ...place,
  axis: [perm].flat().map(Number).indexOf(place.axis),
}));

/** Slices by position: of rows where the data has them, or one for each place of the positions. */
const gathering: Rule = (node, given, output) => {
  const [data, positions] = given, rank = data.value.shape.length;
  const axis = (Number(node.attributes.axis ?? 0) + rank) % rank, added = positions.value.shape.length - 1;
  if (positions.depends === "none") {
    return moving((place) =>
      place.axis === axis
        ? undefined
        : { ...place, axis: place.axis > axis ? place.axis + added : place.axis }
    )(node, given, output);
  }
  if (data.depends !== "none" || !isRows(positions.depends)) return "mixed";
  const place = axisOf(positions.value.shape, positions.depends);
  return place === undefined
    ? "mixed"
    : rowsAt(output.shape, { ...place, axis: place.axis + axis }, positions.depends.rows);
};

/** The first axes of data and positions are one batch, in which each looks into its own. */
const gatheringInBatch: Rule = ({ attributes }, [data, positions], output) => {
  if (!isRows(positions.depends)) return "mixed";
  const place = axisOf(positions.value.shape, positions.depends);
  if (place === undefined || place.axis === positions.value.shape.length - 1) return "mixed";
  if (data.depends !== "none") {
    const own = isRows(data.depends) ? axisOf(data.value.shape, data.depends) : undefined;
    if (!samePlace(own, place) || place.axis >= Number(attributes["batch_dims"] ?? 0)) return "mixed";
  }
  return rowsAt(output.shape, place, positions.depends.rows);
};

/** The product of matrices: the columns of the first are summed with the rows of the second. */
const product: Rule = ({ attributes }, given, { shape }) => {
  if (given.some(({ depends }) => depends === "sum")) {
    return given.filter(({ depends }) => depends !== "none").length === 1 ? "sum" : "mixed";
  }
  const turned = [attributes.transA === 1, attributes.transB === 1];
  const places = given.flatMap(({ value, depends }, index) => {
    if (!isRows(depends)) return [];
    const place = axisOf(value.shape, depends);
    if (place === undefined || index > 1) return [undefined];
    const fromLast = value.shape.length - 1 - place.axis;
    const summed = fromLast === (turned[index] ? 1 - index : index);
    const axis = fromLast > 1 ? shape.length - 1 - fromLast : summed ? -1 : shape.length - 2 + index;
    return [{ inner: place.inner, axis, rows: depends.rows }];
  });
  const [place] = places;
  if (place === undefined || places.some((other) => !samePlace(other, place))) return "mixed";
  return place.axis === -1 ? "sum" : rowsAt(shape, place, place.rows);
};

/** Axes by their letters: rows must have one letter in all inputs that have them. */
const lettered: Rule = ({ attributes: { equation } }, given, { shape }) => {
  const [inputs, result] = String(equation).split("->"), letters = inputs.split(",");
  if (given.some(({ depends }) => depends === "sum")) {
    return given.filter(({ depends }) => depends !== "none").length === 1 ? "sum" : "mixed";
  }
  const places = given.flatMap(({ value, depends }, index) => {
    if (!isRows(depends)) return [];
    const place = axisOf(value.shape, depends);
    return [place && { letter: letters[index][place.axis], inner: place.inner, rows: depends.rows }];
  });
  const [place] = places;
  if (place === undefined) return "mixed";
  if (places.some((other) => other?.letter !== place.letter || other.inner !== place.inner)) return "mixed";
  const axis = result.indexOf(place.letter);
  return axis === -1 ? "sum" : rowsAt(shape, { axis, inner: place.inner }, place.rows);
};

const sameStride: Rule = (_, [{ depends }, ...others]) =>
  others.every((other) => other.depends === "none") ? depends : "mixed";

const byAttribute = (otherwise: number) => along(({ attributes }) => Number(attributes.axis ?? otherwise));

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

function samePlace(left: RowAxis | undefined, right: RowAxis): boolean {
  return left?.axis === right.axis && left.inner === right.inner;
}

function integersOf({ constant }: Value): readonly number[] | undefined {
  return constant && Array.from(constant, Number);
}
