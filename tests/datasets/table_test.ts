import assert from "node:assert/strict";
import { datasetIdentity, openDataset } from "../../src/datasets/table.ts";

const context = { dataFolder: "/nowhere" };

Deno.test("openDataset() opens a dataset by its kind and fills in defaults", async () => {
  const dataset = await openDataset({ kind: "synthetic", people: 1, seconds: 2 }, context);
  assert.equal(dataset.simulated, true);
  assert.equal((await Array.fromAsync(dataset.recordings())).length, 8);
});

Deno.test("datasetIdentity() is the same whether a default is written or left out", async () => {
  assert.deepEqual(
    await datasetIdentity({ kind: "synthetic", people: 24 }, context),
    await datasetIdentity({ kind: "synthetic" }, context),
  );
  assert.notDeepEqual(
    await datasetIdentity({ kind: "synthetic", effect: 0 }, context),
    await datasetIdentity({ kind: "synthetic" }, context),
  );
});
