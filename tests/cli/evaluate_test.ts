/** A run's models on the data that it knows: the same predictions, to the last digit; and what can't be evaluated. */
import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { readCsv } from "../../src/formats/csv.ts";
import type { EvaluationSummary } from "../../src/pipeline/evaluate/summary.ts";
import { openWindows } from "../../src/pipeline/stages/folders.ts";
import { stream } from "../../src/random/stream.ts";
import { writeDatabase } from "../datasets/wfdb/write_database.ts";
import { npyBytes } from "../formats/npy_bytes.ts";
import type { StoredRecord } from "../formats/wfdb/write.ts";
import { temporaryFolder } from "../pipeline/temporary.ts";
import { call, hasEscapes } from "./program.ts";

/** Young hearts beat faster; a person's training-fold normalisation and heart rate are the hard parts. */
const MANIFEST = `
question: Are the young told from the old?
dataset: {kind: wfdb, path: hearts}
signal: {lead: II, resample: 100, normalize: {scope: training-fold}, window: {seconds: 4}}
target: {kind: rating, label: age, threshold: 50}
split: {kind: group-k-fold, folds: 2}
encoder: {kind: cnn, blocks: [{filters: 4, kernel: 8, layers: 1}, {filters: 8, kernel: 4, layers: 1}]}
arms: {supervised: {}, heart-rate: {centre: subject}, majority: {}}
transfer: {head: [8], fit: {minSteps: 5, maxEpochs: 2, patience: 2}}
labels: {unit: subject, draws: 1}
`;

const PEOPLE = 8, RATE_HZ = 125, SECONDS = 24;

function heart(person: number): StoredRecord {
  const numbers = stream(1, `heart/${person}`), isOld = person % 2 === 0, period = isOld ? 1 : 0.7;
  const samples = Array.from({ length: RATE_HZ * SECONDS }, (_, time) => {
    const phase = (time / RATE_HZ) % period - period / 2;
    return Math.round((200 + 20 * person) * Math.exp(-((phase / 0.02) ** 2)) + 5 * numbers.normal());
  });
  // The last person's electrode falls off for one window.
  if (person === PEOPLE) samples.fill(3, 4 * RATE_HZ, 8 * RATE_HZ);
  const comments = [`<age>: ${isOld ? 70 : 30}`, `<sex>: ${isOld ? "M" : "F"}`];
  return { name: `p${person}`, rate: String(RATE_HZ), comments, signals: [{ name: "II", samples }] };
}

interface Predicted extends Record<string, string> {
  readonly window: string;
}

const rowsOf = (path: string) => readCsv(Deno.readTextFileSync(path)) as Predicted[];
const byWindow = (rows: readonly Predicted[]) => new Map(rows.map((row) => [row.window, row]));

Deno.test("evaluate", async (test) => {
  await using folder = await temporaryFolder();
  const inside = (...parts: string[]) => join(folder.path, ...parts), run = inside("results", "hearts");
  const options = { cwd: folder.path, env: { EINTHOVEN_DATA: folder.path } };
  const model = (arm: string) => join(run, "models", `${arm}.onnx`);
  await writeDatabase(inside("hearts"), Array.from({ length: PEOPLE }, (_, index) => heart(index + 1)));
  await Deno.writeTextFile(inside("hearts.yaml"), MANIFEST);
  const { code, problems } = await call(["hearts.yaml", "--results", "results", "--json"], options);
  assert.equal(code, 0, problems);
  const ofRun = rowsOf(join(run, "predictions.csv"));

  async function evaluate(...args: string[]) {
    const ended = await call(["evaluate", ...args, "--output", "out"], options);
    assert.equal(ended.code, 0, ended.problems);
    const summary: EvaluationSummary = JSON.parse(Deno.readTextFileSync(inside("out", "summary.json")));
    return { ...ended, summary, predictions: rowsOf(inside("out", "predictions.csv")) };
  }

  const supervised = await evaluate(model("supervised"), "hearts", "--manifest", "hearts.yaml");
  await Deno.rename(inside("out", "labels.csv"), inside("windows.csv"));
  const ofTest = ofRun.filter(({ cell }) => cell === supervised.summary.model.cell);

  for (const arm of ["supervised", "heart-rate"]) {
    await test.step(`gives what the run gave for the test windows of ${arm}, to the last digit`, async () => {
      const { summary, predictions } = arm === "supervised"
        ? supervised
        : await evaluate(model(arm), "hearts");
      const known = byWindow(predictions), tested = ofRun.filter(({ cell }) => cell === summary.model.cell);
      assert.equal(predictions.length, PEOPLE * SECONDS / 4 - 1);
      assert.deepEqual(summary.discarded, { flat: 1 });
      assert.ok(tested.length > 10);
      for (const row of tested) {
        for (const column of Object.keys(row).filter((name) => name.startsWith("probability:"))) {
          assert.equal(known.get(row.window)?.[column], row[column], `${row.window} ${column}`);
        }
      }
    });
  }

  await test.step("gives the same with another number of sessions, and nearly so with other batches", async () => {
    const { predictions: same } = await evaluate(model("supervised"), "hearts", "--threads", "1");
    assert.deepEqual(same, supervised.predictions);
    const { predictions: near } = await evaluate(model("supervised"), "hearts", "--batch", "7");
    for (const [index, row] of near.entries()) {
      const difference = Number(row["probability:low"]) - Number(same[index]["probability:low"]);
      assert.ok(Math.abs(difference) < 1e-6, row.window);
    }
  });

  await test.step("warns of people that the model was trained on, and scores the others apart", () => {
    const { out, problems, summary: { scores } } = supervised;
    // Of two folds of eight people four train, of whom one is set aside for the scores of the pretext.
    assert.match(problems, /^warning {2}3 of 8 subjects were among those that the model was trained on: p\d/);
    assert.equal(scores?.windows, PEOPLE * SECONDS / 4 - 1);
    assert.deepEqual([scores?.all.subjects.length, scores?.unseen?.subjects.length], [8, 5]);
    assert.match(out, /\nAccuracy +[\d.]+ +[\d.]+\n/);
    assert.ok(!hasEscapes(out + problems));
  });

  await test.step("scores the test windows as the run scored them, by their labels in a file", async () => {
    const lines = ofTest.map(({ window, class: truth }) => `${window},${truth}`);
    await Deno.writeTextFile(inside("test.csv"), ["window,class", ...lines].join("\n"));
    const { summary } = await evaluate(model("supervised"), "hearts", "--labels", "test.csv");
    const cell = rowsOf(join(run, "cells.csv")).find(({ cell }) => cell === summary.model.cell);
    for (
      const metric of ["accuracy", "balanced-accuracy", "macro-f1", "auroc", "average-precision"] as const
    ) {
      assert.equal(summary.scores?.all.scores[metric], Number(cell?.[metric]), metric);
    }
    const unlabelled = supervised.predictions.length - ofTest.length;
    assert.deepEqual(summary.unlabelled, { "not in the file": unlabelled });
  });

  await test.step("scores by labels of recordings as by the target, and by the labels that it wrote", async () => {
    const ages = Array.from(
      { length: PEOPLE },
      (_, index) => `p${index + 1},${index % 2 === 1 ? "high" : "low"}`,
    );
    await Deno.writeTextFile(inside("people.csv"), ["recording,class", ...ages].join("\n"));
    for (const file of ["windows.csv", "people.csv"]) {
      const { summary } = await evaluate(model("supervised"), "hearts", "--labels", file);
      assert.deepEqual(summary.scores, supervised.summary.scores);
    }
  });

  await test.step("takes one record, named by any file of it, and prints one line of JSON", async () => {
    const { out, problems, predictions } = await evaluate(model("majority"), "hearts/p3.hea", "--json");
    assert.equal(out.trimEnd().split("\n").length, 1);
    const summary: EvaluationSummary = JSON.parse(out);
    assert.deepEqual([summary.windows, summary.subjects], [6, 1]);
    assert.deepEqual(new Set(predictions.map(({ subject }) => subject)), new Set(["p3"]));
    assert.deepEqual(predictions.slice(0, 2).map(({ first, seconds }) => [first, seconds]), [["0", "0"], [
      "400",
      "4",
    ]]);
    assert.equal(summary.warnings.length, problems === "" ? 0 : 1);
  });

  await test.step("predicts the windows of a CSV file as it predicts them from recordings", async () => {
    const windows = await normalisedWindows();
    await Deno.writeTextFile(inside("w.csv"), windows.map(({ samples }) => samples.join(",")).join("\n"));
    const { summary, predictions: ofFile } = await evaluate(model("supervised"), "w.csv");
    const known = byWindow(supervised.predictions);
    assert.equal(ofFile.length, windows.length);
    for (const [row, { id }] of windows.entries()) {
      assert.equal(ofFile[row].window, `w.csv@${row}+1`);
      assert.equal(ofFile[row]["probability:low"], known.get(id)?.["probability:low"]);
    }
    assert.match(summary.notes.join(), /windows of files are taken as they are: at 100 Hz/);
    assert.deepEqual([summary.recordings, summary.subjects], [1, 0]);
  });

  /** Windows of the store as the model of the supervised arm reads them. */
  async function normalisedWindows() {
    const store = inside("results", "store");
    const [stage] = [...Deno.readDirSync(join(store, "windows"))].filter(({ isDirectory }) => isDirectory);
    const windows = openWindows(join(store, "windows", stage.name));
    const { readModel } = await import("../../src/pipeline/evaluate/model.ts");
    const { scale } = readModel(await Deno.readFile(model("supervised")), { file: model("supervised") });
    const rows = windows.rows(scale);
    return windows.table.map(({ id }, row) => ({ id, samples: [...rows.read([row])] }));
  }

  const refused: Record<string, [string[], RegExp]> = {
    "a model that is not there": [["none.onnx", "hearts"], /none\.onnx: Cannot read the model: /],
    "data that are not there": [[model("majority"), "harts"], /^harts: Cannot find the data: /],
    "a lead that is not there": [
      [model("majority"), "hearts", "--set", "signal.lead=V9"],
      /p1\.hea: Cannot take the lead of hearts\/p1\/1\/p1: the model reads V9/,
    ],
    "windows of another length": [
      [model("majority"), "short.csv"],
      /short\.csv:1: .* must hold 400 numbers .*got 2$/,
    ],
    "a file without windows": [
      [model("majority"), "empty.csv"],
      /at least one window of 4 s \(400 samples\), got none/,
    ],
    "windows of unknown people for features less a person's mean": [
      [model("heart-rate"), "w.csv"],
      /w\.csv: Cannot evaluate heart-rate on windows alone: .*must be given recordings/,
    ],
    "a target whose classes the model does not know": [
      [
        model("majority"),
        "hearts",
        "--set",
        "target={kind: condition, label: sex, classes: {man: [M], woman: [F]}}",
      ],
      /^Cannot find the class of the model: .*got "man"/,
    ],
    "recordings of another shape": [
      [
        model("majority"),
        "--set",
        "dataset={kind: npy, path: arrays, file: '{subject}.npy', leads: [II], sampleRateHz: 100}",
      ],
      /p1\.npy: Cannot read the recording: its array must be \[time\] for the leads II, got \[2, 3\]$/,
    ],
    "no sessions": [
      [model("majority"), "hearts", "--threads", "0"],
      /'--threads <count>' argument '0' is invalid/,
    ],
  };
  await Deno.mkdir(inside("arrays"));
  await Deno.writeFile(inside("arrays", "p1.npy"), npyBytes("<f8", [2, 3], new Float64Array(6)));
  await Deno.writeTextFile(inside("short.csv"), "1,2\n");
  await Deno.writeTextFile(inside("empty.csv"), "");
  for (const [what, [args, message]] of Object.entries(refused)) {
    await test.step(`refuses ${what}`, async () => {
      const ended = await call(["evaluate", ...args, "--output", "refused"], options);
      assert.deepEqual([ended.code, ended.out], [2, ""], ended.problems);
      assert.match(ended.problems.trimEnd(), message);
      assert.doesNotMatch(ended.problems, /\n\s+at |Uncaught/);
    });
  }

  await test.step("leaves no file that is not finished", () => {
    const left = [...Deno.readDirSync(inside("out")), ...Deno.readDirSync(inside("refused"))].map((
      { name },
    ) => name);
    assert.deepEqual(left.filter((name) => basename(name).endsWith(".partial")), []);
  });
});
