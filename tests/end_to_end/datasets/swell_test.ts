/** A manifest on SWELL-KW runs from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCsv } from "../../../src/formats/csv.ts";
import { call, writeManifest } from "../../cli/program.ts";
import { writeSwell } from "../../datasets/swell/write_swell.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";

Deno.test("a manifest on SWELL-KW runs from its files to its report", async () => {
  await using folder = await temporaryFolder();
  await writeSwell(join(folder.path, "swell"));
  await writeManifest(folder.path, {
    dataset: "dataset: {kind: swell, path: swell}",
    signal: "signal: {resample: 64, window: {seconds: 5, stride: 5}}",
    target: "target: {kind: condition, classes: {neutral: [N], stress: [T, I]}}",
    arms: "arms: {supervised: {}}",
    sweep: "sweep: {labels.fraction: [1]}",
    hypotheses: "hypotheses: []",
  });
  const options = { cwd: folder.path, env: { EINTHOVEN_DATA: folder.path } };
  const { code, problems } = await call(["tiny.yaml", "--results", "results", "--workers", "1"], options);
  assert.deepEqual([code, problems], [0, ""]);
  const run = join(folder.path, "results", "tiny");
  const rows = readCsv(await Deno.readTextFile(join(run, "predictions.csv")));
  const recordings = [...new Set(rows.map(({ window }) => window.split("@")[0]))];
  assert.ok(recordings.includes("swell/pp23/1/c2_cont-T"));
  assert.deepEqual(recordings.filter((id) => id.endsWith("-R")), [], "relaxation is in no class");
  assert.match(await Deno.readTextFile(join(run, "report.html")), /In the table but not recorded: pp11\/c2/);
});
