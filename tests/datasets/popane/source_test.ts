import assert from "node:assert/strict";
import { join } from "node:path";
import { byCodePoint } from "../../../src/formats/window_table.ts";
import { bytesInMemory } from "../../../src/formats/bytes.ts";
import { readHeader } from "../../../src/datasets/popane/header.ts";
import { popaneSchema } from "../../../src/datasets/popane/schema.ts";
import { popane } from "../../../src/datasets/popane/source.ts";
import { detectRPeaks } from "../../../src/signal/r_peaks.ts";
import { mutationTest } from "../../formats/mutation.ts";
import { withDataFolder } from "../wfdb/write_database.ts";
import {
  all,
  FILES,
  open,
  recordingsOf,
  SECONDS,
  type StoredFile,
  textOf,
  writePopane,
} from "./write_popane.ts";

const withPopane = (
  use: (dataFolder: string, folder: string) => Promise<void>,
  files?: readonly StoredFile[],
) =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "popane");
    await writePopane(folder, files);
    await use(dataFolder, folder);
  });

const [BASELINE, THREAT] = FILES;
const changed = (file: StoredFile, columns: StoredFile["columns"]): StoredFile => ({
  ...file,
  columns: { ...file.columns, ...columns },
});

Deno.test("popane gives a recording a person and stimulus, by id, without the files that hold all again", () =>
  withPopane(async (dataFolder) => {
    const dataset = await open({}, dataFolder), recordings = await Array.fromAsync(dataset.recordings());
    const ids = recordings.map(({ id }) => id);
    assert.deepEqual(ids, [
      "popane/P10/S1/Baseline",
      "popane/P10/S1/Threat",
      "popane/P2/S1/Baseline",
      "popane/P2/S1/Threat",
      "popane/P3/S5/Baseline",
      "popane/P3/S5/Threat",
    ]);
    assert.deepEqual(ids, ids.toSorted(byCodePoint));
    assert.deepEqual(dataset.labels, {
      condition: { values: ["Baseline", "Threat"] },
      affect: { from: 0, to: 10, unit: "points" },
    });
    for (const { id, labels, subject, session, leads, sampleRateHz, stimulus } of recordings) {
      assert.deepEqual(labels, { condition: stimulus, affect: null });
      assert.ok(id.includes(`/${subject}/${session}/`));
      const [{ name, unit, samples }] = leads;
      assert.deepEqual([name, unit, samples.length, sampleRateHz], ["ECG", "mV", SECONDS * 1000, 1000]);
      const beats = detectRPeaks(samples, { sampleRateHz }).length;
      assert.ok(stimulus === "Baseline" ? beats <= 7 : beats >= 9, `${id}: ${beats}`);
    }
  }));

Deno.test("popane gives the rating over time where the study has it", () =>
  withPopane(async (dataFolder) => {
    const recordings = await recordingsOf({}, dataFolder);
    const [first] = recordings, last = recordings[recordings.length - 1];
    assert.deepEqual(first.tracks, {
      affect: { seconds: Float64Array.of(0, 3), values: Float64Array.of(5, 7) },
    });
    assert.equal(last.tracks, undefined);
  }));

Deno.test("popane takes numbers of people to be the same in all studies, or not", () =>
  withPopane(async (dataFolder) => {
    const subjects = async (
      subject: string,
    ) => [...new Set((await recordingsOf({ subject }, dataFolder)).map((recording) => recording.subject))];
    assert.deepEqual(await subjects("participant"), ["P2"]);
    assert.deepEqual(await subjects("study-participant"), ["S1-P2", "S5-P2"]);
  }, [BASELINE, { ...FILES[6], person: 2 }]));

Deno.test("popane reads the stimuli that are named", () =>
  withPopane(async (dataFolder) => {
    const ids = (await recordingsOf({ stimuli: ["Threat"] }, dataFolder)).map(({ id }) => id);
    assert.deepEqual(ids, ["popane/P10/S1/Threat", "popane/P2/S1/Threat", "popane/P3/S5/Threat"]);
    await assert.rejects(open({ stimuli: ["Treat"] }, dataFolder), {
      name: "RangeError",
      message: /"stimuli" must name some that files have, got "Treat"; did you mean "Threat"\?/,
    });
  }));

Deno.test("popane leaves out what has no electrocardiogram, by its names or by its samples, and says so", () =>
  withPopane(async (dataFolder) => {
    const dataset = await open({}, dataFolder);
    assert.match(dataset.notes.join("\n"), /Files without a column "ECG" are left out: 1 of 3\./);
    assert.deepEqual((await Array.fromAsync(dataset.recordings())).map(({ id }) => id), [
      "popane/P2/S1/Baseline",
    ]);
  }, [
    BASELINE,
    changed(THREAT, { ECG: all("NaN") }),
    { ...THREAT, person: 4, columns: { timestamp: [0, 1], marker: [102, 102] } },
  ]));

Deno.test("popane keeps missing samples and ratings as NaN", () => {
  const ECG = all(0.1).with(1, "NaN").with(2, "");
  return withPopane(async (dataFolder) => {
    const [{ leads: [{ samples }], tracks }] = await recordingsOf({}, dataFolder);
    assert.deepEqual([...samples.subarray(0, 4)], [0.1, NaN, NaN, 0.1]);
    assert.deepEqual(tracks?.affect, { seconds: Float64Array.of(0), values: Float64Array.of(NaN) });
  }, [changed(BASELINE, { ECG, affect: all("NaN") })]);
});

Deno.test("popane stops at a rating out of range with file and line, and the range can be set", () =>
  withPopane(async (dataFolder, folder) => {
    await assert.rejects(recordingsOf({ affect: { to: 6 } }, dataFolder), {
      name: "RangeError",
      // 11 lines of head, the names, then 3000 samples of 5.
      message: `${
        join(folder, "Baselines/S1_P2_Baseline.csv")
      }: Cannot read line 3013: "affect" must be a number from 0 to 6, got 7`,
    });
    assert.equal((await recordingsOf({ affect: { from: 5, to: 7 } }, dataFolder)).length, 1);
  }, [BASELINE]));

Deno.test("popane refuses a marker that contradicts the name of the file", () =>
  withPopane(async (dataFolder) => {
    await assert.rejects(recordingsOf({ stimuli: ["Baseline"] }, dataFolder), {
      name: "RangeError",
      message:
        /Baseline.csv: Cannot read line 15: "marker" must be -1, as of a baseline, got 7; "markers: ignore"/,
    });
    await assert.rejects(recordingsOf({ stimuli: ["Threat"] }, dataFolder), {
      message: /Threat.csv: Cannot read line 13: "marker" must not be -1, as of a baseline, got -1/,
    });
    assert.equal((await recordingsOf({ markers: "ignore" }, dataFolder)).length, 2);
  }, [changed(BASELINE, { marker: all(-1).with(2, 7) }), changed(THREAT, { marker: all(-1) })]));

Deno.test("popane refuses folders and files that are not the dataset", () =>
  withPopane(async (dataFolder, folder) => {
    await assert.rejects(open({ path: "none" }, dataFolder), {
      message: /Cannot open POPANE: the folder must exist/,
    });
    const text = textOf(BASELINE);
    const refuses = async (written: string, message: RegExp) => {
      await Deno.writeTextFile(join(folder, "Baselines/S1_P2_Baseline.csv"), written);
      await assert.rejects(recordingsOf({}, dataFolder), { message });
    };
    await refuses(
      text.replace("Study_1", "Study_2"),
      /study in the head must be that of the name, S1, got Study_2/,
    );
    await refuses(
      text.replaceAll(/^#.*\n/gm, ""),
      /must begin with lines as in #Study_name,Study_1 .* got 0 such lines/,
    );
    await refuses(
      text.replace("\ntimestamp,affect,ECG,", "\ntimestamp,affect,EKG,"),
      /must have a column "ECG", got timestamp, affect, EKG/,
    );
    await refuses(
      text.replace(/\n0\.002,.*\n/, "\n0.002,5\n"),
      /Cannot read line 15: a row must have 5 cells, got 2/,
    );
    await refuses(
      text.replace(/\n0\.002,5,/, "\n0.002,high,"),
      /line 15: affect must be a number, got "high"/,
    );
    await Deno.copyFile(join(folder, "Baselines/S1_P2_Baseline.csv"), join(folder, "S1_P2_Baseline.csv"));
    await assert.rejects(open({}, dataFolder), {
      message: /there must be one file of P2\/S1\/Baseline, got .* as well/,
    });
    await Deno.remove(folder, { recursive: true });
    await Deno.mkdir(folder);
    await assert.rejects(open({}, dataFolder), {
      message: /it must hold files as in S1_P2_Baseline.csv, got none/,
    });
  }, [BASELINE]));

Deno.test("popane is identified by the hashes of the files in use", () =>
  withPopane(async (dataFolder, folder) => {
    const identity = async () =>
      JSON.stringify(await popane.identity(popaneSchema.parse({ path: "popane" }), { dataFolder }));
    const before = await identity();
    await Deno.writeTextFile(join(folder, "S1_P2_All.csv"), "unused");
    assert.equal(await identity(), before);
    await Deno.writeTextFile(join(folder, "Baselines/S1_P2_Baseline.csv"), textOf(THREAT));
    assert.notEqual(await identity(), before);
  }, [BASELINE]));

Deno.test("readHeader() reads lines #key,value and the names below them", () => {
  const source = bytesInMemory(new TextEncoder().encode(textOf(THREAT)), { file: "a.csv" });
  const { fields, columns, table } = readHeader(source);
  assert.equal(Object.keys(fields).length, 11);
  assert.deepEqual([fields.Study_name, fields.Channel_Name], ["Study_1", "timestamp,affect,ECG,EDA,marker"]);
  assert.deepEqual(columns, ["timestamp", "affect", "ECG", "EDA", "marker"]);
  const offset = textOf(THREAT).indexOf("0,5,");
  assert.deepEqual(table, { separator: ",", cells: 5, offset, line: 13 });
});

mutationTest("readHeader()", {
  files: [new TextEncoder().encode("#Study_name,Study_1\n#Subject_ID,2\ntimestamp,ECG,marker\n0,0.1,-1\n")],
  read: (bytes, file) => readHeader(bytesInMemory(bytes, { file })),
});
