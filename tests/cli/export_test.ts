import assert from "node:assert/strict";
import { join } from "node:path";
import { readCsv } from "../../src/formats/csv.ts";
import { readOnnx } from "../../src/onnx/files/export.ts";
import { openModel } from "../../src/onnx/inference/open_model.ts";
import { predictRows } from "../../src/onnx/inference/predict.ts";
import { openWindows } from "../../src/pipeline/stages/folders.ts";
import { temporaryFolder } from "../pipeline/temporary.ts";
import { call, hasEscapes, writeManifest } from "./program.ts";

/** What is in a folder, by name; nothing where there is none. */
function names(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

Deno.test("export writes a run's model with its weights in less room, and says what that loses", async (test) => {
  await using folder = await temporaryFolder();
  await writeManifest(folder.path, {
    "arms:": "arms: {supervised: {}, majority: {}}",
    "sweep:": "",
    "hypotheses:": "",
  });
  const results = join(folder.path, "results"), run = join(results, "tiny"), options = { cwd: folder.path };
  const ran = await call(["tiny.yaml", "--results", results], options);
  assert.deepEqual([ran.code, ran.problems], [0, ""]);
  const exported = (...args: string[]) => call(["export", "tiny", "--results", results, ...args], options);
  const original = Deno.readFileSync(join(run, "models", "supervised.onnx"));

  await test.step("as JSON, with the scores of the run and differences that hold for its predictions", async () => {
    const { code, out, problems } = await exported("--arm", "supervised", "--weights", "int8", "--json");
    assert.deepEqual([code, problems, out.split("\n").length], [0, "", 2]);
    const said = JSON.parse(out), file = join(results, "export", "tiny-supervised-int8.onnx");
    assert.deepEqual([said.run, said.arm, said.weights, said.file], ["tiny", "supervised", "int8", file]);
    const bytes = Deno.readFileSync(file),
      metadata: Readonly<Record<string, string>> = readOnnx(bytes).metadata;
    assert.deepEqual(said.bytes, { before: original.length, after: bytes.length });
    assert.deepEqual({ ...metadata }, { ...readOnnx(original).metadata, weights: "int8" });

    const cell = readCsv(Deno.readTextFileSync(join(run, "cells.csv"))).find(({ cell }) =>
      cell === metadata.cell
    );
    const own = readCsv(Deno.readTextFileSync(join(run, "predictions.csv"))).filter(({ cell }) =>
      cell === metadata.cell
    );
    assert.equal(said.loss.before, Number(cell?.["balanced-accuracy"]));
    assert.deepEqual([said.loss.metric, said.loss.windows], ["balanced-accuracy", own.length]);
    const before = own.map((row) => ["calm", "stress"].map((name) => Number(row[`probability:${name}`])));
    const after = await predict(bytes, own.map(({ window }) => window));
    const changed =
      before.filter(([calm, stress], row) => (stress > calm) !== (after[row][1] > after[row][0])).length;
    const difference = before.flat().reduce(
      (largest, value, place) => Math.max(largest, Math.abs(value - after.flat()[place])),
      0,
    );
    assert.deepEqual([said.loss.changed, said.loss.largestDifference], [changed, difference]);
    assert.ok(difference > 0);
    const recall = (kind: string, column: number) => {
      const rows = own.flatMap((row, place) => row.class === kind ? [after[place]] : []);
      return rows.filter((row) => (row[1] > row[0] ? 1 : 0) === column).length / rows.length;
    };
    assert.ok(Math.abs(said.loss.after - (recall("calm", 0) + recall("stress", 1)) / 2) < 1e-12);
  });

  /** The probabilities of windows by their ids. */
  async function predict(bytes: Uint8Array, ids: readonly string[]): Promise<number[][]> {
    const [id] = names(join(results, "store", "windows"));
    const windows = openWindows(join(results, "store", "windows", id)), model = await openModel(bytes);
    const rows: number[][] = [];
    for await (
      const { values } of predictRows(model, windows.rows(null), {
        positions: ids.map((id) => windows.position(id)),
        rowShape: [windows.facts.samples, 1],
        input: "windows",
        output: "probabilities",
      })
    ) for (let place = 0; place < values.length; place += 2) rows.push([...values.slice(place, place + 2)]);
    await model.dispose();
    return rows;
  }

  await test.step("in words, into a file of one's own", async () => {
    const { code, out, problems } = await exported(
      "--arm",
      "supervised",
      "--weights",
      "float16",
      "--output",
      "own/half.onnx",
    );
    assert.deepEqual([code, problems], [0, ""]);
    const file = join(folder.path, "own", "half.onnx"), { length } = Deno.readFileSync(file);
    const [what, score, changes, where, end] = out.split("\n");
    assert.match(what, /^supervised {2}of tiny, weights float16: [\d.]+ kB, [\d.]+% of [\d.]+ kB$/);
    assert.match(score, /^Balanced accuracy on the run's \d+ test windows: 0\.\d{3} before, 0\.\d{3} after$/);
    assert.match(
      changes,
      /^\d+ decisions? changed \([\d.]+%\); largest difference of a probability [\d.e-]+$/,
    );
    assert.deepEqual([where, end], [`model  ${file}`, ""]);
    assert.ok(!hasEscapes(out) && length < original.length);
  });

  await test.step("as the run's own bytes where they stay float32, without a store", async () => {
    await Deno.rename(join(results, "store"), join(results, "gone"));
    const { code, out } = await exported("--arm", "supervised", "--json");
    await Deno.rename(join(results, "gone"), join(results, "store"));
    assert.deepEqual([code, JSON.parse(out).loss], [0, null]);
    assert.deepEqual(Deno.readFileSync(JSON.parse(out).file), original);
  });

  const refused = async (args: readonly string[], message: RegExp) => {
    const { code, out, problems } = await call(["export", ...args, "--results", results], options);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(problems, message);
    assert.equal(problems.split("\n").length, 2, problems);
  };

  await test.step("and refuses, in one line and with exit code 2, what it can't do", async () => {
    const before = names(join(results, "export"));
    await refused(
      ["tyny"],
      /^Cannot find the run: its name must be tiny, got "tyny"; did you mean "tiny"\?\n$/,
    );
    await refused(
      ["tiny"],
      /^Cannot export a model of tiny: --arm must say which, got none of majority, supervised\n$/,
    );
    await refused(
      ["tiny", "--arm", "superviced"],
      /^Cannot find the model of tiny: its name must be majority or supervised, got "superviced"; did you mean "supervised"\?\n$/,
    );
    await refused(
      ["tiny", "--arm", "majority", "--weights", "int8"],
      /^Cannot compress the model: it must have weights of at least 64 numbers and two axes, got none\n$/,
    );
    await Deno.mkdir(join(folder.path, "a-folder"));
    await refused(
      ["tiny", "--arm", "supervised", "--output", "a-folder"],
      /a-folder: Cannot write the model: it must be a file that can be written, got: .*\n$/,
    );
    const windows = join(results, "store", "windows");
    await Deno.rename(windows, `${windows}-gone`);
    await refused(
      ["tiny", "--arm", "supervised", "--weights", "int8"],
      /^Cannot measure what the weights lose: the store must hold the windows of the cell, got none in .*; the command of the run computes what is missing/,
    );
    await Deno.rename(`${windows}-gone`, windows);
    await Deno.remove(join(results, "store", "score"), { recursive: true });
    await refused(
      ["tiny", "--arm", "supervised", "--weights", "int8"],
      /^Cannot measure what the weights lose: the store must hold the cell that supervised comes from, got none in/,
    );
    await Deno.remove(join(run, "models"), { recursive: true });
    await refused(
      ["tiny"],
      /^Cannot export a model of tiny: it must have handed out one, got none in models\/; .*\n$/,
    );
    assert.deepEqual(names(join(results, "export")), before);
  });
});
