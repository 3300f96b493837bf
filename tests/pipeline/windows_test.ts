import assert from "node:assert/strict";
import { join } from "node:path";
import { csvSchema } from "../../src/datasets/csv/schema.ts";
import { stage } from "../../src/pipeline/stages/windows.ts";
import { readWindowTable, type WindowRow } from "../../src/formats/window_table.ts";
import { signalSchema } from "../../src/signal/schema.ts";
import { pulses } from "../datasets/pulses.ts";
import { temporaryFolder } from "./temporary.ts";

/** Runs the stage on recordings at 100 Hz by the names of their files, in windows of two seconds; gives these. */
async function cut(
  recordings: Readonly<Record<string, readonly number[]>>,
): Promise<{ windows: WindowRow[]; notes: string[] }> {
  await using folder = await temporaryFolder();
  await Deno.mkdir(join(folder.path, "mine"));
  for (const [name, samples] of Object.entries(recordings)) {
    await Deno.writeTextFile(join(folder.path, "mine", name), ["ecg", ...samples].join("\n"));
  }
  const dataset = {
    path: "mine",
    file: "{subject}_{stimulus}.csv",
    leads: { ECG: "ecg" },
    unit: "mV",
    sampleRateHz: 100,
  };
  await stage.run({
    parameters: {
      dataset: { kind: "csv", ...csvSchema.parse(dataset) },
      content: null,
      signal: signalSchema.parse({ resample: 64, window: { seconds: 2, stride: 2 } }),
    },
    inputs: {},
    output: folder.path,
    data: [],
    dataFolder: folder.path,
    progress() {},
  });
  return {
    windows: readWindowTable(await Deno.readTextFile(join(folder.path, "windows.csv"))),
    notes: JSON.parse(await Deno.readTextFile(join(folder.path, "facts.json"))).notes,
  };
}

const flatLine = (seconds: number) => ({ "p1_rest.csv": new Array(100 * seconds).fill(0) });

Deno.test("the stage windows says whether recordings are too short or their windows can't be used", async () => {
  const rule = "Cannot cut windows: there must be one of 2 s that can be used, got recordings: 1, ";
  await assert.rejects(cut(flatLine(1)), new RangeError(`${rule}all too short`));
  await assert.rejects(cut(flatLine(6)), new RangeError(`${rule}windows left out: flat 3`));
});

Deno.test("the stage windows gives a copy the same hash, whoever it is put down to and whatever else they have", async () => {
  const copied = pulses({ seconds: 4, rateHz: 100, bpm: 60 });
  const { windows } = await cut({
    "p1_rest.csv": copied,
    "p1_stress.csv": pulses({ seconds: 4, rateHz: 100, bpm: 97 }),
    "p2_rest.csv": copied,
    "p2_stress.csv": pulses({ seconds: 4, rateHz: 100, bpm: 81 }).map((sample) => 3 * sample),
  });
  const hashesOf = (recording: string) =>
    windows.filter((window) => window.recording === recording).map(({ hash }) => hash);
  assert.equal(hashesOf("mine/p1/1/rest").length, 2);
  assert.deepEqual(hashesOf("mine/p2/1/rest"), hashesOf("mine/p1/1/rest"));
  assert.equal(new Set(windows.map(({ hash }) => hash)).size, 6);
});

Deno.test("the stage windows names recordings that give none, and the file of one too short for the filter", async () => {
  const whole = { "p1_rest.csv": pulses({ seconds: 4, rateHz: 100, bpm: 60 }) };
  assert.deepEqual((await cut(whole)).notes, []);
  const { notes } = await cut({ ...whole, "p1_stress.csv": whole["p1_rest.csv"].slice(0, 150) });
  assert.deepEqual(notes, [
    "Recordings without a window of 2 s that can be used, being too short, flat or full of gaps: mine/p1/1/stress.",
  ]);
  await assert.rejects(cut({ ...whole, "p1_stress.csv": [1, 2, 3] }), {
    name: "RangeError",
    message: /mine.p1_stress\.csv: Cannot filter: at least 10 samples are needed, got 2$/,
  });
});
