import assert from "node:assert/strict";
import { drawPerson } from "../../../src/datasets/synthetic/person.ts";
import { drawRatings, drawState, meanOver, valueAt } from "../../../src/datasets/synthetic/state.ts";
import { stream } from "../../../src/random/stream.ts";
import { assertWithin, deviation, mean } from "../statistics.ts";

const states = Array.from({ length: 2000 }, (_, index) => ({
  rest: drawState("rest", stream(1, `rest/${index}`)),
  stress: drawState("stress", stream(1, `stress/${index}`)),
}));

Deno.test("drawState() sets arousal by condition and valence apart from it", () => {
  assertWithin(mean(states.map(({ rest }) => rest.arousal.level)), 3.5, 0.04);
  assertWithin(mean(states.map(({ stress }) => stress.arousal.level)), 6.5, 0.04);
  assertWithin(mean(states.map(({ rest }) => rest.valence.level)), 5, 0.11);
  assertWithin(mean(states.map(({ stress }) => stress.valence.level)), 5, 0.11);
});

Deno.test("drawState() keeps the state within 1 to 9 while it drifts", () => {
  for (const { rest, stress } of states) {
    for (const trajectory of [rest.arousal, rest.valence, stress.arousal, stress.valence]) {
      const values = Array.from({ length: 60 }, (_, second) => valueAt(trajectory, second));
      assert.ok(values.every((value) => value >= 1 && value <= 9));
      assert.ok(deviation(values) > 0.01 && deviation(values) < 0.4);
    }
  }
});

Deno.test("meanOver() is the mean of valueAt()", () => {
  const trajectory = { level: 4, amplitude: 0.3, periodSeconds: 47, phase: 1 };
  const fine = Array.from({ length: 10_000 }, (_, index) => valueAt(trajectory, 20 + (index + 0.5) / 1000));
  assertWithin(meanOver(trajectory, { from: 20, to: 30 }), mean(fine), 1e-8);
});

Deno.test("drawRatings() gives whole numbers from 1 to 9 around state and bias", () => {
  const person = { ...drawPerson(stream(1, "person")), ratingBias: { arousal: 1, valence: -4 } };
  const ratings = states.map(({ rest }, index) =>
    drawRatings(rest, { person, seconds: 60, stream: stream(1, `rating/${index}`) })
  );
  for (const { arousal, valence } of ratings) {
    assert.ok(Number.isInteger(arousal) && arousal >= 1 && arousal <= 9);
    assert.ok(Number.isInteger(valence) && valence >= 1 && valence <= 9);
  }
  assertWithin(mean(ratings.map(({ arousal }) => arousal)), 4.5, 0.08);
  assert.ok(
    ratings.filter(({ valence }) => valence === 1).length > 500,
    "ratings stop at the end of the scale",
  );
});
