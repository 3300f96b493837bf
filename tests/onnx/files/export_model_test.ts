import { fromBinary } from "@bufbuild/protobuf";
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { ModelProtoSchema } from "onnx-buf";
import { readOnnx } from "../../../src/onnx/files/export.ts";
import { exportModel } from "../../../src/onnx/files/export_model.ts";
import { openSession } from "../../../src/onnx/runtime/session.ts";
import { assertAgrees } from "../zoo/agreement.ts";
import { fill, ZOO } from "../zoo/zoo.ts";
import { checkModels, hasChecker } from "./checker.ts";

for (const [name, { build, rows: most = 64, weight }] of Object.entries(ZOO)) {
  Deno.test(`exportModel() writes ${name} in the same bytes twice, and for a second equal one`, () => {
    const model = fill(build()), bytes = exportModel(model);
    assert.deepEqual(exportModel(model), bytes);
    assert.deepEqual(exportModel(fill(build())), bytes);
    const { weights, inputs } = readOnnx(bytes);
    assert.ok(weight in weights, `${weight} in ${Object.keys(weights)}`);
    assert.equal(Object.keys(weights).length >= model.weights.length, true);
    for (const shape of Object.values(inputs)) assert.equal(shape[0], "batch");
  });

  Deno.test(`exportModel() writes ${name} so that ONNX Runtime agrees with the cpu backend at every batch size`, async () => {
    const model = fill(build()), session = await openSession(exportModel(model));
    for (const rows of [1, 3, 64]) {
      await assertAgrees(model, session, { rows, compared: Math.min(rows, most) });
    }
    await session.dispose();
  });
}

Deno.test({
  name:
    "exportModel() writes every model of the zoo as onnx.checker accepts it, with nodes named after layers",
  ignore: !hasChecker("exportModel() against onnx.checker"),
  fn() {
    const models = Object.entries(ZOO).map(([name, { build }]) =>
      [name, exportModel(fill(build()))] as const
    );
    for (const [name, { ir, opset, nodes }] of Object.entries(checkModels(Object.fromEntries(models)))) {
      assert.deepEqual([ir, opset], [8, 17], name);
      assert.equal(new Set(nodes).size, nodes.length, name);
      assert.ok(nodes.includes(ZOO[name].node), `${name}: ${ZOO[name].node} in ${nodes}`);
      for (const node of nodes) assert.doesNotMatch(node, /_[A-Z][A-Za-z0-9]*\d+/, name);
    }
  },
});

Deno.test("exportModel() keeps names that somebody gave, and counts those that nobody did in each model by itself", () => {
  const { layers } = tf;
  const part = (name?: string) =>
    tf.sequential({
      name,
      layers: [layers.dense({ units: 4, inputShape: [4] }), layers.dense({ units: 4, name: "dense" })],
    });
  const input = tf.input({ shape: [4] }), other = tf.input({ shape: [4] });
  const joined = layers.add().apply([part("left").apply(input), part().apply(other)] as tf.SymbolicTensor[]);
  const model = tf.model({ inputs: [input, other], outputs: joined as tf.SymbolicTensor });
  const { weights, inputs, outputs } = readOnnx(exportModel(model));
  const own = ["dense_2/kernel", "dense_2/bias", "dense/kernel", "dense/bias"];
  assert.deepEqual(
    Object.keys(weights).sort(),
    [
      ...own.map((name) => `left/${name}`),
      ...own.map((name) => `sequential_1/${name}`),
    ].sort(),
  );
  assert.deepEqual([Object.keys(inputs), Object.keys(outputs)], [["input1", "input2"], ["add"]]);
});

Deno.test("exportModel() writes what the model is, and texts that travel with it", () => {
  const model = tf.sequential({ name: "stress", layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
  const bytes = exportModel(model, { metadata: { people: "25" }, description: "Rest or stress." });
  const { graph, docString, producerName, metadataProps } = fromBinary(ModelProtoSchema, bytes);
  assert.deepEqual([graph?.name, docString, producerName], ["stress", "Rest or stress.", "einthoven"]);
  assert.deepEqual(metadataProps.map(({ key }) => key), ["layers", "people"]);
});

/** A layer that does what no file can. */
class Odd extends tf.layers.Layer {
  static className = "Odd";
  readonly compute: (x: tf.Tensor) => tf.Tensor;

  constructor(compute: (x: tf.Tensor) => tf.Tensor) {
    super({ name: "odd" } as ConstructorParameters<typeof tf.layers.Layer>[0]);
    this.compute = compute;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return this.compute([inputs].flat()[0]);
  }
}

const withOdd = (compute: (x: tf.Tensor) => tf.Tensor) =>
  tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [3] }), new Odd(compute)] });

const refusals: [string, () => unknown, RegExp][] = [
  [
    "a kernel that has no lowering, with the layer's name",
    () => exportModel(withOdd((x) => tf.real(tf.fft(tf.complex(x, x))))),
    /^Cannot export the layer "odd": Cannot record the kernel Complex/,
  ],
  [
    "a number that depends on the batch, with the layer's name",
    () => exportModel(withOdd((x) => tf.mul(x, x.shape[0]!))),
    /same program at every batch size but for shapes, got another Mul of mul in the layer "odd"/,
  ],
  [
    "numbers that are drawn when it is recorded, with the layer's name",
    () => exportModel(withOdd((x) => tf.add(x, tf.randomNormal([3])))),
    /^Cannot export the layer "odd": Cannot record randomNormal/,
  ],
  [
    "a layer that keeps state",
    () =>
      exportModel(
        tf.sequential({
          layers: [tf.layers.lstm({ name: "memory", units: 2, stateful: true, batchInputShape: [4, 3, 1] })],
        }),
      ),
    /Cannot export the layer "memory": it must not keep state from batch to batch, got stateful: true/,
  ],
  [
    "an input of any length",
    () =>
      exportModel(
        tf.sequential({
          layers: [
            tf.layers.conv1d({
              name: "conv",
              filters: 1,
              kernelSize: 2,
              inputShape: [null, 1],
            }),
          ],
        }),
      ),
    /each axis but the batch must have a length, got \[batch, \?, 1\] for the input "conv_input"; build the model/,
  ],
  [
    "a model without inputs",
    () => exportModel(tf.sequential({ name: "empty" })),
    /it must have inputs, got none for "empty"; add a layer with an inputShape/,
  ],
  [
    "metadata under a key of its own",
    () => exportModel(withOdd(tf.relu), { metadata: { layers: "3" } }),
    /its metadata must leave the key "layers" to the exporter/,
  ],
];

for (const [what, attempt, message] of refusals) {
  Deno.test(`exportModel() refuses ${what}`, () => {
    assert.throws(attempt, { message });
    assert.equal(tf.getBackend(), "cpu");
  });
}
