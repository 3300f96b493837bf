import assert from "node:assert/strict";
import { join } from "node:path";
import { csvSchema } from "../../src/datasets/csv/schema.ts";
import { stage } from "../../src/pipeline/stages/windows.ts";
import { signalSchema } from "../../src/signal/schema.ts";
import { temporaryFolder } from "./temporary.ts";

/** Runs the stage on one recording of a flat line, in windows of two seconds. */
async function cutFlatLine({ seconds }: { seconds: number }): Promise<void> {
  await using folder = await temporaryFolder();
  await Deno.mkdir(join(folder.path, "mine"));
  const rows = new Array(100 * seconds).fill("0");
  await Deno.writeTextFile(join(folder.path, "mine", "p1.csv"), ["ecg", ...rows].join("\n"));
  const dataset = { path: "mine", file: "{subject}.csv", leads: { ECG: "ecg" }, sampleRateHz: 100 };
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
}

Deno.test("the stage windows says whether recordings are too short or their windows can't be used", async () => {
  const rule = "Cannot cut windows: there must be one of 2 s that can be used, got recordings: 1, ";
  await assert.rejects(cutFlatLine({ seconds: 1 }), new RangeError(`${rule}all too short`));
  await assert.rejects(cutFlatLine({ seconds: 6 }), new RangeError(`${rule}windows left out: flat 3`));
});
