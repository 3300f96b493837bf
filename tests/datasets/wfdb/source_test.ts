import assert from "node:assert/strict";
import { join } from "node:path";
import { datasetIdentity, openDataset } from "../../../src/datasets/table.ts";
import {
  identity,
  open,
  recordingsOf,
  smallRecord,
  withDataFolder,
  writeDatabase,
} from "./write_database.ts";

Deno.test("wfdb gives recordings by id in code-point order, with leads in physical units", () =>
  withDataFolder(async (dataFolder) => {
    await writeDatabase(join(dataFolder, "db"), [
      smallRecord("b", {
        format: 16,
        rate: "360",
        signals: [
          { name: "V1", gain: "100(10)/uV", samples: [10, 110, null] },
          { name: "MLII", samples: [200, -100, 0] },
        ],
      }),
      smallRecord("B"),
      smallRecord("a10"),
      smallRecord("a9"),
    ]);
    const dataset = await open({}, dataFolder), recordings = await recordingsOf(dataset);
    assert.deepEqual(recordings.map(({ id }) => id), ["db/B/1/B", "db/a10/1/a10", "db/a9/1/a9", "db/b/1/b"]);
    assert.deepEqual(recordings[3], {
      id: "db/b/1/b",
      file: join(dataFolder, "db", "b.hea"),
      subject: "b",
      session: "1",
      stimulus: "none",
      sampleRateHz: 360,
      leads: [
        { name: "V1", unit: "uV", samples: Float64Array.of(0, 1, NaN) },
        { name: "MLII", unit: "mV", samples: Float64Array.of(1, -0.5, 0) },
      ],
      labels: {},
    });
    assert.equal(dataset.simulated, false);
    assert.deepEqual(dataset.notes, []);
    assert.deepEqual(await recordingsOf(dataset), recordings, "they can be read again");
  }));

Deno.test("wfdb finds records by RECORDS, and by their headers where there is none", () =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "db");
    await writeDatabase(folder, ["data/1", "data/2", "other/3"].map((name) => smallRecord(name)));
    const ids = async () => (await recordingsOf(await open({}, dataFolder))).map(({ id }) => id);
    assert.deepEqual(await ids(), ["db/1/1/1", "db/2/1/2", "db/3/1/3"]);
    await Deno.writeTextFile(join(folder, "RECORDS"), "data/2\r\ndata/1\r\n\r\n");
    assert.deepEqual(await ids(), ["db/1/1/1", "db/2/1/2"]);
  }));

Deno.test("wfdb reads atr where a record has it, and another extension when it is asked for", () =>
  withDataFolder(async (dataFolder) => {
    const beat = { sample: 2, code: 5 }, plain = { subtype: 0, channel: 0, number: 0, text: "" };
    await writeDatabase(join(dataFolder, "db"), [
      smallRecord("a", {
        annotations: { atr: [beat], i: [{ sample: 2, code: 1 }, { sample: 1, code: 39 }] },
      }),
      smallRecord("b", { annotations: { i: [] } }),
    ]);
    const annotations = async (parameters: Record<string, unknown>) =>
      (await recordingsOf(await open(parameters, dataFolder))).map((recording) => recording.annotations);
    assert.deepEqual(await annotations({}), [[{ sample: 2, symbol: "V", ...plain }], undefined]);
    assert.deepEqual(await annotations({ annotations: "i" }), [
      [{ sample: 1, symbol: "(", ...plain }, { sample: 2, symbol: "N", ...plain }],
      [],
    ]);
    await assert.rejects(
      annotations({ annotations: "atr" }),
      new RangeError(
        `${
          join(dataFolder, "db", "b.hea")
        }: Cannot read record b: its file b.atr must lie beside it, got none`,
      ),
    );
  }));

Deno.test("wfdb labels recordings with what headers say, null where one does not", () =>
  withDataFolder(async (dataFolder) => {
    await writeDatabase(join(dataFolder, "db"), [
      smallRecord("1", { comments: ["<age>: 51", "<sex>: F", "<diagnoses>:", "Rhythm: Sinus rhythm."] }),
      smallRecord("2", { comments: ["<age>: 300", "<sex>: M"] }),
    ]);
    const dataset = await open({}, dataFolder);
    assert.deepEqual(dataset.labels, {
      age: { from: 0, to: 120, unit: "years" },
      sex: { values: ["F", "M"] },
      rhythm: { values: ["Sinus rhythm"] },
    });
    assert.deepEqual((await recordingsOf(dataset)).map(({ labels }) => labels), [
      { age: 51, sex: "F", rhythm: "Sinus rhythm" },
      { age: null, sex: "M", rhythm: null },
    ]);
  }));

Deno.test("wfdb says licence and citation of known databases, unless the manifest does", () =>
  withDataFolder(async (dataFolder) => {
    for (const name of ["db", "mitdb", "mit-bih-arrhythmia-database-1.0.0", "ludb"]) {
      await writeDatabase(join(dataFolder, name), [smallRecord("100")]);
    }
    const facts = async (parameters: Record<string, unknown>) => {
      const { licence, citation } = await open(parameters, dataFolder);
      return { licence, citation };
    };
    assert.deepEqual(await facts({}), { licence: "not stated", citation: "not stated" });
    assert.deepEqual(await facts({ licence: "CC0", citation: "Doe 2020" }), {
      licence: "CC0",
      citation: "Doe 2020",
    });
    for (
      const [path, doi] of [
        ["mitdb", "doi:10.13026/C2F305"],
        ["mit-bih-arrhythmia-database-1.0.0", "doi:10.13026/C2F305"],
        ["ludb", "doi:10.13026/eegm-h675"],
      ]
    ) {
      const { licence, citation } = await facts({ path });
      assert.match(licence, /ODC-BY 1\.0/);
      assert.ok(citation.includes(doi));
      assert.match(citation, /Goldberger AL.*Circulation 2000;101\(23\):e215-e220/);
    }
  }));

Deno.test("wfdb is identified by every file of the records in use, and by no other", () =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "db");
    await writeDatabase(folder, [
      smallRecord("data/a", { annotations: { atr: [{ sample: 1, code: 1 }] } }),
      smallRecord("data/b"),
    ]);
    const exclude = { records: ["b"], why: "noise" }, parameters = { exclude };
    const before = await identity(parameters, dataFolder);
    assert.deepEqual(Object.keys((before as { files: object }).files), [
      "data/a.hea",
      "data/a.dat",
      "data/a.atr",
    ]);
    assert.deepEqual(await identity({ ...parameters, path: folder }, "/elsewhere"), before);

    await Deno.writeTextFile(join(folder, "README"), "new");
    await Deno.writeTextFile(join(folder, "data", "b.dat"), "new");
    assert.deepEqual(await identity(parameters, dataFolder), before);
    for (const file of ["a.hea", "a.dat", "a.atr"]) {
      const path = join(folder, "data", file), bytes = await Deno.readFile(path);
      await Deno.writeFile(path, Uint8Array.of(...bytes, 0x0a));
      assert.notDeepEqual(await identity(parameters, dataFolder), before, file);
      await Deno.writeFile(path, bytes);
    }
    assert.deepEqual(await identity(parameters, dataFolder), before);
    assert.notDeepEqual(await identity({}, dataFolder), before);
  }));

Deno.test("wfdb identifies a file by its SHA-256", () =>
  withDataFolder(async (dataFolder) => {
    await writeDatabase(join(dataFolder, "db"), [smallRecord("a")]);
    const bytes = await Deno.readFile(join(dataFolder, "db", "a.dat"));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
    const { name, files } = await identity({}, dataFolder) as { name: string; files: Record<string, string> };
    assert.equal(name, "db");
    assert.equal(files["a.dat"], digest);
  }));

Deno.test("openDataset() opens a WFDB database from the table", () =>
  withDataFolder(async (dataFolder) => {
    await writeDatabase(join(dataFolder, "db"), [smallRecord("100"), smallRecord("101")]);
    const specification = { kind: "wfdb", path: "db", records: [100] } as const;
    const dataset = await openDataset(specification, { dataFolder });
    assert.deepEqual((await recordingsOf(dataset)).map(({ id }) => id), ["db/100/1/100"]);
    assert.deepEqual(
      await datasetIdentity(specification, { dataFolder }),
      await identity({ records: ["100"] }, dataFolder),
    );
  }));
