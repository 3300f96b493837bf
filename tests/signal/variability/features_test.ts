import assert from "node:assert/strict";
import golden from "../../golden/signal/variability.json" with { type: "json" };
import {
  variability,
  VARIABILITY_FEATURES,
  type VariabilityName,
} from "../../../src/signal/variability/features.ts";

const NAMES = Object.keys(VARIABILITY_FEATURES) as VariabilityName[];

for (const [index, { seconds, ectopic, features }] of golden.entries()) {
  Deno.test(`variability() equals NumPy and SciPy on series ${index + 1}, ${ectopic.length} ectopic beats left out`, () => {
    const found = variability(seconds, { isNormal: seconds.map((_, beat) => !ectopic.includes(beat)) });
    for (const name of NAMES) {
      const { value } = found[name], expected = features[name];
      assert.ok(value !== null, name);
      assert.ok(
        Math.abs(value - expected) <= 1e-8 * Math.abs(expected),
        `${name}: expected ${expected}, got ${value}`,
      );
    }
  });
}

Deno.test("variability() leaves a feature empty, with the reason, below what it needs", () => {
  const beats = (count: number) => Array.from({ length: count }, (_, beat) => beat + (beat % 2) / 100);
  const reasonsAfter = (count: number) => {
    const found = variability(beats(count));
    return Object.fromEntries(NAMES.flatMap((name) => {
      const measured = found[name];
      return measured.value === null ? [[name, measured.reason]] : [];
    }));
  };
  const entropy = (count: number) => `needs 199 intervals between normal beats, got ${count - 1}`;
  assert.deepEqual(reasonsAfter(302), {});
  assert.deepEqual(Object.keys(reasonsAfter(200)), ["vlf", "total"]);
  assert.deepEqual(Object.keys(reasonsAfter(199)), ["vlf", "total", "sampleEntropy"]);
  assert.deepEqual(Object.keys(reasonsAfter(122)), ["vlf", "total", "sampleEntropy"]);
  assert.equal(reasonsAfter(122).sampleEntropy, entropy(122));
  assert.equal(reasonsAfter(62).lf, "needs 120 s, got 61 s");
  assert.ok(!("hf" in reasonsAfter(62)));
  assert.equal(reasonsAfter(30).hf, "needs 60 s, got 29 s");
  assert.equal(reasonsAfter(2).sdnn, "needs 2 intervals between normal beats, got 1");
  assert.equal(reasonsAfter(0).meanRr, "needs 2 intervals between normal beats, got 0");
});

Deno.test("variability() counts a difference of exactly 50 ms as alike", () => {
  const times = [0, 1, 2.05, 3.15, 4.2], differences = [0.05, 0.05, -0.05];
  // In binary fractions some of these are a little more than 50 ms.
  const computed = [1, 2, 3].map((beat) => times[beat + 1] - 2 * times[beat] + times[beat - 1]);
  assert.ok(computed.some((difference, index) => Math.abs(difference) > Math.abs(differences[index])));
  assert.deepEqual(variability(times).pnn50, { value: 0 });
  // Multiples of 1 / 64 are exact: 0.0625 is more than 50 ms.
  assert.deepEqual(variability([0, 1, 2.0625, 3.125]).pnn50, { value: 50 });
});

Deno.test("variability() of a steady pulse has no ratio of powers that are zero", () => {
  const steady = variability(Array.from({ length: 400 }, (_, beat) => beat));
  assert.deepEqual(steady.sdnn, { value: 0 });
  assert.deepEqual(steady.lfOverHf, { value: null, reason: "has no value for these intervals" });
});
