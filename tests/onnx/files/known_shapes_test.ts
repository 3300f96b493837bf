/** The shapes and types that exported files say of the values between their ends. */
import { fromBinary } from "@bufbuild/protobuf";
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { ModelProtoSchema } from "onnx-buf";
import { dimensionsOf } from "../../../src/onnx/files/encode.ts";
import { exportOnnx, readOnnx } from "../../../src/onnx/files/export.ts";
import { exportModel } from "../../../src/onnx/files/export_model.ts";
import { CASES } from "../cases/table.ts";
import { type Case, withGradients } from "../reference.ts";
import { fill, ZOO } from "../zoo/zoo.ts";
import { checkModels, hasChecker } from "./checker.ts";

/** What a file says of the values between its ends, and which of them nothing is said of. */
function knownShapes(bytes: Uint8Array) {
  const { graph } = fromBinary(ModelProtoSchema, bytes);
  const shapes = Object.fromEntries(graph!.valueInfo.map((info) => [info.name, dimensionsOf(info)]));
  const ends = graph!.output.map(({ name }) => name);
  const between = graph!.node.flatMap(({ output }) => output).filter((name) => !ends.includes(name));
  return { shapes, unknown: between.filter((name) => !(name in shapes)) };
}

Deno.test("exportOnnx() says the shapes that are fixed but for the batch or a multiple of it, and no others", () => {
  const bytes = exportOnnx(({ x }) => {
    const pairs = tf.square(tf.reshape(x, [-1, 2]));
    const longer = tf.exp(tf.concat([x, tf.ones([1, 4])], 0));
    const rows = tf.tile(tf.ones([1, 3]), [x.shape[0]!, 1]);
    return { y: tf.neg(tf.concat([x, rows], 1)), pairs: tf.reshape(pairs, [-1]), longer: tf.sqrt(longer) };
  }, { inputs: { x: [null, 4] }, weights: {} });
  const { shapes, unknown } = knownShapes(bytes);
  assert.deepEqual(shapes, {
    "reshape/Reshape": ["2*batch", 2],
    "square/Mul": ["2*batch", 2],
    "concat/Expand": [1, 4],
    // The shape of the rows, [batch, 3], is computed from that of x.
    "concat/Shape": [2],
    "concat/Gather": [1],
    "concat/Mul": [2],
    "concat/Add": [2],
    "concat/Expand_2": ["batch", 3],
    "concat/Concat_2": ["batch", 7],
  });
  assert.deepEqual(unknown, ["concat/Concat", "exp/Exp"]);
  assert.deepEqual(readOnnx(bytes).outputs, { y: ["batch", 7], pairs: ["4*batch"], longer: [null, 4] });
});

Deno.test("exportModel() says the shape of every value of every model of the zoo", () => {
  for (const [name, { build }] of Object.entries(ZOO)) {
    assert.deepEqual(knownShapes(exportModel(fill(build()))).unknown, [], name);
  }
});

function exported(one: Case): Uint8Array {
  const inputs = Object.entries(one.inputs).map((
    [name, { shape, dtype = "float32" }],
  ) => [name, { shape, dtype }]);
  return exportOnnx(withGradients(one), { inputs: Object.fromEntries(inputs), weights: {} });
}

Deno.test({
  name: "exportOnnx() says of every lowering's values, and of their gradients', what onnx.checker infers",
  ignore: !hasChecker("shapes of values against onnx.checker"),
  fn() {
    const models = Object.entries(CASES).flatMap(([kernel, cases]) =>
      cases.map((one, index) => [`${kernel}, case ${index}`, exported(one)] as const)
    );
    for (const [name, bytes] of models) assert.deepEqual(knownShapes(bytes).unknown, [], name);
    checkModels(Object.fromEntries(models));
  },
});
