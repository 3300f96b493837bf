import assert from "node:assert/strict";
import { hasPositive, orderClasses, positionsOfValues } from "../../src/targets/classes.ts";

Deno.test("orderClasses() goes by code point, the positive class last", () => {
  const classes = { "\u{1F600}": ["a"], b: ["b"], "\uFF5E": ["c"], B: ["d"] };
  assert.deepEqual(orderClasses({ classes }), ["B", "b", "\uFF5E", "\u{1F600}"]);
  assert.deepEqual(orderClasses({ classes, positive: "b" }), ["B", "\uFF5E", "\u{1F600}", "b"]);
});

Deno.test("hasPositive() looks for the class among the map's own names", () => {
  const classes = { a: ["x"], b: ["y"] };
  assert.deepEqual(
    [undefined, "a", "c", "toString"].map((positive) => hasPositive({ classes, positive })),
    [true, true, false, false],
  );
});

Deno.test("positionsOfValues() finds the class of each value", () => {
  const positions = positionsOfValues({ a: ["x", "z"], b: ["y"] }, ["b", "a"]);
  assert.deepEqual(["x", "y", "z", "w"].map((value) => positions.get(value)), [1, 0, 1, undefined]);
});
