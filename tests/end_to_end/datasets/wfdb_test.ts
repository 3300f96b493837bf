/** A manifest on PTB-XL runs from its records to its report, with the people that its table names. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCsv } from "../../../src/formats/csv.ts";
import { call, writeManifest } from "../../cli/program.ts";
import { writePtbXl } from "../../datasets/wfdb/write_known.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";

Deno.test("a manifest on PTB-XL runs from its records to its report", async () => {
  await using folder = await temporaryFolder();
  // Eight people with two records each, one normal and one not.
  const rows = Array.from({ length: 16 }, (_, index) => ({
    id: index + 1,
    patient: 1000 + (index >> 1),
    scpCodes: index % 2 === 0 ? "{'NORM': 100.0}" : "{'IMI': 100.0}",
  }));
  await writePtbXl(join(folder.path, "ptb-xl"), rows, { seconds: 4 });
  await writeManifest(folder.path, {
    dataset: "dataset: {kind: wfdb, path: ptb-xl}",
    signal: "signal: {lead: II, resample: 64, window: {seconds: 2, stride: 2}}",
    target: "target: {kind: condition, label: superclass, classes: {normal: [NORM], infarction: [MI]}}",
    arms: "arms: {supervised: {}}",
    sweep: "sweep: {labels.fraction: [1]}",
    hypotheses: "hypotheses: []",
  });
  const options = { cwd: folder.path, env: { EINTHOVEN_DATA: folder.path } };
  const { code, problems } = await call(["tiny.yaml", "--results", "results", "--workers", "1"], options);
  assert.deepEqual([code, problems], [0, ""]);
  const run = join(folder.path, "results", "tiny");
  const predictions = readCsv(await Deno.readTextFile(join(run, "predictions.csv")));
  const windows = predictions.map(({ window }) => window);
  assert.equal(new Set(windows.filter((window) => window.startsWith("ptb-xl/1000/1/00001_hr@"))).size, 2);
  assert.equal(new Set(windows.filter((window) => window.startsWith("ptb-xl/1000/"))).size, 4);
  const report = await Deno.readTextFile(join(run, "report.html"));
  assert.match(report, /The records in records500 are used/);
  assert.match(report, /CC BY 4\.0/);
});
