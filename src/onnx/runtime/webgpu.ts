/**
 * What ONNX Runtime's WebGPU provider can't compute, or computes wrongly, and the processor does in its place.
 *
 * @module
 */
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { type ModelProto, ModelProtoSchema, type NodeProto } from "onnx-buf";

/** The lengths of the axes of a value, NaN for one that the file leaves open; undefined where it says none. */
type ShapeOf = (value: string) => readonly number[] | undefined;

/** Whether a node is of a form that is left to the processor; where that can't be known, it is taken for one. */
type Gap = (node: NodeProto, shapeOf: ShapeOf) => boolean;

/** As of onnxruntime-node 1.30, found by running every lowering there. */
const GAPS: Readonly<Record<string, Gap>> = {
  // "The Indices output is not supported yet."
  MaxPool: ({ output }) => output.length > 1,
  Conv(node, shapeOf) {
    // "Conv3D does not support grouped convolution."
    if (groupsOf(node) > 1 && isVolume(node, shapeOf)) return true;
    // As a product of matrices it is without the padding behind, and nothing says so.
    return isProduct(node, shapeOf) && isPaddedBehindAlone(node);
  },
  ConvTranspose(node, shapeOf) {
    // "Only Conv2d or Conv1d are supported."
    if (isVolume(node, shapeOf)) return true;
    // Groups of one filter over an even number of channels give other numbers than on the processor, without an error.
    const groups = groupsOf(node), [channels, filters] = shapeOf(node.input[1]) ?? [0, 1];
    return groups > 1 && filters === 1 && (channels / groups) % 2 === 0;
  },
};

/** A model and the provider, which is told the names of the nodes that are left to the processor; each of them has one afterwards. */
export function forWebgpu(bytes: Uint8Array): {
  readonly model: Uint8Array;
  readonly provider: { readonly name: "webgpu"; readonly forceCpuNodeNames?: readonly string[] };
} {
  const model = fromBinary(ModelProtoSchema, bytes), left = nodesForProcessor(model);
  // ONNX Runtime refuses a list without a name.
  if (left.length === 0) return { model: bytes, provider: { name: "webgpu" } };
  const unnamed = left.filter(({ name }) => name === "");
  for (const [index, node] of unnamed.entries()) node.name = `processor/${node.opType}_${index}`;
  return {
    model: unnamed.length === 0 ? bytes : toBinary(ModelProtoSchema, model),
    provider: { name: "webgpu", forceCpuNodeNames: left.map(({ name }) => name) },
  };
}

function nodesForProcessor({ graph }: ModelProto): NodeProto[] {
  if (graph === undefined) return [];
  const shapes = new Map<string, readonly number[]>();
  for (const { name, type } of [...graph.input, ...graph.valueInfo, ...graph.output]) {
    const dimensions = type?.value.case === "tensorType" ? type.value.value.shape?.dim : undefined;
    const lengths = dimensions?.map(({ value }) => value.case === "dimValue" ? Number(value.value) : NaN);
    if (lengths !== undefined) shapes.set(name, lengths);
  }
  for (const { name, dims } of graph.initializer) shapes.set(name, dims.map(Number));
  return graph.node.filter((node) => GAPS[node.opType]?.(node, (value) => shapes.get(value)));
}

function groupsOf(node: NodeProto): number {
  return integersOf(node, "group")?.[0] ?? 1;
}

/** Whether a convolution has more than two axes. */
function isVolume(node: NodeProto, shapeOf: ShapeOf): boolean {
  return (kernelOf(node, shapeOf)?.length ?? Infinity) > 2;
}

/** Whether ONNX Runtime may compute a convolution as a product of matrices: one tap, or as many as the input has places. */
function isProduct(node: NodeProto, shapeOf: ShapeOf): boolean {
  const kernel = kernelOf(node, shapeOf), input = shapeOf(node.input[0])?.slice(2);
  if (kernel === undefined || input === undefined) return true;
  return kernel.every((taps) => taps === 1) ||
    kernel.every((taps, axis) => taps === input[axis] || Number.isNaN(input[axis]));
}

function isPaddedBehindAlone(node: NodeProto): boolean {
  // Such padding follows from the input's length.
  if (node.attribute.some(({ name }) => name === "auto_pad")) return true;
  const pads = integersOf(node, "pads") ?? [], axes = pads.length / 2;
  return pads.slice(0, axes).every((pad) => pad === 0) && pads.slice(axes).some((pad) => pad > 0);
}

function kernelOf(node: NodeProto, shapeOf: ShapeOf): readonly number[] | undefined {
  return integersOf(node, "kernel_shape") ?? shapeOf(node.input[1])?.slice(2);
}

function integersOf({ attribute }: NodeProto, name: string): number[] | undefined {
  const found = attribute.find((one) => one.name === name);
  if (found === undefined) return undefined;
  return found.ints.length > 0 ? found.ints.map(Number) : [Number(found.i)];
}
