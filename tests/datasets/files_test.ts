import assert from "node:assert/strict";
import { join } from "node:path";
import { filesIn, foldersIn, hasFile, hashFile, openFile } from "../../src/datasets/files.ts";
import { NO_FILE, NO_FILES } from "./no_file.ts";
import { temporaryFolder } from "../pipeline/temporary.ts";

/** A folder `data` with `data/p1/ecg.csv`, and one beside it, `elsewhere/p2/ecg.csv`. */
async function twoFolders() {
  const folder = await temporaryFolder();
  for (const inside of ["data/p1", "elsewhere/p2"]) {
    await Deno.mkdir(join(folder.path, inside), { recursive: true });
    await Deno.writeTextFile(join(folder.path, inside, "ecg.csv"), inside);
  }
  return folder;
}

Deno.test("filesIn() follows links to folders and files, and leaves out what is hidden", async () => {
  await using folder = await twoFolders();
  const data = join(folder.path, "data"), elsewhere = join(folder.path, "elsewhere", "p2");
  await Deno.symlink(elsewhere, join(data, "p2"));
  await Deno.symlink(join(elsewhere, "ecg.csv"), join(data, "p3.csv"));
  await Deno.writeTextFile(join(data, "p1", "._ecg.csv"), "");
  assert.deepEqual(await filesIn(data), ["p1/ecg.csv", "p2/ecg.csv", "p3.csv"]);
  await Deno.symlink(elsewhere, join(data, "p1", "again"));
  assert.deepEqual(await filesIn(data), ["p1/again/ecg.csv", "p1/ecg.csv", "p2/ecg.csv", "p3.csv"]);
});

Deno.test("filesIn() refuses a link to a folder that it lies in, which would have no end", async () => {
  await using folder = await twoFolders();
  const data = join(folder.path, "data");
  await Deno.symlink(data, join(data, "p1", "up"));
  await assert.rejects(filesIn(data), {
    name: "RangeError",
    message: `${
      join(data, "p1", "up")
    }: Cannot list the files: a link must not lead to a folder that it lies in, got one that does`,
  });
});

Deno.test("filesIn() refuses what has the name of a file that is wanted and is none", async () => {
  for (const [put, got] of Object.entries(NO_FILES)) {
    await using folder = await twoFolders();
    const data = join(folder.path, "data"), path = join(data, "p2.csv");
    await NO_FILE[put](path);
    await assert.rejects(filesIn(data, { wanted: (path) => path.endsWith(".csv") }), {
      name: "RangeError",
      message: `${path}: Cannot read the file: its name must be that of a file, got ${got}`,
    });
    const others = await filesIn(data, { wanted: (path) => path.endsWith("ecg.csv") });
    assert.ok(others.includes("p1/ecg.csv"), "names that nobody wants are no matter");
  }
});

Deno.test("filesIn() walks a folder named like the file in it, as some programs unpack", async () => {
  await using folder = await twoFolders();
  const data = join(folder.path, "data"), inside = join(data, "p2.csv");
  await Deno.mkdir(inside);
  await Deno.writeTextFile(join(inside, "p2.csv"), "");
  const paths = await filesIn(data, { wanted: (path) => path.endsWith(".csv") });
  assert.deepEqual(paths, ["p1/ecg.csv", "p2.csv/p2.csv"]);
});

Deno.test("hasFile() tells a file from none, and refuses anything else", async () => {
  await using folder = await twoFolders();
  const path = join(folder.path, "data", "p1", "ecg.csv"), what = "the labels";
  assert.equal(await hasFile(path, { what }), true);
  assert.equal(await hasFile(`${path}/under/a/file`, { what }), false);
  assert.equal(await hasFile(join(folder.path, "none"), { what }), false);
  for (const [put, got] of Object.entries(NO_FILES)) {
    const other = join(folder.path, put);
    await NO_FILE[put](other);
    const message = `${other}: Cannot read the labels: it must be a file or not be there, got ${got}`;
    await assert.rejects(hasFile(other, { what }), { name: "RangeError", message });
  }
});

Deno.test("foldersIn() follows links to folders, passes files over, and refuses a link that leads nowhere", async () => {
  await using folder = await twoFolders();
  const data = join(folder.path, "data");
  await Deno.symlink(join(folder.path, "elsewhere"), join(data, "p10"));
  await Deno.writeTextFile(join(data, "readme"), "");
  await Deno.mkdir(join(data, ".git"));
  assert.deepEqual(await foldersIn(data), ["p1", "p10"]);
  await Deno.symlink(join(folder.path, "nowhere"), join(data, "p3"));
  await assert.rejects(foldersIn(data), {
    name: "RangeError",
    message: `${
      join(data, "p3")
    }: Cannot open the folder: it must lead to one, got a link that leads nowhere`,
  });
});

Deno.test("openFile() and hashFile() name a file that can't be opened, and what is none", async () => {
  await using folder = await twoFolders();
  const expected = {
    folder: "a folder",
    link: "none, or a link that leads nowhere",
    circle: "none, or a link that leads nowhere",
  };
  for (const [put, got] of Object.entries(expected)) {
    const path = join(folder.path, put);
    await NO_FILE[put](path);
    const message = `${path}: Cannot read the file: it must be there and readable, got ${got}`;
    assert.throws(() => openFile(path), { name: "RangeError", message });
    await assert.rejects(hashFile(path), { name: "RangeError", message });
  }
  const path = join(folder.path, "empty");
  await Deno.writeTextFile(path, "");
  using empty = openFile(path);
  assert.equal(empty.size, 0);
});

Deno.test("openFile() reads what a link in a readable folder leads to, as a stage does, which may read that folder alone", async () => {
  await using folder = await twoFolders();
  const data = join(folder.path, "data"), script = join(data, "read.ts");
  const project = new URL("../../", import.meta.url);
  await Deno.symlink(join(folder.path, "elsewhere", "p2", "ecg.csv"), join(data, "linked.csv"));
  await Deno.writeTextFile(
    script,
    `import { openFile } from ${JSON.stringify(new URL("src/datasets/files.ts", project).href)};
using file = openFile(${JSON.stringify(join(data, "linked.csv"))});
console.log(file.size, new TextDecoder().decode(file.read(0, file.size)));`,
  );
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--no-lock",
      "--no-check",
      `--config=${new URL("deno.json", project).pathname}`,
      `--allow-read=${project.pathname},${data}`,
      script,
    ],
  }).output();
  const [out, problems] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert.deepEqual([out, problems], ["12 elsewhere/p2\n", ""]);
});
