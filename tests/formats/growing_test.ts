import assert from "node:assert/strict";
import { growingNumbers } from "../../src/formats/growing.ts";

Deno.test("growingNumbers() keeps every number in its order, however many there are", () => {
  for (const count of [0, 1, 1024, 1025, 5000]) {
    const numbers = growingNumbers();
    for (let index = 0; index < count; index++) numbers.add(index / 8);
    assert.deepEqual(numbers.values(), Float64Array.from({ length: count }, (_, index) => index / 8));
  }
});

Deno.test("growingNumbers() gives arrays that later numbers leave as they are", () => {
  const numbers = growingNumbers();
  numbers.add(1);
  const before = numbers.values();
  numbers.add(2);
  before[0] = 9;
  assert.deepEqual([before, numbers.values()], [Float64Array.of(9), Float64Array.of(1, 2)]);
});
