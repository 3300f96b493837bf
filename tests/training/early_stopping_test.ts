import assert from "node:assert/strict";
import { finalLoss, hasConverged } from "../../src/training/converged.ts";
import { earlyStopping } from "../../src/training/early_stopping.ts";

Deno.test("earlyStopping() counts evaluations without a lower loss after minSteps alone", () => {
  const stopping = earlyStopping({ patience: 2, minSteps: 3 });
  const losses = [5, 4, 6, 7, 3, 3, 8];
  const seen = losses.map((loss, index) => stopping.observe(loss, { step: index + 1 }));
  assert.deepEqual(seen.map(({ best }) => best), [true, true, false, false, true, false, false]);
  assert.deepEqual(seen.map(({ stop }) => stop), [false, false, false, false, false, false, true]);
  assert.deepEqual(stopping.best, { loss: 3, step: 5 });
});

Deno.test("earlyStopping() keeps a best that lies before minSteps", () => {
  const stopping = earlyStopping({ patience: 1, minSteps: 2 });
  assert.equal(stopping.best, undefined);
  const stops = [1, 2, 2].map((loss, index) => stopping.observe(loss, { step: index + 1 }).stop);
  assert.deepEqual(stops, [false, false, true]);
  assert.deepEqual(stopping.best, { loss: 1, step: 1 });
});

Deno.test("earlyStopping() counts since the lowest loss from the first evaluation on", () => {
  const stopping = earlyStopping({ patience: 2, minSteps: 100 });
  const counts = [2, 1, 1, 3, 0.5].map((loss, index) => {
    stopping.observe(loss, { step: index + 1 });
    return stopping.sinceBest;
  });
  assert.deepEqual(counts, [0, 0, 1, 2, 0]);
});

Deno.test("hasConverged() asks with validation whether the loss has stopped falling, or is as good as zero", () => {
  const falling = [3, 2, 1];
  assert.equal(hasConverged(falling, { lowest: 1, sinceLowest: 9, patience: 10 }), false);
  assert.equal(hasConverged(falling, { lowest: 1, sinceLowest: 10, patience: 10 }), true);
  assert.equal(hasConverged(falling, { lowest: 0.009, sinceLowest: 0, patience: 10 }), true);
});

Deno.test("hasConverged() asks without validation whether the training loss has settled", () => {
  const falling = Array.from({ length: 100 }, (_, step) => 100 - step);
  assert.equal(hasConverged(falling), false);
  assert.equal(hasConverged(falling.map((loss) => Math.max(loss, 50))), true);
  assert.equal(hasConverged([1, 2, 3]), true);
});

Deno.test("hasConverged() counts what is learned by heart as learned", () => {
  const halving = Array.from({ length: 100 }, (_, step) => 0.5 ** step);
  assert.equal(hasConverged(halving), true);
  assert.equal(hasConverged(halving.slice(0, 6)), false);
});

Deno.test("finalLoss() is the mean over the last tenth of the steps", () => {
  const losses = Array.from({ length: 25 }, (_, step) => step);
  assert.equal(finalLoss(losses), 23.5);
  assert.equal(finalLoss([7]), 7);
});
