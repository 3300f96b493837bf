/** Which nodes of a model are left to the processor; that these are the right ones is tested on a device (tests/onnx/webgpu). */
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import assert from "node:assert/strict";
import { ModelProtoSchema, type NodeProto } from "onnx-buf";
import { encode } from "../../../src/onnx/files/encode.ts";
import { type Attribute, Graph } from "../../../src/onnx/graph/graph.ts";
import { forWebgpu } from "../../../src/onnx/runtime/webgpu.ts";

type Attributes = Readonly<Record<string, Attribute>>;

/** A model of one convolution of 4 channels. */
function convolution(operator: string, { filter, attributes }: { filter: number[]; attributes: Attributes }) {
  const graph = new Graph(), x = graph.input("float32", [2, 4, 1, 6]);
  const weights = graph.constant(new Float32Array(filter.reduce((size, length) => size * length)), {
    type: "float32",
    shape: filter,
  });
  const y = graph.emit(operator, [x, weights], { shape: [2, 4, 1, 6], attributes });
  return encode(graph.nodes, { inputs: [{ name: "x", value: x }], outputs: [{ name: "y", value: y }] });
}

function changed(bytes: Uint8Array, change: (node: NodeProto) => void): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  change(model.graph!.node[0]);
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, model));
}

const isLeft = (bytes: Uint8Array) => "forceCpuNodeNames" in forWebgpu(bytes).provider;

Deno.test("forWebgpu() leaves convolutions to the processor that are products with padding behind alone", () => {
  const one = (taps: number, pads: number[]) =>
    convolution("Conv", { filter: [4, 4, 1, taps], attributes: { "kernel_shape": [1, taps], pads } });
  assert.deepEqual(
    [[1, [0, 0, 0, 2]], [6, [0, 0, 0, 1]]].map(([taps, pads]) =>
      isLeft(one(taps as number, pads as number[]))
    ),
    [true, true],
  );
  assert.equal(isLeft(one(6, [0, 1, 0, 1])), false, "padding before too");
  assert.equal(isLeft(one(6, [0, 0, 0, 0])), false, "no padding");
  assert.equal(isLeft(one(3, [0, 0, 0, 1])), false, "no product");
  const openLength = (bytes: Uint8Array) => {
    const model = fromBinary(ModelProtoSchema, bytes), { type } = model.graph!.input[0];
    assert.equal(type?.value.case, "tensorType");
    if (type?.value.case === "tensorType") {
      type.value.value.shape!.dim[3].value = { case: "dimParam", value: "time" };
    }
    return toBinary(ModelProtoSchema, model);
  };
  assert.equal(isLeft(openLength(one(1, [0, 0, 0, 0]))), false);
  assert.equal(isLeft(openLength(one(3, [0, 0, 0, 1]))), true, "the input may have three places");
});

Deno.test("forWebgpu() leaves transposed convolutions in groups of one filter over even channels to the processor", () => {
  const one = (filter: number[], group: number) =>
    convolution("ConvTranspose", { filter, attributes: { "kernel_shape": [1, 3], group } });
  const found = [[[4, 1, 1, 3], 2], [[4, 1, 1, 3], 4], [[4, 2, 1, 3], 2], [[4, 1, 1, 3], 1]] as const;
  assert.deepEqual(found.map(([filter, group]) => isLeft(one([...filter], group))), [
    true,
    false,
    false,
    false,
  ]);
});

Deno.test("forWebgpu() names a node without a name that is left to the processor", () => {
  const bytes = convolution("Conv", {
    filter: [4, 4, 1, 1],
    attributes: { "kernel_shape": [1, 1], pads: [0, 0, 0, 2] },
  });
  const { model, provider } = forWebgpu(changed(bytes, (node) => node.name = ""));
  assert.deepEqual(provider.forceCpuNodeNames, ["processor/Conv_0"]);
  assert.equal(fromBinary(ModelProtoSchema, model).graph?.node[0].name, "processor/Conv_0");
});
