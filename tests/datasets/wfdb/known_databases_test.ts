import assert from "node:assert/strict";
import { join } from "node:path";
import { identity, open, recordingsOf, withDataFolder } from "./write_database.ts";
import { writeIcentia11k, writePtbXl, writeQtdb } from "./write_known.ts";

Deno.test("wfdb takes the segments of icentia11k as recordings of one person", () =>
  withDataFolder(async (dataFolder) => {
    await writeIcentia11k(join(dataFolder, "icentia11k"), 2);
    const dataset = await open({ path: "icentia11k" }, dataFolder);
    assert.match(dataset.licence, /CC BY-NC-SA 4\.0/);
    assert.match(dataset.citation, /doi:10\.13026\/kk0v-r952/);
    const recordings = await recordingsOf(dataset);
    assert.deepEqual(
      recordings.map(({ id }) => id),
      [
        "icentia11k/p00000/1/p00000_s00",
        "icentia11k/p00000/1/p00000_s01",
        "icentia11k/p00001/1/p00001_s00",
        "icentia11k/p00001/1/p00001_s01",
      ],
    );
    assert.deepEqual([...new Set(recordings.map(({ subject }) => subject))], ["p00000", "p00001"]);
    const marks = recordings[0].annotations?.map(({ sample, symbol, text }) => [sample, symbol, text]);
    assert.deepEqual(marks, [[1, "+", "(N"], [2, "N", ""]]);
  }));

Deno.test("wfdb takes the people and labels of ptb-xl from its tables, and its records at 500 Hz", () =>
  withDataFolder(async (dataFolder) => {
    await writePtbXl(join(dataFolder, "ptb-xl"), [
      { id: 1, patient: 15709, fold: 3 },
      {
        id: 2,
        patient: 15709,
        age: "300.0",
        sex: "0",
        scpCodes: "{'SR': 0.0, 'NDT': 35.0, 'IMI': 50.0, 'ABQRS': 0.0}",
        fold: 3,
      },
      { id: 3, patient: 22, age: "", sex: "", scpCodes: "{'SR': 0.0}", fold: 10 },
    ]);
    const dataset = await open({ path: "ptb-xl" }, dataFolder), recordings = await recordingsOf(dataset);
    assert.match(dataset.licence, /CC BY 4\.0/);
    assert.deepEqual(dataset.notes, ["The records in records500 are used; folders: [...] names others"]);
    assert.deepEqual(dataset.labels, {
      age: { from: 0, to: 120, unit: "years" },
      sex: { values: ["F", "M"] },
      scpCodes: { values: ["ABQRS+IMI+NDT+SR", "NORM+SR", "SR"] },
      superclass: { values: ["MI+STTC", "NORM"] },
      stratFold: { from: 1, to: 10, unit: "fold number" },
    });
    assert.deepEqual(
      recordings.map(({ id, sampleRateHz, labels }) => [id, sampleRateHz, labels]),
      [
        ["ptb-xl/15709/1/00001_hr", 500, {
          age: 56,
          sex: "F",
          scpCodes: "NORM+SR",
          superclass: "NORM",
          stratFold: 3,
        }],
        ["ptb-xl/15709/1/00002_hr", 500, {
          age: null,
          sex: "M",
          scpCodes: "ABQRS+IMI+NDT+SR",
          superclass: "MI+STTC",
          stratFold: 3,
        }],
        ["ptb-xl/22/1/00003_hr", 500, {
          age: null,
          sex: null,
          scpCodes: "SR",
          superclass: null,
          stratFold: 10,
        }],
      ],
    );
    const slow = await open({ path: "ptb-xl", folders: ["records100"] }, dataFolder);
    assert.deepEqual((await recordingsOf(slow)).map(({ sampleRateHz }) => sampleRateHz), [100, 100, 100]);
    assert.deepEqual(slow.notes, []);
  }));

Deno.test("wfdb identifies ptb-xl by its tables too", () =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "ptb-xl");
    await writePtbXl(folder, [{ id: 1, patient: 5 }]);
    const before = await identity({ path: "ptb-xl" }, dataFolder);
    await Deno.writeTextFile(join(folder, "scp_statements.csv"), "\n", { append: true });
    assert.notDeepEqual(await identity({ path: "ptb-xl" }, dataFolder), before);
  }));

Deno.test("wfdb throws RangeError for ptb-xl without its table, and for a record that the table lacks", () =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "ptb-xl"), table = join(folder, "ptbxl_database.csv");
    await writePtbXl(folder, [{ id: 1, patient: 5 }, { id: 2, patient: 6 }]);
    const whole = await Deno.readTextFile(table);
    await Deno.writeTextFile(table, whole.slice(0, whole.indexOf("\n2,") + 1));
    await assert.rejects(
      open({ path: "ptb-xl" }, dataFolder),
      new RangeError(
        `${folder}: Cannot tell whose record 00002_hr is: ptbxl_database.csv and scp_statements.csv must list it, got no row`,
      ),
    );
    await Deno.remove(table);
    await assert.rejects(
      open({ path: "ptb-xl" }, dataFolder),
      new RangeError(
        `${table}: Cannot read the table of PTB-XL, which says whose a record is: the file must exist, got none`,
      ),
    );
  }));

Deno.test("wfdb reads the waves of qtdb, and says that its people are those of other databases", () =>
  withDataFolder(async (dataFolder) => {
    await writeQtdb(join(dataFolder, "qtdb"));
    const beats = await open({ path: "qtdb" }, dataFolder);
    assert.match(beats.licence, /ODC-BY 1\.0/);
    assert.match(beats.notes[0], /^81 of the QT Database's 105 records are excerpts/);
    const [first, second] = await recordingsOf(beats);
    assert.deepEqual(first.leads.map(({ name }) => name), ["ECG1", "ECG2"]);
    assert.deepEqual([first.annotations?.length, second.annotations], [1, undefined]);
    const waves = await recordingsOf(await open({ path: "qtdb", annotations: "q1c" }, dataFolder));
    assert.deepEqual(waves.map(({ annotations }) => annotations?.map(({ symbol }) => symbol)), [
      ["(", "N", ")"],
      ["(", "N", ")"],
    ]);
  }));

Deno.test("wfdb throws RangeError for a folder of a database that holds no record", () =>
  withDataFolder(async (dataFolder) => {
    await writeQtdb(join(dataFolder, "qtdb"));
    await assert.rejects(
      open({ path: "qtdb", folders: ["records100"] }, dataFolder),
      new RangeError(
        `${
          join(dataFolder, "qtdb")
        }: Cannot find records: each of "folders" must hold some, got none in "records100"`,
      ),
    );
  }));
