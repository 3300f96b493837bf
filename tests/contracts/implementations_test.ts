/** What every plug-in's implementation must keep, whatever it computes. */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { ARMS } from "../../src/arms/table.ts";
import { DATASETS, openDataset } from "../../src/datasets/table.ts";
import { byCodePoint, type RecordingRow } from "../../src/formats/window_table.ts";
import { buildEncoder, type EncoderKind, ENCODERS } from "../../src/models/table.ts";
import { STAGES } from "../../src/pipeline/stages/table.ts";
import { loadObjective, type ObjectiveKind, OBJECTIVES } from "../../src/pretext/table.ts";
import { outputsOf } from "../../src/pretext/objective.ts";
import { TRANSFORMATIONS } from "../../src/pretext/transformations/table.ts";
import { stream } from "../../src/random/stream.ts";
import { type SplitSpecification, SPLITTERS, splitWindows } from "../../src/splits/table.ts";
import { prepareTarget, TARGETS, type TargetSpecification } from "../../src/targets/table.ts";
import { loadOptimizer, OPTIMIZERS, optimizerSchema } from "../../src/training/optimizers/table.ts";

const keysOf = <Name extends string>(table: Readonly<Record<Name, unknown>>) => Object.keys(table) as Name[];

/** 128 samples of noise a window. */
const noise = (count: number) => {
  const draw = stream(1, "contracts");
  return Float32Array.from({ length: 128 * count }, () => draw.normal());
};

for (const kind of keysOf(DATASETS)) {
  Deno.test(`DATASETS.${kind} opens and tells its identity`, async () => {
    const source = await DATASETS[kind].load();
    assert.deepEqual([typeof source.open, typeof source.identity], ["function", "function"]);
  });

  // The tiny manifest, which all tests of runs are made from, is on people who are made.
  if (kind === "synthetic") continue;
  Deno.test(`DATASETS.${kind} has a page with a manifest, and one that is run from files to a report`, () => {
    const page = Deno.readTextFileSync(
      new URL(`../../docs/datasets/${kind === "npy" ? "csv" : kind}.md`, import.meta.url),
    );
    assert.match(page, new RegExp(`kind: ${kind}\\b`), "its page has a manifest");
    const test = new URL(`../end_to_end/datasets/${kind}_test.ts`, import.meta.url);
    assert.match(
      Deno.readTextFileSync(test),
      new RegExp(`runTiny\\(\\{\\s+dataset:\\s+.\\{kind: ${kind}[,}]`),
    );
  });
}

Deno.test("DATASETS that need no files give recordings by id, each with the labels that they declare", async () => {
  const dataset = await openDataset({ kind: "synthetic", people: 3, seconds: 2 }, { dataFolder: "/nowhere" });
  const recordings = await Array.fromAsync(dataset.recordings()), ids = recordings.map(({ id }) => id);
  assert.deepEqual(ids, ids.toSorted(byCodePoint));
  assert.equal(new Set(ids).size, ids.length);
  for (const { id, subject, session, labels, leads } of recordings) {
    assert.ok(id.startsWith(`synthetic/${subject}/${session}/`), id);
    assert.deepEqual(Object.keys(labels).sort(), Object.keys(dataset.labels).sort());
    assert.ok(leads.every(({ samples }) => samples.every(Number.isFinite)));
  }
});

/** Six people with two recordings each. */
const recordings: RecordingRow[] = Array.from({ length: 12 }, (_, index) => ({
  id: `toy/p${index >> 1}/1/r${index}`,
  subject: `p${index >> 1}`,
  session: "1",
  stimulus: index % 2 === 0 ? "rest" : "stress",
  labels: { condition: index % 2 === 0 ? "rest" : "stress", arousal: index % 2 === 0 ? 2 : 7 },
}));
const windows = recordings.flatMap(({ id, ...recording }) =>
  [0, 64].map((first) => ({
    ...recording,
    id: `${id}@${first}+64`,
    recording: id,
    first,
    length: 64,
    hash: `${id}@${first}`,
    quality: "ok",
  }))
);

const TARGET_PARAMETERS: Readonly<Record<string, Record<string, unknown>>> = {
  rating: { label: "arousal" },
  "rating-classes": { label: "arousal" },
  condition: { label: "condition", classes: { calm: ["rest"], stress: ["stress"] } },
  beats: { classes: { ventricular: ["V"], other: ["N"] } },
};

const MARKS = [{ seconds: 0.5, symbol: "N", text: "" }, { seconds: 1.5, symbol: "V", text: "" }];

for (const kind of keysOf(TARGETS)) {
  Deno.test(`TARGETS.${kind} gives every window a class of its own list, or none`, async () => {
    const specification: TargetSpecification = { kind, ...TARGET_PARAMETERS[kind] };
    const marks = {
      sampleRateHz: 64,
      annotations: new Map(recordings.map(({ id }) => [id, MARKS])),
    };
    const ranges = { condition: { values: ["rest", "stress"] }, arousal: { from: 1, to: 9 } };
    const target = await prepareTarget(specification, { recordings, ranges, marks });
    assert.ok(target.classes.length >= 2 && new Set(target.classes).size === target.classes.length);
    assert.ok(["recording", "window"].includes(target.constantOver));
    for (const recording of recordings) {
      const own = windows.filter((window) => window.recording === recording.id);
      const classes = own.map((window) => target.assign(window, recording));
      for (const given of classes) assert.ok(given === null || given in target.classes, `${given}`);
      if (target.constantOver === "recording") assert.equal(new Set(classes).size, 1);
    }
  });
}

const SPLIT_PARAMETERS: Readonly<Record<string, Record<string, unknown>>> = {
  "group-k-fold": { folds: 3 },
  "window-k-fold": { folds: 3 },
  predefined: { test: ["p0", "p3"] },
};

for (const kind of keysOf(SPLITTERS)) {
  Deno.test(`SPLITTERS.${kind} gives folds of sides that are apart, whatever the order of the windows`, async () => {
    const specification: SplitSpecification = { kind, ...SPLIT_PARAMETERS[kind] };
    const labelled = windows.map((window) => ({ ...window, class: window.stimulus === "rest" ? 0 : 1 }));
    const context = { windows: labelled, classes: ["rest", "stress"] };
    const folds = await splitWindows(specification, context);
    assert.ok(folds.length > 0);
    for (const { train, validation, test } of folds) {
      const all = [...train, ...validation, ...test];
      assert.equal(new Set(all).size, all.length);
      for (const side of [train, validation, test]) assert.deepEqual(side, side.toSorted(byCodePoint));
      assert.ok(train.length > 0 && test.length > 0);
    }
    assert.deepEqual(
      await splitWindows(specification, { ...context, windows: labelled.toReversed() }),
      folds,
    );
  });
}

for (const kind of keysOf(ENCODERS)) {
  Deno.test(`ENCODERS.${kind} builds [batch, time, 1] to [batch, features], its weights zero, in layers named for good`, async () => {
    const shape = { samples: kind === "sarkar-cnn" ? 2560 : 640, sampleRateHz: 256 };
    const build = () => buildEncoder({ kind: kind satisfies EncoderKind }, shape);
    const first = await build(), second = await build();
    assert.deepEqual(first.inputs[0].shape, [null, shape.samples, 1]);
    assert.equal(first.outputs[0].shape.length, 2);
    for (const { val } of first.weights.map((weight) => ({ val: weight.read() }))) {
      assert.ok(tf.tidy(() => tf.max(tf.abs(val)).dataSync()[0]) === 0);
    }
    const named = ({ layers }: typeof first) =>
      layers.filter(({ weights }) => weights.length > 0).map(({ name }) => name);
    assert.deepEqual(named(first), named(second));
    for (const model of [first, second]) model.dispose();
  });
}

for (const kind of keysOf(OBJECTIVES)) {
  Deno.test(`OBJECTIVES.${kind} makes as many rows as it says, the same for the same stream`, async () => {
    const objective = await loadObjective({ kind: kind satisfies ObjectiveKind });
    const make = (name: string) => objective.rows(noise(2), { count: 2, stream: stream(1, name) });
    const made = make("a");
    assert.equal(made.rows, 2 * objective.rowsPerWindow);
    assert.equal(made.windows.length, made.rows * 128);
    assert.equal(made.targets.length, made.rows * outputsOf(objective));
    assert.deepEqual(make("a"), made);
    assert.notDeepEqual(make("b").windows, made.windows);
    assert.equal(new Set(objective.heads.map(({ name }) => name)).size, objective.heads.length);
    assert.equal(objective.augment(noise(1), { stream: stream(1, "a") }).length, 128);
  });
}

for (const name of keysOf(TRANSFORMATIONS)) {
  Deno.test(`TRANSFORMATIONS.${name} gives another window of the same length, and leaves its argument alone`, () => {
    const { schema, apply }: { schema: { parse(value: unknown): unknown }; apply: unknown } =
      TRANSFORMATIONS[name];
    assert.ok(typeof apply === "function");
    const window = noise(1), parameters = schema.parse({});
    const changed: Float32Array = apply(window, parameters, stream(1, "a"));
    assert.deepEqual(window, noise(1));
    assert.equal(changed.length, 128);
    assert.ok(changed.every(Number.isFinite));
    assert.notDeepEqual(changed, window);
    assert.deepEqual(apply(window, parameters, stream(1, "a")), changed);
  });
}

for (const kind of keysOf(OPTIMIZERS)) {
  Deno.test(`OPTIMIZERS.${kind} moves a variable against its gradient`, async () => {
    const optimizer = await loadOptimizer(optimizerSchema.parse({ kind }));
    const variable = tf.variable(tf.tensor1d([1, -1]));
    const assign = optimizer.create([variable]);
    tf.tidy(() => assign([tf.tensor1d([1, -1])], tf.scalar(0.01)));
    const [up, down] = variable.dataSync();
    assert.ok(up < 1 && up > 0.9, `${up}`);
    assert.ok(down > -1 && down < -0.9, `${down}`);
    variable.dispose();
  });
}

for (const kind of keysOf(ARMS)) {
  Deno.test(`ARMS.${kind} says what it needs and fits`, async () => {
    const { needs, load } = ARMS[kind];
    assert.equal(typeof (await load()).fit, "function");
    assert.ok(!needs.features || needs.encoder !== "none" as string, "features are an encoder's");
  });
}

for (const stage of keysOf(STAGES)) {
  Deno.test(`STAGES.${stage} runs, and has a version and pinned packages`, async () => {
    const { version, load } = STAGES[stage];
    assert.ok(Number.isInteger(version) && version >= 1);
    assert.equal(typeof (await load()).stage.run, "function");
  });
}
