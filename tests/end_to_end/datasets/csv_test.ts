/** Manifests on CSV files run from the files to the report: a file a recording, and one table of everybody. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { pulses } from "../../datasets/pulses.ts";
import { runTiny } from "./run_tiny.ts";

const RATE_HZ = 100, PEOPLE = ["p1", "p2", "p3", "p4", "p5", "p6"];
/** Each person at rest and under stress, when the heart beats faster. */
const RECORDINGS = PEOPLE.flatMap((subject, person) =>
  ([["rest", 60, 2.5], ["stress", 90, 7.5]] as const).map(([stimulus, bpm, arousal]) => ({
    subject,
    stimulus,
    arousal,
    samples: pulses({ seconds: 10, rateHz: RATE_HZ, bpm: bpm + person }).map((sample) => sample / 1000),
  }))
);
const signal = "{resample: 64, window: {seconds: 2, stride: 2}}";

Deno.test("a manifest on CSV files runs from its files to its report, with conditions from a table", async () => {
  const { windows, report } = await runTiny({
    dataset:
      '{kind: csv, path: mine, file: "{subject}/{stimulus}.csv", leads: {ECG: ecg_mv}, unit: mV, sampleRateHz: 100, ' +
      "labelFile: labels.csv, labels: {condition: {values: [rest, stress]}}, licence: my own}",
    signal,
  }, async (dataFolder) => {
    for (const { subject, stimulus, samples } of RECORDINGS) {
      await Deno.mkdir(join(dataFolder, "mine", subject), { recursive: true });
      const rows = samples.map((sample, row) => `${row / RATE_HZ},${row === 7 ? "" : sample}`);
      await Deno.writeTextFile(
        join(dataFolder, "mine", subject, `${stimulus}.csv`),
        ["seconds,ecg_mv", ...rows].join("\n"),
      );
    }
    const rows = RECORDINGS.map(({ subject, stimulus }) => `${subject},${stimulus},${stimulus}`);
    const table = ["subject,stimulus,condition", ...rows].join("\n");
    await Deno.writeTextFile(join(dataFolder, "mine", "labels.csv"), table);
  });
  assert.deepEqual(
    recordingsOf(windows),
    RECORDINGS.map(({ subject, stimulus }) => `mine/${subject}/1/${stimulus}`),
  );
  assert.match(report, /my own/);
});

Deno.test("a manifest on one CSV table runs from its rows to its report, with ratings beside the samples", async () => {
  const { windows, report } = await runTiny({
    dataset:
      "{kind: csv, path: mine, file: all.csv, delimiter: ;, columns: {subject: who, stimulus: clip}, leads: {ECG: ecg}, " +
      "sampleRateHz: 100, labels: {arousal: {column: felt, from: 1, to: 9}}}",
    signal,
    target: "{kind: rating, label: arousal, threshold: 5}",
  }, async (dataFolder) => {
    const rows = RECORDINGS.flatMap(({ subject, stimulus, arousal, samples }) =>
      samples.map((sample) => `${subject};${stimulus};${sample};${arousal}`)
    );
    await Deno.mkdir(join(dataFolder, "mine"));
    await Deno.writeTextFile(join(dataFolder, "mine", "all.csv"), ["who;clip;ecg;felt", ...rows].join("\n"));
  });
  assert.deepEqual(
    recordingsOf(windows),
    RECORDINGS.map(({ subject, stimulus }) => `mine/${subject}/1/${stimulus}`),
  );
  assert.match(report, /The unit of the leads is not stated/);
});

function recordingsOf(windows: readonly string[]): string[] {
  return [...new Set(windows.map((window) => window.split("@")[0]))].sort();
}
