/** A manifest on POPANE runs from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCsv } from "../../../src/formats/csv.ts";
import { call, writeManifest } from "../../cli/program.ts";
import { filesOf, writePopane } from "../../datasets/popane/write_popane.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";

for (
  const [what, target, people] of [
    ["conditions", "{kind: condition, classes: {calm: [Baseline], stress: [Threat]}}", [
      "P10",
      "P2",
      "P3",
      "P4",
      "P5",
      "P6",
    ]],
    // Half of each recording is rated 5, half 7; the person of the study without affect is in no test.
    ["affect over time", "{kind: rating, label: affect, threshold: 6}", ["P10", "P2", "P4", "P5", "P6"]],
  ] as const
) {
  Deno.test(`a manifest on POPANE runs from its files to its report, on ${what}`, async () => {
    await using folder = await temporaryFolder();
    await writePopane(join(folder.path, "popane"), filesOf([2, 10, 3, 4, 5, 6]));
    await writeManifest(folder.path, {
      dataset: "dataset: {kind: popane, path: popane}",
      signal: "signal: {resample: 64, window: {seconds: 1, stride: 1}}",
      target: `target: ${target}`,
      arms: "arms: {supervised: {}}",
      labels: "labels: {unit: window, draws: 1, countRepeatedLabels: true}",
      sweep: "sweep: {labels.fraction: [1]}",
      hypotheses: "hypotheses: []",
    });
    const options = { cwd: folder.path, env: { EINTHOVEN_DATA: folder.path } };
    const { code, problems } = await call(["tiny.yaml", "--results", "results", "--workers", "1"], options);
    assert.deepEqual([code, problems], [0, ""]);
    const run = join(folder.path, "results", "tiny");
    const rows = readCsv(await Deno.readTextFile(join(run, "predictions.csv")));
    assert.deepEqual([...new Set(rows.map(({ window }) => window.split("/")[1]))].sort(), people);
    assert.match(await Deno.readTextFile(join(run, "report.html")), /one person in every study/);
  });
}
