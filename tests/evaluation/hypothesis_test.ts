import assert from "node:assert/strict";
import { NULL_HYPOTHESIS, signFlipTest, testHypothesis } from "../../src/evaluation/hypothesis.ts";
import { stream } from "../../src/random/stream.ts";
import golden from "../golden/evaluation/statistics.json" with { type: "json" };
import { close } from "./close.ts";

const declared = {
  arm: "finetuned",
  against: "supervised",
  budget: 0.1,
  metric: "balanced-accuracy",
  grid: {},
} as const;

function scoresOf(values: readonly (number | null)[]): Map<string, number | null> {
  return new Map(values.map((value, index) => [`person ${index}`, value]));
}

Deno.test("signFlipTest() equals SciPy's exact permutation test when there are up to 16 people", () => {
  for (const { differences, pValue } of golden.signFlips) {
    close(signFlipTest(differences, { stream: stream(1, "flips") }) ?? NaN, pValue, differences.join(" "));
  }
});

Deno.test("signFlipTest() estimates the exact value when there are more than 16 people", () => {
  // Twenty equal differences: only the two flips with all signs equal are as far from zero, 2 / 2^20.
  const far = signFlipTest(new Array(20).fill(0.1), { stream: stream(1, "flips"), flips: 999 });
  assert.equal(far, 1 / 1000);
  // Forty, 24 up and 16 down: P(|up - down| >= 8) is 0.2682 for the binomial distribution of 40 coins.
  const coins = Array.from({ length: 40 }, (_, index) => index < 24 ? 1 : -1);
  const near = signFlipTest(coins, { stream: stream(2, "flips") });
  assert.ok(near !== null && Math.abs(near - 0.2682) < 5 * Math.sqrt(0.2682 * 0.7318 / 10000), `${near}`);
});

Deno.test("signFlipTest() is null when there are fewer than two people", () => {
  assert.equal(signFlipTest([0.3], { stream: stream(1, "flips") }), null);
  assert.equal(signFlipTest([], { stream: stream(1, "flips") }), null);
});

Deno.test("testHypothesis() leaves out people when one arm has no score of theirs", () => {
  const result = testHypothesis(declared, {
    armScores: scoresOf([0.75, 0.5, null, 1, 0.25]),
    againstScores: scoresOf([0.5, 0.25, 0.5, null]),
    stream: stream(1, "test"),
  });
  assert.deepEqual(result, {
    ...declared,
    difference: 0.25,
    low: 0.25,
    high: 0.25,
    pValue: 0.5,
    people: 2,
    nullHypothesis: NULL_HYPOTHESIS,
  });
});

Deno.test("testHypothesis() spans both people when there are two", () => {
  // Both resamples of one person alone have probability 1/4, far beyond the 2.5% at each end.
  const { low, high, difference } = testHypothesis(declared, {
    armScores: scoresOf([0.75, 1]),
    againstScores: scoresOf([0.5, 0.25]),
    stream: stream(1, "test"),
  });
  assert.deepEqual([low, difference, high], [0.25, 0.5, 0.75]);
});

Deno.test("testHypothesis() has no numbers when nobody has both scores", () => {
  const result = testHypothesis(declared, {
    armScores: scoresOf([null, 0.5]),
    againstScores: scoresOf([0.5, null]),
    stream: stream(1, "test"),
  });
  assert.deepEqual(
    [result.difference, result.low, result.high, result.pValue, result.people],
    [null, null, null, null, 0],
  );
});

Deno.test("testHypothesis() gives the same numbers when people come in another order", () => {
  const own = Array.from({ length: 20 }, (_, index) => (index * 7 % 20) / 20), other = own.toReversed();
  const forward = testHypothesis(declared, {
    armScores: scoresOf(own),
    againstScores: scoresOf(other),
    stream: stream(3, "test"),
  });
  const backward = testHypothesis(declared, {
    armScores: new Map([...scoresOf(own)].toReversed()),
    againstScores: new Map([...scoresOf(other)].toReversed()),
    stream: stream(3, "test"),
  });
  assert.deepEqual(forward, backward);
});
