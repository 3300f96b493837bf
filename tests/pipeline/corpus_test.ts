/** Pretraining on a corpus of its own, and labels from marks, through the stages. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { runStages } from "../../src/pipeline/coordinator.ts";
import { openExperiment } from "../../src/pipeline/experiment.ts";
import { LeakError, planCells, prepare, preparedFromStore } from "../../src/pipeline/run.ts";
import { type Exposure, readJson } from "../../src/pipeline/stages/folders.ts";
import { readLabels } from "../../src/pipeline/stages/labels.ts";
import { readManifest } from "../../src/manifest/read.ts";
import { ManifestError } from "../../src/manifest/problem.ts";
import { stream } from "../../src/random/stream.ts";
import { smallRecord, withDataFolder, writeDatabase } from "../datasets/wfdb/write_database.ts";
import type { StoredRecord } from "../formats/wfdb/write.ts";
import { optionsIn } from "./fake_launcher.ts";
import { openTiny, TINY } from "./tiny.ts";

/** Ten seconds of noise at 100 Hz, the same for the same seed; a ventricular beat at 1, 5 and 9 s, normal ones at 3 and 7 s. */
function noiseRecord(name: string, seed: number): StoredRecord {
  const draw = stream(seed, "noise");
  return smallRecord(name, {
    rate: "100",
    signals: [{ name: "II", samples: Array.from({ length: 1000 }, () => Math.round(100 * draw.normal())) }],
    annotations: {
      atr: [1, 3, 5, 7, 9].map((second) => ({ sample: 100 * second, code: second % 4 === 1 ? 5 : 1 })),
    },
  });
}

const records = (names: string, seed: number) =>
  [...names].map((name, index) => noiseRecord(name, seed + index));

const EXTERNAL = [
  "dataset={kind: wfdb, path: task}",
  "target={kind: beats, classes: {ventricular: [V], other: [N]}, hardNegatives: {name: even, beats: [N]}}",
  "signal={lead: II, resample: 64, window: {seconds: 2}}",
  "labels.unit=window",
  "pretext.exposure=external",
  "pretext.corpus={dataset: {kind: wfdb, path: corpus}}",
];

Deno.test("an external corpus is pretrained on once for all folds, its own people set aside for the scores", () =>
  withDataFolder(async (dataFolder) => {
    await writeDatabase(join(dataFolder, "task"), records("abcdefgh", 1));
    await writeDatabase(join(dataFolder, "corpus"), records("uvwxyz", 101));
    const run = { ...optionsIn(dataFolder), dataFolder };
    const prepared = await prepare(openTiny({ set: EXTERNAL }).points, run);
    const { checks } = prepared[0];
    assert.deepEqual(checks.at(-1), {
      name: "corpus-apart",
      outcome: "pass",
      evidence: "6 recordings of the corpus, none among those of the task",
    });
    const { plan } = planCells(prepared);
    const pretrainings = plan.stages.filter(({ stage }) => stage === "pretrain");
    assert.equal(pretrainings.length, 1, "two folds, one corpus");
    const [pretrain] = pretrainings;
    assert.deepEqual(Object.keys(pretrain.inputs), ["windows"]);
    const outcomes = await runStages([pretrain], run);
    assert.equal(outcomes.get(pretrain), null);
    const seen = readJson<Exposure>(run.store.folder("pretrain", pretrain.id), "exposure.json");
    assert.equal(seen.corpus, "corpus");
    // A tenth of six people, and at least one, is set aside.
    assert.equal(seen.subjects.length, 5);
    assert.ok(seen.subjects.every((subject) => "uvwxyz".includes(subject)));
  }));

Deno.test("a corpus that holds a recording of the task ends the run before anything is pretrained", () =>
  withDataFolder(async (dataFolder) => {
    await writeDatabase(join(dataFolder, "task"), records("abcdefgh", 1));
    await writeDatabase(join(dataFolder, "corpus"), [...records("uvwxy", 101), noiseRecord("z", 1)]);
    const { points } = openTiny({ set: EXTERNAL });
    await assert.rejects(prepare(points, optionsIn(dataFolder)), (error: Error) => {
      assert.ok(error instanceof LeakError);
      assert.ok(
        error.message.includes("1 of 6 recordings of the corpus among those of the task: corpus/z/1/z"),
      );
      return true;
    });
    const [point] = await prepare(points, { ...optionsIn(dataFolder), allowLeak: "a test" });
    assert.equal(point.checks.at(-1)?.outcome, "fail");
  }));

Deno.test("a corpus of the QT Database ends a run on the MIT-BIH Arrhythmia Database that tests the same people", () =>
  withDataFolder(async (dataFolder) => {
    const named = (prefix: string, seed: number) =>
      [100, 102, 103, 104, 114, 116, 117, 123].map((name, index) =>
        noiseRecord(`${prefix}${name}`, seed + index)
      );
    await writeDatabase(join(dataFolder, "mitdb"), named("", 1));
    await writeDatabase(join(dataFolder, "qtdb"), [
      ...named("sel", 101).slice(0, 2),
      noiseRecord("sel30", 201),
    ]);
    const set = EXTERNAL.map((override) =>
      override.replace("path: task", "path: mitdb").replace("path: corpus", "path: qtdb")
    );
    await assert.rejects(prepare(openTiny({ set }).points, optionsIn(dataFolder)), (error: Error) => {
      assert.ok(error instanceof LeakError);
      assert.match(
        error.message,
        /2 subjects of the corpus among those of the task: sel100 \(100 there\), sel102 \(102 there\)/,
      );
      return true;
    });
  }));

Deno.test("the marks of recordings become the classes of windows, and hard negatives", () =>
  withDataFolder(async (dataFolder) => {
    await writeDatabase(join(dataFolder, "task"), records("abcdefgh", 1));
    await writeDatabase(join(dataFolder, "corpus"), records("uvwxyz", 101));
    const run = optionsIn(dataFolder);
    const [{ preparation }] = await prepare(openTiny({ set: EXTERNAL }).points, run);
    const { labels, target } = readLabels(run.store.folder("labels", preparation.labels.id));
    // Beats at 1, 3, 5, 7 and 9 s, the first, third and last ventricular, in five windows of 2 s.
    assert.deepEqual(
      labels.slice(0, 5),
      [0, 128, 256, 384, 512].map((first, index) => ({
        window: `task/a/1/a@${first}+128`,
        class: index % 2 === 0 ? 1 : 0,
        isHardNegative: index % 2 === 1,
      })),
    );
    assert.deepEqual(target.classes, ["other", "ventricular"]);
    assert.deepEqual(target.hardNegatives, { name: "even", windows: 16 });
    assert.equal(target.constantOver, "window");
  }));

Deno.test("a manifest must name the corpus that it pretrains on, and use the one that it names", () => {
  const refused = (set: readonly string[], expected: RegExp) =>
    assert.throws(() => openTiny({ set }), (error: Error) => {
      assert.ok(error instanceof ManifestError);
      assert.match(error.message, expected);
      return true;
    });
  refused(["pretext.exposure=external"], /pretext\.corpus: .*must name the recordings/);
  refused(
    ["pretext.corpus={dataset: {kind: wfdb, path: corpus}}"],
    /pretext\.corpus: Cannot use a corpus: pretext\.exposure must be external, got training-fold/,
  );
  refused([...EXTERNAL, "signal.normalize.scope=training-fold"], /signal\.normalize\.scope: .*another than/);
});

Deno.test("a corpus changes no stage of a grid point that is pretrained on its own people", async () => {
  const text = `${TINY.replace("sweep: {", "sweep: {pretext.exposure: [training-fold, external], ")}`
    .replace("pretext:\n", "pretext:\n  corpus: {dataset: {kind: synthetic, people: 4, seed: 2}}\n");
  const swept = openExperiment(readManifest("swept.yaml", { readText: () => text, set: [] }), {
    overridden: false,
  });
  const stages = async ({ points }: Pick<typeof swept, "points">) => {
    const prepared = await preparedFromStore(points, {
      store: optionsIn("/nowhere").store,
      context: { dataFolder: "/nowhere" },
    });
    return new Set(planCells(prepared).plan.stages.map(({ id }) => id));
  };
  const both = await stages(swept), alone = await stages(openTiny());
  assert.ok([...alone].every((id) => both.has(id)));
  assert.ok(both.size > alone.size);
});
