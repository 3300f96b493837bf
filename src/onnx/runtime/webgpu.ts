/**
 * What ONNX Runtime's WebGPU provider can't compute, or computes wrongly, and the processor does in its place.
 *
 * @module
 */
import { fromBinary } from "@bufbuild/protobuf";
import { ModelProtoSchema, type NodeProto } from "onnx-buf";

/** The lengths of the axes of a value; undefined where the file does not say. */
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

/** The provider with what ONNX Runtime must know to run a model there. */
export function webgpuFor(
  model: Uint8Array,
): { readonly name: "webgpu"; readonly forceCpuNodeNames?: readonly string[] } {
  const names = nodesForProcessor(model);
  // ONNX Runtime refuses a list without a name.
  return { name: "webgpu", ...names.length > 0 ? { forceCpuNodeNames: names } : {} };
}

/** The names of the nodes of a model that are left to the processor. */
function nodesForProcessor(model: Uint8Array): string[] {
  const { graph } = fromBinary(ModelProtoSchema, model);
  if (graph === undefined) return [];
  const shapes = new Map<string, readonly number[]>();
  for (const { name, type } of [...graph.input, ...graph.valueInfo, ...graph.output]) {
    const dimensions = type?.value.case === "tensorType" ? type.value.value.shape?.dim : undefined;
    // A length that the file leaves open is none of those that are asked for.
    const lengths = dimensions?.map(({ value }) => value.case === "dimValue" ? Number(value.value) : NaN);
    if (lengths !== undefined) shapes.set(name, lengths);
  }
  for (const { name, dims } of graph.initializer) shapes.set(name, dims.map(Number));
  return graph.node.flatMap((node) => {
    return GAPS[node.opType]?.(node, (value) => shapes.get(value)) ? [node.name] : [];
  });
}

function groupsOf(node: NodeProto): number {
  return integersOf(node, "group")?.[0] ?? 1;
}

/** Whether a convolution has more than two axes. */
function isVolume(node: NodeProto, shapeOf: ShapeOf): boolean {
  return kernelOf(node, shapeOf)?.length !== 2 && kernelOf(node, shapeOf)?.length !== 1;
}

/** Whether ONNX Runtime may compute a convolution as a product of matrices: one tap, or as many as the input has places. */
function isProduct(node: NodeProto, shapeOf: ShapeOf): boolean {
  const kernel = kernelOf(node, shapeOf), input = shapeOf(node.input[0])?.slice(2);
  if (kernel === undefined || input === undefined) return true;
  return kernel.every((taps) => taps === 1) || kernel.every((taps, axis) => taps === input[axis]);
}

function isPaddedBehindAlone(node: NodeProto): boolean {
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
