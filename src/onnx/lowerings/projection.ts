/**
 * Images seen through a projective transformation.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { cast, pointwise, reshape } from "../graph/arrange.ts";
import type { Graph, Value } from "../graph/graph.ts";
import { type Call, type Operand, plain, plainValue } from "../graph/operand.ts";
import {
  calculator,
  clamped,
  columns,
  comparator,
  counting,
  nearestWhole,
  pixels,
  type Places,
  within,
} from "./pixels.ts";

/** The pixel at `((a0 x + a1 y + a2) / k, (b0 x + b1 y + b2) / k)` with `k = c0 x + c1 y + 1`, for `[a0, a1, a2, b0, b1, b2, c0, c1]`. */
export function project({ graph, inputs, attributes }: Call<tf.TransformAttrs>): Operand {
  const { interpolation, fillMode, fillValue, outputShape } = attributes;
  const images = cast(graph, plainValue(graph, inputs.image), "float32");
  const [batch, height, width, channels] = images.shape;
  const [rows, places] = outputShape ?? [height, width];
  const compute = calculator(graph), compare = comparator(graph);
  const [a0, a1, a2, b0, b1, b2, c0, c1] = columns(graph, plainValue(graph, inputs.transforms));
  const outX = counting(graph, places, 2, "float64"), outY = counting(graph, rows, 1, "float64");
  const plane = (x: Value, y: Value, offset: Value) =>
    compute("Add", compute("Add", compute("Mul", x, outX), compute("Mul", y, outY)), offset);
  const one = graph.scalar(1, "float64");
  const scale = plane(c0, c1, one);
  const infinite = compare("Equal", scale, graph.scalar(0, "float64"));
  const divisor = pointwise(graph, "Where", [infinite, one, scale], { type: "float64" });
  const at: Places = {
    image: counting(graph, batch, 0, "int64"),
    x: folded(graph, compute("Div", plane(a0, a1, a2), divisor), { length: width, fillMode }),
    y: folded(graph, compute("Div", plane(b0, b1, b2), divisor), { length: height, fillMode }),
  };
  const fill = graph.scalar(fillValue);
  const sampled = interpolation === "nearest"
    ? pixelOr(graph, images, fill, { ...at, x: nearestWhole(graph, at.x), y: nearestWhole(graph, at.y) })
    : between(graph, images, fill, at);
  const mask = reshape(graph, infinite, [...infinite.shape, 1]);
  const shape = [batch, rows, places, channels];
  return plain(
    cast(graph, graph.emit("Where", [mask, fill, sampled], { shape, type: "float32" }), inputs.image.dtype),
  );
}

/** Coordinates outside the image brought into it: mirrored, repeated, moved to the edge, or left where they are. */
function folded(
  graph: Graph,
  value: Value,
  { length, fillMode }: { length: number; fillMode: string },
): Value {
  if (fillMode === "constant") return value;
  if (fillMode === "nearest" || length <= 1) return clamped(graph, value, length - 1);
  const compute = calculator(graph), compare = comparator(graph);
  const number = (constant: number) => graph.scalar(constant, "float64");
  const choose = (condition: Value, yes: Value, no: Value) =>
    pointwise(graph, "Where", [condition, yes, no], { type: "float64" });
  const whole = (numerator: Value, divisor: number) =>
    compute("Floor", compute("Div", numerator, number(divisor)));
  const below = compare("Less", value, number(0));
  const above = compare("Greater", value, number(length - 1));
  const opposite = compute("Neg", value);
  let low: Value, high: Value;
  if (fillMode === "reflect") {
    const period = 2 * length;
    const raised = compute("Add", compute("Mul", number(period), whole(opposite, period)), value);
    const mirrored = compute("Sub", compute("Neg", raised), number(1));
    low = choose(compare("Less", raised, number(-length)), compute("Add", raised, number(period)), mirrored);
    const lowered = compute("Sub", value, compute("Mul", number(period), whole(value, period)));
    const turned = compute("Sub", compute("Sub", number(period), lowered), number(1));
    high = choose(compare("GreaterOrEqual", lowered, number(length)), turned, lowered);
  } else {
    const turns = compute("Add", whole(opposite, length - 1), number(1));
    low = compute("Add", value, compute("Mul", number(length), turns));
    high = compute("Sub", value, compute("Mul", number(length), whole(value, length - 1)));
  }
  return clamped(graph, choose(below, low, choose(above, high, value)), length - 1);
}

function between(graph: Graph, images: Value, fill: Value, { image, x, y }: Places): Value {
  const compute = calculator(graph), one = graph.scalar(1, "float64");
  const top = compute("Floor", y), left = compute("Floor", x);
  const bottom = compute("Add", top, one), right = compute("Add", left, one);
  const weight = (from: Value, to: Value) => {
    const share = cast(graph, compute("Sub", to, from), "float32");
    return reshape(graph, share, [...share.shape, 1]);
  };
  const row = (at: Value) => {
    const [before, behind] = [left, right].map((side) =>
      pixelOr(graph, images, fill, { image, y: at, x: side })
    );
    return compute("Add", compute("Mul", weight(x, right), before), compute("Mul", weight(left, x), behind));
  };
  return compute(
    "Add",
    compute("Mul", weight(y, bottom), row(top)),
    compute("Mul", weight(top, y), row(bottom)),
  );
}

function pixelOr(graph: Graph, images: Value, fill: Value, { image, x, y }: Places): Value {
  const [, height, width] = images.shape;
  const inside = comparator(graph)("And", within(graph, y, height - 1), within(graph, x, width - 1));
  const there = pixels(graph, images, {
    image,
    y: clamped(graph, y, height - 1),
    x: clamped(graph, x, width - 1),
  });
  const mask = reshape(graph, inside, [...inside.shape, 1]);
  return pointwise(graph, "Where", [mask, there, fill], { type: "float32" });
}
