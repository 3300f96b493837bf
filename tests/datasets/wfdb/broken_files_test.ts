import assert from "node:assert/strict";
import { join } from "node:path";
import {
  identity,
  open,
  recordingsOf,
  smallRecord,
  withDataFolder,
  writeDatabase,
} from "./write_database.ts";

/** Breaks a database with the records a and b, and expects that reading it throws. */
function expectError(
  breakIt: (folder: string) => Promise<void>,
  message: (folder: string) => string,
): Promise<void> {
  return withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "db");
    await writeDatabase(folder, [smallRecord("a"), smallRecord("b")]);
    await breakIt(folder);
    await assert.rejects(open({}, dataFolder).then(recordingsOf), { message: message(folder) });
  });
}

Deno.test("wfdb throws RangeError that says how the data folder is set when its folder is not there", () =>
  withDataFolder(async (dataFolder) => {
    const error = new RangeError(
      `${
        join(dataFolder, "db")
      }: Cannot open the WFDB database: the folder must exist, got none; relative paths start from ` +
        `the data folder, ${dataFolder}, which is set by the environment variable EINTHOVEN_DATA or else is data/ beside deno.json`,
    );
    await assert.rejects(open({}, dataFolder), error);
    await assert.rejects(identity({}, dataFolder), error);
  }));

Deno.test("wfdb throws RangeError for a folder without records", () =>
  expectError(
    async (folder) => {
      await Deno.remove(join(folder, "a.hea"));
      await Deno.remove(join(folder, "b.hea"));
    },
    (folder) =>
      `${folder}: Cannot open the WFDB database: it must hold a RECORDS file that lists records, or .hea files, got none`,
  ));

Deno.test("wfdb throws RangeError for two records of one name", () =>
  expectError(
    (folder) => Deno.writeTextFile(join(folder, "RECORDS"), "a\np/a\n"),
    (folder) =>
      `${folder}: Cannot open the WFDB database: the names of its records must differ, ` +
      `got a for ${join(folder, "a.hea")} and ${join(folder, "p/a.hea")}`,
  ));

Deno.test("wfdb throws RangeError for a record in RECORDS that is not there, and reads the others by name", () =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "db");
    await writeDatabase(folder, [smallRecord("a")]);
    await Deno.writeTextFile(join(folder, "RECORDS"), "a\nb\n");
    await assert.rejects(
      open({}, dataFolder),
      new RangeError(
        `${
          join(folder, "b.hea")
        }: Cannot read record b: its header must exist because RECORDS lists it, got none; ` +
          `"records" can name those to use`,
      ),
    );
    assert.equal((await recordingsOf(await open({ records: ["a"] }, dataFolder))).length, 1);
  }));

Deno.test("wfdb throws SyntaxError with the line for a broken header", () =>
  expectError(
    (folder) => Deno.writeTextFile(join(folder, "b.hea"), "b 1 250 3\nb.dat 16 loud\n"),
    (folder) => `${join(folder, "b.hea")}: Cannot read line 2: the gain must be a number, got "loud"`,
  ));

Deno.test("wfdb throws RangeError for a header without signals", () =>
  expectError(
    (folder) => Deno.writeTextFile(join(folder, "b.hea"), "b 0 250\n"),
    (folder) => `${join(folder, "b.hea")}: Cannot read record b: it must have at least one signal, got none`,
  ));

Deno.test("wfdb throws RangeError for a header that names a missing file", () =>
  expectError(
    (folder) => Deno.remove(join(folder, "b.dat")),
    (folder) => `${join(folder, "b.hea")}: Cannot read record b: its file b.dat must lie beside it, got none`,
  ));

Deno.test("wfdb throws RangeError for a truncated signal file", () =>
  expectError(
    (folder) => Deno.truncate(join(folder, "b.dat"), 4),
    (folder) =>
      `${
        join(folder, "b.dat")
      }: Cannot read record b: 5 bytes must be there for 3 samples of 1 signals in format 212, got 4 bytes`,
  ));

Deno.test("wfdb throws RangeError for a sample that is not the one that the header vouches for", () =>
  expectError(
    // The samples are 200, -200 and 1: the low byte of the first goes from 200 to 201.
    async (folder) => {
      const path = join(folder, "b.dat"), bytes = await Deno.readFile(path);
      bytes[0]++;
      await Deno.writeFile(path, bytes);
    },
    (folder) =>
      `${
        join(folder, "b.dat")
      }: Cannot read signal MLII of record b: its checksum must be 1 as the header says, got 2`,
  ));

Deno.test("wfdb throws RangeError for truncated annotations", () =>
  expectError(
    (folder) => Deno.writeFile(join(folder, "b.atr"), Uint8Array.of(1, 4)),
    (folder) =>
      `${join(folder, "b.atr")}: Cannot read the annotations: two bytes of 0 must end them, ` +
      `got the end of the file after 2 bytes`,
  ));
