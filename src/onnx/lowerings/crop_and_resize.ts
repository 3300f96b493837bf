/**
 * Parts of images, each resized.
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

/** Boxes `[y1, x1, y2, x2]` in units of the image, cut out and resized. */
export function cropAndResize({ graph, inputs, attributes }: Call<tf.CropAndResizeAttrs>): Operand {
  const { cropSize, method, extrapolationValue } = attributes;
  const images = plainValue(graph, inputs.image), [batch, height, width, channels] = images.shape;
  const compare = comparator(graph);
  const [y1, x1, y2, x2] = columns(graph, plainValue(graph, inputs.boxes));
  const boxes = y1.shape[0];
  const y = places(graph, [y1, y2], { axis: 1, count: cropSize[0], length: height });
  const x = places(graph, [x1, x2], { axis: 2, count: cropSize[1], length: width });
  const numbers = reshape(graph, cast(graph, plainValue(graph, inputs.boxInd), "int64"), [boxes, 1, 1]);
  const known = {
    image: clamped(graph, numbers, batch - 1),
    y: clamped(graph, y, height - 1),
    x: clamped(graph, x, width - 1),
  };
  const cropped = method === "nearest"
    ? pixels(graph, images, { ...known, y: nearestWhole(graph, known.y), x: nearestWhole(graph, known.x) })
    : between(graph, images, known);
  const shape = [boxes, ...cropSize, channels];
  const covered = compare("And", within(graph, y, height - 1), within(graph, x, width - 1));
  const filled = choose(graph, covered, cast(graph, cropped, "float32"), graph.scalar(extrapolationValue));
  // A box of an image that is not there stays empty.
  const there = compare("Less", numbers, graph.scalar(batch, "int64"));
  return plain(reshape(graph, choose(graph, there, filled, graph.scalar(0)), shape));
}

/** Where the rows or columns of each crop lie in the image. */
function places(
  graph: Graph,
  [first, last]: readonly Value[],
  { axis, count, length }: { axis: 1 | 2; count: number; length: number },
): Value {
  const compute = calculator(graph), extent = graph.scalar(length - 1, "float64");
  if (count === 1) {
    const sum = compute("Mul", graph.scalar(0.5, "float64"), compute("Add", first, last));
    return compute("Mul", sum, extent);
  }
  const size = compute("Mul", compute("Sub", last, first), extent);
  const step = compute("Div", size, graph.scalar(count - 1, "float64"));
  const offsets = compute("Mul", counting(graph, count, axis, "float64"), step);
  return compute("Add", compute("Mul", first, extent), offsets);
}

function between(graph: Graph, images: Value, { image, y, x }: Places): Value {
  const compute = calculator(graph);
  const top = compute("Floor", y), bottom = compute("Ceil", y);
  const left = compute("Floor", x), right = compute("Ceil", x);
  const weight = (value: Value, whole: Value) => {
    const share = cast(graph, compute("Sub", value, whole), "float32");
    return reshape(graph, share, [...share.shape, 1]);
  };
  const mix = (from: Value, to: Value, share: Value) =>
    compute("Add", from, compute("Mul", compute("Sub", to, from), share));
  const row = (at: Value) => {
    const ends = [left, right].map((side) =>
      cast(graph, pixels(graph, images, { image, y: at, x: side }), "float32")
    );
    return mix(ends[0], ends[1], weight(x, left));
  };
  return mix(row(top), row(bottom), weight(y, top));
}

function choose(graph: Graph, condition: Value, value: Value, other: Value): Value {
  const mask = reshape(graph, condition, [...condition.shape, 1]);
  return pointwise(graph, "Where", [mask, value, other], { type: "float32" });
}
