import assert from "node:assert/strict";
import { STAGES } from "../../src/pipeline/stages/table.ts";
import { difference, type GoldenStage, type GoldenStages, runGoldenStages } from "./golden_stages.ts";
import { temporaryFolder } from "./temporary.ts";

const golden: GoldenStages = JSON.parse(
  Deno.readTextFileSync(new URL("../golden/pipeline/stages.json", import.meta.url)),
);
const RENEW = "deno run -A tests/golden/pipeline/make_stages.ts";

Deno.test("stages give what they gave on golden inputs, or have another version", async () => {
  await using folder = await temporaryFolder();
  const now = await runGoldenStages(folder.path);
  assert.deepEqual(Object.keys(now), Object.keys(golden), `other stages are planned: ${RENEW}`);
  for (const [label, stage] of Object.entries(now)) {
    const before = golden[label], changed = difference(before, stage);
    assert.ok(
      changed === undefined || stage.id !== before.id,
      `${label}: ${changed} while its version is still ${stage.version}: raise it in src/pipeline/stages/table.ts`,
    );
    assert.equal(
      stage.id,
      before.id,
      `${label} has another version, parameters, inputs or packages: ${RENEW}`,
    );
  }
});

Deno.test("golden stages are of every kind but the certificate, whose numbers are differences", () => {
  const kinds = new Set(Object.values(golden).map(({ stage }) => stage));
  assert.deepEqual([...kinds, "certificate"].sort(), Object.keys(STAGES).sort());
});

Deno.test("difference() sees another file, another hash, and a number that is off by more than 1e-4", () => {
  const stage: GoldenStage = { stage: "fit", version: 1, id: "a", numbers: { loss: [0.5, 0.25] } };
  const written: GoldenStage = { stage: "split", version: 1, id: "b", files: { "split.json": "00" } };
  assert.equal(difference(stage, { ...stage, numbers: { loss: [0.50005, 0.25] } }), undefined);
  assert.match(difference(stage, { ...stage, numbers: { loss: [0.5, 0.2502] } }) ?? "", /loss\[1\]/);
  assert.match(difference(stage, { ...stage, numbers: { loss: [0.5, NaN] } }) ?? "", /loss\[1\]/);
  assert.match(difference(stage, { ...stage, numbers: { loss: [0.5] } }) ?? "", /2 numbers became 1/);
  assert.match(
    difference(written, { ...written, files: { "split.json": "01" } }) ?? "",
    /split\.json changed/,
  );
  assert.match(difference(written, { ...written, files: {} }) ?? "", /split\.json became/);
});
