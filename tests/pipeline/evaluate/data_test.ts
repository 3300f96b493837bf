import assert from "node:assert/strict";
import { join } from "node:path";
import { findData } from "../../../src/pipeline/evaluate/data.ts";
import { temporaryFolder } from "../temporary.ts";

/** A place to stand and a folder of data, with the files that are named. */
async function withFiles(files: readonly string[]) {
  const folder = await temporaryFolder();
  for (const file of ["here/x", "data/x", ...files]) {
    await Deno.mkdir(join(folder.path, file, ".."), { recursive: true });
    await Deno.writeTextFile(join(folder.path, file), "");
  }
  const path = (file: string) => join(folder.path, file);
  return {
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
    path,
    find: (...given: string[]) => findData(given, { folders: [path("here"), path("data")] }),
  };
}

Deno.test("findData() finds folders, records and files of windows, first where the person stands", async () => {
  await using files = await withFiles([
    "here/mitdb/100.hea",
    "data/mitdb/100.hea",
    "data/ludb/1.hea",
    "here/w.npy",
    "data/more/W.CSV",
  ]);
  const { path, find } = files;
  assert.deepEqual(await find("mitdb", "ludb", "w.npy", "more/W.CSV"), [
    { kind: "folder", path: path("here/mitdb"), records: null },
    { kind: "folder", path: path("data/ludb"), records: null },
    { kind: "file", path: path("here/w.npy") },
    { kind: "file", path: path("data/more/W.CSV") },
  ]);
});

Deno.test("findData() takes records of one folder together, whatever file of theirs is named", async () => {
  await using files = await withFiles(["data/db/100.hea", "data/db/100.dat", "data/db/101.hea"]);
  const { path, find } = files;
  assert.deepEqual(await find("db/100.dat", "db/101", path("data/db/100.hea")), [
    { kind: "folder", path: path("data/db"), records: ["100", "101"] },
  ]);
});

Deno.test("findData() refuses what is not there, no data, and two of one name", async () => {
  await using files = await withFiles(["here/notes.txt", "here/w.npy", "data/w.npy", "data/db/100.hea"]);
  const { path, find } = files;
  await assert.rejects(find("none"), {
    name: "RangeError",
    message: `none: Cannot find the data: a folder, a record or a file must be there, got none at ${
      path("here/none")
    } or ${path("data/none")}`,
  });
  await assert.rejects(find("notes.txt"), {
    name: "RangeError",
    message: /notes\.txt: Cannot evaluate on it: /,
  });
  await assert.rejects(find("w.npy", path("data/w.npy")), {
    name: "RangeError",
    message: /their names must differ .*got .*here\/w\.npy and .*data\/w\.npy for w\.npy$/,
  });
  await assert.rejects(find("db", "db/100"), { name: "RangeError", message: /their names must differ/ });
});
