/** A manifest on arrays of NumPy runs from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { pulses } from "../../datasets/pulses.ts";
import { npyBytes } from "../../formats/npy_bytes.ts";
import { runTiny } from "./run_tiny.ts";

Deno.test("a manifest on arrays of NumPy runs from its files to its report, on one of two leads", async () => {
  const { windows, report } = await runTiny({
    dataset:
      '{kind: npy, path: mine, file: "{subject}_{session}.npy", leads: [breath, ECG], unit: mV, sampleRateHz: 100, ' +
      "labelFile: labels.csv, labels: {condition: {values: [rest, stress]}}}",
    signal: "{lead: ECG, resample: 64, window: {seconds: 2, stride: 2}}",
  }, async (dataFolder) => {
    const folder = join(dataFolder, "mine"), rows = ["subject,session,condition"];
    await Deno.mkdir(folder);
    for (let person = 1; person <= 6; person++) {
      for (const [session, condition, bpm] of [["1", "rest", 60], ["2", "stress", 90]] as const) {
        const samples = pulses({ seconds: 10, rateHz: 100, bpm: bpm + person });
        const pairs = Float64Array.from(samples.flatMap((sample, index) => [index % 400, sample / 1000]));
        const bytes = npyBytes("<f8", [samples.length, 2], pairs);
        await Deno.writeFile(join(folder, `p${person}_${session}.npy`), bytes);
        rows.push(`p${person},${session},${condition}`);
      }
    }
    await Deno.writeTextFile(join(folder, "labels.csv"), rows.join("\n"));
  });
  const ofRest = windows.filter((window) => window.startsWith("mine/p1/1/none@"));
  assert.equal(new Set(ofRest).size, 5, "ten seconds in windows of two");
  assert.equal(new Set(windows.map((window) => window.split("@")[0])).size, 12);
  assert.doesNotMatch(report, /The unit of the leads is not stated/);
});
