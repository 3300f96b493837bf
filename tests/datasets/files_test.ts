import assert from "node:assert/strict";
import { join } from "node:path";
import { filesIn, hashFile, openFile } from "../../src/datasets/files.ts";
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

Deno.test("openFile() and hashFile() name a file that can't be opened", async () => {
  await using folder = await twoFolders();
  const path = join(folder.path, "data", "gone.csv");
  await Deno.symlink(join(folder.path, "nowhere"), path);
  const refusal = {
    name: "RangeError",
    message: /gone\.csv: Cannot read the file: it must be there and readable, got: /,
  };
  assert.throws(() => openFile(path), refusal);
  await assert.rejects(hashFile(path), refusal);
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
