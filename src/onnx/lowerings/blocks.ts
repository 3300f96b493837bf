/**
 * Elements moved between the axes of space and those of batch or channels.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { reshape, transpose } from "../graph/arrange.ts";
import {
  type Call,
  channelsFirst,
  channelsFirstValue,
  type Operand,
  plain,
  plainValue,
} from "../graph/operand.ts";
import { pad, slice } from "./slice.ts";

const { getPermuted, getReshaped, getReshapedPermuted, getSliceBeginCoords, getSliceSize } = tf.backend_util;

/** Blocks of space become further elements of the batch. */
export function spaceToBatch({ graph, inputs: { x }, attributes }: Call<tf.SpaceToBatchNDAttrs>): Operand {
  const { blockShape, paddings } = attributes;
  const count = tf.util.sizeFromShape(blockShape);
  const amounts = x.shape.map((_, axis): [number, number] => {
    const [front, behind] = paddings[axis - 1] ?? [0, 0];
    return [front, behind];
  });
  const padded = pad({ graph, inputs: { x }, attributes: { paddings: amounts, constantValue: 0 } });
  const blocks = getReshaped([...padded.shape], blockShape, count, false);
  const order = getPermuted(blocks.length, blockShape.length, false);
  const shape = getReshapedPermuted([...padded.shape], blockShape, count, false);
  const moved = transpose(graph, reshape(graph, plainValue(graph, padded), blocks), order);
  return plain(reshape(graph, moved, shape));
}

/** Elements of the batch become blocks of space. */
export function batchToSpace({ graph, inputs: { x }, attributes }: Call<tf.BatchToSpaceNDAttrs>): Operand {
  const { blockShape, crops } = attributes;
  const count = tf.util.sizeFromShape(blockShape);
  const blocks = getReshaped([...x.shape], blockShape, count);
  const order = getPermuted(blocks.length, blockShape.length);
  const shape = getReshapedPermuted([...x.shape], blockShape, count);
  const moved = plain(
    reshape(graph, transpose(graph, reshape(graph, plainValue(graph, x), blocks), order), shape),
  );
  const begin = getSliceBeginCoords(crops, blockShape.length);
  const size = getSliceSize(shape, crops, blockShape.length);
  return slice({ graph, inputs: { x: moved }, attributes: { begin, size } });
}

/** Channels become blocks of rows and columns. */
export function depthToSpace({ graph, inputs: { x }, attributes }: Call<tf.DepthToSpaceAttrs>): Operand {
  const { blockSize } = attributes;
  const [batch, height, width, depth] = x.shape, channels = depth / blockSize ** 2;
  const size = [height * blockSize, width * blockSize];
  const value = graph.emit("DepthToSpace", [channelsFirstValue(graph, x)], {
    shape: [batch, channels, ...size],
    attributes: { blocksize: blockSize, mode: "DCR" },
  });
  return channelsFirst(value, [batch, ...size, channels]);
}
