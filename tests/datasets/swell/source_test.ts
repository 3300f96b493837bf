import assert from "node:assert/strict";
import { join } from "node:path";
import { byCodePoint } from "../../../src/formats/window_table.ts";
import { swellSchema } from "../../../src/datasets/swell/schema.ts";
import { swell } from "../../../src/datasets/swell/source.ts";
import { detectRPeaks } from "../../../src/signal/r_peaks.ts";
import { withDataFolder } from "../wfdb/write_database.ts";
import {
  blockBytes,
  BLOCKS,
  conditionRows,
  CONDITIONS,
  open,
  recordingsOf,
  SAMPLE_RATE_HZ,
  SELF_REPORTS,
  selfReportRows,
  SIGNALS,
  write,
  writeConditions,
  writeSwell,
} from "./write_swell.ts";

/** A dataset in a data folder, gone afterwards. */
const withSwell = (
  use: (dataFolder: string, folder: string) => Promise<void>,
  options?: Parameters<typeof writeSwell>[1],
) =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "swell");
    await writeSwell(folder, options);
    await use(dataFolder, folder);
  });

Deno.test("swell gives a recording a condition and block, by id, subjects after each other", () =>
  withSwell(async (dataFolder) => {
    const recordings = await recordingsOf({}, dataFolder), ids = recordings.map(({ id }) => id);
    assert.deepEqual(ids, [
      "swell/pp1/1/c1-N",
      "swell/pp1/1/c1-R",
      "swell/pp1/1/c2-R",
      "swell/pp1/1/c2-T",
      "swell/pp1/1/c3-I",
      "swell/pp1/1/c3-R",
      "swell/pp10/1/c1-N",
      "swell/pp10/1/c1-R",
      "swell/pp10/1/c2-I",
      "swell/pp10/1/c2-R",
      "swell/pp10/1/c3-R",
      "swell/pp10/1/c3-T",
      "swell/pp11/1/c1-N",
      "swell/pp11/1/c1-R",
      "swell/pp11/1/c3-I",
      "swell/pp11/1/c3-R",
      "swell/pp12/1/c1-N",
      "swell/pp12/1/c1-R",
      "swell/pp12/1/c2-R",
      "swell/pp12/1/c2-T",
      "swell/pp23/1/c1-N",
      "swell/pp23/1/c1-R",
      "swell/pp23/1/c2-R",
      "swell/pp23/1/c2_cont-T",
    ]);
    assert.deepEqual(ids, ids.toSorted(byCodePoint));
    for (const { id, stimulus, labels, session, file } of recordings) {
      assert.deepEqual([labels.condition, session], [stimulus, "1"]);
      assert.ok(id.endsWith(`-${stimulus}`) && file?.toLowerCase().endsWith(".s00"));
    }
  }));

Deno.test("swell takes the condition from the table: T and I are told apart where blocks are exchanged", () =>
  withSwell(async (dataFolder, folder) => {
    const swapped = BLOCKS.map((block) =>
      block.work === "N" ? block : { ...block, work: block.work === "T" ? "I" as const : "T" as const }
    );
    await writeConditions(folder, conditionRows(swapped));
    await Deno.remove(join(folder, SELF_REPORTS));
    const recordings = await recordingsOf({}, dataFolder);
    const conditionsOf = (subject: string) =>
      recordings.filter((recording) => recording.subject === subject && recording.stimulus !== "R")
        .map(({ id }) => id.split("/")[3]);
    assert.deepEqual(conditionsOf("pp1"), ["c1-N", "c2-I", "c3-T"]);
    assert.deepEqual(conditionsOf("pp10"), ["c1-N", "c2-T", "c3-I"]);
  }));

Deno.test("swell gives the electrocardiogram of each minute in mV, at the file's rate", () =>
  withSwell(async (dataFolder) => {
    const recordings = await recordingsOf({}, dataFolder);
    const rates = new Map(recordings.map(({ id, leads, sampleRateHz }) => {
      const [{ name, unit, samples }] = leads;
      assert.deepEqual([name, unit, samples.length, sampleRateHz, leads.length], [
        "ECG",
        "mV",
        60 * SAMPLE_RATE_HZ,
        SAMPLE_RATE_HZ,
        1,
      ]);
      assert.ok(Math.max(...samples) > 1 && Math.max(...samples) < 1.3);
      return [id, detectRPeaks(samples, { sampleRateHz }).length];
    }));
    // 0.95 s between beats in relaxation, 0.9 in the neutral block, 0.6 under pressure.
    for (const [id, beats] of rates) {
      const expected = id.endsWith("R") ? 63 : id.endsWith("N") ? 66.5 : 100;
      assert.ok(Math.abs(beats - expected) <= 2, `${id}: ${beats}`);
    }
  }));

Deno.test("swell gives the ratings of a block to its work, and none to relaxation", () =>
  withSwell(async (dataFolder) => {
    const dataset = await open({}, dataFolder), recordings = await Array.fromAsync(dataset.recordings());
    const labels = new Map(recordings.map((recording) => [recording.id, recording.labels]));
    assert.deepEqual(labels.get("swell/pp1/1/c2-T"), {
      condition: "T",
      valence: 5.5,
      arousal: 7,
      dominance: 2,
      stress: 1.5,
      "mental-effort": 11.3,
      "mental-demand": 4,
      "physical-demand": 3,
      "temporal-demand": 6,
      effort: 7,
      performance: 8,
      frustration: 9,
    });
    assert.equal(labels.get("swell/pp1/1/c2-R")?.arousal, null);
    assert.equal(labels.get("swell/pp11/1/c3-I")?.arousal, null, "999 is missing");
    assert.deepEqual(dataset.labels.condition, { values: ["I", "N", "R", "T"] });
    assert.deepEqual(dataset.labels.arousal, { from: 1, to: 9, unit: "points" });
    assert.deepEqual(dataset.labels.stress, { from: 0, to: 10, unit: "points" });
    for (const { labels: own } of recordings) assert.deepEqual(Object.keys(own), Object.keys(dataset.labels));
  }));

Deno.test("swell tells what was not recorded, not verified and left out", () =>
  withSwell(async (dataFolder) => {
    const exclude = { blocks: ["pp12", "pp1_c3"], why: "to test" };
    const dataset = await open({ exclude }, dataFolder), notes = dataset.notes.join("\n");
    assert.match(notes, /In the table but not recorded: pp11\/c2\.\n/);
    assert.match(notes, /recorder's clock shows their time, which was not verified/);
    assert.match(notes, /Left out: pp12 and pp1_c3: to test/);
    assert.match(dataset.licence, /BY-NC-SA/);
    const ids = (await Array.fromAsync(dataset.recordings())).map(({ id }) => id);
    assert.ok(!ids.some((id) => /pp12\/|pp1\/1\/c3/.test(id)) && ids.includes("swell/pp1/1/c2-T"));
  }));

Deno.test("swell finds recordings where the folder is spelled as the archive spells it, and reads tables with tabs", () =>
  withSwell(async (dataFolder, folder) => {
    await Deno.remove(join(folder, SELF_REPORTS));
    const text = selfReportRows().map((row) => row.join("\t")).join("\n");
    await Deno.writeTextFile(join(folder, "Behavioral-features - per minute.tab"), text);
    const [first] = await recordingsOf({}, dataFolder);
    assert.deepEqual([first.id, first.labels.arousal], ["swell/pp1/1/c1-N", 3]);
  }, { signals: SIGNALS.replace("(raw and filtered)", "_raw and filtered_") }));

Deno.test("swell does without self-reports, and says so", () =>
  withSwell(async (dataFolder, folder) => {
    await Deno.remove(join(folder, SELF_REPORTS));
    const dataset = await open({}, dataFolder);
    assert.deepEqual(Object.keys(dataset.labels), ["condition"]);
    assert.ok(dataset.notes.includes("There is no table of self-reports, so there are no ratings."));
  }));

Deno.test("swell places minutes by the recorder's clock, or by the first minute of the block", () =>
  withSwell(async (dataFolder, folder) => {
    // The clock is 30 s fast: half a minute of work lies beyond the recording's end.
    const [block] = BLOCKS, path = join(folder, SIGNALS, "pp1_18-9-2012_c1.S00");
    const bytes = blockBytes(block, { start: [8, 59] });
    const seconds = new DataView(bytes.buffer);
    assert.equal(seconds.getInt16(139, true), 59);
    seconds.setInt16(141, 30, true);
    await Deno.writeFile(path, bytes);
    const lengths = async (alignment: string) =>
      (await recordingsOf({ alignment }, dataFolder)).filter(({ file }) => file === path)
        .map(({ id, leads }) => [id.split("/")[3], leads[0].samples.length / SAMPLE_RATE_HZ]);
    assert.deepEqual(await lengths("clock"), [["c1-N", 30], ["c1-R", 60]]);
    assert.deepEqual(await lengths("first-minute"), [["c1-N", 60], ["c1-R", 60]]);
  }, { blocks: BLOCKS.slice(0, 1) }));

Deno.test("swell keeps the second part of a block at its distance from the first", () =>
  withSwell(async (dataFolder) => {
    const recordings = await recordingsOf({ alignment: "first-minute" }, dataFolder);
    assert.deepEqual(recordings.map(({ id }) => id), ["swell/pp23/1/c2-R", "swell/pp23/1/c2_cont-T"]);
  }, { blocks: BLOCKS.slice(-1) }));

Deno.test("swell refuses a channel without R-peaks, and names those that have them", () =>
  withSwell(async (dataFolder, folder) => {
    const path = join(folder, SIGNALS, "pp1_18-9-2012_c1.S00");
    await assert.rejects(recordingsOf({ ecgChannel: 7 }, dataFolder), {
      name: "RangeError",
      message:
        `${path}: Cannot take the electrocardiogram: channel 7 (other7) must hold R-peaks, got them in 0% of its ` +
        `windows; "ecgChannel" can name another: they are found in 6 (portiHeart), 8 (portiHeartPre)`,
    });
    await assert.rejects(recordingsOf({ ecgChannel: 9 }, dataFolder), {
      name: "RangeError",
      message: /"ecgChannel" must be from 1 to 8, other1, .*, got 9/,
    });
    await write(path, blockBytes(BLOCKS[0], { start: [9, 0], channels: 5 }));
    await assert.rejects(recordingsOf({ ecgChannel: 5 }, dataFolder), {
      message: /no channel holds them: "exclude" leaves the block out/,
    });
    assert.equal(
      (await recordingsOf({ ecgChannel: 8, exclude: { blocks: ["pp1_c1"], why: "x" } }, dataFolder)).length,
      2,
    );
  }, { blocks: BLOCKS.slice(0, 2) }));

Deno.test("swell stops at a rating out of range with file and row, and range and unit can be set", () =>
  withSwell(async (dataFolder) => {
    await assert.rejects(open({ ratings: { arousal: { to: 6 } } }, dataFolder), (error: Error) => {
      assert.equal(error.name, "RangeError");
      assert.match(
        error.message,
        /per minute.xlsx: Cannot read row 5: "Arousal_rc" must be a number from 1 to 6, got "7"/,
      );
      return true;
    });
    const dataset = await open({ ratings: { arousal: { column: "Valence_rc", to: 6 } } }, dataFolder);
    assert.deepEqual(dataset.labels.arousal, { from: 1, to: 6, unit: "points" });
    const { labels } = await open({ ratings: { "mental-effort": { to: 150, unit: "mm" } } }, dataFolder);
    assert.deepEqual(labels["mental-effort"], { from: 0, to: 150, unit: "mm" });
  }));

Deno.test("swell refuses tables that contradict themselves or each other", () =>
  withSwell(async (dataFolder, folder) => {
    const rows = conditionRows(),
      refuses = async (changed: string[][], message: RegExp) => {
        await writeConditions(folder, changed);
        await assert.rejects(open({}, dataFolder), (error: Error) => {
          assert.ok(
            error.message.startsWith(join(folder, CONDITIONS)) || /per minute.xlsx/.test(error.message),
          );
          assert.match(error.message, message);
          return true;
        });
      };
    const changed = (row: number, column: number, text: string) =>
      rows.with(row, rows[row].with(column, text));
    await refuses(changed(2, 2, "X"), /Cannot read row 3: "Condition" must be R, N, T or I, got "X"/);
    await refuses(changed(2, 0, "P1"), /Cannot read row 3: "PP" must be a person as in PP1/);
    await refuses(changed(2, 1, "4"), /Cannot read row 3: "C" must be a block, 1 to 3, got "4"/);
    await refuses(changed(2, 3, "2012-09-18"), /row 3: "timestamp" must be a time as in 20120918T131600000/);
    await refuses(changed(1, 2, "T"), /row 3: "Condition" must be R or T, the condition of pp1\/c1, got "N"/);
    await refuses(changed(2, 3, rows[1][3]), /row 3: "Condition" must be R, as of the same minute before/);
    await refuses(
      changed(2, 2, "T"),
      /row 3: "Condition" must be T, as the table of conditions says of pp1\/c1, got "N"/,
    );
    await refuses(
      rows.filter(([person, block]) => person !== "PP1" || block !== "2"),
      /it must have rows of pp1\/c2 because there is .*pp1_18-9-2012_c2.S00, got none/,
    );
  }));

Deno.test("swell passes over rows without a condition or time", () =>
  withSwell(async (dataFolder, folder) => {
    const rows = conditionRows(BLOCKS.slice(0, 1));
    await writeConditions(folder, rows.with(1, rows[1].with(2, "999")));
    assert.deepEqual((await recordingsOf({}, dataFolder)).map(({ id }) => id), ["swell/pp1/1/c1-N"]);
    await writeConditions(folder, rows.with(1, rows[1].with(3, "NaN")));
    assert.deepEqual((await recordingsOf({}, dataFolder)).map(({ id }) => id), ["swell/pp1/1/c1-N"]);
  }, { blocks: BLOCKS.slice(0, 1) }));

Deno.test("swell refuses a recording in which no minute lies, and says what does without the clock", () =>
  withSwell(async (dataFolder, folder) => {
    const path = join(folder, SIGNALS, "pp1_18-9-2012_c1.S00");
    await Deno.writeFile(path, blockBytes(BLOCKS[0], { start: [20, 0] }));
    await assert.rejects(recordingsOf({}, dataFolder), {
      name: "RangeError",
      message:
        /begins at 2012-09-18 20:00:00 and lasts 120 s, got minutes from 2012-09-18 09:00:00 on; "alignment: first-minute"/,
    });
    assert.equal((await recordingsOf({ alignment: "first-minute" }, dataFolder)).length, 2);
    await Deno.writeFile(path, blockBytes(BLOCKS[0], { start: [25, 0] }));
    await assert.rejects(open({}, dataFolder), {
      message: /header must hold a date and time, got 2012-9-18 25:0:0/,
    });
  }, { blocks: BLOCKS.slice(0, 1) }));

Deno.test("swell refuses folders that are not the dataset, each with its reason", () =>
  withSwell(async (dataFolder, folder) => {
    const signals = join(folder, SIGNALS), name = "pp1_18-9-2012_c1.S00";
    await assert.rejects(open({ path: "none" }, dataFolder), {
      message: /Cannot open SWELL-KW: the folder must exist/,
    });
    await assert.rejects(open({ conditions: "none.csv" }, dataFolder), {
      message: /none.csv: Cannot read a table of SWELL-KW: the file must exist/,
    });
    await assert.rejects(open({ exclude: { blocks: ["pp9"], why: "x" } }, dataFolder), {
      message: /"exclude.blocks" must name some that there are, got pp9/,
    });
    await assert.rejects(open({ exclude: { blocks: ["pp1"], why: "x" } }, dataFolder), {
      message: /must leave at least one recording/,
    });
    await Deno.copyFile(join(signals, name), join(signals, "pp1_19-9-2012_c1.S00"));
    await assert.rejects(open({}, dataFolder), {
      message: /there must be one recording of pp1\/c1, got .* as well/,
    });
    await Deno.rename(join(signals, "pp1_19-9-2012_c1.S00"), join(signals, "test.S00"));
    await assert.rejects(open({}, dataFolder), {
      message: /its name must be as in pp1_18-9-2012_c1.S00, got test.S00/,
    });
    await Deno.remove(join(signals, "test.S00"));
    await Deno.remove(join(signals, name));
    await assert.rejects(open({}, dataFolder), { message: /it must hold .S00 files, got none/ });
    await Deno.remove(join(folder, CONDITIONS));
    await assert.rejects(open({}, dataFolder), { message: /it must hold "D - Physiology features/ });
  }, { blocks: BLOCKS.slice(0, 1) }));

Deno.test("swell is identified by the hashes of its recordings and tables", () =>
  withSwell(async (dataFolder, folder) => {
    const identity = async () =>
      JSON.stringify(await swell.identity(swellSchema.parse({ path: "swell" }), { dataFolder }));
    const before = await identity();
    await Deno.writeTextFile(join(folder, "notes.txt"), "unused");
    assert.equal(await identity(), before);
    await writeConditions(
      folder,
      conditionRows(BLOCKS.slice(0, 1)).with(1, ["PP1", "1", "R", "", "", "", ""]),
    );
    assert.notEqual(await identity(), before);
  }, { blocks: BLOCKS.slice(0, 1) }));
