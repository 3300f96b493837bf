import assert from "node:assert/strict";
import { rating, ratingSchema } from "../../src/targets/rating.ts";
import { ratingClasses, ratingClassesSchema } from "../../src/targets/rating_classes.ts";
import type { Target, WindowRatings } from "../../src/targets/target.ts";
import { recordingOf, windowOf } from "./windows.ts";

const RANGES = {
  arousal: { from: 1, to: 9 },
  valence: { from: 1, to: 9 },
  condition: { values: ["N", "T"] },
};

function rated(arousal: number | string | null, subject = "a") {
  return recordingOf(subject, { name: `film ${arousal}`, labels: { arousal } });
}

function classesOf(values: (number | null)[], parameters: Parameters<typeof rating.prepare>[0]) {
  const recordings = values.map((value) => rated(value));
  const target = rating.prepare(parameters, { recordings, ranges: RANGES });
  return recordings.map((recording) => target.assign(windowOf(recording), recording));
}

Deno.test("rating is high above the threshold and low at it", () => {
  assert.deepEqual(classesOf([1, 4.9, 5, 5.1, 9], ratingSchema.parse({})), [0, 0, 0, 1, 1]);
});

Deno.test("rating is high at the threshold too when the side is >=", () => {
  assert.deepEqual(classesOf([4.9, 5, 5.1], ratingSchema.parse({ side: ">=" })), [0, 1, 1]);
});

Deno.test("rating divides each person's ratings at their own median", () => {
  const people = { a: [2, 3, 9, null], b: [6, 7, 8, 9] };
  const recordings = Object.entries(people).flatMap(([subject, values]) =>
    values.map((value) => rated(value, subject))
  );
  const classes = (side: ">" | ">=") => {
    const target = rating.prepare(ratingSchema.parse({ threshold: "median", side }), {
      recordings,
      ranges: RANGES,
    });
    return recordings.map((recording) => target.assign(windowOf(recording), recording));
  };
  // The medians are 3 and 7.5; with 5 as the threshold all of b would be high.
  assert.deepEqual(classes(">"), [0, 0, 1, null, 0, 0, 1, 1]);
  assert.deepEqual(classes(">="), [0, 1, 1, null, 0, 0, 1, 1]);
});

Deno.test("rating has no median for what is given over time", () => {
  const ratings = new Map([["arousal", new Map([["a@0", { mean: 4, lowest: 4, highest: 4 }]])]]);
  assert.throws(
    () =>
      rating.prepare(ratingSchema.parse({ threshold: "median" }), {
        recordings: [],
        ranges: RANGES,
        ratings,
      }),
    {
      name: "RangeError",
      message:
        'Cannot divide "arousal": the threshold of a rating that is given over time must be a number, got median',
    },
  );
});

Deno.test("rating calls the last class positive, under the names given", () => {
  const target = rating.prepare(ratingSchema.parse({ names: ["calm", "aroused"] }), {
    recordings: [],
    ranges: RANGES,
  });
  assert.deepEqual(target.classes, ["calm", "aroused"]);
  assert.equal(target.positive, 1);
  assert.equal(target.constantOver, "recording");
});

Deno.test("rating discards a recording whose rating is missing, and says why", () => {
  const absent = recordingOf("b", { labels: {} }), empty = rated(null);
  const target = rating.prepare(ratingSchema.parse({}), { recordings: [absent, empty], ranges: RANGES });
  for (const recording of [absent, empty]) {
    assert.equal(target.assign(windowOf(recording), recording), null);
    assert.deepEqual(target.outcome(windowOf(recording), recording), { reason: "arousal is missing" });
  }
});

Deno.test("rating stops at a rating out of its range, with the recording's id", () => {
  for (const value of [0, 9.5, NaN, Infinity]) {
    assert.throws(() => classesOf([5, value], ratingSchema.parse({})), {
      name: "RangeError",
      message: new RegExp(`Cannot read "arousal" of d/a/1/film ${value}: it must lie between 1 and 9, got `),
    });
  }
});

Deno.test("rating stops at a rating that is no number", () => {
  const context = { recordings: [rated("high")], ranges: RANGES };
  assert.throws(() => rating.prepare(ratingSchema.parse({}), context), {
    name: "TypeError",
    message: 'Cannot read "arousal" of d/a/1/film high: it must be a number, got "high"',
  });
});

Deno.test("rating refuses an unknown label, lists the known ones and suggests the nearest", () => {
  const context = { recordings: [], ranges: RANGES };
  assert.throws(() => rating.prepare(ratingSchema.parse({ label: "arousel" }), context), {
    name: "RangeError",
    message: /arousal, valence or condition, got "arousel"; did you mean "arousal"\?/,
  });
});

Deno.test("rating refuses a label that is a condition", () => {
  assert.throws(
    () => rating.prepare(ratingSchema.parse({ label: "condition" }), { recordings: [], ranges: RANGES }),
    { name: "TypeError", message: /must be a number, got one of N, T/ },
  );
});

Deno.test("rating refuses a threshold that leaves a side empty, and takes the outermost that does not", () => {
  const prepare = (parameters: object) =>
    rating.prepare(ratingSchema.parse(parameters), { recordings: [], ranges: RANGES });
  for (
    const [side, threshold] of [[">", 9], [">", 0.5], [">=", 1], [">=", 9.1]] satisfies [string, number][]
  ) {
    assert.throws(() => prepare({ side, threshold }), { name: "RangeError", message: /on both sides/ });
  }
  for (const [side, threshold] of [[">", 1], [">", 8.9], [">=", 1.1], [">=", 9]]) {
    assert.equal(prepare({ side, threshold }).classes.length, 2);
  }
});

Deno.test("ratingSchema refuses equal names", () => {
  assert.throws(() => ratingSchema.parse({ names: ["high", "high"] }), /must differ/);
});

Deno.test("rating refuses a recording that it was not prepared for", () => {
  const target = rating.prepare(ratingSchema.parse({}), { recordings: [], ranges: RANGES });
  const recording = rated(3);
  assert.throws(() => target.assign(windowOf(recording), recording), {
    name: "RangeError",
    message: /must be one the target knows, got d\/a\/1\/film 3/,
  });
});

Deno.test("rating-classes makes each rating that occurs a class, rising", () => {
  const recordings = [7, 2, null, 10, 2].map((value, index) => rated(value, `s${index}`));
  const target = ratingClasses.prepare(ratingClassesSchema.parse({}), {
    recordings,
    ranges: { arousal: { from: 0, to: 10 } },
  });
  // By number, not by text: 10 comes after 7.
  assert.deepEqual(target.classes, ["2", "7", "10"]);
  assert.equal(target.positive, undefined);
  assert.deepEqual(recordings.map((recording) => target.assign(windowOf(recording), recording)), [
    1,
    0,
    null,
    2,
    0,
  ]);
});

Deno.test("rating-classes refuses a rating that is not whole, with the recording's id", () => {
  assert.throws(
    () => ratingClasses.prepare(ratingClassesSchema.parse({}), { recordings: [rated(4.5)], ranges: RANGES }),
    { name: "RangeError", message: /of d\/a\/1\/film 4.5 as a class: it must be a whole number/ },
  );
});

Deno.test("rating-classes takes intervals, closed above, when edges are given", () => {
  const recordings = [1, 3, 3.1, 6, 6.5, 9].map((value) => rated(value));
  const target = ratingClasses.prepare(ratingClassesSchema.parse({ edges: [3, 6] }), {
    recordings,
    ranges: RANGES,
  });
  assert.deepEqual(target.classes, ["to 3", "above 3 to 6", "above 6"]);
  assert.deepEqual(recordings.map((recording) => target.assign(windowOf(recording), recording)), [
    0,
    0,
    1,
    1,
    2,
    2,
  ]);
});

Deno.test("rating-classes refuses edges that do not rise or leave an interval outside the range", () => {
  assert.throws(() => ratingClassesSchema.parse({ edges: [6, 3] }), /must rise/);
  assert.throws(() => ratingClassesSchema.parse({ edges: [3, 3] }), /must rise/);
  for (const edges of [[0, 5], [5, 9]]) {
    assert.throws(
      () => ratingClasses.prepare(ratingClassesSchema.parse({ edges }), { recordings: [], ranges: RANGES }),
      { name: "RangeError", message: /edges must lie from 1 to below 9/ },
    );
  }
});

/** A window each, whose rating over time had this mean, lowest and highest; null where it is missing. */
function changingClasses(
  values: ([number, number, number] | null)[],
  target: (ratings: WindowRatings) => Target,
): unknown[] {
  const recording = rated(null),
    windows = values.map((_, first) => ({ ...windowOf(recording), id: `w${first}` }));
  const known = values.flatMap((value, index) => {
    if (value === null) return [];
    const [mean, lowest, highest] = value;
    return [[`w${index}`, { mean, lowest, highest }] as const];
  });
  const prepared = target(new Map([["arousal", new Map(known)]]));
  assert.equal(prepared.constantOver, "window");
  return windows.map((window) => prepared.outcome(window, recording));
}

Deno.test("rating takes windows by what a rating over time was in them, and discards those in which it changes side", () => {
  const values: Parameters<typeof changingClasses>[0] = [[6, 5.5, 7], [4, 3, 5], [6, 4, 7], null];
  const prepare = (changes: "discard" | "mean") => (ratings: WindowRatings) =>
    rating.prepare(ratingSchema.parse({ changes }), { recordings: [], ranges: RANGES, ratings });
  assert.deepEqual(changingClasses(values, prepare("discard")), [
    { class: 1 },
    { class: 0 },
    { reason: "arousal changes side" },
    { reason: "arousal is missing" },
  ]);
  assert.deepEqual(changingClasses(values, prepare("mean"))[2], { class: 1 });
});

Deno.test("rating-classes takes windows by the mean of a rating over time, for which edges must be given", () => {
  const prepare = (edges?: number[]) => (ratings: WindowRatings) =>
    ratingClasses.prepare(ratingClassesSchema.parse({ edges }), { recordings: [], ranges: RANGES, ratings });
  assert.deepEqual(changingClasses([[3, 1, 9], [3.1, 3, 4], null], prepare([3, 6])), [
    { class: 0 },
    { class: 1 },
    { reason: "arousal is missing" },
  ]);
  assert.throws(() => changingClasses([[3, 1, 9]], prepare()), {
    name: "RangeError",
    message: /edges must be given/,
  });
});
