import assert from "node:assert/strict";
import { createTally } from "../../src/cli/run_tally.ts";
import { planned } from "../pipeline/keys.ts";

const first = planned("first"), second = planned("second");

Deno.test("createTally() counts the cells that a stage finishes, whether it ran, was there or failed", () => {
  const tally = createTally({ workers: 1 });
  tally.begin([first, second], new Map([[first, 2], [second, 1]]));
  assert.equal(tally.figures(), "0/3 cells");
  tally.count({ kind: "reused", stage: first });
  assert.equal(tally.figures(), "2/3 cells", "what was there tells no pace");
  tally.count({ kind: "started", stage: second });
  tally.count({ kind: "failed", stage: second, error: "no" });
  assert.equal(tally.figures(), "3/3 cells");
  tally.begin([first], new Map());
  assert.deepEqual([tally.cells, tally.cellsDone], [0, 0]);
});

Deno.test("createTally() knows how far each stage is that runs", () => {
  const tally = createTally({ workers: 1 });
  tally.begin([first, second], new Map([[first, 1], [second, 1]]));
  tally.count({ kind: "waiting", stage: second });
  assert.deepEqual([...tally.running.keys()], []);
  tally.count({ kind: "started", stage: first });
  tally.count({ kind: "progress", stage: first, progress: { done: 1, total: 4, note: "step 1" } });
  const { share, note } = tally.running.get(first)!;
  assert.deepEqual({ share, note }, { share: 0.25, note: "step 1" });
  assert.match(tally.figures(), /^0\/2 cells, \d+:\d\d left$/, "a quarter tells how long the rest takes");
  tally.count({ kind: "finished", stage: first });
  assert.deepEqual([...tally.running.keys()], []);
  assert.match(tally.figures(), /^1\/2 cells, \S+ a minute, \d+:\d\d left$/);
});
