import assert from "node:assert/strict";
import { join } from "node:path";
import { recordingsOfTable } from "../../../src/datasets/csv/recordings.ts";
import { csvSchema } from "../../../src/datasets/csv/schema.ts";
import { csv } from "../../../src/datasets/csv/source.ts";
import type { Recording } from "../../../src/datasets/dataset.ts";
import { bytesInMemory } from "../../../src/formats/bytes.ts";
import { mutationTest } from "../../formats/mutation.ts";
import { xlsxBytes } from "../../formats/table/write_xlsx.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";

/** Writes files into a folder `mine` and reads the recordings of it. */
async function read(
  files: Record<string, string | Uint8Array>,
  given: Record<string, unknown>,
): Promise<Recording[]> {
  return (await readAll(files, given)).recordings;
}

/** The same, with what a reader must know of them. */
async function readAll(files: Record<string, string | Uint8Array>, given: Record<string, unknown>) {
  await using data = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    const path = join(data.path, "mine", name);
    await Deno.mkdir(join(path, ".."), { recursive: true });
    await Deno.writeFile(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
  }
  const parameters = csvSchema.parse({ path: "mine", leads: { ECG: "ecg" }, sampleRateHz: 4, ...given });
  const context = { dataFolder: data.path };
  await csv.identity(parameters, context);
  const dataset = await csv.open(parameters, context);
  return { recordings: await Array.fromAsync(dataset.recordings()), notes: dataset.notes };
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

Deno.test("csv reads files whose type is in capitals, and names with dots that their system keeps apart", async () => {
  const recordings = await read({
    "a.CSV": "ecg\n1\n",
    "u\u0308.csv": "ecg\n2\n",
    "labels.csv": "subject,arousal\na,3\n\u00fc,4\n",
  }, { file: "{subject}.csv", labels: RATING, labelFile: "labels.csv" });
  assert.deepEqual(recordings.map(brief), [
    { id: "mine/a/1/none", samples: [1], labels: { arousal: 3 } },
    { id: "mine/\u00fc/1/none", samples: [2], labels: { arousal: 4 } },
  ]);
});

Deno.test("csv reads labels from a workbook, and notes those of which there is no recording", async () => {
  const labels = xlsxBytes([["subject", "arousal"], ["a", 3], ["b", 4], ["c", 5]]);
  const { recordings, notes } = await readAll(
    { "a.csv": "ecg\n1\n", "labels.xlsx": labels },
    { file: "{subject}.csv", labels: RATING, labelFile: "labels.xlsx", unit: "mV" },
  );
  assert.deepEqual(recordings.map(brief), [{ id: "mine/a/1/none", samples: [1], labels: { arousal: 3 } }]);
  assert.deepEqual(notes, ["In the table of labels but not recorded: b, c."]);
});

Deno.test("csv takes no delimiter between quotation marks for one", async () => {
  const table = 'who,"ecg, raw",ecg\n"M\u00fcller, ""H.""",9,"1"\n"M\u00fcller, ""H.""",,2\n';
  const recordings = await read({ "all.csv": table }, { file: "all.csv", columns: { subject: "who" } });
  assert.deepEqual(recordings.map(({ subject, leads }) => [subject, ...leads[0].samples]), [
    ['M\u00fcller, "H."', 1, 2],
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
      "a number with a decimal comma",
      { "a.csv": "t;ecg\n0;1\n1;0,5\n" },
      { ...FILES, delimiter: ";" },
      /a\.csv: Cannot read row 3: "ecg" must be a number, got "0,5"; the decimal sign must be a point$/,
    ],
    [
      "another delimiter than it is told",
      { "a.csv": "t;ecg\n0;1\n" },
      FILES,
      /a\.csv: .*a column "ecg", got one column, "t;ecg"; its cells seem to be divided by a semicolon$/,
    ],
    [
      "a table in UTF-16",
      { "a.csv": Uint8Array.of(0xff, 0xfe, 0x65, 0, 0x63, 0, 0x67, 0, 10, 0) },
      FILES,
      /a\.csv: Cannot read the table: it must be text in UTF-8, got another encoding, as in UTF-16$/,
    ],
    [
      "a workbook that is called .csv",
      { "a.csv": "ecg\n1\n", "labels.csv": xlsxBytes([["subject", "arousal"], ["a", 3]]) },
      { ...FILES, labels: RATING, labelFile: "labels.csv" },
      /labels\.csv: Cannot read the table: it must be text in UTF-8, got a workbook of a spreadsheet, which can save it as CSV$/,
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
