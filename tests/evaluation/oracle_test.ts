import assert from "node:assert/strict";
import { thresholdOracle } from "../../src/evaluation/oracle.ts";
import { METRICS } from "../../src/evaluation/results.ts";
import { close } from "./close.ts";

const classes = ["calm", "stress"];

/** Ids of windows of recordings named by a letter each. */
function windowsOf(recordings: string): string[] {
  return [...recordings].map((recording, index) => `${recording}@${index}+1`);
}

Deno.test("thresholdOracle() takes the threshold and the direction from the training windows", () => {
  // On training windows stress lies below: the best threshold is 2.5, which is right on 3 of 4 stressed and all calm.
  const scores = thresholdOracle({
    state: [1, 2, 2, 9, 3, 4, 5, /* test */ 2.4, 1, 2.6, 8, 2],
    truth: [1, 1, 1, 1, 0, 0, 0, /* test */ 1, 1, 1, 0, 0],
    subjects: [..."aaaaaaa", ..."bbbbb"],
    windows: windowsOf("aaaaaaa" + "ssscc"),
    hardNegatives: Array.from({ length: 12 }, (_, index) => index === 11),
    folds: [{ train: [0, 1, 2, 3, 4, 5, 6], test: [7, 8, 9, 10, 11] }],
    classes,
    minPerClass: 2,
  });
  close(scores.accuracy, 3 / 5);
  close(scores["balanced-accuracy"], (2 / 3 + 1 / 2) / 2);
  // Lower is more stressed: of six pairs, 2.4 and 2.6 against 2 are wrong.
  close(scores.auroc, 4 / 6);
  close(scores["within-subject-auroc"], 4 / 6);
  // Only 1 lies below the hard negative, which is the last 2.
  close(scores["hard-negative-auroc"], 1 / 3);
  // By rank, 8 and 2.6 are at 1/6 and 2/6, 2.4, 2 and 1 at 5/8, 6/8 and 7/8: in the mean stress is above.
  close(scores["paired-recordings"], 1);
  // By rank: 1 (stress), 2 (calm), 2.4, 2.6 (stress), 8.
  close(scores["average-precision"], (1 + 2 / 3 + 3 / 4) / 3);
});

Deno.test("thresholdOracle() averages folds and leaves out one that can't choose", () => {
  const scores = thresholdOracle({
    state: [0, 1, 0, 1, 1, 0],
    truth: [0, 1, 0, 1, 0, 1],
    subjects: [..."aabbcc"],
    windows: windowsOf("aabbcc"),
    folds: [
      { train: [0, 1], test: [2, 3] }, // right
      { train: [0, 1], test: [4, 5] }, // wrong
      { train: [0, 2], test: [1, 3] }, // nobody is stressed
    ],
    classes,
  });
  assert.equal(scores.accuracy, 0.5);
  assert.equal(scores.auroc, 0.5);
  assert.equal(scores["within-subject-auroc"], null);
});

Deno.test("thresholdOracle() keeps apart states that differ by little when they are far from the threshold", () => {
  const scores = thresholdOracle({
    state: [0, 1, 1e15, 1e15 + 1],
    truth: [0, 1, 0, 1],
    subjects: [..."aabb"],
    windows: windowsOf("aabb"),
    folds: [{ train: [0, 1], test: [2, 3] }],
    classes,
  });
  assert.equal(scores.auroc, 1);
  assert.equal(scores["balanced-accuracy"], 0.5);
});

Deno.test("thresholdOracle() has no scores when there are three classes or no fold", () => {
  const options = {
    state: [0, 1],
    truth: [0, 1],
    subjects: ["a", "b"],
    windows: windowsOf("ab"),
    folds: [{ train: [0, 1], test: [0, 1] }],
  };
  const three = thresholdOracle({ ...options, classes: ["low", "middle", "high"] });
  const none = thresholdOracle({ ...options, folds: [], classes });
  for (const metric of METRICS) assert.deepEqual([three[metric], none[metric]], [null, null]);
});

Deno.test("thresholdOracle() throws when lengths differ or a state is not finite", () => {
  const options = { truth: [0, 1], subjects: ["a", "b"], windows: windowsOf("ab"), folds: [], classes };
  assert.throws(() => thresholdOracle({ ...options, state: [0] }), TypeError);
  assert.throws(() => thresholdOracle({ ...options, state: [0, 1], windows: windowsOf("a") }), TypeError);
  assert.throws(() => thresholdOracle({ ...options, state: [0, 1], hardNegatives: [true] }), TypeError);
  assert.throws(() => thresholdOracle({ ...options, state: [0, NaN] }), RangeError);
});
