import assert from "node:assert/strict";
import { stream } from "../../src/random/stream.ts";
import { centralValues } from "../../src/signal/selection.ts";

const shapes: Record<string, (index: number, count: number) => number> = {
  random: ((random) => () => random.normal())(stream(1, "selection")),
  "few values": ((random) => () => random.integer(5))(stream(1, "few values")),
  constant: () => 4,
  rising: (index) => index,
  falling: (index) => -index,
  "organ pipe": (index, count) => Math.min(index, count - index),
};

for (const [name, shape] of Object.entries(shapes)) {
  Deno.test(`centralValues() keeps what sorting keeps when values are ${name}`, () => {
    for (const count of [1, 2, 3, 40, 601, 602, 5000]) {
      const values = Float64Array.from({ length: count }, (_, index) => shape(index, count));
      const sorted = values.toSorted();
      for (const cut of [0, Math.floor(count / 40), Math.floor(count / 3), Math.ceil(count / 2) - 1]) {
        const central = centralValues(values.slice(), { cut });
        assert.deepEqual(central.toSorted(), sorted.subarray(cut, count - cut).slice());
      }
    }
  });
}

Deno.test("centralValues() throws RangeError when the cuts leave nothing", () => {
  assert.throws(() => centralValues(Float64Array.of(1, 2), { cut: 1 }), {
    name: "RangeError",
    message: "Cannot cut both ends: fewer than half of 2 values can go, got 1",
  });
});
