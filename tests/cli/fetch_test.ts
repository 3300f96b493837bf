/** Downloads from a server on this machine that breaks off, lies and gives the wrong bytes. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type DatasetOptions, fetchDataset } from "../../src/cli/fetch/dataset.ts";
import { UsageError } from "../../src/cli/exit.ts";
import { hashFile } from "../../src/datasets/files.ts";
import { type Source, SOURCES } from "../../src/fetch/sources.ts";
import { NO_FILE, NO_FILES } from "../datasets/no_file.ts";
import { temporaryFolder } from "../pipeline/temporary.ts";
import { type Answered, type Asked, filesOf, serve, sha256 } from "./fetch_server.ts";

const FILES = {
  "100.hea": "100 2 360\n",
  "data/100.dat": "0123456789abcdef".repeat(64),
  "a b+c.txt": "space",
};
const DAT = "data/100.dat";

/** Downloads all from a server; what it heard comes with what was done. */
async function fetchFrom(
  answer: (asked: Asked) => Answered | undefined,
  { folder, source = {}, ...options }:
    & { folder: string; source?: Partial<Source> }
    & Partial<Omit<DatasetOptions, "folder">>,
) {
  await using server = serve(answer);
  const files = fetchDataset({ ...SOURCES.mitdb, largestFile: 2000, ...source }, {
    folder,
    from: server.url,
    only: [],
    force: false,
    signal: new AbortController().signal,
    listener: { begin() {}, came() {}, finished() {} },
    pauses: [0, 0, 0],
    ...options,
  });
  try {
    return { fetched: await files, asked: server.asked, error: undefined };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { fetched: undefined, asked: server.asked, error };
  }
}

/** An answer to one path, and the usual to all others. */
const but = (path: string, answer: (asked: Asked) => Answered | undefined, files = FILES) => (asked: Asked) =>
  asked.path === path ? answer(asked) : filesOf(files)(asked);

async function contents(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) names.push(...(await contents(join(folder, name))).map((inner) => `${name}/${inner}`));
    else names.push(name);
  }
  return names.sort();
}

function assertRefused(error: Error | undefined, expected: RegExp): void {
  assert.ok(
    error instanceof UsageError || error instanceof RangeError || error instanceof SyntaxError,
    `${error}`,
  );
  assert.match(error.message, expected);
}

Deno.test("fetchDataset() downloads every listed file, and keeps all of them the next time", async () => {
  await using folder = await temporaryFolder();
  const first = await fetchFrom(filesOf(FILES), { folder: folder.path });
  const { kept, downloaded, bytes } = first.fetched ?? assert.fail(String(first.error));
  assert.deepEqual({ kept, downloaded, bytes }, { kept: 0, downloaded: 3, bytes: 10 + 1024 + 5 });
  assert.deepEqual(await contents(folder.path), ["100.hea", "SHA256SUMS.txt", "a b+c.txt", DAT].sort());
  assert.equal(await hashFile(join(folder.path, DAT)), sha256(FILES[DAT]));
  assert.ok(
    first.asked.every(({ encoding, agent }) => encoding === "identity" && agent === "einthoven-fetch"),
  );
  const second = await fetchFrom(filesOf(FILES), { folder: folder.path });
  assert.deepEqual(second.asked.map(({ path }) => path), ["SHA256SUMS.txt"]);
  assert.equal(second.fetched?.kept, 3);
});

Deno.test("fetchDataset() goes on by range where a server breaks off in the middle of a file", async () => {
  await using folder = await temporaryFolder();
  const broken = (asked: Asked): Answered => {
    const whole = filesOf(FILES)(asked) ?? assert.fail();
    const body = whole.body ?? assert.fail();
    return {
      ...whole,
      headers: { ...whole.headers, "content-length": String(body.length) },
      body: body.slice(0, 400),
    };
  };
  const { fetched, asked, error } = await fetchFrom(but(DAT, broken), { folder: folder.path });
  assert.equal(fetched?.downloaded, 3, String(error));
  assert.deepEqual(asked.filter(({ path }) => path === DAT).map(({ from }) => from), [undefined, 400, 800]);
  assert.equal(await Deno.readTextFile(join(folder.path, DAT)), FILES[DAT]);
});

Deno.test("fetchDataset() continues a part of an earlier call, and begins anew where ranges are ignored", async () => {
  for (const ignored of [false, true]) {
    await using folder = await temporaryFolder();
    await Deno.mkdir(join(folder.path, "data"));
    await Deno.writeTextFile(join(folder.path, `${DAT}.part`), FILES[DAT].slice(0, 1000));
    const answer = ignored ? but(DAT, ({ path }) => filesOf(FILES)({ path })) : filesOf(FILES);
    const { fetched, asked, error } = await fetchFrom(answer, { folder: folder.path });
    assert.deepEqual(asked.filter(({ path }) => path === DAT).map(({ from }) => from), [1000]);
    assert.equal(fetched?.bytes, 15 + (ignored ? 1024 : 24), String(error));
    assert.equal(await Deno.readTextFile(join(folder.path, DAT)), FILES[DAT]);
  }
});

Deno.test("fetchDataset() takes a part that is whole, and drops one that is not of this file", async () => {
  for (
    const [part, ranges] of [[FILES[DAT], [1024]], ["x".repeat(500), [500, undefined]], ["x".repeat(1500), [
      1500,
      undefined,
    ]]] as const
  ) {
    await using folder = await temporaryFolder();
    await Deno.mkdir(join(folder.path, "data"));
    await Deno.writeTextFile(join(folder.path, `${DAT}.part`), part);
    const { asked, error } = await fetchFrom(filesOf(FILES), { folder: folder.path });
    assert.equal(error, undefined);
    assert.deepEqual(asked.filter(({ path }) => path === DAT).map(({ from }) => from), ranges);
    assert.equal(await Deno.readTextFile(join(folder.path, DAT)), FILES[DAT]);
  }
});

Deno.test("fetchDataset() refuses wrong bytes by name and both checksums, and keeps none of them", async () => {
  await using folder = await temporaryFolder();
  const wrong = "X".repeat(1024);
  const { error } = await fetchFrom(but(DAT, () => ({ body: new TextEncoder().encode(wrong) })), {
    folder: folder.path,
  });
  assertRefused(
    error,
    new RegExp(`data/100\\.dat: its SHA-256 must be ${sha256(FILES[DAT])}, got ${sha256(wrong)}`),
  );
  assert.ok((await contents(folder.path)).every((path) => !path.startsWith("data/")));
});

Deno.test("fetchDataset() gives up on a server that never answers in full, and keeps what came", async () => {
  await using folder = await temporaryFolder();
  const short = () => ({ headers: { "content-length": "1024" }, body: new TextEncoder().encode("0123") });
  const { error, asked } = await fetchFrom(
    but(DAT, ({ from }) => from === undefined ? short() : { status: 503 }),
    {
      folder: folder.path,
    },
  );
  assertRefused(
    error,
    /the server must answer in full, got after 4 attempts: 503 Service Unavailable; what came is kept/,
  );
  assert.equal(asked.filter(({ path }) => path === DAT).length, 4);
  assert.equal(await Deno.readTextFile(join(folder.path, `${DAT}.part`)), "0123");
});

Deno.test("fetchDataset() cuts off a body that is announced or comes longer than a file may be", async () => {
  const bodies: [string, Answered][] = [
    ["announced", { headers: { "content-length": "5000" }, body: new Uint8Array(8) }],
    ["endless", { headers: { "content-length": "" }, body: new Uint8Array(500), endless: true }],
  ];
  for (const [name, answer] of bodies) {
    await using folder = await temporaryFolder();
    const { error } = await fetchFrom(but(DAT, () => answer), { folder: folder.path });
    assertRefused(error, /100\.dat: Cannot download: it must hold at most 2000 bytes, got more/);
    assert.ok((await contents(folder.path)).every((path) => !path.startsWith("data/")), name);
  }
});

Deno.test("fetchDataset() refuses a file that ends early where less was announced", async () => {
  await using folder = await temporaryFolder();
  const { error } = await fetchFrom(
    but(DAT, () => ({ headers: { "content-length": "1000" }, body: new TextEncoder().encode(FILES[DAT]) })),
    { folder: folder.path },
  );
  assertRefused(error, /its SHA-256 must be/);
});

Deno.test("fetchDataset() refuses a list that leads out of the folder before it writes anything", async () => {
  for (
    const path of ["../evil", "/evil", "C:/evil", "a\\..\\evil", "a/../../evil", "a//b", "evil.part", "x:y"]
  ) {
    await using folder = await temporaryFolder();
    const inside = join(folder.path, "inside");
    const { error } = await fetchFrom(filesOf({ ...FILES, [path]: "evil" }), { folder: inside });
    assertRefused(error, /SHA256SUMS\.txt: Cannot download what it lists: a path must stay inside/);
    assert.deepEqual(await contents(folder.path), []);
  }
});

Deno.test("fetchDataset() follows a redirect on its own host, and to no other", async () => {
  await using folder = await temporaryFolder();
  const moved = (location: string) => (asked: Asked): Answered | undefined => {
    if (asked.path === DAT) return { status: 302, headers: { location } };
    return asked.path === "moved" ? filesOf(FILES)({ path: DAT }) : filesOf(FILES)(asked);
  };
  const there = await fetchFrom(moved("/moved"), { folder: folder.path });
  assert.equal(there.fetched?.downloaded, 3, String(there.error));
  for (const location of ["https://elsewhere.example/x", "http://localhost:1/x", "file:///etc/hostname"]) {
    await using other = await temporaryFolder();
    const { error } = await fetchFrom(moved(location), { folder: other.path });
    assertRefused(error, new RegExp(`it must lie at http://127\\.0\\.0\\.1:\\d+, got a way to ${location}$`));
  }
  await using circle = await temporaryFolder();
  const { error } = await fetchFrom(moved(`/${DAT}`), { folder: circle.path });
  assertRefused(error, /there must be at most 5 redirects, got more/);
});

Deno.test("fetchDataset() leaves a file that was changed, names it, and replaces it with force", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeTextFile(join(folder.path, "100.hea"), "mine");
  const left = await fetchFrom(filesOf(FILES), { folder: folder.path });
  assertRefused(left.error, /Cannot fetch 1 of its files: .* got another in 100\.hea; --force replaces/);
  assert.deepEqual(await contents(folder.path), ["100.hea", "a b+c.txt", DAT]);
  assert.equal(await Deno.readTextFile(join(folder.path, "100.hea")), "mine");
  const forced = await fetchFrom(filesOf(FILES), { folder: folder.path, force: true });
  assert.deepEqual([forced.fetched?.downloaded, forced.fetched?.kept], [1, 2]);
  assert.equal(await Deno.readTextFile(join(folder.path, "100.hea")), FILES["100.hea"]);
});

Deno.test("fetchDataset() leaves what has the name of a file and is none, and names it", async () => {
  for (const [put, got] of Object.entries(NO_FILES)) {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "100.hea");
    await NO_FILE[put](path);
    for (const force of [false, true]) {
      const { error } = await fetchFrom(filesOf(FILES), { folder: folder.path, force });
      assert.equal(
        error?.message,
        `${path}: Cannot read what is there of the dataset: it must be a file or not be there, got ${got}`,
      );
    }
  }
});

Deno.test("fetchDataset() takes only what is asked for", async () => {
  await using folder = await temporaryFolder();
  const { fetched } = await fetchFrom(filesOf(FILES), { folder: folder.path, only: ["data"] });
  assert.deepEqual(fetched?.paths, [DAT]);
  const { error } = await fetchFrom(filesOf(FILES), { folder: folder.path, only: ["dat"] });
  assertRefused(error, /--only must name a file or a folder of the list, as in 100\.hea, got dat/);
});

Deno.test("fetchDataset() keeps what is complete when it is interrupted, and goes on from there", async () => {
  await using folder = await temporaryFolder();
  const controller = new AbortController();
  const slow = { headers: { "content-length": "" }, body: new TextEncoder().encode("0"), endless: true };
  const { error } = await fetchFrom(but(DAT, () => slow), {
    folder: folder.path,
    signal: controller.signal,
    source: { largestFile: 1e9 },
    listener: { begin() {}, came() {}, finished: () => controller.abort() },
  });
  assert.equal(error?.name, "AbortError");
  const kept = (await contents(folder.path)).filter((path) => !path.endsWith(".part"));
  assert.ok(kept.length >= 1);
  const again = await fetchFrom(filesOf(FILES), { folder: folder.path });
  assert.equal(again.fetched?.kept, kept.length, String(again.error));
});

Deno.test("fetchDataset() says what a server answers that does not have the list", async () => {
  await using folder = await temporaryFolder();
  const { error } = await fetchFrom(() => undefined, { folder: folder.path });
  assertRefused(error, /SHA256SUMS\.txt: Cannot download: the server must give the file, got 404 Not Found/);
  const page = await fetchFrom(() => ({ body: new TextEncoder().encode("<html>") }), { folder: folder.path });
  assertRefused(page.error, /Cannot read line 1: it must be a SHA-256 in hexadecimal.*got "<html>"/);
});

Deno.test("fetchDataset() holds a list's sizes against what a server announces", async () => {
  await using folder = await temporaryFolder();
  await using server = serve(({ path }) => {
    const file = { name: "x.bin", size: 4, "download_url": `${server.url}x`, "computed_md5": "0".repeat(32) };
    return { body: new TextEncoder().encode(path === "list" ? JSON.stringify([file]) : "12345") };
  });
  const source: Source = { ...SOURCES.case, list: { form: "figshare", url: `${server.url}list` } };
  const options = { folder: folder.path, only: [], force: false, signal: new AbortController().signal };
  await assert.rejects(
    fetchDataset(source, { ...options, listener: { begin() {}, came() {}, finished() {} } }),
    /x: Cannot download: it must hold 4 bytes, as its list says, got 5 announced/,
  );
});
