import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { packageVersions, stageIdentity, type StageKey } from "../../src/pipeline/identity.ts";
import { STAGES } from "../../src/pipeline/stages/table.ts";
import { COMPUTED, keyOf } from "./keys.ts";
import { openTiny, stagesOf, TINY } from "./tiny.ts";

Deno.test("stageIdentity() is the start of the SHA-256 of the key's canonical JSON", () => {
  const json = '{"inputs":{"windows":"ab"},"packages":{"csv-parse":"7.0.3"},"parameters":{"name":"x"},' +
    '"stage":"labels","version":1}';
  assert.equal(
    stageIdentity(keyOf("x", { inputs: { windows: "ab" } })),
    createHash("sha256").update(json).digest("hex").slice(0, 32),
  );
});

const OTHER: Record<string, Partial<StageKey>> = {
  stage: { stage: "split" },
  version: { version: 2 },
  parameters: { parameters: { name: "x", more: null } },
  inputs: { inputs: { windows: "cd" } },
  "the role of an input": { inputs: { features: "ab" } },
  packages: { packages: { "csv-parse": "7.0.4" } },
};

for (const [what, changes] of Object.entries(OTHER)) {
  Deno.test(`stageIdentity() changes with ${what}`, () => {
    const key = keyOf("x", { inputs: { windows: "ab" } });
    assert.notEqual(stageIdentity({ ...key, ...changes }), stageIdentity(key));
  });
}

Deno.test("stageIdentity() does not change with the order of keys, nor with when and where a stage was computed", () => {
  const key = keyOf("x", { parameters: { a: 1, b: { c: [1, 2], d: "e" } } });
  const record = { computed: COMPUTED, files: {}, ...key, parameters: { b: { d: "e", c: [1, 2] }, a: 1 } };
  assert.equal(stageIdentity(record), stageIdentity(key));
});

Deno.test("packageVersions() gives the pinned versions, and throws for a package that is not imported", () => {
  assert.match(packageVersions(["onnxruntime-node"])["onnxruntime-node"], /^\d+\.\d+\.\d+$/);
  assert.throws(() => packageVersions(["left-pad"]), /must be imported by deno\.json, got left-pad/);
  for (const { packages } of Object.values(STAGES)) packageVersions(packages);
});

/** Names of the stages, without what a label adds, whose identity a change of the manifest changes. */
async function changed(set: readonly string[]): Promise<string[]> {
  const before = await stagesOf(openTiny()), after = await stagesOf(openTiny({ set }));
  assert.deepEqual([...after.keys()], [...before.keys()], "the same stages are planned");
  const labels = [...before].filter(([label, id]) => after.get(label) !== id).map(([label]) => label);
  return [...new Set(labels.map((label) => label.replace(/,.*/, "")))].sort();
}

const ENCODED = ["features: features", "pretrain: pretrain"];
const FROZEN = ["fit: frozen", "score: score frozen"],
  SUPERVISED = ["fit: supervised", "score: score supervised"];
const AFTER_SPLIT = [...ENCODED, ...FROZEN, ...SUPERVISED, "sealed-labels: sealed labels", "split: split"];

const CHANGES: Record<string, string[]> = {
  "question=What else?": [],
  "hypotheses=[]": [],
  "score.primary=auroc": [],
  "score.minWindowsPerClass=2": ["score: score frozen", "score: score supervised"],
  "transfer.head=[8]": [...FROZEN, ...SUPERVISED],
  "transfer.fit.minSteps=6": [...FROZEN, ...SUPERVISED],
  "pretext.fit.epochs=3": [...ENCODED, ...FROZEN],
  "pretext.exposure=transductive": [...ENCODED, ...FROZEN],
  "labels.validationShare=0.5": [
    "training-labels: labels 0.5",
    "training-labels: labels all",
    ...FROZEN,
    ...SUPERVISED,
  ],
  "split.seed=2": ["training-labels: labels 0.5", "training-labels: labels all", ...AFTER_SPLIT],
  "encoder.leak=0.3": [...ENCODED, ...FROZEN, ...SUPERVISED, "initialize: initialize"],
};

for (const [set, stages] of Object.entries(CHANGES)) {
  Deno.test(`planCells() plans other stages after --set ${set}: ${stages.length} kinds`, async () => {
    assert.deepEqual(await changed([set]), [...stages].sort());
  });
}

Deno.test("planCells() plans the same stages for a manifest with another name, comments, layout and order", async () => {
  const lines = TINY.split("\n").filter((line) => line.startsWith("arms") || line.startsWith("labels"));
  const text = "# another comment\n" + lines.reverse().join("\n\n") + "\n" +
    TINY.split("\n").filter((line) => !lines.includes(line) && !line.startsWith("#")).join("\n");
  assert.notEqual(text, TINY);
  assert.deepEqual(
    await stagesOf(openTiny({ text, name: "renamed" })),
    await stagesOf(openTiny()),
  );
});

Deno.test("planCells() shares stages with another budget, draw or arm, and adds what is new", async () => {
  const before = await stagesOf(openTiny());
  for (
    const set of [
      "labels.draws=2",
      "sweep={labels.fraction: [0.5, 0.75, 1]}",
      "arms.finetuned={}",
      "seeds=[1, 2]",
    ]
  ) {
    const after = await stagesOf(openTiny({ set: [set] }));
    assert.ok(after.size > before.size, set);
    for (const [label, id] of before) assert.equal(after.get(label), id, `${set}: ${label}`);
  }
});
