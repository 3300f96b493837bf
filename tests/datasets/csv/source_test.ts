import assert from "node:assert/strict";
import { join } from "node:path";
import { recordingsOfTable } from "../../../src/datasets/csv/recordings.ts";
import { csvSchema } from "../../../src/datasets/csv/schema.ts";
import { csv } from "../../../src/datasets/csv/source.ts";
import type { Recording } from "../../../src/datasets/dataset.ts";
import { bytesInMemory } from "../../../src/formats/bytes.ts";
import { mutationTest } from "../../formats/mutation.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";

/** Writes files into a folder `mine` and reads the recordings of it. */
async function read(files: Record<string, string>, given: Record<string, unknown>): Promise<Recording[]> {
  await using data = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    const path = join(data.path, "mine", name);
    await Deno.mkdir(join(path, ".."), { recursive: true });
    await Deno.writeTextFile(path, text);
  }
  const parameters = csvSchema.parse({ path: "mine", leads: { ECG: "ecg" }, sampleRateHz: 4, ...given });
  const context = { dataFolder: data.path };
  await csv.identity(parameters, context);
  const dataset = await csv.open(parameters, context);
  return await Array.fromAsync(dataset.recordings());
}

const brief = ({ id, leads, labels }: Recording) => ({ id, samples: [...leads[0].samples], labels });
const RATING = { arousal: { from: 1, to: 9 } };

Deno.test("csv reads a recording a file, its labels from a table beside them", async () => {
  const recordings = await read({
    "b/film.csv": "ecg,x\n1,9\n2,9\n",
    "a/film.csv": "x;ecg\n".replace(";", ",") + "9,3\n9,\n9,NaN\n",
    "labels.csv": "Subject,Stimulus,AROUSAL\na,film,2.5\nb,film,\n",
  }, { file: "{subject}/{stimulus}.csv", labels: RATING, labelFile: "labels.csv", unit: "mV" });
  assert.deepEqual(recordings.map(brief), [
    { id: "mine/a/1/film", samples: [3, NaN, NaN], labels: { arousal: 2.5 } },
    { id: "mine/b/1/film", samples: [1, 2], labels: { arousal: null } },
  ]);
  assert.deepEqual([recordings[0].sampleRateHz, recordings[0].leads[0].unit], [4, "mV"]);
});

Deno.test("csv reads one table of everybody, with labels that are the same throughout a recording", async () => {
  const table = "who,clip,ecg,arousal\na,1,0.5,3\na,1,0.25,3\n\na,2,1,8\nb,1,2,4\n";
  const recordings = await read({ "all.csv": table }, {
    file: "all.csv",
    columns: { subject: "who", stimulus: "clip" },
    labels: RATING,
  });
  assert.deepEqual(recordings.map(brief), [
    { id: "mine/a/1/1", samples: [0.5, 0.25], labels: { arousal: 3 } },
    { id: "mine/a/1/2", samples: [1], labels: { arousal: 8 } },
    { id: "mine/b/1/1", samples: [2], labels: { arousal: 4 } },
  ]);
});

Deno.test("csv reads one table whose columns are called as it takes them to be, labels beside the samples", async () => {
  const table = "subject,condition,ecg\na,rest,1\nb,stress,2\n";
  const recordings = await read({ "all.csv": table }, {
    file: "all.csv",
    labels: { condition: { values: ["rest", "stress"] } },
  });
  assert.deepEqual(recordings.map(brief), [
    { id: "mine/a/1/none", samples: [1], labels: { condition: "rest" } },
    { id: "mine/b/1/none", samples: [2], labels: { condition: "stress" } },
  ]);
});

const TABLE = { file: "all.csv", columns: { subject: "who" }, labels: RATING };
const FILES = { file: "{subject}.csv" };

for (
  const [what, files, parameters, message] of [
    [
      "a sample that is no number",
      { "a.csv": "ecg\n1\nx\n" },
      FILES,
      /a\.csv: Cannot read row 3: "ecg" must be a number, got "x"$/,
    ],
    [
      "a row of another length",
      { "a.csv": "ecg,b\n1,2\n1\n" },
      FILES,
      /a\.csv: Cannot read row 3: it must have 2 cells, got 1$/,
    ],
    [
      "a lead without a column",
      { "a.csv": "ekg\n1\n" },
      FILES,
      /a\.csv: .*a column "ecg", got none; did you mean "ekg"/,
    ],
    ["a folder without such files", { "a.txt": "ecg\n" }, FILES, /must be as in \{subject\}\.csv, got none$/],
    ["an empty file", { "a.csv": "" }, FILES, /a\.csv: Cannot read the table: it must have a row of names/],
    [
      "a label out of range",
      { "all.csv": "who,ecg,arousal\na,1,12\n" },
      TABLE,
      /all\.csv: Cannot read row 2: "arousal" must be a number from 1 to 9, got "12"$/,
    ],
    [
      "a label that changes within a recording",
      { "all.csv": "who,ecg,arousal\na,1,3\na,1,4\n" },
      TABLE,
      /row 3: "arousal" must be the same throughout a recording, got "4" after "3"$/,
    ],
    [
      "a subject that comes again",
      { "all.csv": "who,ecg,arousal\na,1,3\nb,1,3\na,1,3\n" },
      TABLE,
      /row 4: the rows of a recording, .* must follow each other, got a again$/,
    ],
    [
      "a recording without labels",
      { "a.csv": "ecg\n1\n", "labels.csv": "subject,arousal\nb,3\n" },
      { ...FILES, file: "{subject}.csv", labels: RATING, labelFile: "labels.csv" },
      /must have one row with subject a, got 0$/,
    ],
  ] as const
) {
  Deno.test(`csv refuses ${what}, with the file`, async () => {
    await assert.rejects(read(files, parameters), (error: Error) => {
      assert.match(error.message, message);
      return true;
    });
  });
}

mutationTest("recordingsOfTable()", {
  files: [new TextEncoder().encode("who,clip,ecg,arousal\na,1,0.5,3\na,1,0.25,3\na,2,1,8\nb,1,NaN,4\n")],
  read(bytes, file) {
    const given = {
      path: "mine",
      file: "all.csv",
      columns: { subject: "who", stimulus: "clip" },
      labels: RATING,
    };
    const parameters = csvSchema.parse({ ...given, leads: { ECG: "ecg" }, sampleRateHz: 4 });
    return [...recordingsOfTable(bytesInMemory(bytes, { file }), { name: "mine", labels: null, parameters })];
  },
});
