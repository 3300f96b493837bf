/**
 * Images turned and mirrored by amounts that are known when the program is recorded.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { pointwise, reshape } from "../graph/arrange.ts";
import { type Call, type Operand, plain, plainValue } from "../graph/operand.ts";
import { reverse } from "./slice.ts";

/** Columns from last to first. */
export function flipLeftRight({ graph, inputs: { image: x } }: Call): Operand {
  return reverse({ graph, inputs: { x }, attributes: { dims: [2] } });
}

/** Turned about a centre; what comes from outside the image gets a number, or one for each channel and 255 for the fourth. */
export function rotate({ graph, inputs: { image }, attributes }: Call<tf.RotateWithOffsetAttrs>): Operand {
  const { radians, fillValue, center } = attributes;
  const [batch, height, width, channels] = image.shape;
  const [centerX, centerY] = tf.backend_util.getImageCenter(center, height, width);
  const sine = Math.sin(radians), cosine = Math.cos(radians);
  const sources = Array.from({ length: height * width }, (_, index) => {
    const x = index % width - centerX, y = Math.floor(index / width) - centerY;
    const column = Math.round(x * cosine - y * sine + centerX),
      row = Math.round(x * sine + y * cosine + centerY);
    return column >= 0 && column < width && row >= 0 && row < height ? row * width + column : undefined;
  });
  const count = sources.length;
  const places = graph.constant(Int32Array.from(sources, (source) => source ?? 0), {
    type: "int32",
    shape: [count],
  });
  const there = graph.constant(Uint8Array.from(sources, (source) => Number(source !== undefined)), {
    type: "bool",
    shape: [1, count, 1],
  });
  const outside = Float32Array.from(
    { length: channels },
    (_, channel) => typeof fillValue === "number" ? fillValue : channel === 3 ? 255 : fillValue[channel],
  );
  const flat = reshape(graph, plainValue(graph, image), [batch, count, channels]);
  const moved = graph.emit("Gather", [flat, places], { shape: flat.shape, attributes: { axis: 1 } });
  const border = graph.constant(outside, { type: "float32", shape: [1, 1, channels] });
  const turned = pointwise(graph, "Where", [there, moved, border], { type: "float32" });
  return plain(reshape(graph, turned, image.shape));
}
