import assert from "node:assert/strict";
import { join } from "node:path";
import { byCodePoint } from "../../../src/formats/window_table.ts";
import { readSamples } from "../../../src/datasets/yaad/samples.ts";
import { yaadSchema } from "../../../src/datasets/yaad/schema.ts";
import { yaad } from "../../../src/datasets/yaad/source.ts";
import { detectRPeaks } from "../../../src/signal/r_peaks.ts";
import { mutationTest } from "../../formats/mutation.ts";
import { xlsxBytes } from "../../formats/table/write_xlsx.ts";
import { withDataFolder } from "../wfdb/write_database.ts";
import {
  open,
  recordingsOf,
  SECONDS,
  SIGNALS,
  TABLE,
  tableRows,
  textOf,
  VIDEOS,
  write,
  writeYaad,
} from "./write_yaad.ts";

const withYaad = (use: (dataFolder: string, folder: string) => Promise<void>) =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "yaad");
    await writeYaad(folder);
    await use(dataFolder, folder);
  });

Deno.test("yaad gives a recording a participant and video, by id, of one part", () =>
  withYaad(async (dataFolder) => {
    const recordings = await recordingsOf({}, dataFolder), ids = recordings.map(({ id }) => id);
    assert.deepEqual(ids, [
      "yaad/p1/s1/v1",
      "yaad/p1/s1/v2",
      "yaad/p1/s2/v1",
      "yaad/p10/s1/v1",
      "yaad/p10/s1/v2",
      "yaad/p2/s1/v1",
      "yaad/p2/s1/v2",
    ]);
    assert.deepEqual(ids, ids.toSorted(byCodePoint));
    for (
      const { id, subject, session, stimulus, leads: [{ name, unit, samples }], sampleRateHz } of recordings
    ) {
      assert.ok(id.startsWith(`yaad/${subject}/${session}/`));
      assert.ok(stimulus.startsWith(session) && id.endsWith(stimulus.slice(session.length)));
      assert.deepEqual([name, unit, samples.length, sampleRateHz], ["ECG", "not stated", SECONDS * 128, 128]);
      const beats = detectRPeaks(samples, { sampleRateHz }).length;
      assert.ok(id.endsWith("v2") ? beats >= 19 : beats <= 13, `${id}: ${beats}`);
    }
  }));

Deno.test("yaad reads levels, and emotions as words or numbers", () =>
  withYaad(async (dataFolder) => {
    const dataset = await open({}, dataFolder), recordings = await Array.fromAsync(dataset.recordings());
    assert.deepEqual(recordings[1].labels, {
      happy: 1,
      sad: 2,
      fear: 3,
      anger: 4,
      neutral: 5,
      disgust: 1,
      surprised: 3,
      valence: 6,
      arousal: 8,
      dominance: 4,
    });
    assert.equal(recordings[0].labels.arousal, 3);
    assert.deepEqual([dataset.labels.fear, dataset.labels.arousal], [{ from: 1, to: 5, unit: "points" }, {
      from: 1,
      to: 9,
      unit: "points",
    }]);
    assert.deepEqual(Object.keys(dataset.labels), Object.keys(recordings[0].labels));
  }));

Deno.test("yaad reads the other part with its own table, also as text", () =>
  withYaad(async (dataFolder, folder) => {
    const rows = tableRows([VIDEOS[0]]).map((row) =>
      row.map((cell) => cell === "Session ID" ? "Session Id" : cell)
    );
    await write(
      join(folder, "Self-annotation Single Modal.csv"),
      rows.map((row) => row.join(",")).join("\n"),
    );
    const recordings = await recordingsOf({ part: "single-modal" }, dataFolder);
    assert.deepEqual(recordings.map(({ id, labels }) => [id, labels.neutral]), [["yaad/p1/s1/v1", 5]]);
    assert.match(recordings[0].file ?? "", /Single Modal/);
  }));

Deno.test("yaad keeps recordings without a row in the table, unlabelled, and says so", () =>
  withYaad(async (dataFolder, folder) => {
    await write(join(folder, TABLE), xlsxBytes(tableRows(VIDEOS.slice(1))));
    const dataset = await open({}, dataFolder);
    assert.ok(dataset.notes.includes("Recordings without a row in the table have no labels: 1 of 7."));
    const [first] = await recordingsOf({}, dataFolder);
    assert.deepEqual(
      first.labels,
      Object.fromEntries(Object.keys(dataset.labels).map((label) => [label, null])),
    );
  }));

Deno.test("yaad refuses tables with ratings out of range or rows of nobody, with file and row", () =>
  withYaad(async (dataFolder, folder) => {
    const rows = tableRows(), names = rows[0];
    const refuses = async (column: string, cell: string | number | null, message: RegExp) => {
      const changed = rows.with(3, rows[3].with(names.indexOf(column), cell));
      await write(join(folder, TABLE), xlsxBytes(changed));
      await assert.rejects(open({}, dataFolder), (error: Error) => {
        assert.ok(error.message.startsWith(join(folder, TABLE)));
        assert.match(error.message, message);
        return true;
      });
    };
    await refuses(
      "Arousal level",
      10,
      /Cannot read row 4: "Arousal level" must be a number from 1 to 9, got "10"/,
    );
    await refuses("Fear", 0, /row 4: "Fear" must be a number from 1 to 5, got "0"/);
    await refuses("Fear", "Highest", /row 4: "Fear" must be a number from 1 to 5, got "Highest"/);
    await refuses("Video ID", null, /row 4: "Video ID" must be a whole number above 0, got ""/);
    await refuses("Session ID", 1, /row 4: "Video ID" must be in one row with p1\/s1\/v1, not in two/);
    await write(join(folder, TABLE), xlsxBytes(rows.map((row) => row.slice(0, -2))));
    await assert.rejects(open({}, dataFolder), {
      name: "SyntaxError",
      message: /must have a column "Surprised", got none/,
    });
    await write(join(folder, TABLE), xlsxBytes(rows.with(3, rows[3].with(names.indexOf("Fear"), null))));
    assert.equal((await recordingsOf({}, dataFolder))[2].labels.fear, null);
  }));

Deno.test("yaad stops at a word whose strength is out of range, with file and row", () =>
  withYaad(async (dataFolder, folder) => {
    // Neutral is VeryHigh, 5, in every row.
    await assert.rejects(open({ emotions: { to: 4 } }, dataFolder), {
      name: "RangeError",
      message: `${
        join(folder, TABLE)
      }: Cannot read row 2: "Neutral" must be a number from 1 to 4; in words it is 5, got "VeryHigh"`,
    });
  }));

Deno.test("yaad refuses folders that are not the dataset", () =>
  withYaad(async (dataFolder, folder) => {
    await assert.rejects(open({ path: "none" }, dataFolder), {
      message: /Cannot open YAAD: the folder must exist/,
    });
    await assert.rejects(open({ part: "single-modal" }, dataFolder), {
      message:
        /one table of self-annotations of the single-modal part, .xlsx or .csv, got none; "table" can name it/,
    });
    await write(join(folder, "Self-annotation Multimodal.xlsx"), xlsxBytes(tableRows()));
    await assert.rejects(open({}, dataFolder), {
      message: /got Self-Annotation Labels\/.*, Self-annotation Multimodal.xlsx; "table"/,
    });
    assert.equal((await recordingsOf({ table: TABLE }, dataFolder)).length, 7);
    await write(join(folder, "copy of Multimodal/ECGdata_s1p1v1.dat"), textOf(VIDEOS[0]));
    await assert.rejects(open({ table: TABLE }, dataFolder), {
      message: /there must be one file of p1\/s1\/v1, got .* as well/,
    });
    await Deno.remove(join(folder, "copy of Multimodal"), { recursive: true });
    await Deno.remove(join(folder, SIGNALS), { recursive: true });
    await assert.rejects(open({}, dataFolder), {
      message: /must hold files as in ECGdata_s1p1v1.dat, got none/,
    });
  }));

Deno.test("yaad is identified by the hashes of the part's recordings and table", () =>
  withYaad(async (dataFolder, folder) => {
    const identity = async () =>
      JSON.stringify(await yaad.identity(yaadSchema.parse({ path: "yaad" }), { dataFolder }));
    const before = await identity();
    await write(join(folder, "Raw Data/Single Modal/ECG/ECGdata_s1p1v1.dat"), "1,2");
    assert.equal(await identity(), before);
    await write(join(folder, SIGNALS, "ECGdata_s1p1v1.dat"), "1,2");
    assert.notEqual(await identity(), before);
  }));

Deno.test("readSamples() refuses what is no number, with file and position", () => {
  assert.deepEqual(readSamples("1, 2\r\n3,\n", { file: "a.dat" }).length, 3);
  for (
    const [text, message] of [
      ["1,2,x,4", 'a.dat: Cannot read sample 3: it must be a number, got "x"'],
      ["", 'a.dat: Cannot read sample 1: it must be a number, got ""'],
      ["1,,2", 'a.dat: Cannot read sample 2: it must be a number, got ""'],
      ["1,Infinity", 'a.dat: Cannot read sample 2: it must be a number, got "Infinity"'],
    ]
  ) {
    assert.throws(() => readSamples(text, { file: "a.dat" }), { name: "SyntaxError", message });
  }
});

mutationTest("readSamples()", {
  files: [new TextEncoder().encode("0.5,-1e-3,NaN,12\n")],
  read: (bytes, file) => readSamples(new TextDecoder().decode(bytes), { file }),
});
