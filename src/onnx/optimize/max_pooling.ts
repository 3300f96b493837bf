/**
 * Max-pooling along one axis, and its gradient, on blocks of channels.
 *
 * @module
 */
import { pointwise, reshape } from "../graph/arrange.ts";
import { type Graph, type Node, sizeOf, type Value } from "../graph/graph.ts";
import type { Layouts } from "./layouts.ts";
import { STEEP } from "./slopes.ts";
import { type Means, tournamentGradient, type Windows } from "./tournament.ts";

/** Writes a max-pooling on blocks; false where it does not qualify. Its positions are computed only if somebody reads them. */
export function blockMaxPooling(node: Node, layouts: Layouts): boolean {
  const [x] = node.inputs, [values, positions] = node.outputs, pooling = windowsOf(node);
  if (pooling === undefined || !layouts.isBlocked(x)) return false;
  const pooled = pool(layouts, turned(layouts, x), pooling);
  const [batch, blocks, height, width, block] = pooled.shape;
  const shape = x.shape[3] === 1 ? [batch, blocks, width, height, block] : pooled.shape;
  layouts.set(values, { blocked: reshape(layouts.graph, pooled, shape) });
  if (positions !== undefined) {
    layouts.set(positions, {
      make: () =>
        layouts.graph.emitSeveral(
          "MaxPool",
          [layouts.plain(x)],
          node.outputs.map(
            ({ shape, type }) => ({ shape, type, attributes: node.attributes }),
          ),
        )[1],
    });
  }
  return true;
}

/** The gradient of max-pooling as a tournament on blocks; false where it does not qualify. */
export function maxPoolingGradient(node: Node, layouts: Layouts): boolean {
  const scattered = scatteredGradient(node), { graph } = layouts;
  if (scattered === undefined || !layouts.isBlocked(scattered.x)) return false;
  const { x, values, updates, windows } = scattered, gradients = source(updates);
  const dy = layouts.fits(gradients.shape) && sizeOf(gradients.shape) === sizeOf(values.shape) &&
      gradients.shape[0] === values.shape[0] && gradients.shape[1] === values.shape[1]
    ? layouts.blocked(gradients)
    : layouts.intoBlocks(reshape(graph, layouts.plain(updates), values.shape));
  const signal = turned(layouts, x),
    [batch, blocks, , , block] = dy.shape,
    [, , height, width] = values.shape;
  const along = x.shape[3] === 1 ? [1, height] : [height, width];
  const gradient = reshape(graph, dy, [batch, blocks, ...along, block]);
  const means: Means = {
    graph,
    pool: (x, windows) => pool(layouts, x, windows),
    part: (gradient, compared) => parted(graph, gradient, compared),
  };
  const back = tournamentGradient(means, { signal, dy: gradient }, windows);
  layouts.setView(node.outputs[0], x.shape, reshape(graph, back, layouts.blocked(x).shape));
  return true;
}

/** The gradient of a max-pooling as it is recorded: scattered to the positions of the maxima. */
export interface ScatteredGradient {
  readonly x: Value;
  /** The maxima. */
  readonly values: Value;
  /** Their gradients, one after another. */
  readonly updates: Value;
  readonly windows: Windows;
}

/** What a node scatters; undefined unless it is the gradient of a max-pooling along one axis. */
export function scatteredGradient(node: Node): ScatteredGradient | undefined {
  const [zeros, indices, updates] = node.inputs;
  if (node.operator !== "ScatterElements" || node.attributes.reduction !== "add") return undefined;
  const positions = source(indices), { producer } = positions, windows = producer && windowsOf(producer);
  if (windows === undefined) return undefined;
  const { inputs: [x], outputs: [values, places] } = producer!;
  const isWhole = positions === places && sizeOf(x.shape) === zeros.shape[0];
  return isWhole && isZeros(zeros) ? { x, values, updates, windows } : undefined;
}

/** What a value is another shape of. */
function source(value: Value): Value {
  return value.producer?.operator === "Reshape" ? value.producer.inputs[0] : value;
}

function isZeros({ producer }: Value): boolean {
  return producer?.operator === "Expand" && producer.inputs[0].constant?.[0] === 0;
}

/** The windows of a max-pooling along the width, or along the height where the width is 1; undefined where they are none. */
export function windowsOf({ operator, inputs, outputs, attributes }: Node): Windows | undefined {
  const kernel = attributes.kernel_shape as readonly number[],
    strides = attributes.strides as readonly number[];
  if (operator !== "MaxPool" || kernel?.length !== 2 || attributes.ceil_mode === 1) return undefined;
  const pads = attributes.pads as readonly number[], along = inputs[0].shape[3] === 1 ? 0 : 1;
  const across = 1 - along, isFlat = kernel[across] === 1 && strides[across] === 1;
  if (
    !isFlat || pads[across] !== 0 || pads[across + 2] !== 0 || String(attributes.dilations ?? "1,1") !== "1,1"
  ) {
    return undefined;
  }
  const pooling = {
    kernel: kernel[along],
    stride: strides[along],
    left: pads[along],
    right: pads[along + 2],
  };
  const length = inputs[0].shape[2 + along] + pooling.left + pooling.right;
  const outputsFit =
    outputs[0].shape[2 + along] === Math.floor((length - pooling.kernel) / pooling.stride) + 1;
  return outputsFit ? pooling : undefined;
}

/** The blocked input with the pooled axis as its width. */
function turned(layouts: Layouts, x: Value): Value {
  const blocked = layouts.blocked(x), [batch, blocks, height, width, block] = blocked.shape;
  return width === 1 ? reshape(layouts.graph, blocked, [batch, blocks, 1, height, block]) : blocked;
}

function pool(layouts: Layouts, x: Value, { kernel, stride, left, right }: Windows): Value {
  const [batch, blocks, height, width, block] = x.shape;
  return layouts.emitBlocked("MaxPool", [x], {
    shape: [batch, blocks * block, height, Math.floor((width + left + right - kernel) / stride) + 1],
    attributes: { "kernel_shape": [1, kernel], strides: [1, stride], pads: [0, left, 0, right] },
  });
}

/** Who is behind by less than the least normal number is taken for a winner in part. */
function parted(
  graph: Graph,
  gradient: Value,
  { contestant, winner }: Parameters<Means["part"]>[1],
): readonly [Value, Value] {
  const behind = pointwise(graph, "Sub", [contestant, winner]);
  const wins = pointwise(graph, "HardSigmoid", [behind], { attributes: { alpha: STEEP, beta: 1 } });
  const own = pointwise(graph, "Mul", [gradient, wins]);
  return [own, pointwise(graph, "Sub", [gradient, own])];
}
