/**
 * Tensors continued by their mirror image.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { type Call, type Operand, plain, plainValue } from "../graph/operand.ts";
import { concatenate, reverse, slice } from "./slice.ts";

/** A tensor continued on both sides by its mirror image, with the edge itself (`symmetric`) or without (`reflect`). */
export function mirrorPad({ graph, inputs: { x }, attributes }: Call<tf.MirrorPadAttrs>): Operand {
  const { paddings, mode } = attributes;
  if (mode === "reflect") {
    const shape = x.shape.map((length, axis) => length + paddings[axis][0] + paddings[axis][1]);
    const pads = graph.integers([
      ...paddings.map(([before]) => before),
      ...paddings.map(([, after]) => after),
    ]);
    return plain(graph.emit("Pad", [plainValue(graph, x), pads], { shape, attributes: { mode } }));
  }
  // ONNX has no mode that repeats the edge.
  return paddings.reduce((result, [before, after], axis) => {
    const part = (from: number, length: number) => {
      const attributes = {
        begin: result.shape.map((_, other) => other === axis ? from : 0),
        size: result.shape.with(axis, length),
      };
      const edge = slice({ graph, inputs: { x: result }, attributes });
      return length > 1 ? reverse({ graph, inputs: { x: edge }, attributes: { dims: axis } }) : edge;
    };
    const inputs = { before: part(0, before), result, after: part(result.shape[axis] - after, after) };
    return concatenate({ graph, inputs, attributes: { axis } });
  }, x);
}
