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

Deno.test("hasConverged() believes patience, doubts a limit, and looks at the loss of fixed steps", () => {
  const falling = Array.from({ length: 100 }, (_, step) => 100 - step);
  const settled = falling.map((loss) => Math.max(loss, 50));
  assert.equal(hasConverged(falling, { stopped: "patience" }), true);
  assert.equal(hasConverged(settled, { stopped: "limit" }), false);
  assert.equal(hasConverged(falling, { stopped: "fixed" }), false);
  assert.equal(hasConverged(settled, { stopped: "fixed" }), true);
});

Deno.test("hasConverged() counts a loss that rises as settled, and what is learned by heart as learned", () => {
  assert.equal(hasConverged([1, 2, 3], { stopped: "fixed" }), true);
  const halving = Array.from({ length: 100 }, (_, step) => 0.5 ** step);
  assert.equal(hasConverged(halving, { stopped: "fixed" }), true);
  assert.equal(hasConverged(halving.slice(0, 6), { stopped: "fixed" }), false);
});

Deno.test("finalLoss() is the mean over the last tenth of the steps", () => {
  const losses = Array.from({ length: 25 }, (_, step) => step);
  assert.equal(finalLoss(losses), 23.5);
  assert.equal(finalLoss([7]), 7);
});
