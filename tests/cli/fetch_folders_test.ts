/** Downloads of a dataset whose files are listed folder by folder, as Mendeley Data does. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fetchDataset } from "../../src/cli/fetch/dataset.ts";
import { type Source, SOURCES } from "../../src/fetch/sources.ts";
import { temporaryFolder } from "../pipeline/temporary.ts";
import { type Asked, serve, sha256 } from "./fetch_server.ts";

interface Folder {
  readonly id: string;
  readonly name: string;
  readonly parent?: string;
  /** Texts by name. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Fetches from a server that has these folders, the one with the id `root` being the first. */
async function fetchFolders(folders: readonly Folder[], { folder }: { folder: string }) {
  const texts = new Map(
    folders.flatMap(({ id, files = {} }) =>
      Object.entries(files).map(([name, text]) => [`public-files/${id}/${name}`, text])
    ),
  );
  const json = (value: unknown) => ({ body: new TextEncoder().encode(JSON.stringify(value)) });
  await using server = serve(({ path }: Asked) => {
    if (path === "datasets/abc/folders/4") {
      return json(
        folders.filter(({ id }) => id !== "root").map(({ id, name, parent }) => ({
          id,
          name,
          "parent_id": parent,
        })),
      );
    }
    const [, wanted, start] =
      /^datasets\/abc\/files\?folder_id=(.*)&version=4&\$start=(\d+)&\$limit=1000$/.exec(path) ?? [];
    if (wanted === undefined) {
      const text = texts.get(path);
      return text === undefined ? undefined : { body: new TextEncoder().encode(text) };
    }
    const { files = {} } = folders.find(({ id }) => id === wanted) ?? {};
    return json(
      Object.entries(files).slice(Number(start)).map(([name, text]) => ({
        filename: name,
        "content_details": {
          "sha256_hash": sha256(text),
          size: text.length,
          "download_url": `${server.url}public-files/${wanted}/${name}`,
        },
      })),
    );
  });
  const source: Source = {
    ...SOURCES.yaad,
    list: { form: "mendeley", url: `${server.url}datasets/abc/folders/4` },
  };
  const listener = { begin() {}, came() {}, finished() {} };
  return await fetchDataset(source, {
    folder,
    only: [],
    force: false,
    signal: new AbortController().signal,
    listener,
    pauses: [],
  });
}

const FOLDERS: readonly Folder[] = [
  { id: "root", name: "", files: { "readme.txt": "hello" } },
  { id: "e", name: "ECG", parent: "r", files: { "s1.dat": "1", "s2.dat": "22" } },
  { id: "r", name: "Raw Data" },
  { id: "l", name: "Labels", files: { "s1.dat": "another" } },
];

Deno.test("fetchDataset() puts files into folders as the dataset's nest", async () => {
  await using folder = await temporaryFolder();
  const { files, bytes } = await fetchFolders(FOLDERS, { folder: folder.path });
  assert.deepEqual([files, bytes], [4, 15]);
  const read = (path: string) => Deno.readTextFile(join(folder.path, path));
  assert.equal(await read("readme.txt"), "hello");
  assert.equal(await read("Raw Data/ECG/s2.dat"), "22");
  assert.equal(await read("Labels/s1.dat"), "another");
  const again = await fetchFolders(FOLDERS, { folder: folder.path });
  assert.deepEqual([again.kept, again.downloaded], [4, 0]);
});

Deno.test("fetchDataset() refuses folders that lead out or lie in themselves before it writes anything", async () => {
  await using folder = await temporaryFolder();
  const inside = join(folder.path, "inside"), files = { "evil.txt": "evil" };
  const refused = async (folders: readonly Folder[], message: RegExp) => {
    await assert.rejects(fetchFolders([...FOLDERS, ...folders], { folder: inside }), message);
    assert.deepEqual([...Deno.readDirSync(folder.path)], []);
  };
  await refused(
    [{ id: "x", name: "..", files }],
    /must stay inside the dataset's folder, got "\.\.\/evil\.txt"/,
  );
  await refused(
    [{ id: "x", name: "..", parent: "e", files }],
    /must stay inside .* got "Raw Data\/ECG\/\.\.\//,
  );
  await refused([{ id: "x", name: "a/../..", files }], /must stay inside the dataset's folder/);
  await refused([{ id: "x", name: "", files }], /it must be Mendeley's folders of a dataset, got at 3\.name/);
  await refused([{ id: "x", name: "x", files: { "../../evil.txt": "" } }], /must stay inside/);
  await refused([{ id: "x", name: "x", parent: "x", files }], /a folder must not lie in itself, got "x"/);
});

Deno.test("fetchDataset() says that a dataset has no files, and takes one without folders", async () => {
  await using folder = await temporaryFolder();
  await assert.rejects(
    fetchFolders([{ id: "e", name: "empty" }], { folder: folder.path }),
    /folders\/4: Cannot read the list: it must name files, got none$/,
  );
  const { files } = await fetchFolders(FOLDERS.slice(0, 1), { folder: folder.path });
  assert.equal(files, 1);
});
