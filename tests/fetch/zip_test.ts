import assert from "node:assert/strict";
import { zipSync } from "fflate";
import { dataOffset, zipEntries } from "../../src/fetch/zip.ts";
import { bytesInMemory } from "../../src/formats/bytes.ts";
import { mutationTest } from "../formats/mutation.ts";

const archive = zipSync({
  "CASE_full/": new Uint8Array(),
  "CASE_full/sub_1.csv": [new TextEncoder().encode("aaaaaaaaaaaaaaaaaaaaaaaa"), { level: 9 }],
  "d\u00e9j\u00e0.txt": [new TextEncoder().encode("abc"), { level: 0 }],
});

Deno.test("zipEntries() gives the files of an archive with their sizes, and leaves out folders", () => {
  const source = bytesInMemory(archive, { file: "a.zip" }), entries = zipEntries(source);
  assert.deepEqual(
    entries.map(({ path, method, bytes }) => ({ path, method, bytes })),
    [
      { path: "CASE_full/sub_1.csv", method: "deflated", bytes: 24 },
      { path: "d\u00e9j\u00e0.txt", method: "stored", bytes: 3 },
    ],
  );
  // CRC-32 of "abc", as zlib computes it.
  assert.equal(entries[1].crc32, 0x352441c2);
  assert.deepEqual([...source.read(dataOffset(source, entries[1]), 3)], [97, 98, 99]);
});

mutationTest("zipEntries()", {
  files: [archive],
  read: (bytes, file) => {
    const source = bytesInMemory(bytes, { file });
    return zipEntries(source).map((entry) => dataOffset(source, entry));
  },
});
