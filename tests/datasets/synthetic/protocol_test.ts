import assert from "node:assert/strict";
import { protocol } from "../../../src/datasets/synthetic/protocol.ts";
import { mean } from "../statistics.ts";

Deno.test("protocol() counterbalances the conditions", () => {
  const slots = [...protocol({ people: 4, sessions: 2, recordingsPerSession: 8 })];
  const orders = Map.groupBy(slots, ({ subject, session }) => `${subject}/${session}`);
  for (const own of orders.values()) {
    assert.equal(own.filter(({ condition }) => condition === "stress").length, 4);
    assert.equal(new Set(own.map(({ stimulus }) => stimulus)).size, 8);
    // The mean position of either condition is the same, so that a trend over the session favours neither.
    assert.equal(mean(own.flatMap(({ condition }, index) => condition === "rest" ? [index] : [])), 3.5);
  }
  const first = (key: string) => orders.get(key)?.[0].condition;
  assert.deepEqual(["p001/s1", "p001/s2", "p002/s1", "p002/s2"].map(first), [
    "rest",
    "stress",
    "stress",
    "rest",
  ]);
});
