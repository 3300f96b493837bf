/** A manifest on a folder of EDF files runs from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { writeEdfFolder } from "../../datasets/edf/write_folder.ts";
import { runTiny } from "./run_tiny.ts";

Deno.test("a manifest on EDF files runs from its files to its report", async () => {
  const { windows, report } = await runTiny({
    dataset: '{kind: edf, path: mine, file: "{subject}_{stimulus}.edf", labelFile: labels.csv, ' +
      "labels: {condition: {values: [rest, stress]}}}",
    signal: "{lead: ECG, resample: 64, window: {seconds: 2, stride: 2}}",
  }, (dataFolder) => writeEdfFolder(join(dataFolder, "mine"), { people: 6 }));
  const ofRest = windows.filter((window) => window.startsWith("mine/p1/1/rest@"));
  assert.equal(new Set(ofRest).size, 5, "ten seconds in windows of two");
  assert.match(report, /Signals of lower rates are left out: Resp/);
});
