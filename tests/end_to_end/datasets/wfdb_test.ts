/** Manifests on WFDB databases run from their records to their reports. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { pulses } from "../../datasets/pulses.ts";
import { smallRecord, writeDatabase } from "../../datasets/wfdb/write_database.ts";
import { writePtbXl } from "../../datasets/wfdb/write_known.ts";
import { runTiny } from "./run_tiny.ts";

Deno.test("a manifest on PTB-XL runs from its records to its report, by its authors' folds", async () => {
  const { windows, report } = await runTiny({
    dataset: "{kind: wfdb, path: ptb-xl}",
    signal: "{lead: II, resample: 64, window: {seconds: 2, stride: 2}}",
    target: "{kind: condition, label: superclass, classes: {normal: [NORM], infarction: [MI]}}",
    split: "{kind: predefined, label: stratFold, aside: [9], test: [10]}",
  }, async (dataFolder) => {
    // Ten people with two records each, one normal and one not, a person in each fold.
    const rows = Array.from({ length: 20 }, (_, index) => ({
      id: index + 1,
      patient: 1001 + (index >> 1),
      fold: 1 + (index >> 1),
      scpCodes: index % 2 === 0 ? "{'NORM': 100.0}" : "{'IMI': 100.0}",
    }));
    await writePtbXl(join(dataFolder, "ptb-xl"), rows, { seconds: 4 });
  });
  assert.deepEqual([...new Set(windows.map((window) => window.split("@")[0]))].sort(), [
    "ptb-xl/1010/1/00019_hr",
    "ptb-xl/1010/1/00020_hr",
  ]);
  assert.equal(new Set(windows).size, 4, "four seconds in windows of two");
  assert.match(report, /The records in records500 are used/);
  assert.match(report, /CC BY 4\.0/);
});

/** Eight records of 10 s at 250 Hz in a folder of its own. */
const RECORDS = Array.from({ length: 8 }, (_, index) => ({
  name: `${100 + index}`,
  samples: pulses({ seconds: 10, rateHz: 250, bpm: 60 + 3 * index }),
}));

Deno.test("a manifest on records with beats, as the MIT-BIH Arrhythmia Database has them, runs to its report", async () => {
  const { windows, report } = await runTiny({
    dataset: "{kind: wfdb, path: mitdb, exclude: {records: [107], why: paced}}",
    signal: "{lead: MLII, resample: 64, window: {seconds: 2, stride: 2}}",
    target: "{kind: beats, classes: {ventricular: [V], other: [N]}}",
    labels: "{unit: window, draws: 1}",
  }, (dataFolder) => {
    // A beat in the middle of each window, that of the second and fourth ventricular (5), others normal (1).
    const atr = [0, 1, 2, 3, 4].map((window) => ({
      sample: 250 * (2 * window + 1),
      code: window % 2 === 1 ? 5 : 1,
    }));
    return writeDatabase(
      join(dataFolder, "mitdb"),
      RECORDS.map(({ name, samples }) =>
        smallRecord(name, { format: 212, signals: [{ name: "MLII", samples }], annotations: { atr } })
      ),
    );
  });
  assert.deepEqual(
    [...new Set(windows.filter((window) => window.startsWith("mitdb/100/")))].sort(),
    [0, 128, 256, 384, 512].map((first) => `mitdb/100/1/100@${first}+128`),
  );
  assert.equal(windows.filter((window) => window.startsWith("mitdb/107/")).length, 0);
  assert.match(report, /Left out: 107: paced/);
});

Deno.test("a manifest on records with findings in their headers, as LUDB has them, runs to its report", async () => {
  const { windows, report } = await runTiny({
    dataset: "{kind: wfdb, path: ludb, annotations: ii}",
    signal: "{lead: ii, resample: 64, window: {seconds: 2, stride: 2}}",
    target:
      "{kind: condition, label: rhythm, classes: {sinus: [Sinus rhythm], other: [Atrial fibrillation]}}",
  }, (dataFolder) =>
    writeDatabase(
      join(dataFolder, "ludb"),
      RECORDS.map(({ name, samples }, index) =>
        smallRecord(name, {
          format: 16,
          signals: ["i", "ii"].map((lead) => ({ name: lead, gain: "1000.0(0)/mV", samples })),
          comments: [
            "<age>: 51",
            "<sex>: F",
            "<diagnoses>:",
            index % 2 === 0 ? "Rhythm: Sinus rhythm." : "Rhythm: Atrial fibrillation.",
          ],
          annotations: {
            ii: [{ sample: 100, code: 39 }, { sample: 125, code: 1 }, { sample: 150, code: 40 }],
          },
        })
      ),
    ));
  assert.equal(new Set(windows.map((window) => window.split("@")[0])).size, 8);
  assert.match(report, /Lobachevsky|LUDB/);
});
