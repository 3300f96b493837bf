/** A cell that fails is told and reported, and costs no other. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCsv } from "../../src/formats/csv.ts";
import { call, hasEscapes, writeManifest } from "../cli/program.ts";
import { temporaryFolder } from "../pipeline/temporary.ts";
import { computedAt, promised } from "./results.ts";

/** Majority learns nothing; the network's first step takes its weights beyond what float32 holds. */
const LINES = {
  "arms:": "arms: {supervised: {}, majority: {}}",
  "transfer:":
    "transfer: {head: [16], fit: {minSteps: 5, maxEpochs: 2, optimizer: {kind: sgd, learningRate: 1.0e+30}}}",
  "sweep:": "",
  "hypotheses:": "",
};

Deno.test("an experiment in which an arm can't be trained", async (test) => {
  await using folder = await temporaryFolder();
  await writeManifest(folder.path, LINES);
  const options = { cwd: folder.path }, args = ["tiny.yaml", "--results", "results"];
  const run = join(folder.path, "results", "tiny"), store = join(folder.path, "results", "store");
  const failed: Record<string, string>[] = [];

  await test.step("ends with code 1, and tells each failure once, where it happened", async () => {
    const { code, out, problems } = await call(args, options);
    assert.deepEqual([code, problems], [1, ""]);
    const told = out.split("\n").filter((line) => line.startsWith("failed"));
    const cells = readCsv(await Deno.readTextFile(join(run, "cells.csv")));
    failed.push(...cells.filter(({ status }) => status === "failed"));
    assert.ok(failed.length > 0);
    assert.equal(told.length, failed.length, out);
    for (const line of told) {
      assert.match(
        line,
        /^failed {2}supervised, budget all, draw 1, fold \d, seed 1: Cannot go on training: .*finite/,
      );
    }
    assert.match(out, new RegExp(`\\n${failed.length} cells? failed in `));
    assert.ok(!hasEscapes(out));
  });

  await test.step("computes the other cells", async () => {
    const cells = readCsv(await Deno.readTextFile(join(run, "cells.csv")));
    assert.deepEqual(cells.map(({ cell }) => cell), [
      "supervised budget=all draw=1 fold=1 seed=1",
      "supervised budget=all draw=1 fold=2 seed=1",
      "majority budget=all draw=1 fold=1 seed=1",
      "majority budget=all draw=1 fold=2 seed=1",
    ]);
    for (const { arm, status, error, accuracy } of cells.filter(({ arm }) => arm === "majority")) {
      assert.deepEqual([arm, status, error], ["majority", "done", ""]);
      assert.notEqual(accuracy, "");
    }
    for (const { arm, error, accuracy } of failed) {
      assert.equal(arm, "supervised");
      assert.match(error, /Cannot go on training/);
      assert.equal(accuracy, "", "no score is made up");
    }
    const predicted = new Set(
      readCsv(await Deno.readTextFile(join(run, "predictions.csv"))).map(({ cell }) => cell),
    );
    assert.deepEqual(failed.filter(({ cell }) => predicted.has(cell)), []);
  });

  await test.step("reports the failures", async () => {
    const report = await Deno.readTextFile(join(run, "report.html"));
    for (const { cell } of failed) assert.ok(report.includes(cell), cell);
    assert.match(report, /Cannot go on training/);
  });

  await test.step("is told by status", async () => {
    const { code, out } = await call(["status", "tiny", "--results", "results", "--json"], options);
    assert.equal(code, 0);
    const [status] = JSON.parse(out);
    assert.deepEqual([status.cells, status.done, status.missing], [4, 4 - failed.length, 0]);
    assert.deepEqual(status.failed.map(({ cell }: { cell: string }) => cell), failed.map(({ cell }) => cell));
    assert.match(status.failed[0].reason, /Cannot go on training/);
  });

  await test.step("tries what failed once more on a second call, and that alone", async () => {
    const before = computedAt(store), files = promised(run);
    const { code, out, problems } = await call([...args, "--json"], options);
    assert.deepEqual([code, problems], [1, ""]);
    assert.equal(out.split("\n").length, 2);
    assert.equal(JSON.parse(out).failed, failed.length);
    assert.deepEqual(computedAt(store), before);
    assert.deepEqual(promised(run), files);
  });

  await test.step("stops at the first failure with --fail-fast, with a reason for every cell", async () => {
    const { code, out } = await call(
      [...args, "--fail-fast", "--set", "seeds=[2]", "--workers", "2"],
      options,
    );
    assert.equal(code, 1, out);
    const [, name] = /^(tiny--[0-9a-f]{8}) /.exec(out) ?? [];
    const cells = readCsv(await Deno.readTextFile(join(folder.path, "results", name, "cells.csv")));
    assert.equal(cells.length, 4);
    const failing = cells.filter(({ status }) => status === "failed");
    assert.ok(failing.some(({ error }) => /Cannot go on training/.test(error)));
    for (const { error } of failing) {
      assert.match(error, /Cannot go on training|not run: another stage failed first/);
    }
    assert.equal(out.split("\n").filter((line) => line.startsWith("failed")).length, 1, out);
  });
});
