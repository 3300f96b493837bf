/** A manifest on SWELL-KW runs from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { writeSwell } from "../../datasets/swell/write_swell.ts";
import { runTiny } from "./run_tiny.ts";

Deno.test("a manifest on SWELL-KW runs from its files to its report", async () => {
  const { windows, report } = await runTiny({
    dataset: "{kind: swell, path: swell}",
    signal: "{resample: 64, window: {seconds: 5, stride: 5}}",
    target: "{kind: condition, classes: {neutral: [N], stress: [T, I]}}",
  }, (dataFolder) => writeSwell(join(dataFolder, "swell")));
  const recordings = [...new Set(windows.map((window) => window.split("@")[0]))];
  assert.ok(recordings.includes("swell/pp23/1/c2_cont-T"));
  assert.deepEqual(recordings.filter((id) => id.endsWith("-R")), [], "relaxation is in no class");
  assert.match(report, /In the table but not recorded: pp11\/c2/);
});
