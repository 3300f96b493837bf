/**
 * Operators that move elements of tensors in blocks of channels.
 *
 * @module
 */
import { reshape } from "../graph/arrange.ts";
import type { Node, Value } from "../graph/graph.ts";
import { integersOf } from "../graph/program.ts";
import type { Layouts } from "./layouts.ts";

/** A reshape that leaves batch and channels alone. */
export function blockReshape(node: Node, layouts: Layouts): boolean {
  const [output] = node.outputs, blocked = layouts.viewed(node.inputs[0], output.shape);
  if (blocked !== undefined) layouts.set(output, { blocked });
  return blocked !== undefined;
}

/** A transposition takes the blocks apart on its way. */
export function unblockTranspose(node: Node, layouts: Layouts): boolean {
  const [input] = node.inputs, [output] = node.outputs, { graph } = layouts;
  if (!layouts.isBlocked(input)) return false;
  const blocked = layouts.blocked(input);
  const perm = (node.attributes.perm as readonly number[]).flatMap((axis) => axis === 1 ? [1, 4] : [axis]);
  const turned = graph.emit("Transpose", [blocked], {
    shape: perm.map((axis) => blocked.shape[axis]),
    attributes: { perm },
  });
  layouts.set(output, { plain: reshape(graph, turned, output.shape) });
  return true;
}

/** Tensors side by side along any axis, as long as each comes in whole blocks. */
export function blockConcat(node: Node, layouts: Layouts): boolean {
  const { inputs, outputs: [output], attributes } = node;
  const isBlocked = inputs.some((input) => layouts.isBlocked(input)) && output.type === "float32" &&
    [output, ...inputs].every(({ shape }) => layouts.fits(shape));
  if (!isBlocked) return false;
  const parts = inputs.map((input) => layouts.blocked(input)), axis = (Number(attributes.axis) + 4) % 4;
  const shape = parts[0].shape.map((length, place) =>
    place === axis ? parts.reduce((sum, part) => sum + part.shape[axis], 0) : length
  );
  layouts.set(output, { blocked: layouts.graph.emit("Concat", parts, { shape, attributes: { axis } }) });
  return true;
}

/** A part of a tensor that begins and ends between blocks. */
export function blockSlice(node: Node, layouts: Layouts): boolean {
  const [input, ...limits] = node.inputs, [output] = node.outputs, { block } = layouts;
  const [starts, ends, axes, steps] = limits.map(integersOf);
  if (block === undefined || !layouts.isBlocked(input) || !starts || !ends || !layouts.fits(output.shape)) {
    return false;
  }
  const places = axes ?? starts.map((_, axis) => axis);
  const isWhole = places.every((axis, index) =>
    axis >= 0 && (steps?.[index] ?? 1) === 1 && starts[index] >= 0 && ends[index] >= 0 &&
    (axis !== 1 ||
      (starts[index] % block === 0 && (ends[index] % block === 0 || ends[index] >= input.shape[1])))
  );
  if (!isWhole) return false;
  const inBlocks = (values: readonly number[]) =>
    layouts.graph.integers(
      values.map((value, index) => places[index] === 1 ? Math.ceil(value / block) : value),
    );
  const [batch, channels, height, width] = output.shape;
  const blocked = layouts.graph.emit("Slice", [
    layouts.blocked(input),
    inBlocks(starts),
    inBlocks(ends),
    layouts.graph.integers(places),
  ], { shape: [batch, channels / block, height, width, block] });
  layouts.set(output, { blocked });
  return true;
}

/** A border along height and width. */
export function blockPad(node: Node, layouts: Layouts): boolean {
  const [input, given, fill, axes] = node.inputs, [output] = node.outputs, pads = integersOf(given);
  const isSpatial = pads?.length === 8 && [0, 1, 4, 5].every((place) => pads[place] === 0) &&
    axes === undefined;
  if (!isSpatial || !layouts.isBlocked(input) || !layouts.fits(output.shape)) return false;
  const [, , top, left, , , bottom, right] = pads, [batch, channels, height, width] = output.shape;
  const operands: Value[] = [
    layouts.blocked(input),
    layouts.graph.integers([0, 0, top, left, 0, 0, 0, bottom, right, 0]),
  ];
  if (fill !== undefined) operands.push(layouts.plain(fill));
  const blocked = layouts.graph.emit("Pad", operands, {
    shape: [batch, channels / layouts.block!, height, width, layouts.block!],
    attributes: node.attributes,
  });
  layouts.set(output, { blocked });
  return true;
}
