import assert from "node:assert/strict";
import { condition, conditionSchema } from "../../src/targets/condition.ts";
import { recordingOf, windowOf } from "./windows.ts";

const RANGES = { condition: { values: ["N", "T", "I", "R"] }, arousal: { from: 1, to: 9 } };

function prepare(parameters: object, values: (string | number | null)[] = []) {
  const recordings = values.map((value, index) => recordingOf(`s${index}`, { labels: { condition: value } }));
  const target = condition.prepare(conditionSchema.parse(parameters), { recordings, ranges: RANGES });
  return { target, recordings };
}

Deno.test("condition gives a recording the class that lists its value", () => {
  const { target, recordings } = prepare({ classes: { stress: ["T", "I"], rest: ["N"] } }, [
    "T",
    "N",
    "I",
    "R",
    null,
  ]);
  assert.deepEqual(target.classes, ["rest", "stress"]);
  assert.deepEqual(recordings.map((recording) => target.assign(windowOf(recording), recording)), [
    1,
    0,
    1,
    null,
    null,
  ]);
});

Deno.test("condition says why a recording has no class", () => {
  const { target, recordings } = prepare({ classes: { stress: ["T"], rest: ["N"] } }, ["R", null]);
  assert.deepEqual(recordings.map((recording) => target.outcome(windowOf(recording), recording)), [
    { reason: 'condition "R" is in no class' },
    { reason: "condition is missing" },
  ]);
});

Deno.test("condition orders classes the same way for any order of keys", () => {
  const one = prepare({ classes: { stress: ["T"], rest: ["N"], mixed: ["I"] } }).target.classes;
  const other = prepare({ classes: { mixed: ["I"], rest: ["N"], stress: ["T"] } }).target.classes;
  assert.deepEqual(one, ["mixed", "rest", "stress"]);
  assert.deepEqual(other, one);
});

Deno.test("condition puts the positive class last", () => {
  const { target } = prepare({ classes: { stress: ["T"], alarm: ["I"] }, positive: "alarm" });
  assert.deepEqual(target.classes, ["stress", "alarm"]);
  assert.equal(target.positive, 1);
});

Deno.test("condition has a positive class only where there are two", () => {
  const { target } = prepare({ classes: { a: ["T"], b: ["I"], c: ["N"] } });
  assert.equal(target.positive, undefined);
  assert.equal(target.constantOver, "recording");
});

Deno.test("condition refuses a class value that the dataset doesn't have", () => {
  assert.throws(() => prepare({ classes: { stress: ["TT"], rest: ["N"] } }), {
    name: "RangeError",
    message: /class "stress".*N, T, I or R, got "TT"; did you mean "T"\?/,
  });
});

Deno.test("condition stops at a value outside the declared ones, with the recording's id", () => {
  for (const [value, shown] of [["X", '"X"'], [3, "3"]] satisfies [string | number, string][]) {
    assert.throws(() => prepare({ classes: { stress: ["T"], rest: ["N"] } }, ["N", value]), {
      name: "RangeError",
      message: `Cannot read "condition" of d/s1/1/r: it must be one of N, T, I, R, got ${shown}`,
    });
  }
});

Deno.test("condition refuses an unknown label and a label that is a rating", () => {
  const classes = { stress: ["T"], rest: ["N"] };
  assert.throws(() => prepare({ label: "conditions", classes }), {
    name: "RangeError",
    message: /did you mean "condition"\?/,
  });
  assert.throws(() => prepare({ label: "arousal", classes }), {
    name: "TypeError",
    message: /must be one of named values, got a number from 1 to 9/,
  });
});

Deno.test("conditionSchema refuses one class, a value in two classes and a positive class that is none", () => {
  assert.throws(() => conditionSchema.parse({ classes: { stress: ["T"] } }), /at least two classes/);
  assert.throws(() => conditionSchema.parse({ classes: { a: ["T"], b: ["N", "T"] } }), /belong to one class/);
  assert.throws(
    () => conditionSchema.parse({ classes: { a: ["T"], b: ["N"] }, positive: "c" }),
    /name of a class/,
  );
});
