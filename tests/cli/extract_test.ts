import assert from "node:assert/strict";
import { join } from "node:path";
import { zipSync } from "fflate";
import { extract } from "../../src/cli/fetch/extract.ts";
import { temporaryFolder } from "../pipeline/temporary.ts";

const text = (content: string) => new TextEncoder().encode(content);
const LONG = "0.25,1.5\n".repeat(20_000);
const signal = new AbortController().signal;

/** Writes an archive, perhaps changed, and unpacks it. */
async function unpack(
  files: Record<string, Uint8Array>,
  { folder, change = (bytes) => bytes, force = false }: {
    folder: string;
    change?: (bytes: Uint8Array) => Uint8Array;
    force?: boolean;
  },
) {
  const archive = join(folder, "a.zip");
  await Deno.writeFile(archive, change(zipSync(files, { level: 6 })));
  return await extract(archive, { folder: join(folder, "out"), force, signal });
}

Deno.test("extract() writes the files of an archive, stored and deflated, and leaves those that are there", async () => {
  await using folder = await temporaryFolder();
  const files = { "CASE/": new Uint8Array(), "CASE/sub_1.csv": text(LONG), "empty": new Uint8Array() };
  assert.equal(await unpack(files, { folder: folder.path }), 2);
  const path = join(folder.path, "out", "CASE", "sub_1.csv");
  assert.equal(await Deno.readTextFile(path), LONG);
  await Deno.writeTextFile(path, "mine");
  assert.equal(await unpack(files, { folder: folder.path }), 0);
  assert.equal(await Deno.readTextFile(path), "mine");
  assert.equal(await unpack(files, { folder: folder.path, force: true }), 2);
  assert.equal(await Deno.readTextFile(path), LONG);
});

Deno.test("extract() refuses a path out of the folder before it writes anything", async () => {
  for (const path of ["../evil", "/evil", "a/../../evil", "..\\evil", "C:\\evil"]) {
    await using folder = await temporaryFolder();
    await assert.rejects(
      unpack({ "fine": text("fine"), [path]: text("evil") }, { folder: folder.path }),
      { name: "RangeError", message: /a\.zip: Cannot unpack the archive: a path must stay inside/ },
    );
    assert.deepEqual([...Deno.readDirSync(folder.path)].map(({ name }) => name), ["a.zip"]);
  }
});

Deno.test("extract() refuses what is no archive, is cut off, or holds other bytes than it says", async () => {
  const find = (bytes: Uint8Array) =>
    bytes.findLastIndex((_, at) => bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 1);
  const set = (offset: number, value: number) => (bytes: Uint8Array) => {
    const changed = bytes.slice();
    changed[find(changed) + offset] = value;
    return changed;
  };
  const changes: [(bytes: Uint8Array) => Uint8Array, RegExp][] = [
    [() => text("<html>".repeat(20)), /it must end in a ZIP directory, got none/],
    [(bytes) => bytes.slice(0, -30), /it must end in a ZIP directory, got none/],
    [set(16, 0), /Cannot unpack a\.csv: its CRC-32 must be/],
    [set(24, 1), /Cannot unpack a\.csv: it must hold the \d+ bytes that the directory says/],
    [set(27, 0x7f), /packed bytes can't make the \d+ that it says/],
    [set(8, 1), /its files must not be encrypted/],
    [set(10, 99), /not compressed by method 99/],
    [set(41, 0xa0), /no links/],
    [set(42, 7), /a file must begin here/],
  ];
  for (const [change, message] of changes) {
    await using folder = await temporaryFolder();
    await assert.rejects(unpack({ "a.csv": text(LONG) }, { folder: folder.path, change }), { message });
    assert.deepEqual(
      await Deno.stat(join(folder.path, "out", "a.csv")).catch((error) => error.name),
      "NotFound",
    );
  }
});
