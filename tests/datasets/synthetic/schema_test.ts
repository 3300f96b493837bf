import assert from "node:assert/strict";
import { syntheticSchema } from "../../../src/datasets/synthetic/schema.ts";

Deno.test("syntheticSchema refuses what it does not know and what cannot be", () => {
  for (
    const refused of [
      { persons: 3 },
      { people: 0 },
      { recordingsPerSession: 3 },
      { effect: -1 },
      { noise: { fromDb: 30, toDb: 5 } },
      { noise: { from: 5 } },
    ]
  ) {
    assert.equal(syntheticSchema.safeParse(refused).success, false, JSON.stringify(refused));
  }
  assert.deepEqual(syntheticSchema.parse({ noise: { toDb: 20 } }).noise, { fromDb: 5, toDb: 20 });
});
