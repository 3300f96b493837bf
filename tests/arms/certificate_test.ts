import assert from "node:assert/strict";
import { compareWithBatches, compareWithTfjs } from "../../src/arms/certificate.ts";
import { type ArmKind, ARMS } from "../../src/arms/table.ts";
import { saveClassifier } from "../../src/arms/save.ts";
import { type Architecture, buildNetwork } from "../../src/models/architecture.ts";
import { initializeWeights } from "../../src/models/initialize.ts";
import { stream } from "../../src/random/stream.ts";
import { firstEncoder, request, WINDOWS } from "./rhythms.ts";

async function model(kind: ArmKind) {
  const asked = await request({ fit: { minSteps: 10, maxEpochs: 1 }, dropout: 0.5 });
  const arm = await ARMS[kind].load();
  return { ...asked, model: (await arm.fit(asked)).model };
}

Deno.test("compareWithTfjs() finds networks and majority alike on at most 16 windows", async () => {
  for (const kind of ["supervised", "frozen", "majority"] as const) {
    const { model: file, windows } = await model(kind);
    const all = await compareWithTfjs(file, { windows, threads: 1 });
    assert.equal(all.windows, 16, kind);
    assert.ok(all.largestDifference < 1e-5, `${kind}: ${all.largestDifference}`);
    const some = await compareWithTfjs(file, { windows, positions: Int32Array.of(40, 3), threads: 1 });
    assert.equal(some.windows, 2, kind);
  }
});

Deno.test("compareWithTfjs() sees a file that computes something else than its architecture says", async () => {
  const asked = await request(), { windows, encoder, sampleRateHz } = asked;
  const head = { hidden: [8], dropout: 0, classes: 2 };
  const architecture = { encoder, samples: windows.columns, sampleRateHz, head };
  const network = await buildNetwork(architecture);
  for (const model of [network.encoder, network.head]) initializeWeights(model, stream(1, "weights"));
  const compare = async (written: Architecture) => {
    const file = saveClassifier(network, { architecture: written, request: asked });
    return (await compareWithTfjs(file, { windows, threads: 1 })).largestDifference;
  };
  assert.ok(await compare(architecture) < 1e-5);
  assert.ok(await compare({ ...architecture, encoder: { ...encoder, leak: 0.9 } }) > 1e-3);
});

Deno.test("compareWithTfjs() refuses a file that is no arm's", async () => {
  const { windows } = await request(), encoder = await firstEncoder();
  await assert.rejects(
    compareWithTfjs(encoder, { windows, threads: 1 }),
    /the output "probabilities" must hold 64 rows of float32, got features/,
  );
});

Deno.test("compareWithBatches() compares every window given", async () => {
  const { model: file, windows } = await model("supervised");
  for (const batch of [1, 7]) {
    const { windows: count, largestDifference } = await compareWithBatches(file, {
      windows,
      threads: 1,
      batch,
    });
    assert.equal(count, WINDOWS);
    assert.ok(largestDifference < 1e-6, `${batch}: ${largestDifference}`);
  }
});
