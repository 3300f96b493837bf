import assert from "node:assert/strict";
import { staysInside } from "../../src/fetch/listed_file.ts";
import { readFigshareFiles, readSha256Sums } from "../../src/fetch/lists.ts";
import { SOURCES } from "../../src/fetch/sources.ts";

const HEX = "0123456789abcdef".repeat(4), LIST = "https://host.example/db/1.0/SHA256SUMS.txt";

Deno.test("readSha256Sums() reads one space, two, and binary marks, and both line ends", () => {
  const text = `${HEX}  RECORDS\r\n${HEX.toUpperCase()} *data/a b#1.dat\n${HEX} 100.hea`;
  const checksum = { algorithm: "sha256", hex: HEX };
  assert.deepEqual(readSha256Sums(text, { list: LIST }), [
    { path: "RECORDS", url: "https://host.example/db/1.0/RECORDS", checksum },
    { path: "data/a b#1.dat", url: "https://host.example/db/1.0/data/a%20b%231.dat", checksum },
    { path: "100.hea", url: "https://host.example/db/1.0/100.hea", checksum },
  ]);
});

Deno.test("readSha256Sums() refuses what is no line of a list, a path outside, and a path that is there twice", () => {
  const refused = (text: string, expected: RegExp) =>
    assert.throws(() => readSha256Sums(text, { list: LIST }), expected);
  refused(`${HEX}  a\n${HEX.slice(1)}  b\n`, /SHA256SUMS\.txt: Cannot read line 2: it must be a SHA-256/);
  refused(`${HEX}\n`, /Cannot read line 1/);
  refused("\n", /it must name files, got none/);
  refused(`${HEX}  ../a\n`, /a path must stay inside the dataset's folder, got "\.\.\/a"/);
  refused(`${HEX}  a\n${HEX}  a\n`, /each path must be there once, got "a" again/);
  refused(
    `${HEX}  x/a/b/c\n${HEX}  x/a\n`,
    /a file must not be a folder as well, got "x\/a" and "x\/a\/b\/c"$/,
  );
});

Deno.test("staysInside() refuses every way out of a folder, on any system", () => {
  const inside = ["a", "a/b.dat", "records500/00000/00001_hr.dat", "a b", "a.b.c", ".hidden", "x..y"];
  const outside = [
    "",
    "/a",
    "//a/b",
    "..",
    "../a",
    "a/..",
    "a/../../b",
    "./a",
    "a/./b",
    "a//b",
    "a/",
    "C:a",
    "C:/a",
    "a\\b",
    "..\\a",
    "a\0b",
    "a\nb",
    "a/.. /b",
    "a.",
    "nul:x",
  ];
  assert.deepEqual(inside.filter(staysInside), inside);
  assert.deepEqual(outside.filter(staysInside), []);
});

Deno.test("readFigshareFiles() reads name, size, address and checksum", () => {
  const figshare = [{
    "id": 1,
    "name": "CASE_full.zip",
    "size": 12,
    "is_link_only": false,
    "download_url": "https://ndownloader.figshare.com/files/1",
    "computed_md5": HEX.slice(0, 32).toUpperCase(),
  }];
  assert.deepEqual(readFigshareFiles(JSON.stringify(figshare), { list: LIST }), [{
    path: "CASE_full.zip",
    url: "https://ndownloader.figshare.com/files/1",
    bytes: 12,
    checksum: { algorithm: "md5", hex: HEX.slice(0, 32) },
  }]);
});

Deno.test("readFigshareFiles() says what is not as it must be, and refuses a name that is a way out", () => {
  const read = (value: unknown) => () => readFigshareFiles(JSON.stringify(value), { list: LIST });
  const file = { "name": "a", "size": 1, "download_url": "https://h/a", "computed_md5": HEX.slice(0, 32) };
  assert.throws(
    read({ message: "no" }),
    /Cannot read the list: it must be figshare's files of an article, got at the top/,
  );
  assert.throws(read([{ ...file, "computed_md5": undefined }]), /got at 0\.computed_md5/);
  assert.throws(read([{ ...file, "size": -1 }]), /got at 0\.size/);
  assert.throws(read([{ ...file, "name": "../a" }]), /a path must stay inside/);
  assert.throws(() => readFigshareFiles("<html>", { list: LIST }), /it must be JSON/);
});

Deno.test("every source has its list behind https, and says what its data are", () => {
  for (const [name, source] of Object.entries(SOURCES)) {
    for (const url of [source.list.url, source.page]) assert.equal(new URL(url).protocol, "https:", name);
    assert.ok(source.licence.length > 5 && source.citation.length > 40, name);
  }
  assert.equal(SOURCES.mitdb.list.url, "https://physionet.org/files/mitdb/1.0.0/SHA256SUMS.txt");
  for (const name of ["case", "yaad"] as const) {
    assert.match(SOURCES[name].licence, /^not verified: .*look on its page/);
  }
});
