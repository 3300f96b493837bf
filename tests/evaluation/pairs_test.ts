import assert from "node:assert/strict";
import { pairedRecordings } from "../../src/evaluation/pairs.ts";
import type { Prediction } from "../../src/evaluation/results.ts";
import { scorePredictions } from "../../src/evaluation/score.ts";

/** The windows of one recording of a subject by their probability of the positive class. */
function recording(subject: string, name: string, truth: number, probabilities: number[]): Prediction[] {
  return probabilities.map((probability, index) => ({
    window: `d/${subject}/1/${name}@${index}+1`,
    subject,
    truth,
    probabilities: [1 - probability, probability],
  }));
}

const options = { classes: 2 };
const rest = recording("a", "rest", 0, [0.1, 0.9, 0.2]); // 0.4 in the mean
const exam = (...probabilities: number[]) => recording("a", "exam", 1, probabilities);

Deno.test("pairedRecordings() is 1 when the positive recording is above in the mean, 0 when it is below", () => {
  assert.equal(pairedRecordings([...rest, ...exam(0.4, 0.5)], options), 1);
  assert.equal(pairedRecordings([...exam(0.4, 0.5), ...rest], options), 1);
  assert.equal(pairedRecordings([...exam(0.3, 0.45), ...rest], options), 0);
});

Deno.test("pairedRecordings() is one half when the means are equal, whatever their rounding", () => {
  assert.equal(pairedRecordings([...rest, ...exam(0.4)], options), 0.5);
  const constant = (windows: number) => new Array<number>(windows).fill(0.1);
  // Three tenths and ten tenths are summed with different roundings.
  const calm = recording("a", "rest", 0, constant(10));
  assert.equal(pairedRecordings([...calm, ...exam(...constant(3))], options), 0.5);
});

Deno.test("pairedRecordings() is null unless a person has one recording of each of two classes", () => {
  assert.equal(pairedRecordings([], options), null);
  assert.equal(pairedRecordings(rest, options), null, "one recording");
  const third = recording("a", "film", 1, [0.9]);
  assert.equal(pairedRecordings([...rest, ...exam(0.5), ...third], options), null, "three recordings");
  assert.equal(pairedRecordings([...third, ...exam(0.5)], options), null, "two of one class");
  const mixed = [...exam(0.5), { ...exam(0.5)[0], truth: 0 }];
  assert.equal(pairedRecordings([...rest, ...mixed], options), null, "two classes in a recording");
  assert.equal(pairedRecordings([...rest, ...exam(0.5)], { classes: 3 }), null, "three classes");
});

Deno.test("pairedRecordings() throws when a window names no recording", () => {
  assert.throws(() => pairedRecordings([{ ...rest[0], window: "w1" }], options), SyntaxError);
});

Deno.test("scorePredictions() averages pairs of recordings over the people who have one", () => {
  const predictions = [
    ...rest,
    ...exam(0.8),
    ...recording("b", "rest", 0, [0.5]),
    ...recording("b", "exam", 1, [0.5]),
    ...recording("c", "rest", 0, [0.6]),
    ...recording("c", "exam", 1, [0.5, 0.6]),
    ...recording("d", "exam", 1, [0.9]),
  ];
  const { scores, subjects } = scorePredictions(predictions, { classes: ["rest", "exam"] });
  assert.deepEqual(subjects.map((own) => own.scores["paired-recordings"]), [1, 0.5, 0, null]);
  assert.equal(scores["paired-recordings"], 0.5);
});
