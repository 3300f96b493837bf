/** What a model's file gives, beside what the model gives by the `cpu` backend of TensorFlow.js. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import type { OnnxSession } from "../../../src/onnx/runtime/session.ts";
import { assertClose } from "../reference.ts";
import { inputsOf } from "./zoo.ts";

/** Throws unless a file gives what its model does by the `cpu` backend; of many rows some are compared, the first and the last among them. */
export async function assertAgrees(
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
