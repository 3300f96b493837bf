import assert from "node:assert/strict";
import { formatDuration, secondsLeft } from "../../src/cli/estimate.ts";

Deno.test("secondsLeft() knows nothing before a stage has finished", () => {
  assert.equal(secondsLeft([], 2), undefined);
  assert.equal(secondsLeft([{ left: 3, finished: 0, seconds: 0 }], 2), undefined);
});

Deno.test("secondsLeft() takes each kind at its mean, and an unknown one at the mean of all, shared by the workers", () => {
  const known = [{ left: 4, finished: 2, seconds: 20 }, { left: 0.5, finished: 2, seconds: 4 }];
  assert.equal(secondsLeft(known, 1), 4 * 10 + 0.5 * 2);
  assert.equal(secondsLeft(known, 2), 20.5);
  assert.equal(secondsLeft([...known, { left: 2, finished: 0, seconds: 0 }], 1), 41 + 2 * 24 / 4);
});

Deno.test("formatDuration() shows minutes and seconds, and hours where there are some", () => {
  const cases: [number, string][] = [
    [-1, "0:00"],
    [0, "0:00"],
    [59.4, "0:59"],
    [59.5, "1:00"],
    [3599, "59:59"],
    [3600, "1:00:00"],
    [7385, "2:03:05"],
  ];
  assert.deepEqual(cases.map(([seconds]) => formatDuration(seconds)), cases.map(([, text]) => text));
});
