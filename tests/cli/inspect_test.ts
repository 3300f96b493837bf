import assert from "node:assert/strict";
import { join } from "node:path";
import { pulses } from "../datasets/pulses.ts";
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

  await test.step("looks at data for which neither network nor arms have been chosen, and says what is to know", async () => {
    await Deno.mkdir(join(folder.path, "mine"));
    const samples = pulses({ seconds: 12, rateHz: 100, bpm: 70 }).join("\n");
    await Deno.writeTextFile(join(folder.path, "mine", "p1.csv"), `ecg\n${samples}\n`);
    await Deno.writeTextFile(
      join(folder.path, "mine", "labels.csv"),
      "subject,condition\np1,rest\np2,stress\n",
    );
    const path = join(folder.path, "look.yaml");
    await Deno.writeTextFile(
      path,
      "question: What is in it?\n" +
        'dataset: {kind: csv, path: mine, file: "{subject}.csv", leads: {ECG: ecg}, unit: mV, sampleRateHz: 100, ' +
        "labels: {condition: {values: [rest, stress]}}, labelFile: labels.csv}\n" +
        "signal: {window: {seconds: 5}}\n" +
        "target: {kind: condition, classes: {rest: [rest], stress: [stress]}}\n",
    );
    const options = { env: { EINTHOVEN_DATA: folder.path } };
    const { code, out, problems } = await call(["inspect", path, "--results", results], options);
    assert.deepEqual([code, problems], [0, ""]);
    assert.match(out, /^1 recording of 1 subject, 12\.0 s together, 2 windows$/m);
    assert.match(out, /^note {2}In the table of labels but not recorded: p2\.$/m);
    const { notes } = JSON.parse(
      (await call(["inspect", path, "--results", results, "--json"], options)).out,
    );
    assert.deepEqual(notes, ["In the table of labels but not recorded: p2."]);
  });

  await test.step("refuses a manifest that is wrong in one message", async () => {
    const { code, out, problems } = await call(["inspect", "nonsense", "--results", results]);
    assert.deepEqual([code, out], [2, ""]);
    assert.equal(problems.trim().split("\n").length, 1, problems);
  });
});
