import assert from "node:assert/strict";
import { join } from "node:path";
import { writeDatabase } from "../../datasets/wfdb/write_database.ts";
import { COMPUTED, planned } from "../keys.ts";
import { secondsToVerify } from "../../../src/pipeline/verify/plan.ts";
import { temporaryFolder } from "../temporary.ts";
import { copyRun, endRun, openRun, verifyRun } from "./ended_run.ts";

Deno.test("secondsToVerify() shares the work among workers, and waits for the longest chain", () => {
  const windows = planned("windows"), one = planned("one", [windows]), two = planned("two", [windows]);
  const seconds = new Map([[windows, 10], [one, 20], [two, 6]]);
  const records = new Map([...seconds].map(([stage, seconds]) => [stage, {
    ...stage.key,
    id: stage.id,
    files: {},
    computed: { ...COMPUTED, seconds },
  }]));
  const plan = { stages: [windows, one, two], records };
  assert.equal(secondsToVerify(plan, 1), 36);
  assert.equal(secondsToVerify(plan, 2), 30);
});

Deno.test("planVerification() refuses a run that has not ended, with its name", async () => {
  await using folder = await temporaryFolder();
  Deno.mkdirSync(join(folder.path, "run"));
  await assert.rejects(verifyRun(folder.path), {
    name: "RangeError",
    message:
      "Cannot verify run: its run must have ended, got no cells.csv; the command that began it goes on with it",
  });
});

Deno.test("planVerification() refuses what the store no longer holds, and a manifest or cells of another run", async (test) => {
  await using folder = await temporaryFolder();
  const whole = join(folder.path, "whole");
  await endRun(whole);

  await test.step("a stage that is gone", async () => {
    const { root } = copyRun(whole, join(folder.path, "gone"));
    Deno.removeSync(join(root, "store", "score"), { recursive: true });
    await assert.rejects(
      verifyRun(root),
      /^RangeError: Cannot verify run: the store must hold every stage of the chosen cells, got none for score majority, .* \(score\/[0-9a-f]{32}\)/,
    );
  });

  await test.step("another manifest, also where the store holds its stages", async () => {
    const { root } = copyRun(whole, join(folder.path, "manifest"));
    const other = ["split.seed=2"];
    await endRun(join(folder.path, "other"), { set: other });
    const run = { ...openRun(join(folder.path, "other"), other), folder: join(root, "run") };
    Deno.removeSync(join(root, "store"), { recursive: true });
    await assert.rejects(verifyRun(root, { run }), /^RangeError: Cannot verify run: the store must hold/);
    copyRun(whole, join(folder.path, "other"));
    await assert.rejects(
      verifyRun(root, { run }),
      /^RangeError: Cannot verify run: manifest\.yaml is no longer that of the run \(split\.seed\)$/,
    );
  });

  await test.step("cells that the manifest does not have", async () => {
    const { root } = copyRun(whole, join(folder.path, "cells"));
    const path = join(root, "run", "cells.csv");
    Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replace("majority budget", "minority budget"));
    await assert.rejects(
      verifyRun(root),
      /cells\.csv must be of the experiment in manifest\.yaml, got the cell "minority budget=all draw=1 fold=1 seed=1"$/,
    );
  });
});

Deno.test("planVerification() names the folder and the file of data that changed since the run", async () => {
  await using folder = await temporaryFolder();
  const database = join(folder.path, "data", "db");
  // Eight people, young and old, each a wave of its own.
  const records = [20, 25, 30, 35, 65, 70, 75, 80].map((age, person) => ({
    name: `p${person}`,
    signals: [{
      name: "MLII",
      samples: Array.from(
        { length: 2500 },
        (_, sample) => Math.round(200 * Math.sin(sample / (10 + person))),
      ),
    }],
    comments: [`<age>: ${age}`],
  }));
  await writeDatabase(database, records);
  const set = [
    "dataset={kind: wfdb, path: db}",
    "signal={lead: MLII, resample: 64, window: {seconds: 2, stride: 2}}",
    "target={kind: rating, label: age, threshold: 50}",
  ];
  await endRun(folder.path, { set });
  const run = openRun(folder.path, set);
  assert.deepEqual((await verifyRun(folder.path, { run })).differences, []);
  const [first, ...others] = records;
  const samples = first.signals[0].samples.with(7, 1);
  await writeDatabase(database, [{ ...first, signals: [{ name: "MLII", samples }] }, ...others]);
  await assert.rejects(verifyRun(folder.path, { run }), {
    name: "RangeError",
    message:
      `Cannot verify run: the data in ${database} are no longer those of the run (files["p0.dat"], files["p0.hea"])`,
  });
});
