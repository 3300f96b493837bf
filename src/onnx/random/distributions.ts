/**
 * The distributions of TensorFlow.js's random operations, from random words, as ONNX nodes.
 *
 * @module
 */
import { cast, pointwise, reshape } from "../graph/arrange.ts";
import type { Graph, Value } from "../graph/graph.ts";
import type { WordSource } from "./draws.ts";
import { shiftRight } from "./squares.ts";

/** What a random operation of TensorFlow.js draws. */
export type Distribution =
  | { readonly kind: "uniform"; readonly from: number; readonly range: number }
  | {
    readonly kind: "normal";
    readonly mean: number;
    readonly deviation: number;
    readonly truncated: boolean;
  }
  | { readonly kind: "gamma"; readonly alpha: number; readonly beta: number };

/** What to draw from, and how much. */
export interface DrawOptions {
  readonly source: WordSource;
  readonly shape: readonly number[];
}

/** Numbers from [0, 1), of 24 random bits. */
export function drawUnit(graph: Graph, { source, shape }: DrawOptions): Value {
  const high = cast(graph, shiftRight(graph, source.words(shape), 8), "float32");
  return pointwise(graph, "Mul", [high, graph.scalar(2 ** -24)]);
}

/** Numbers of a distribution, float32; `dtype` int32 or bool gives those that TensorFlow.js would store as that type. */
export function drawFrom(
  graph: Graph,
  distribution: Distribution,
  { dtype, ...options }: DrawOptions & { readonly dtype: "float32" | "int32" | "bool" },
): Value {
  if (distribution.kind === "uniform") {
    const { from, range } = distribution;
    if (dtype === "int32" && Number.isInteger(from) && Number.isInteger(range) && range > 0) {
      return drawWhole(graph, { from, range, ...options });
    }
    const value = scaled(graph, drawUnit(graph, options), { factor: range, offset: from });
    if (dtype === "float32") return value;
    // The fraction is cut off before a number counts as true.
    return cast(graph, cast(graph, value, "int32"), dtype);
  }
  if (distribution.kind === "gamma") return drawGamma(graph, { ...distribution, ...options });
  const { mean, deviation, truncated } = distribution;
  const standard = truncated ? drawTruncated(graph, options) : drawNormal(graph, options);
  const value = scaled(graph, standard, { factor: deviation, offset: mean });
  if (dtype === "float32") return value;
  const half = pointwise(graph, "Add", [value, graph.scalar(0.5)]);
  return cast(graph, pointwise(graph, "Floor", [half]), dtype);
}

/**
 * Whole numbers, each as likely as the next up to 2^-32, from `from` to below `from + range`.
 *
 * As TensorFlow.js cuts a fraction off towards 0, a number below 0 comes out one higher: 0 is twice as likely as others, and the lowest never comes.
 */
function drawWhole(
  graph: Graph,
  { from, range, source, shape }: DrawOptions & { readonly from: number; readonly range: number },
): Value {
  const product = pointwise(graph, "Mul", [source.words(shape), graph.scalar(range, "uint64")]);
  const floor = pointwise(graph, "Add", [
    cast(graph, shiftRight(graph, product, 32), "int64"),
    graph.scalar(from, "int64"),
  ]);
  if (from >= 0) return cast(graph, floor, "int32");
  const below = pointwise(graph, "Less", [floor, graph.scalar(0, "int64")], { type: "bool" });
  return cast(graph, pointwise(graph, "Add", [floor, cast(graph, below, "int64")]), "int32");
}

/**
 * The standard normal distribution: √(-2 ln u) · cos 2πv (Box and Muller 1958).
 *
 * u has 32 random bits, so that numbers reach 6.7; v has 24.
 */
export function drawNormal(graph: Graph, options: DrawOptions): Value {
  const logarithm = pointwise(graph, "Log", [drawOpen(graph, options)]);
  const radius = pointwise(graph, "Sqrt", [pointwise(graph, "Mul", [logarithm, graph.scalar(-2)])]);
  const angle = pointwise(graph, "Mul", [drawUnit(graph, options), graph.scalar(2 * Math.PI)]);
  return pointwise(graph, "Mul", [radius, pointwise(graph, "Cos", [angle])]);
}

/** erf(√2), the share of a normal distribution that lies within two deviations. */
const WITHIN_TWO = 0.9544997361036416;

/** Giles (2012), "Approximating the erfinv function", table 1: erfinv(x) / x as powers of -ln(1 - x²) - 2.5, for |x| below 0.9966. */
const INVERSE_ERROR_FUNCTION = [
  2.81022636e-08,
  3.43273939e-07,
  -3.5233877e-06,
  -4.39150654e-06,
  0.00021858087,
  -0.00125372503,
  -0.00417768164,
  0.246640727,
  1.50140941,
];

/** The standard normal distribution between -2 and 2: √2 · erfinv(erf(√2) · (2u - 1)). */
export function drawTruncated(graph: Graph, options: DrawOptions): Value {
  // Half a step off 0, so that both ends are alike.
  const x = scaled(graph, drawUnit(graph, options), {
    factor: 2 * WITHIN_TWO,
    offset: (2 ** -24 - 1) * WITHIN_TWO,
  });
  const rest = pointwise(graph, "Sub", [graph.scalar(1), pointwise(graph, "Mul", [x, x])]);
  const power = scaled(graph, pointwise(graph, "Log", [rest]), { factor: -1, offset: -2.5 });
  const [first, ...others] = INVERSE_ERROR_FUNCTION.map((coefficient) =>
    graph.scalar(Math.SQRT2 * coefficient)
  );
  const ratio = others.reduce(
    (sum, coefficient) => pointwise(graph, "Add", [pointwise(graph, "Mul", [sum, power]), coefficient]),
    first,
  );
  const limits = [graph.scalar(-2), graph.scalar(2)];
  return graph.emit("Clip", [pointwise(graph, "Mul", [x, ratio]), ...limits], { shape: options.shape });
}

/** Proposals of which one is taken; all are refused with a probability below 0.05^8, less than the resolution of a float32. */
const PROPOSALS = 8;

/**
 * β times the gamma distribution of shape α (Marsaglia and Tsang 2000); TensorFlow.js multiplies by β, though it calls it the inverse scale.
 *
 * A shape below 1 is that of α + 1 times u^(1/α).
 */
export function drawGamma(
  graph: Graph,
  { alpha, beta, ...options }: DrawOptions & { readonly alpha: number; readonly beta: number },
): Value {
  const d = alpha < 1 ? alpha + 2 / 3 : alpha - 1 / 3, c = 1 / Math.sqrt(9 * d);
  const scalar = (value: number) => graph.scalar(value);
  let taken = scalar(1);
  for (let proposal = 0; proposal < PROPOSALS; proposal++) {
    const x = drawNormal(graph, options);
    const root = scaled(graph, x, { factor: c, offset: 1 });
    const positive = pointwise(graph, "Greater", [root, scalar(0)], { type: "bool" });
    const safe = pointwise(graph, "Where", [positive, root, scalar(1)], { type: "float32" });
    const v = pointwise(graph, "Mul", [pointwise(graph, "Mul", [safe, safe]), safe]);
    // ln u < x² / 2 + d (1 - v + ln v)
    const inner = pointwise(graph, "Sub", [
      scaled(graph, pointwise(graph, "Log", [safe]), { factor: 3, offset: 1 }),
      v,
    ]);
    const limit = pointwise(graph, "Add", [
      scaled(graph, pointwise(graph, "Mul", [x, x]), { factor: 0.5, offset: 0 }),
      scaled(graph, inner, { factor: d, offset: 0 }),
    ]);
    const logarithm = pointwise(graph, "Log", [drawOpen(graph, options)]);
    const low = pointwise(graph, "Less", [logarithm, limit], { type: "bool" });
    const accepted = pointwise(graph, "And", [positive, low], { type: "bool" });
    taken = pointwise(graph, "Where", [accepted, v, taken], { type: "float32" });
  }
  const value = scaled(graph, taken, { factor: beta * d, offset: 0 });
  if (alpha >= 1) return value;
  const power = scaled(graph, pointwise(graph, "Log", [drawOpen(graph, options)]), {
    factor: 1 / alpha,
    offset: 0,
  });
  return pointwise(graph, "Mul", [value, pointwise(graph, "Exp", [power])]);
}

/**
 * Outcomes from the last axis of `logits`, `[batch, outcomes]` to int32 `[batch, samples]`: how many sums of the first probabilities a
 * uniform number has reached.
 *
 * `normalized` says that the logits are probabilities already.
 */
export function drawOutcomes(
  graph: Graph,
  logits: Value,
  { samples, normalized, source }: { samples: number; normalized: boolean; source: WordSource },
): Value {
  const [batch, outcomes] = logits.shape;
  const probabilities = normalized
    ? logits
    : graph.emit("Softmax", [logits], { shape: logits.shape, attributes: { axis: -1 } });
  const sums = graph.emit("CumSum", [probabilities, graph.scalar(1, "int64")], { shape: logits.shape });
  const limits = [0, outcomes - 1, 1].map((limit) => graph.integers([limit]));
  const [start, end, axis] = limits;
  const inner = graph.emit("Slice", [sums, start, end, axis], { shape: [batch, outcomes - 1] });
  const unit = reshape(graph, drawUnit(graph, { source, shape: [batch, samples] }), [batch, samples, 1]);
  const reached = pointwise(
    graph,
    "GreaterOrEqual",
    [unit, reshape(graph, inner, [batch, 1, outcomes - 1])],
    {
      type: "bool",
    },
  );
  const counts = [cast(graph, reached, "int32"), graph.integers([2])];
  return graph.emit("ReduceSum", counts, { shape: [batch, samples], attributes: { keepdims: 0 } });
}

/** Numbers between 0 and 1, of 32 random bits; one that rounds to 1 is as rare as 2^-25. */
function drawOpen(graph: Graph, { source, shape }: DrawOptions): Value {
  const float = cast(graph, source.words(shape), "float32");
  return scaled(graph, float, { factor: 2 ** -32, offset: 2 ** -33 });
}

function scaled(
  graph: Graph,
  value: Value,
  { factor, offset }: { readonly factor: number; readonly offset: number },
): Value {
  const product = factor === 1 ? value : pointwise(graph, "Mul", [value, graph.scalar(factor)]);
  return offset === 0 ? product : pointwise(graph, "Add", [product, graph.scalar(offset)]);
}
