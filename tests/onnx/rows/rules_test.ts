/** What the analysis says of rows, on every case of the lowerings, beside what a change of one row does to the numbers of TensorFlow.js. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { record } from "../../../src/onnx/recording/recording.ts";
import { rowDependences } from "../../../src/onnx/rows/mixing.ts";
import { hasRowRule } from "../../../src/onnx/rows/rules.ts";
import { CASES } from "../cases/table.ts";
import { type Case, numbersOf } from "../reference.ts";

type Numbers = ReturnType<typeof numbersOf>;

/** What TensorFlow.js computes. */
function computed(one: Case, numbers: Readonly<Record<string, Numbers>>): Float32Array[] {
  return tf.tidy(() => {
    const tensors = Object.entries(one.inputs).map(([name, { shape, dtype = "float32" }]) => {
      return [name, tf.tensor(numbers[name], [...shape], dtype)];
    });
    return [one.run(Object.fromEntries(tensors))].flat().map((result) =>
      Float32Array.from(result.dataSync())
    );
  });
}

/** The rows given with the numbers of the next one. */
function changed(numbers: Numbers, rows: number, which: readonly number[]): Numbers {
  const width = numbers.length / rows, copy = numbers.slice();
  for (const row of which) {
    const next = (row + 1) % rows;
    copy.set(numbers.subarray(next * width, (next + 1) * width), row * width);
  }
  return copy;
}

function recorded(one: Case) {
  const inputs = Object.entries(one.inputs).map((
    [name, { shape, dtype = "float32" }],
  ) => [name, { shape, dtype }]);
  const results = (tensors: Record<string, tf.Tensor>) =>
    Object.fromEntries([one.run(tensors)].flat().map((result, index) => [String(index), result]));
  return record(results, { inputs: Object.fromEntries(inputs), random: false });
}

const near = (left: number, right: number, scale: number) =>
  Object.is(left, right) || Math.abs(left - right) <= 1e-3 * (1 + scale);

/** The numbers of its inputs are shapes, which must fit each other. */
const OF_SHAPES = ["BroadcastArgs"];

for (const [kernel, cases] of Object.entries(CASES)) {
  if (OF_SHAPES.includes(kernel)) continue;
  Deno.test(`dependenceOf() is right about rows in ${kernel}`, () => {
    for (const [index, one] of cases.entries()) {
      const { graph, inputs, outputs } = recorded(one);
      const numbers = Object.fromEntries(
        Object.entries(one.inputs).map(([name, given]) => [name, numbersOf(given)]),
      );
      for (const { name, value } of inputs) {
        const rows = value.shape[0];
        if (!(rows > 1) || numbers[name].length === 0) continue;
        const { of } = rowDependences(
          graph,
          new Map([[value, { rows, stride: numbers[name].length / rows }]]),
        );
        const before = computed(one, numbers);
        const after = (which: readonly number[]) =>
          computed(one, { ...numbers, [name]: changed(numbers[name], rows, which) });
        const [first, second] = [after([0]), after([1])];
        for (const [result, output] of outputs.entries()) {
          const depends = of(output.value), what = `${kernel}, case ${index}, ${name}`;
          if (depends === "mixed") continue;
          if (depends === "none") assert.deepEqual(first[result], before[result], what);
          else if (depends === "sum") {
            const both = after([0, 1])[result];
            both.forEach((number, at) => {
              const [a, b, c] = [first, second, before].map((numbers) => numbers[result][at]);
              assert.ok(
                near(number, a + b - c, Math.abs(a) + Math.abs(b) + Math.abs(c)),
                `${what}: ${number}`,
              );
            });
          } else {
            first[result].forEach((number, at) => {
              const row = Math.floor(at / depends.stride) % depends.rows;
              assert.ok(
                row === 0 || Object.is(number, before[result][at]),
                `${what}: ${at} is of row ${row}`,
              );
            });
          }
        }
      }
    }
  });
}

Deno.test("dependenceOf() has a rule for every operator of a forward pass, but for these", () => {
  const operators = new Set(
    Object.values(CASES).flat().flatMap((one) => recorded(one).graph.nodes.map((node) => node.operator)),
  );
  const without = [...operators].filter((operator) => !hasRowRule(operator)).sort();
  assert.deepEqual(without, ["ScatterElements", "ScatterND"]);
});
