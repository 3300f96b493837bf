import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { exportModel } from "../../src/onnx/export_model.ts";
import { readOnnx } from "../../src/onnx/export.ts";
import { type OnnxSession, openSession } from "../../src/onnx/session.ts";
import { checkModels, hasChecker } from "./checker.ts";
import { assertClose } from "./reference.ts";
import { fill, inputsOf, ZOO } from "./zoo.ts";

/** Throws unless a file gives what its model does by the `cpu` backend; of many rows some are compared, the first and the last among them. */
async function assertAgrees(
  model: tf.LayersModel,
  session: OnnxSession,
  { rows, compared }: { rows: number; compared: number },
): Promise<void> {
  const inputs = inputsOf(model, rows);
  const feeds = Object.fromEntries(
    inputs.map(({ shape, values }, index) => [session.inputNames[index], { shape, values }]),
  );
  const results = await session.run(feeds);
  const picked = Array.from(
    { length: compared },
    (_, index) => compared === 1 ? 0 : Math.round(index * (rows - 1) / (compared - 1)),
  );
  tf.tidy(() => {
    const tensors = inputs.map(({ values, shape, dtype }) =>
      tf.gather(tf.tensor(values, shape, dtype), picked)
    );
    const expected = [model.predict(tensors, { batchSize: compared })].flat();
    assert.equal(session.outputNames.length, expected.length);
    for (const [index, tensor] of expected.entries()) {
      const { values, shape } = results[session.outputNames[index]], width = tensor.size / compared;
      assert.deepEqual(shape, [rows, ...tensor.shape.slice(1)]);
      const own = picked.flatMap((row) => [...values.slice(row * width, (row + 1) * width)].map(Number));
      assertClose(own, tensor.dataSync(), { what: session.outputNames[index] });
    }
  });
}

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
