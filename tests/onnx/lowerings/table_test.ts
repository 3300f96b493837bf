/** Every row of the table of lowerings against the `cpu` backend of TensorFlow.js, forward and backward. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { LOWERINGS } from "../../../src/onnx/lowerings/table.ts";
import { CASES } from "../cases/table.ts";
import { assertClose, compiled, eager } from "../reference.ts";

Deno.test("LOWERINGS has a case for each row", () => {
  assert.deepEqual(Object.keys(CASES).sort(), Object.keys(LOWERINGS).sort());
});

for (const [kernel, cases] of Object.entries(CASES)) {
  Deno.test(`LOWERINGS writes ${kernel} so that it agrees with the cpu backend`, async () => {
    for (const [index, one] of cases.entries()) {
      const expected = await eager(one);
      // A kernel of this project's own is composed of others on the cpu backend.
      assert.ok(
        expected.kernels.includes(kernel) || tf.getKernel(kernel, "cpu") === undefined,
        `case ${index} must use ${kernel}, got ${expected.kernels}`,
      );
      const actual = await compiled(one);
      for (const [name, { values }] of Object.entries(expected.results)) {
        const what = `${kernel}, case ${index}, ${name}`;
        assertClose(actual[name], values, { relative: one.tolerance?.relative, what });
      }
    }
  });
}
