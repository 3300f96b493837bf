import assert from "node:assert/strict";
import { join } from "node:path";
import { makeWritable, manifestPath } from "../../src/cli/folders.ts";
import { PROJECT } from "../../src/pipeline/environment.ts";
import { TINY } from "../pipeline/tiny.ts";
import { temporaryFolder } from "../pipeline/temporary.ts";
import { call } from "./program.ts";

Deno.test("manifestPath() finds a shipped manifest by its name, and gives a path that is not there as it was meant", () => {
  assert.equal(manifestPath("quickstart"), join(PROJECT, "experiments", "quickstart.yaml"));
  assert.equal(manifestPath("experiments/quickstart.yaml"), join(PROJECT, "experiments", "quickstart.yaml"));
  assert.equal(manifestPath("/nowhere/quickstart.yaml"), "/nowhere/quickstart.yaml");
});

Deno.test("manifestPath() throws RangeError that lists the shipped manifests for a name that is none of theirs", () => {
  assert.throws(() => manifestPath("quikstart"), {
    name: "RangeError",
    message: /^Cannot find the manifest: .*gudb_stress, .*got "quikstart"; did you mean "quickstart"\?$/,
  });
  assert.equal(manifestPath("quikstart.yaml").endsWith("/quikstart.yaml"), true);
});

Deno.test("makeWritable() makes a folder and leaves nothing in it, also where many do so at once", async () => {
  await using folder = await temporaryFolder();
  const results = join(folder.path, "a", "results");
  await Promise.all(Array.from({ length: 20 }, () => makeWritable(results)));
  assert.deepEqual([...Deno.readDirSync(results)], []);
});

Deno.test("a call finds files from where the person stands, which a task tells in INIT_CWD", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeTextFile(join(folder.path, "mine.yaml"), TINY);
  const args = ["run", "mine.yaml", "--results", "here", "--plan"], env = { INIT_CWD: folder.path };
  const { code, out, problems } = await call(args, { cwd: PROJECT, env });
  assert.deepEqual([code, problems], [0, ""]);
  assert.match(out, /^mine: 8 cells\n/);
});

Deno.test("status finds a run by its name, its folder, and in another results folder", async () => {
  await using folder = await temporaryFolder();
  const run = join(folder.path, "results", "mine");
  await Deno.mkdir(run, { recursive: true });
  await Deno.writeTextFile(join(run, "manifest.yaml"), TINY);
  const expected = "mine  stopped  0/8 cells done, 8 missing, 0 failed\n";
  for (const args of [["mine", "--results", "results"], ["results/mine"], [run]]) {
    const { out, problems } = await call(["status", ...args], { cwd: folder.path });
    assert.deepEqual([out, problems], [expected, ""], args.join(" "));
  }
});

Deno.test("status tells the other runs where one can't be read", async () => {
  await using folder = await temporaryFolder();
  for (const [name, text] of [["broken", "question: ["], ["mine", TINY], ["old", "question: What?"]]) {
    await Deno.mkdir(join(folder.path, name));
    await Deno.writeTextFile(join(folder.path, name, "manifest.yaml"), text);
  }
  const { code, out, problems } = await call(["status", "--results", folder.path]);
  assert.deepEqual([code, problems], [0, ""]);
  assert.match(out, /^broken {2}unreadable {2}.*Cannot read YAML/);
  assert.match(out, /\nmine {2}stopped {2}0\/8 cells done/);
  assert.match(out, /\nold {2}unreadable {2}.*arms: Cannot leave this key out/);
});
