import assert from "node:assert/strict";
import { matchBeats, poolMatches } from "./match_beats.ts";

Deno.test("matchBeats() matches one to one, up to the tolerance and no farther", () => {
  assert.deepEqual(matchBeats({ annotated: [10, 20, 30], detected: [12, 21, 33] }, { tolerance: 2 }), {
    matched: 2,
    missed: [30],
    extra: [33],
  });
  // Two detected beats at one annotated: one of them is extra.
  assert.deepEqual(matchBeats({ annotated: [10], detected: [9, 11] }, { tolerance: 2 }), {
    matched: 1,
    missed: [],
    extra: [11],
  });
});

Deno.test("matchBeats() finds as many pairs as there can be", () => {
  // To take the nearest for 10, which is 11, would leave nothing for 12.
  const { matched } = matchBeats({ annotated: [10, 12], detected: [8, 11] }, { tolerance: 2 });
  assert.equal(matched, 2);
});

Deno.test("matchBeats() counts everything as missed or extra when one series is empty", () => {
  assert.deepEqual(matchBeats({ annotated: [5], detected: [] }, { tolerance: 1 }).missed, [5]);
  assert.deepEqual(matchBeats({ annotated: [], detected: [5] }, { tolerance: 1 }).extra, [5]);
});

Deno.test("poolMatches() counts every beat alike, not every record", () => {
  const score = poolMatches([{ matched: 8, missed: [1, 2], extra: [] }, {
    matched: 0,
    missed: [],
    extra: [1, 2],
  }]);
  assert.deepEqual(score, {
    annotated: 10,
    missed: 2,
    extra: 2,
    sensitivity: 0.8,
    positivePredictiveValue: 0.8,
  });
});
