/** The gradient of every case of the table of lowerings against differences of its forward value, both on the `cpu` backend. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import "../../../src/onnx/gradients/table.ts";
import { CASES as arrangement } from "../cases/arrangement.ts";
import { CASES as elementwise } from "../cases/elementwise.ts";
import { CASES as position } from "../cases/position.ts";
import { CASES as reduction } from "../cases/reduction.ts";
import { type Case, eager, numbersOf } from "../reference.ts";

const STEP = 2e-3;

/** The change of the weighted sum of the outputs with each element of an input. */
function differences({ inputs, run }: Case, name: string): number[] {
  const numbers = Float32Array.from(numbersOf(inputs[name]));
  const outputs = (moved: Float32Array) =>
    tf.tidy(() => {
      const tensors = Object.entries(inputs).map(([other, given]) => {
        const values = other === name ? moved : numbersOf(given);
        // A copy: the cpu backend writes what tensorScatterUpdate gives into its input.
        return [other, tf.tensor(values.slice(), [...given.shape], given.dtype)];
      });
      return [run(Object.fromEntries(tensors))].flat().map((output) => output.dataSync<"float32">());
    });
  return Array.from(numbers, (number, index) => {
    const [above, below] = [number + STEP, number - STEP].map((moved) => numbers.with(index, moved));
    const [high, low] = [above, below].map(outputs);
    let change = 0;
    high.forEach((output, place) => {
      const weights = numbersOf({ shape: [output.length] });
      output.forEach((value, element) => change += weights[element] * (value - low[place][element]));
    });
    return change / (above[index] - below[index]);
  });
}

for (const [kernel, cases] of Object.entries({ ...elementwise, ...arrangement, ...reduction, ...position })) {
  const differentiable = cases.filter((one) => one.noGradient === undefined);
  if (differentiable.length === 0) continue;
  Deno.test(`the gradient of ${kernel} is that of its differences`, async () => {
    for (const [index, one] of differentiable.entries()) {
      const { results } = await eager(one);
      for (const [name, { dtype = "float32" }] of Object.entries(one.inputs)) {
        if (dtype !== "float32") continue;
        const expected = differences(one, name), { values } = results[`gradient ${name}`];
        const largest = Math.max(1, ...expected.map(Math.abs));
        expected.forEach((slope, element) => {
          const what = `${kernel}, case ${index}, ${name}, element ${element}: ${slope}, got ${
            values[element]
          }`;
          assert.ok(Math.abs(values[element] - slope) <= 5e-3 * largest, what);
        });
      }
    }
  });
}
