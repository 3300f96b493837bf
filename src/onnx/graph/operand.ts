/**
 * What the recording backend keeps for a tensor: numbers that are known, or a value of the graph in one of two layouts.
 *
 * TensorFlow.js puts channels last, `[batch, time, channel]`, `[batch, height, width, channel]` or
 * `[batch, depth, height, width, channel]`. ONNX convolutions and poolings put them first, `[batch, channel, height, width]`, where
 * height is 1 for a signal, or `[batch, channel, depth, height, width]`. An operand stays in the
 * layout that its operator gave until another operator asks for the other one.
 *
 * @module
 */
import { expand, reshape, transpose } from "./arrange.ts";
import { type Graph, sizeOf, type Value } from "./graph.ts";

/** The element types of TensorFlow.js that can be recorded. */
export type OperandType = "float32" | "int32" | "bool";

const ARRAYS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** Where the elements of an operand are. */
export type Content =
  | { readonly kind: "constant"; readonly elements: Float32Array | Int32Array | Uint8Array }
  | { readonly kind: "filled"; readonly number: number }
  | { readonly kind: "plain"; readonly value: Value }
  | { readonly kind: "channels-first"; readonly value: Value }
  | { readonly kind: "prefixed"; readonly rest: Operand };

/** A tensor while it is recorded; the shape is that of TensorFlow.js in either layout. */
export interface Operand {
  readonly shape: readonly number[];
  readonly dtype: OperandType;
  readonly content: Content;
}

/** What a lowering gets. Optional inputs may be missing. */
export interface Call<Attributes = object> {
  readonly graph: Graph;
  readonly inputs: Readonly<Record<string, Operand>>;
  readonly attributes: Attributes;
}

/** Writes one kernel of TensorFlow.js as ONNX nodes. */
export type Lowering = {
  // A method's parameters are bivariant, so that each lowering can name the attributes that its kernel has.
  lower(call: Call): Operand | Operand[];
}["lower"];

/** Checks that a type can be recorded. Throws TypeError for strings and complex numbers. */
export function operandType(dtype: string): OperandType {
  if (dtype === "float32" || dtype === "int32" || dtype === "bool") return dtype;
  throw new TypeError(`Cannot record a tensor: its type must be float32, int32 or bool, got ${dtype}`);
}

/** An operand in the layout of TensorFlow.js. */
export function plain(value: Value): Operand {
  return { shape: value.shape, dtype: operandType(value.type), content: { kind: "plain", value } };
}

/** An operand of the given shape that holds one number. */
export function filled(number: number, shape: readonly number[], dtype: OperandType): Operand {
  return { shape, dtype, content: { kind: "filled", number } };
}

/** An operand whose value has channels first, `[batch, channel, height, width]`, seen as `shape`. */
export function channelsFirst(value: Value, shape: readonly number[]): Operand {
  return { shape, dtype: operandType(value.type), content: { kind: "channels-first", value } };
}

/**
 * An operand seen with an axis of length 1 before its own.
 *
 * TensorFlow.js normalizes signals as `[1, batch, time, channel]`; whoever can works on the signals as they are, in their layout.
 */
export function prefixed(rest: Operand): Operand {
  return { shape: [1, ...rest.shape], dtype: rest.dtype, content: { kind: "prefixed", rest } };
}

/** An operand whose elements are known. */
export function known(elements: ArrayLike<number>, shape: readonly number[], dtype: OperandType): Operand {
  const first = elements[0];
  let equal = elements.length > 1;
  for (let index = 1; equal && index < elements.length; index++) equal = Object.is(elements[index], first);
  if (equal) return filled(first, shape, dtype);
  return { shape, dtype, content: { kind: "constant", elements: typed(elements, dtype) } };
}

/** The known elements of an operand, or undefined when they exist only while the program runs. */
export function knownElements(operand: Operand): Float32Array | Int32Array | Uint8Array | undefined {
  const { content, shape, dtype } = operand;
  if (content.kind === "constant") return content.elements;
  if (content.kind === "filled") return new ARRAYS[dtype](sizeOf(shape)).fill(content.number);
  return undefined;
}

/** The operand's value in the layout of TensorFlow.js. */
export function plainValue(graph: Graph, operand: Operand): Value {
  const { content, shape, dtype } = operand;
  if (content.kind === "plain") return content.value;
  if (content.kind === "constant") return graph.constant(content.elements, { type: dtype, shape });
  if (content.kind === "channels-first") {
    const [batch, channel, ...space] = content.value.shape.keys();
    return reshape(graph, transpose(graph, content.value, [batch, ...space, channel]), shape);
  }
  if (content.kind === "prefixed") return reshape(graph, plainValue(graph, content.rest), shape);
  return expand(graph, graph.scalar(content.number, dtype), shape);
}

/** The operand's value with channels first; `shape` has three to five axes, the last one the channels. */
export function channelsFirstValue(graph: Graph, operand: Operand): Value {
  const { content, shape } = operand;
  if (content.kind === "channels-first") return content.value;
  if (content.kind === "filled") {
    const scalar = graph.scalar(content.number, operand.dtype);
    return expand(graph, scalar, channelsFirstShape(shape));
  }
  const value = plainValue(graph, operand);
  const image = shape.length === 3 ? [shape[0], 1, shape[1], shape[2]] : shape;
  const [batch, ...rest] = image.keys();
  return transpose(graph, reshape(graph, value, image), [batch, ...rest.slice(-1), ...rest.slice(0, -1)]);
}

/** Where the axes of a shape with three to five axes lie when channels come first. */
export function channelsFirstAxes(rank: number): readonly number[] {
  return rank === 3 ? [0, 3, 1] : rank === 4 ? [0, 2, 3, 1] : [0, 2, 3, 4, 1];
}

/** `[batch, time, channel]`, `[batch, height, width, channel]` or `[batch, depth, height, width, channel]` with channels first. */
export function channelsFirstShape(shape: readonly number[]): readonly number[] {
  const [batch, ...rest] = shape.length === 3 ? [shape[0], 1, shape[1], shape[2]] : shape;
  return [batch, ...rest.slice(-1), ...rest.slice(0, -1)];
}

/** Whether the operand's value has channels first. */
export function isChannelsFirst(operand: Operand): boolean {
  return operand.content.kind === "channels-first";
}

function typed(elements: ArrayLike<number>, dtype: OperandType): Float32Array | Int32Array | Uint8Array {
  const array = ARRAYS[dtype];
  return elements instanceof array ? elements : array.from(elements);
}
