import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { transformationRecognition } from "../../src/pretext/transformation_recognition.ts";
import { transformationRecognitionSchema as schema } from "../../src/pretext/transformation_recognition_schema.ts";
import { stream } from "../../src/random/stream.ts";

const objectiveOf = (parameters: unknown) => transformationRecognition.create(schema.parse(parameters));
const published = objectiveOf({});
const small = objectiveOf({ transformations: { scale: { factor: 2 }, negate: {} } });

Deno.test("transformation-recognition has by default the seven published heads and weights", () => {
  assert.deepEqual(published.heads.map(({ name }) => name), [
    "original",
    "noise",
    "scale",
    "negate",
    "reverse",
    "permute",
    "warp",
  ]);
  assert.equal(published.rowsPerWindow, 7);
  assert.equal(published.l2, 1e-4);
  assert.deepEqual(published.heads[0], {
    name: "original",
    outputs: 1,
    hidden: [128, 128],
    activation: "leaky-relu",
    dropout: 0.6,
  });
});

Deno.test("transformation-recognition orders its heads by the table, not by the manifest", () => {
  const shuffled = objectiveOf({ transformations: { warp: {}, noise: {} } });
  assert.deepEqual(shuffled.heads.map(({ name }) => name), ["original", "noise", "warp"]);
});

Deno.test("rows() makes each version of each window once, shuffled, with its own target", () => {
  const windows = Float32Array.of(1, 2, 3, 4);
  const { windows: rows, targets, rows: count } = small.rows(windows, {
    count: 2,
    stream: stream(1, "rows"),
  });
  assert.equal(count, 6);
  const found = Array.from({ length: 6 }, (_, row) => {
    const target = [...targets.subarray(3 * row, 3 * row + 3)].join("");
    return `${target}: ${rows.subarray(2 * row, 2 * row + 2)}`;
  });
  const ordered = ["100: 1,2", "010: 2,4", "001: -1,-2", "100: 3,4", "010: 6,8", "001: -3,-4"];
  assert.deepEqual(found.toSorted(), ordered.toSorted());
  assert.notDeepEqual(found, ordered);
});

Deno.test("rows() draws each transformation from a stream of its own", () => {
  const windows = Float32Array.from({ length: 40 }, (_, index) => index);
  const permuted = (transformations: Record<string, unknown>) => {
    const objective = objectiveOf({ transformations });
    const heads = objective.heads, column = heads.findIndex(({ name }) => name === "permute");
    const made = objective.rows(windows, { count: 1, stream: stream(4, "rows") });
    const row = Array.from(made.targets).findIndex((target, index) =>
      target === 1 && index % heads.length === column
    );
    const first = Math.floor(row / heads.length) * 40;
    return made.windows.slice(first, first + 40);
  };
  assert.deepEqual(permuted({ permute: {} }), permuted({ permute: {}, noise: {} }));
});

Deno.test("loss() weighs the sigmoid cross-entropy of heads by name and of rows by their weights", () => {
  // Heads original 0.195, scale 0.195, negate 0.0125; σ(0) = ½, σ(ln 3) = ¾.
  const logits = tf.tensor2d([[0, Math.log(3), 0], [0, 0, -Math.log(3)], [5, 5, 5]]);
  const targets = tf.tensor2d([[1, 0, 0], [0, 0, 1], [0, 0, 0]]);
  const loss = small.loss(logits, { targets, weights: tf.tensor1d([0.5, 2, 0]) });
  const ln2 = Math.log(2), ln4 = Math.log(4);
  const expected = 0.5 * (0.195 * ln2 + 0.195 * ln4 + 0.0125 * ln2) +
    2 * (0.195 * ln2 + 0.195 * ln2 + 0.0125 * ln4);
  assert.ok(Math.abs(loss.dataSync()[0] - expected) < 1e-6);
  assert.equal(loss.rank, 0);
});

Deno.test("augment() gives the original and every transformation, each as often as the others", () => {
  const counts = new Map<number, number>(), numbers = stream(1, "augment");
  for (let draw = 0; draw < 3000; draw++) {
    const [value] = small.augment(Float32Array.of(3), { stream: numbers });
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  assert.deepEqual([...counts.keys()].toSorted((a, b) => a - b), [-3, 3, 6]);
  // 3000 draws of probability 1/3: four standard errors are 103.
  for (const count of counts.values()) assert.ok(Math.abs(count - 1000) < 103);
});

Deno.test("scores() is undefined where no row is set aside, and 0 for a head that always says no", () => {
  const none = small.scores(new Float32Array(0), { targets: new Float32Array(0) });
  assert.deepEqual(none[0], { transformation: "original", balancedAccuracy: null, f1: null });
  const targets = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  const no = small.scores(new Float32Array(9).fill(-1), { targets });
  assert.deepEqual(no[2], { transformation: "negate", balancedAccuracy: 0.5, f1: 0 });
});

Deno.test("the schema refuses an unknown transformation and an impossible parameter", () => {
  assert.equal(schema.safeParse({ transformations: { shuffle: {} } }).success, false);
  assert.equal(schema.safeParse({ transformations: {} }).success, false);
  assert.equal(schema.safeParse({ transformations: { warp: { stretch: 0.9 } } }).success, false);
  assert.equal(schema.safeParse({ transformations: { permute: { pieces: 1 } } }).success, false);
});
