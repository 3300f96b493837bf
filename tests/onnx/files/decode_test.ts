import { fromBinary, toBinary } from "@bufbuild/protobuf";
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { AttributeProto_AttributeType, type ModelProto, ModelProtoSchema } from "onnx-buf";
import { decode, type Decoded } from "../../../src/onnx/files/decode.ts";
import { exportOnnx, readOnnx } from "../../../src/onnx/files/export.ts";
import { exportModel } from "../../../src/onnx/files/export_model.ts";
import { nameLayers } from "../../../src/onnx/files/layer_names.ts";
import type { Attribute, Value } from "../../../src/onnx/graph/graph.ts";
import { reachable } from "../../../src/onnx/graph/program.ts";
import type { Program } from "../../../src/onnx/graph/program.ts";
import type { Named } from "../../../src/onnx/graph/program.ts";
import { record } from "../../../src/onnx/recording/recording.ts";
import { fill, inputsOf, ZOO } from "../zoo/zoo.ts";

/** A program in words that two equal ones share: its nodes in order, and where each value comes from; attributes are float32 in files. */
function describe({ nodes, inputs, outputs }: Program) {
  const kept = reachable(nodes, outputs);
  const places = new Map<Value, string>(inputs.map((input, index) => [input, `input ${index}`]));
  const place = (value: Value) => {
    const { type, shape, constant, name } = value;
    return places.get(value) ?? { type, shape, constant, name };
  };
  const described = kept.nodes.map((node, position) => {
    node.outputs.forEach((output, index) => places.set(output, `node ${position}, output ${index}`));
    const results = node.outputs.filter((output) => kept.needed.has(output)).map(({ type, shape }) => ({
      type,
      shape,
    }));
    const attributes = Object.entries(node.attributes).map(([name, value]) => [name, rounded(value)]);
    return { operator: node.operator, attributes, operands: node.inputs.map(place), results };
  });
  return { nodes: described, outputs: outputs.map(place) };
}

function rounded(value: Attribute): Attribute {
  return typeof value === "string"
    ? value
    : typeof value === "number"
    ? Math.fround(value)
    : value.map(Math.fround);
}

function layersOf({ nodes, outputs }: Program): string[] {
  return reachable(nodes, outputs).nodes.map(({ layer }) => layer);
}

/** What a file is at a batch size; throws where it can't be decoded. */
function decoded(bytes: Uint8Array, batch: number): Decoded {
  const result = decode(bytes, { batch });
  if ("reason" in result) throw new Error(result.reason);
  return result;
}

function programOf({ graph, inputs, outputs }: ReturnType<typeof record>): Program {
  const values = (named: readonly Named[]) => named.map(({ value }) => value);
  return { nodes: graph.nodes, inputs: values(inputs), outputs: values(outputs) };
}

/** The model as it is recorded at a batch size, with its weights as constants. */
function recorded(model: tf.LayersModel, batch: number) {
  const { weights, layers } = nameLayers(model);
  const inputs = inputsOf(model, batch).map(({ shape, dtype }, index) => [String(index), { shape, dtype }]);
  return programOf(record((given) => {
    const results = [model.apply(Object.values(given))].flat() as tf.Tensor[];
    return Object.fromEntries(results.map((result, index) => [String(index), result]));
  }, {
    inputs: Object.fromEntries(inputs),
    random: false,
    constants: new Map(Object.entries(weights).map(([name, variable]) => [variable, name])),
    layers,
  }));
}

for (const [name, { build }] of Object.entries(ZOO)) {
  Deno.test(`decode() gives ${name} as it is recorded at the batch size`, () => {
    const model = fill(build()), bytes = exportModel(model);
    for (const batch of [3, 64]) {
      const { program } = decoded(bytes, batch), expected = recorded(model, batch);
      assert.deepEqual(describe(program), describe(expected));
      const layers = layersOf(program);
      assert.deepEqual(layers, layersOf(expected).map((layer, index) => layer || layers[index]));
    }
  });
}

Deno.test("decode() gives compressed files as the same files with the rounded weights in float32", () => {
  for (const weights of ["float16", "int8"] as const) {
    const model = fill(ZOO["a transformer of patches"].build()), small = exportModel(model, { weights });
    const rounded = readOnnx(small).weights;
    assert.ok(Object.values(rounded).some(({ format }) => format === weights));
    for (const [name, variable] of Object.entries(nameLayers(model).weights)) {
      tf.tidy(() => variable.assign(tf.tensor(rounded[name].values, rounded[name].shape)));
    }
    const [actual, expected] = [small, exportModel(model)].map((bytes) => decoded(bytes, 3).program);
    assert.deepEqual(describe(actual), describe(expected));
  }
});

const KERNEL = tf.variable(tf.tensor([1, 2, 3, 4], [4, 1]));
/** Every way in which the batch can be in a shape, and outputs that are inputs, constants, or another output too. */
const run = ({ x }: Record<string, tf.Tensor>) => {
  const rows = tf.tile(tf.ones([1, 3]), [x.shape[0]!, 1]), product = tf.matMul(x as tf.Tensor2D, KERNEL);
  return {
    same: x,
    rows: tf.concat([x, rows], 1),
    pairs: tf.square(tf.reshape(x, [-1, 2])),
    part: tf.slice(tf.concat([x, x], 0), [0, 0], [x.shape[0]!, 3]),
    product,
    again: product,
    fixed: tf.tensor([1, 2]),
  };
};
const FILE = exportOnnx(run, { inputs: { x: [null, 4] }, weights: { kernel: KERNEL } });

Deno.test("decode() makes constants of what follows from the batch, and keeps the names of the ends", () => {
  const { program, inputs, outputs } = decoded(FILE, 5);
  const constants = new Map([[KERNEL, "kernel"]]);
  const expected = record(run, {
    inputs: { x: { shape: [5, 4], dtype: "float32" } },
    random: false,
    constants,
  });
  assert.deepEqual(describe(program), describe(programOf(expected)));
  const names = (named: readonly Named[]) => named.map(({ name }) => name);
  assert.deepEqual([names(inputs), names(outputs)], [["x"], names(expected.outputs)]);
});

/** The file after a change. */
function changed(change: (model: ModelProto) => void): Uint8Array {
  const model = fromBinary(ModelProtoSchema, FILE);
  change(model);
  return toBinary(ModelProtoSchema, model);
}

const obstacles: [string, (model: ModelProto) => void, RegExp][] = [
  ["of another producer", (model) => model.producerName = "pytorch", /written by einthoven, got "pytorch"/],
  ["of another opset", ({ opsetImport: [opset] }) => opset.version = 18n, /those of opset 17/],
  ["with operators of another domain", ({ opsetImport: [opset] }) => opset.domain = "own", /those of opset/],
  [
    "that says no shape of a value",
    ({ graph }) => graph!.valueInfo = graph!.valueInfo.filter(({ name }) => name !== "concat/Expand"),
    /shape and the type of each value must be known, got none for "concat\/Expand"/,
  ],
  [
    "of an input of any length",
    ({ graph }) => {
      const [{ type }] = graph!.input;
      if (type?.value.case === "tensorType") {
        type.value.value.shape!.dim[0].value = { case: "dimParam", value: "time" };
      }
    },
    /got none for "x"/,
  ],
  [
    "with an attribute that is neither numbers nor text",
    ({ graph }) => {
      const node = graph!.node.find(({ opType }) => opType === "Concat");
      node!.attribute[0].type = AttributeProto_AttributeType.TENSOR;
    },
    /attributes must be numbers or texts, got "axis" of Concat/,
  ],
  [
    "with a constant of another type",
    ({ graph }) => graph!.initializer.find(({ name }) => name === "kernel")!.dataType = 10,
    /the constant "kernel"/,
  ],
  [
    "with a constant that lies elsewhere",
    ({ graph }) => graph!.initializer.find(({ name }) => name === "kernel")!.rawData = new Uint8Array(),
    /the constant "kernel" must lie in the file/,
  ],
  [
    "with an operand that is left out",
    ({ graph }) => graph!.node.find(({ opType }) => opType === "Concat")!.input[0] = "",
    /each operand must be there, got "" of Concat/,
  ],
];

for (const [what, change, reason] of obstacles) {
  Deno.test(`decode() says why it gives no program for a file ${what}`, () => {
    const result = decode(changed(change), { batch: 3 });
    assert.ok("reason" in result);
    assert.match(result.reason, reason);
  });
}

Deno.test("decode() throws for bytes that are no model", () => {
  assert.throws(() => decode(Uint8Array.of(1, 2, 3), { batch: 1 }));
  assert.throws(() => decode(new Uint8Array(0), { batch: 1 }), SyntaxError);
});
