import assert from "node:assert/strict";
import { LISTS } from "../../src/fetch/lists.ts";
import { listMendeley, readMendeleyFiles, readMendeleyFolders } from "../../src/fetch/mendeley.ts";

const LIST = "https://data.example/public-api/datasets/abc/folders/4";

const hexOf = (name: string) => name.charCodeAt(0).toString(16).padStart(64, "0");
const fileOf = (name: string) => ({
  filename: name,
  id: `id of ${name}`,
  size: 3,
  "content_details": {
    "sha256_hash": hexOf(name).toUpperCase(),
    size: 3,
    "download_url": `https://data.example/public-files/${name.charCodeAt(0)}/file_downloaded`,
  },
});

/** Answers as the interface is said to: names of files by their folder's id, `limit` of them at a time. */
function interfaceOf(
  folders: readonly Record<string, unknown>[],
  { files, limit = 1000, pages = true }: {
    files: Readonly<Record<string, readonly string[]>>;
    limit?: number;
    pages?: boolean;
  },
) {
  const asked: string[] = [];
  return {
    asked,
    ask(url: string) {
      asked.push(url);
      if (url === LIST) return Promise.resolve(JSON.stringify(folders));
      const { pathname, searchParams: query } = new URL(url);
      assert.equal(pathname, "/public-api/datasets/abc/files");
      assert.equal(query.get("version"), "4");
      const start = pages ? Number(query.get("$start")) : 0;
      const names = files[query.get("folder_id") ?? ""] ?? assert.fail(url);
      return Promise.resolve(JSON.stringify(names.slice(start, start + limit).map(fileOf)));
    },
  };
}

const FOLDERS = [
  { id: "2", name: "ECG", "parent_id": "1" },
  { id: "1", name: "Raw Data", "parent_id": null },
  { id: "3", name: "Labels" },
  { id: "4", name: "GSR", "parent_id": "1" },
];
const FILES = { root: ["readme.txt"], 1: [], 2: ["b.dat", "c.dat", "d.dat"], 3: ["x.xlsx"], 4: ["e.dat"] };
const PATHS = [
  "readme.txt",
  "Raw Data/ECG/b.dat",
  "Raw Data/ECG/c.dat",
  "Raw Data/ECG/d.dat",
  "Labels/x.xlsx",
  "Raw Data/GSR/e.dat",
];

Deno.test("readMendeleyFiles() reads name, size, address and checksum, within their folder", () => {
  const folder = { id: "2", path: "Raw Data/ECG" };
  assert.deepEqual(readMendeleyFiles(JSON.stringify([fileOf("b.dat")]), { list: LIST, folder }), [{
    path: "Raw Data/ECG/b.dat",
    url: "https://data.example/public-files/98/file_downloaded",
    bytes: 3,
    checksum: { algorithm: "sha256", hex: "62".padStart(64, "0") },
  }]);
  assert.deepEqual(readMendeleyFiles("[]", { list: LIST, folder }), []);
});

Deno.test("readMendeleyFolders() refuses what has no place, and what is no list", () => {
  const refused = (folders: unknown, message: RegExp) =>
    assert.throws(() => readMendeleyFolders(JSON.stringify(folders), { list: LIST }), {
      name: "SyntaxError",
      message,
    });
  const [one, two] = [{ id: "1", name: "a", "parent_id": "2" }, { id: "2", name: "b", "parent_id": "1" }];
  refused(
    [{ id: "1", name: "a", "parent_id": "1" }],
    /folders\/4: Cannot read .* a folder must not lie in itself, got "a"$/,
  );
  refused([one, two], /a folder must not lie in itself, got "a"$/);
  // The one below the circle is not in it, and has no place either.
  refused([{ id: "3", name: "c", "parent_id": "1" }, one, two], /a folder must not lie in itself, got "c"$/);
  refused([one], /the folder in which "a" lies must be in it, got "2"$/);
  refused([{ id: "1" }], /it must be Mendeley's folders of a dataset, got at 0\.name/);
  refused({ error: { status: 404 } }, /it must be Mendeley's folders of a dataset, got at the top/);
  assert.throws(() => readMendeleyFolders("<html>", { list: LIST }), /folders\/4: .* it must be JSON/);
});

Deno.test("listMendeley() walks all folders, those too that have no files", async () => {
  const { ask, asked } = interfaceOf(FOLDERS, { files: FILES });
  assert.deepEqual((await listMendeley(LIST, ask)).map(({ path }) => path), PATHS);
  assert.equal(
    asked[1],
    "https://data.example/public-api/datasets/abc/files?folder_id=root&version=4&%24start=0&%24limit=1000",
  );
});

Deno.test("listMendeley() finds all files of a folder, however many come at a time", async () => {
  for (const limit of [1, 2, 3]) {
    const { ask } = interfaceOf(FOLDERS, { files: FILES, limit });
    assert.deepEqual((await listMendeley(LIST, ask)).map(({ path }) => path), PATHS, String(limit));
  }
});

Deno.test("listMendeley() ends where a server gives the same page again and again", async () => {
  const { ask } = interfaceOf(FOLDERS, { files: FILES, pages: false });
  assert.deepEqual((await listMendeley(LIST, ask)).map(({ path }) => path), PATHS);
});

Deno.test("a list of Mendeley must name files, and none of them twice or outside", async () => {
  const refused = (files: Record<string, string[]>, message: RegExp) =>
    assert.rejects(LISTS.mendeley(LIST, interfaceOf([{ id: "1", name: ".." }], { files }).ask), message);
  await refused({ root: [], 1: [] }, /folders\/4: Cannot read the list: it must name files, got none$/);
  await refused(
    { root: [], 1: ["b.dat"] },
    /folders\/4: .* a path must stay inside the dataset's folder, got "\.\.\/b\.dat"$/,
  );
  await refused({ root: ["b.dat", "b.dat"], 1: [] }, /each path must be there once, got "b\.dat" again$/);
  const { ask } = interfaceOf([], { files: { root: ["b.dat"] } });
  assert.equal((await LISTS.mendeley(LIST, ask)).files.length, 1);
});
