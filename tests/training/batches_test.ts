import assert from "node:assert/strict";
import { stream } from "../../src/random/stream.ts";
import { shuffledBatches } from "../../src/training/batches.ts";

const positions = Int32Array.of(3, 1, 4, 15, 9, 2, 6);
const open = (seed: number) => shuffledBatches(positions, { batch: 3, stream: stream(seed, "batches") });

Deno.test("shuffledBatches() gives every position once an epoch, the last batch smaller", () => {
  const batches = open(1);
  assert.equal(batches.stepsPerEpoch, 3);
  const epochs = [0, 1, 2].map((epoch) => [0, 1, 2].map((step) => [...batches.at(3 * epoch + step)]));
  for (const epoch of epochs) {
    assert.deepEqual(epoch.map((batch) => batch.length), [3, 3, 1]);
    assert.deepEqual(epoch.flat().toSorted((a, b) => a - b), [1, 2, 3, 4, 6, 9, 15]);
  }
  assert.notDeepEqual(epochs[0], epochs[1]);
});

Deno.test("shuffledBatches() depends on its stream and the step alone", () => {
  const forwards = open(1), backwards = open(1);
  const last = [...backwards.at(5)];
  assert.deepEqual([...backwards.at(0)], [...forwards.at(0)]);
  assert.deepEqual([...forwards.at(5)], last);
  assert.notDeepEqual(
    [0, 1, 2].map((step) => [...open(2).at(step)]),
    [0, 1, 2].map((step) => [...open(1).at(step)]),
  );
});

Deno.test("shuffledBatches() refuses nothing to train on", () => {
  assert.throws(
    () => shuffledBatches(new Int32Array(0), { batch: 3, stream: stream(1, "batches") }),
    /Cannot make batches: there must be rows to train on, got none/,
  );
});
