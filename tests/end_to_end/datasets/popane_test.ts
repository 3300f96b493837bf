/** A manifest on POPANE runs from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { filesOf, writePopane } from "../../datasets/popane/write_popane.ts";
import { runTiny } from "./run_tiny.ts";

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
    const { windows, report } = await runTiny({
      dataset: "{kind: popane, path: popane}",
      signal: "{resample: 64, window: {seconds: 1, stride: 1}}",
      target,
      labels: "{unit: window, draws: 1, countRepeatedLabels: true}",
    }, (dataFolder) => writePopane(join(dataFolder, "popane"), filesOf([2, 10, 3, 4, 5, 6])));
    assert.deepEqual([...new Set(windows.map((window) => window.split("/")[1]))].sort(), people);
    assert.match(report, /one person in every study/);
  });
}
