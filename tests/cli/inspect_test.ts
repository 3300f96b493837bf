import assert from "node:assert/strict";
import { join } from "node:path";
import { temporaryFolder } from "../pipeline/temporary.ts";
import { call, writeManifest } from "./program.ts";

Deno.test("deno task inspect", async (test) => {
  await using folder = await temporaryFolder();
  const manifest = await writeManifest(folder.path), results = join(folder.path, "results");
  const args = ["inspect", manifest, "--results", results];

  await test.step("says what is in the data, and writes a page with pictures", async () => {
    const { code, out, problems } = await call(args);
    assert.deepEqual([code, problems], [0, ""]);
    assert.match(out, /^\d+ recordings of \d+ subjects, .+ together, \d+ windows$/m);
    assert.match(out, /^Windows by the quality of their signal$/m);
    const table = out.slice(out.indexOf("Labels of the dataset\n"));
    assert.deepEqual(table.split("\n").slice(1, 5).map((line) => line.trim().split(/\s{2,}/)), [
      ["Label", "Unit", "Range"],
      ["condition", "\u2013", "rest, stress"],
      ["arousal", "points", "1 to 9"],
      ["valence", "points", "1 to 9"],
    ]);
    const page = join(results, "inspect", "tiny", "inspect.html");
    assert.ok(out.trimEnd().endsWith(`page  ${page}`));
    const shown = await Deno.readTextFile(page);
    assert.match(shown, /<svg/);
    assert.match(shown, />arousal \(points\)</);
    assert.match(shown, /id="table-labels"/);
    const figures = [...Deno.readDirSync(join(results, "inspect", "tiny", "figures"))].map(({ name }) =>
      name
    );
    for (const name of ["labels.svg", "beats_1.svg", "example_1.svg"]) {
      assert.ok(figures.includes(name), name);
    }
  });

  await test.step("prints one line of JSON whose windows add up, from the store", async () => {
    const { code, out, problems } = await call([...args, "--json"]);
    assert.deepEqual([code, problems, out.split("\n").length], [0, "", 2]);
    const { windows, classes, discarded, quality, labels } = JSON.parse(out);
    assert.deepEqual(labels, {
      condition: { values: ["rest", "stress"] },
      arousal: { from: 1, to: 9, unit: "points" },
      valence: { from: 1, to: 9, unit: "points" },
    });
    const total = (counts: Record<string, number>) =>
      Object.values(counts).reduce((sum, count) => sum + count, 0);
    assert.equal(total(quality), windows);
    assert.equal(total(classes) + total(discarded), windows);
  });

  await test.step("refuses a manifest that is wrong in one message", async () => {
    const { code, out, problems } = await call(["inspect", "nonsense", "--results", results]);
    assert.deepEqual([code, out], [2, ""]);
    assert.equal(problems.trim().split("\n").length, 1, problems);
  });
});
