import assert from "node:assert/strict";
import { join } from "node:path";
import { readCsv } from "../../src/formats/csv.ts";
import type { StageEvent } from "../../src/pipeline/stage_event.ts";
import { type Experiment, runExperiment } from "../../src/pipeline/experiment.ts";
import type { Launcher } from "../../src/pipeline/launchers/launcher.ts";
import { LeakError, PreparationError } from "../../src/pipeline/run.ts";
import { ENVIRONMENT } from "./environment.ts";
import { launcherHere, options, told } from "./fake_launcher.ts";
import { temporaryFolder } from "./temporary.ts";
import { openTiny } from "./tiny.ts";

const MAJORITY = ["arms={majority: {}}", "hypotheses=[]", "sweep={}"];
function run(
  experiment: Experiment,
  { root, launcher = launcherHere(), events = [], fresh = false, allowLeak }: {
    root: string;
    launcher?: Launcher;
    events?: StageEvent[];
    fresh?: boolean;
    allowLeak?: string;
  },
) {
  return runExperiment(experiment, {
    ...options(root, events),
    folder: join(root, "run"),
    launcher,
    context: { dataFolder: root },
    environment: ENVIRONMENT,
    workers: 1,
    fresh,
    allowLeak,
    begin: () => {},
  });
}

Deno.test("runExperiment() computes every stage once, none the second time, and each once more when fresh", async () => {
  await using folder = await temporaryFolder();
  const experiment = openTiny({ set: MAJORITY });
  const counts: string[][] = [];
  for (const fresh of [false, false, true]) {
    const stages: string[] = [];
    const { outcomes } = await run(experiment, {
      root: folder.path,
      fresh,
      launcher: launcherHere((stage) => void stages.push(stage)),
    });
    assert.deepEqual(outcomes.map(({ error }) => error), [null, null]);
    counts.push(stages.sort());
  }
  const [first, second, third] = counts;
  assert.deepEqual(second, []);
  assert.deepEqual(third, first);
  assert.equal(first.filter((stage) => stage === "windows").length, 1);
  assert.equal(first.filter((stage) => stage === "score").length, 2);
});

Deno.test("runExperiment() hands out no model without its certificate, names its arm, and writes all the rest", async () => {
  await using folder = await temporaryFolder();
  const events: StageEvent[] = [];
  const launcher = launcherHere((stage) => {
    if (stage === "certificate") throw new Error("Cannot compare");
  });
  const { models, uncertified, outcomes } = await run(openTiny({ set: MAJORITY }), {
    root: folder.path,
    events,
    launcher,
  });
  assert.deepEqual([models, uncertified], [[], ["majority"]]);
  assert.deepEqual(outcomes.map(({ error }) => error), [null, null]);
  assert.ok(told(events).includes("failed certificate of majority"));
  assert.deepEqual([...Deno.readDirSync(join(folder.path, "run", "models"))], []);
  assert.match(await Deno.readTextFile(join(folder.path, "run", "cells.csv")), /^majority budget=all/m);
});

Deno.test("runExperiment() rejects with the first message when data can't be prepared, and tells it no other way", async () => {
  await using folder = await temporaryFolder();
  const events: StageEvent[] = [];
  await assert.rejects(
    run(openTiny({ set: [...MAJORITY, "split.folds=9"] }), { root: folder.path, events }),
    (error) => {
      assert.ok(error instanceof PreparationError);
      assert.match(error.message, /^Cannot make 9 folds: /);
      return true;
    },
  );
  assert.deepEqual(told(events).filter((event) => event.startsWith("failed")), []);
});

Deno.test("runExperiment() rejects a split that leaks, unless a reason allows it, which every split then carries", async () => {
  await using folder = await temporaryFolder();
  const leaky = openTiny({ set: [...MAJORITY, "split={kind: window-k-fold, folds: 2}"] });
  await assert.rejects(run(leaky, { root: folder.path }), LeakError);
  assert.equal((await run(leaky, { root: folder.path, allowLeak: "to see" })).leak, "to see");
  const apart = openTiny({ set: MAJORITY });
  assert.equal((await run(apart, { root: folder.path, allowLeak: "to see" })).leak, undefined);
});

Deno.test("runExperiment() leaves no result of another manifest in the folder, also when it fails", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "run");
  await run(openTiny({ set: MAJORITY }), { root: folder.path });
  await Deno.writeTextFile(join(path, "notes.txt"), "a person's own");
  await assert.rejects(run(openTiny({ set: [...MAJORITY, "split.folds=9"] }), { root: folder.path }));
  const names = [...Deno.readDirSync(path)].map(({ name }) => name).sort();
  assert.deepEqual(names, ["environment.json", "manifest.yaml", "notes.txt"]);
  assert.match(await Deno.readTextFile(join(path, "manifest.yaml")), /folds: 9/);
});

Deno.test("runExperiment() rejects grid points of other classes, and tells each cell's own label unit", async () => {
  await using folder = await temporaryFolder();
  const classes = "[{calm: [rest], stress: [stress]}, {rest: [rest], stress: [stress]}]";
  const swept = openTiny({ set: [...MAJORITY, `sweep={target.classes: ${classes}}`] });
  await assert.rejects(run(swept, { root: folder.path }), {
    name: "PreparationError",
    message: "Cannot compare grid points: all must have the same classes, got calm, stress and rest, stress",
  });
  await run(openTiny({ set: [...MAJORITY, "sweep={labels.unit: [recording, subject]}"] }), {
    root: folder.path,
  });
  const cells = readCsv(await Deno.readTextFile(join(folder.path, "run", "cells.csv")));
  assert.deepEqual(cells.map(({ unit }) => unit), ["recording", "recording", "subject", "subject"]);
});
