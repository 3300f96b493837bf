/** No leak goes unnoticed: a split that shares people between sides ends the run, or marks all that comes of it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCsv } from "../../src/formats/csv.ts";
import { call, writeManifest } from "../cli/program.ts";
import { temporaryFolder } from "../pipeline/temporary.ts";
import { hashes } from "./results.ts";

const LINES = {
  "split:": "split: {kind: window-k-fold, folds: 2}",
  "arms:": "arms: {majority: {}}",
  "sweep:": "",
  "hypotheses:": "",
};
const REASON = "to show what it hides";

/** Files that tell nothing of what was found. */
const UNMARKED = [".lock", "environment.json", "manifest.yaml", "timings.csv"];

Deno.test("a split over windows, with people on both sides", async (test) => {
  await using folder = await temporaryFolder();
  await writeManifest(folder.path, LINES);
  const options = { cwd: folder.path }, args = ["tiny.yaml", "--results", "results"];
  const run = join(folder.path, "results", "tiny");

  await test.step("is refused with code 3, told by what it shares, and computes no cell", async () => {
    const { code, out, problems } = await call(args, options);
    assert.equal(code, 3);
    assert.match(problems, /^Cannot use this split: no side may share anything with another, got\n/);
    assert.match(
      problems,
      /\n {2}subjects-apart: \d+ subjects on two sides: p001 \(train, validation, test\) in fold 1; /,
    );
    assert.match(problems, /\n {2}recordings-apart: /);
    assert.match(problems, /\nTo go on all the same, with every output marked: --allow-leak REASON\n$/);
    assert.doesNotMatch(out + problems, /\n\s+at |samples-apart|failed/);
    const stages = [...Deno.readDirSync(join(folder.path, "results", "store"))].map(({ name }) => name);
    assert.deepEqual(stages.filter((name) => !name.startsWith(".")).sort(), ["labels", "split", "windows"]);
  });

  await test.step("is refused again from the store", async () => {
    assert.equal((await call([...args, "--json"], options)).code, 3);
  });

  await test.step("goes on with --allow-leak, and marks every output with the reason", async () => {
    const { code, out, problems } = await call([...args, "--allow-leak", REASON], options);
    assert.deepEqual([code, problems], [0, ""]);
    assert.match(out, /Leak allowed, no estimate for new people: to show what it hides/);
    const files = Object.keys(hashes(run)).filter((path) => !UNMARKED.includes(path));
    assert.ok(files.includes("models/majority.onnx") && files.includes("figures/learning_curve.svg"));
    for (const path of files) {
      const text = new TextDecoder("latin1").decode(await Deno.readFile(join(run, path)));
      assert.ok(text.includes(REASON), path);
    }
    for (const name of ["cells.csv", "predictions.csv", "subjects.csv"]) {
      const rows = readCsv(await Deno.readTextFile(join(run, name)));
      assert.ok(rows.length > 0 && rows.every(({ leak }) => leak === REASON), name);
    }
    const json = await call([...args, "--allow-leak", REASON, "--json"], options);
    assert.equal(JSON.parse(json.out).leak, REASON);
  });

  await test.step("needs a reason", async () => {
    const { code, problems } = await call([...args, "--allow-leak"], options);
    assert.equal(code, 2);
    assert.match(problems, /--allow-leak <reason>' argument missing/);
  });

  await test.step("marks nothing where nothing leaks", async () => {
    await writeManifest(folder.path, { ...LINES, "split:": "split: {kind: group-k-fold, folds: 2}" });
    const { code, out } = await call([...args, "--allow-leak", REASON], options);
    assert.equal(code, 0, out);
    assert.doesNotMatch(out, /Leak allowed/);
    const marked = Object.keys(hashes(run)).filter((path) => path !== "report.html").filter((path) =>
      new TextDecoder("latin1").decode(Deno.readFileSync(join(run, path))).includes(REASON)
    );
    assert.deepEqual(marked, [], "the command in the report alone names it");
  });
});
