/** A manifest on a folder of EDF files runs from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCsv } from "../../../src/formats/csv.ts";
import { call, writeManifest } from "../../cli/program.ts";
import { writeEdfFolder } from "../../datasets/edf/write_folder.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";

Deno.test("a manifest on EDF files runs from its files to its report", async () => {
  await using folder = await temporaryFolder();
  await writeEdfFolder(join(folder.path, "mine"), { people: 6 });
  await writeManifest(folder.path, {
    dataset: 'dataset: {kind: edf, path: mine, file: "{subject}_{stimulus}.edf", labelFile: labels.csv, ' +
      "labels: {condition: {values: [rest, stress]}}}",
    signal: "signal: {lead: ECG, resample: 64, window: {seconds: 2, stride: 2}}",
    arms: "arms: {supervised: {}}",
    sweep: "sweep: {labels.fraction: [1]}",
    hypotheses: "hypotheses: []",
  });
  const options = { cwd: folder.path, env: { EINTHOVEN_DATA: folder.path } };
  const { code, problems } = await call(["tiny.yaml", "--results", "results", "--workers", "1"], options);
  assert.deepEqual([code, problems], [0, ""]);
  const run = join(folder.path, "results", "tiny");
  const rows = readCsv(await Deno.readTextFile(join(run, "predictions.csv")));
  const windows = rows.map(({ window }) => window).filter((window) => window.startsWith("mine/p1/1/rest@"));
  assert.equal(new Set(windows).size, 5, "ten seconds in windows of two");
  assert.match(
    await Deno.readTextFile(join(run, "report.html")),
    /Signals of lower rates are left out: Resp/,
  );
});
