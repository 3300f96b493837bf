import assert from "node:assert/strict";
import { AREAS } from "../../conformance/areas.ts";
import { opOf, testFiles } from "../../conformance/suite.ts";

Deno.test("AREAS names operations that tfjs-core tests, each once", async () => {
  const tested = (await testFiles()).map(opOf), named: string[] = Object.values(AREAS).flat();
  assert.deepEqual(named.filter((op) => !tested.includes(op)), []);
  assert.equal(new Set(named).size, named.length);
});

Deno.test("testFiles() finds operations in folders, gradients and optimizers", async () => {
  const files = await testFiles();
  for (
    const file of [
      "gradients_test",
      "ops/add_test",
      "ops/losses/huber_loss_test",
      "optimizers/sgd_optimizer_test",
    ]
  ) {
    assert.ok(files.includes(file), file);
  }
  assert.equal(opOf("ops/losses/huber_loss_test"), "losses/huber_loss");
});
