import assert from "node:assert/strict";
import type { StageKey } from "../../../src/pipeline/identity.ts";
import { differingPaths, explainOther } from "../../../src/pipeline/verify/explain.ts";

const DATASET = { kind: "wfdb", path: "mitdb" };
const THEN: StageKey = {
  stage: "windows",
  version: 2,
  parameters: {
    dataset: DATASET,
    content: { name: "mitdb", files: { "100.dat": "1", "100.hea": "2" } },
    signal: { resample: 64, lead: "MLII" },
  },
  inputs: {},
  packages: { "fft.js": "4.0.4", "csv-parse": "7.0.3" },
};
const explain = (now: Partial<StageKey>) =>
  explainOther({ ...THEN, ...now }, { then: THEN, dataFolder: "/data" });
const parameters = (changes: object) => ({ parameters: { ...Object(THEN.parameters), ...changes } });

Deno.test("differingPaths() names what differs, what is missing and what was added, in the order of the keys", () => {
  const left = { a: 1, b: { c: [1, 2], d: null }, e: 1 }, right = { a: 1, b: { c: [1, 3], d: null }, f: 1 };
  assert.deepEqual(differingPaths(left, right), [["b", "c"], ["e"], ["f"]]);
  assert.deepEqual(differingPaths(left, structuredClone(left)), []);
  assert.deepEqual([differingPaths(1, 2), differingPaths({}, 2)], [[[]], [[]]]);
});

Deno.test("explainOther() tells data that changed by their folder and their files", () => {
  const files = { "100.dat": "3", "100.hea": "2", "101.dat": "4", "102.dat": "5", "103.dat": "6" };
  assert.equal(
    explain(parameters({ content: { name: "mitdb", files } })),
    'the data in /data/mitdb are no longer those of the run (files["100.dat"], files["101.dat"], files["102.dat"] and 1 more)',
  );
});

Deno.test("explainOther() tells a manifest that changed, and then nothing of the data that it names", () => {
  assert.equal(
    explain(parameters({ dataset: { ...DATASET, path: "ludb" }, content: { name: "ludb", files: {} } })),
    "manifest.yaml is no longer that of the run (dataset.path)",
  );
  assert.equal(
    explain(parameters({ signal: { resample: 128, lead: "MLII" } })),
    "manifest.yaml is no longer that of the run (signal.resample)",
  );
});

Deno.test("explainOther() tells another version of the program, and of packages, before all else", () => {
  const changed = parameters({ content: "other" });
  assert.equal(
    explain({ ...changed, version: 3, packages: {} }),
    "the program's stage windows is version 3 now, and was 2 in the run",
  );
  assert.equal(
    explain({ ...changed, packages: { "fft.js": "5.0.0", "pure-rand": "8.4.2" } }),
    "packages have other versions now: csv-parse 7.0.3, now none; fft.js 4.0.4, now 5.0.0; pure-rand none, now 8.4.2",
  );
  assert.equal(explain({ inputs: { windows: "1" } }), "the stages that it reads are others now");
});

Deno.test("explainOther() tells the file of a given encoder that is another now", () => {
  const given = { ...THEN, stage: "given-encoder", parameters: { sha256: "aa", samples: 128 } };
  const explained = (parameters: object) =>
    explainOther({ ...given, parameters: { ...given.parameters, ...parameters } }, {
      then: given,
      dataFolder: "/data",
    });
  assert.equal(
    explained({ sha256: "bb" }),
    "the file of the given encoder is no longer that of the run (its SHA-256)",
  );
  assert.equal(explained({ samples: 64 }), "manifest.yaml is no longer that of the run (samples)");
});
