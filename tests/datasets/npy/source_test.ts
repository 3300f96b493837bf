import assert from "node:assert/strict";
import { join } from "node:path";
import { zipSync } from "fflate";
import type { Recording } from "../../../src/datasets/dataset.ts";
import { npySchema } from "../../../src/datasets/npy/schema.ts";
import { npy } from "../../../src/datasets/npy/source.ts";
import { npyBytes } from "../../formats/npy_bytes.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";

async function read(
  files: Record<string, Uint8Array | string>,
  given: Record<string, unknown> = {},
): Promise<Recording[]> {
  await using data = await temporaryFolder();
  const folder = join(data.path, "mine");
  await Deno.mkdir(folder);
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(join(folder, name), bytes);
  }
  const parameters = npySchema.parse({
    path: "mine",
    file: "{subject}_{session}.np*",
    sampleRateHz: 4,
    ...given,
  });
  await npy.identity(parameters, { dataFolder: data.path });
  return await Array.fromAsync((await npy.open(parameters, { dataFolder: data.path })).recordings());
}

const pair = npyBytes("<f8", [2, 2], Float64Array.of(1, 2, 3, 4));

Deno.test("npy reads a recording a file, each lead a column, with labels from a table", async () => {
  const [one, two] = await read({
    "b_1.npy": pair,
    "a_2.npz": zipSync({ "x.npy": npyBytes("<f4", [2, 2], Float32Array.of(5, 6, 7, NaN)) }),
    "labels.csv": "subject,condition\na,calm\nb,\n",
  }, { leads: ["I", "II"], labels: { condition: { values: ["calm"] } }, labelFile: "labels.csv" });
  assert.deepEqual([one.id, two.id], ["mine/a/2/none", "mine/b/1/none"]);
  assert.deepEqual(one.leads.map(({ name, samples }) => [name, ...samples]), [["I", 5, 7], ["II", 6, NaN]]);
  assert.deepEqual(two.leads.map(({ samples }) => [...samples]), [[1, 3], [2, 4]]);
  assert.deepEqual([one.labels, two.labels], [{ condition: "calm" }, { condition: null }]);
});

Deno.test("npy refuses an array of another shape, and an archive without the array, with the file", async () => {
  await assert.rejects(read({ "a_1.npy": pair }), {
    name: "TypeError",
    message:
      /a_1\.npy: Cannot read the recording: its array must be \[time\] for the leads ECG, got \[2, 2\]$/,
  });
  await assert.rejects(read({ "a_1.npz": zipSync({ "x.npy": pair, "y.npy": pair }) }), {
    name: "RangeError",
    message: /a_1\.npz: .*"array" must name one of x, y, got none$/,
  });
});

Deno.test("npy stops at a label out of range with file and row, and at a recording without a row", async () => {
  const labelled = { leads: ["I", "II"], labels: { arousal: { from: 1, to: 9 } }, labelFile: "labels.csv" };
  await assert.rejects(read({ "a_1.npy": pair, "labels.csv": "subject,arousal\nb,5\na,10\n" }, labelled), {
    name: "RangeError",
    message: /labels\.csv: Cannot read row 3: "arousal" must be a number from 1 to 9, got "10"$/,
  });
  await assert.rejects(read({ "a_1.npy": pair, "labels.csv": "subject,arousal\nb,5\n" }, labelled), {
    name: "RangeError",
    message: /a_1\.npy: Cannot label the recording: .*labels\.csv must have one row with subject a, got 0$/,
  });
});
