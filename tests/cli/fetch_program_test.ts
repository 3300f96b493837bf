/** `deno task fetch` as a person calls it, with a server on this machine. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { zipSync } from "fflate";
import config from "../../deno.json" with { type: "json" };
import { temporaryFolder } from "../pipeline/temporary.ts";
import { filesOf, serve } from "./fetch_server.ts";

const MAIN = new URL("../../src/cli/main.ts", import.meta.url).pathname;
const FILES = { "100.hea": "100 2 360\n", "100.dat": "0123456789abcdef" };

function begin(args: readonly string[], data: string, env: Record<string, string> = {}) {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-lock", "--no-check", MAIN, "fetch", ...args],
    env: { EINTHOVEN_DATA: data, NO_COLOR: "1", ...env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function call(args: readonly string[], data: string, env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await begin(args, data, env).output();
  const [out, problems] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, problems };
}

Deno.test("fetch is a task that may use the network", () => {
  assert.equal(config.tasks.fetch.command, "deno run -A src/cli/main.ts fetch");
});

Deno.test("fetch prints title, licence, citation and size first, and puts files into the data folder", async () => {
  await using folder = await temporaryFolder();
  await using server = serve(filesOf(FILES));
  const { code, out, problems } = await call(["mitdb", "--from", server.url], folder.path);
  assert.equal(code, 0, problems);
  const [title, licence, cite, , size, last] = out.split("\n");
  assert.equal(title, "MIT-BIH Arrhythmia Database");
  assert.match(licence, /^licence {3}Open Data Commons/);
  assert.match(cite, /^cite {6}Moody GB, Mark RG/);
  assert.match(size, /^size {6}about 100\.0 MB$/);
  const inside = join(folder.path, "mitdb");
  assert.equal(last, `2 files in ${inside}, every checksum right: 2 downloaded (26 B), 0 there before`);
  assert.equal(await Deno.readTextFile(join(inside, "100.dat")), FILES["100.dat"]);
});

Deno.test("fetch --json prints one line of JSON alone, and --to says where files go", async () => {
  await using folder = await temporaryFolder();
  await using server = serve(filesOf(FILES));
  const to = join(folder.path, "elsewhere");
  const { code, out } = await call(
    ["ludb", "--from", server.url, "--to", to, "--only", "100.hea", "--json"],
    folder.path,
  );
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(out), {
    name: "ludb",
    folder: to,
    files: 1,
    kept: 0,
    downloaded: 1,
    bytes: 10,
    unpacked: 0,
  });
  assert.equal(out.trim().split("\n").length, 1);
});

Deno.test("fetch ends with exit code 2 and one message where bytes are wrong", async () => {
  await using folder = await temporaryFolder();
  await using server = serve((asked) =>
    asked.path === "100.dat" ? { body: new TextEncoder().encode("wrong") } : filesOf(FILES)(asked)
  );
  const { code, problems } = await call(["mitdb", "--from", server.url], folder.path);
  assert.equal(code, 2);
  assert.match(problems, /^http\S+: Cannot download 100\.dat: its SHA-256 must be \w{64}, got \w{64}; .*\n$/);
});

Deno.test("fetch unpacks archives, and refuses one that leads out of the folder", async () => {
  const paths: [string, number][] = [["CASE_full/data/sub_1.csv", 0], ["../sub_1.csv", 2]];
  for (const [path, expected] of paths) {
    await using folder = await temporaryFolder();
    const bytes = zipSync({ [path]: new TextEncoder().encode("daqtime,ecg\n") });
    const hex = createHash("sha256").update(bytes).digest("hex");
    const list = new TextEncoder().encode(`${hex} CASE_full.zip\n`);
    await using server = serve((asked) => ({ body: asked.path === "CASE_full.zip" ? bytes : list }));
    const { code, out, problems } = await call(["case", "--from", server.url, "--to", "case"], folder.path, {
      INIT_CWD: folder.path,
    });
    assert.equal(code, expected, problems);
    const inside = join(folder.path, "case");
    assert.equal(await exists(join(inside, path)), expected === 0);
    if (expected === 0) assert.match(out, /CASE_full\.zip: 1 file unpacked/);
    else assert.match(problems, /CASE_full\.zip: Cannot unpack the archive: a path must stay inside.*\n$/);
  }
});

Deno.test("fetch unpacks each archive into the folder that it lies in", async () => {
  await using folder = await temporaryFolder();
  const archives = new Map(["single/ECG.zip", "multi/ECG.zip"].map((path) => {
    return [path, zipSync({ "s1.dat": new TextEncoder().encode(path) })];
  }));
  const lines = [...archives].map(([path, bytes]) =>
    `${createHash("sha256").update(bytes).digest("hex")} ${path}\n`
  );
  await using server = serve(({ path }) => ({
    body: archives.get(path) ?? new TextEncoder().encode(lines.join("")),
  }));
  const { code, problems } = await call(["yaad", "--from", server.url], folder.path);
  assert.equal(code, 0, problems);
  for (const path of archives.keys()) {
    assert.equal(await Deno.readTextFile(join(folder.path, "yaad", dirname(path), "s1.dat")), path);
  }
});

Deno.test("fetch refuses a dataset that it doesn't know, and a mirror that is none", async () => {
  await using folder = await temporaryFolder();
  const unknown = await call(["mitbd"], folder.path);
  assert.deepEqual([unknown.code, unknown.out], [2, ""]);
  assert.match(unknown.problems, /did you mean "mitdb"\?\n$/);
  const mirror = await call(["mitdb", "--from", "ftp://host/"], folder.path);
  assert.equal(mirror.code, 2);
  assert.match(mirror.problems, /--from must be an address with https:\/\/, got ftp:\/\/host\//);
});

Deno.test("fetch keeps what is finished when it is interrupted, and says so", async () => {
  await using folder = await temporaryFolder();
  let reached: () => void;
  const slow = new Promise<void>((resolve) => reached = resolve);
  await using server = serve((asked) => {
    if (asked.path !== "100.dat") return filesOf(FILES)(asked);
    reached();
    return { headers: { "content-length": "" }, body: new Uint8Array(1), endless: true };
  });
  const process = begin(["mitdb", "--from", server.url], folder.path);
  await slow;
  const header = join(folder.path, "mitdb", "100.hea");
  while (!await exists(header)) await new Promise((resolve) => setTimeout(resolve, 20));
  process.kill("SIGINT");
  const { code, stdout } = await process.output();
  assert.equal(code, 130);
  assert.match(new TextDecoder().decode(stdout), /interrupted; what has come is kept/);
  assert.equal(await Deno.readTextFile(header), FILES["100.hea"]);
  assert.equal(await exists(join(folder.path, "mitdb", "100.dat")), false);
});

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
