import assert from "node:assert/strict";
import { join } from "node:path";
import { runStages, StopRun } from "../../src/pipeline/coordinator.ts";
import type { StageEvent } from "../../src/pipeline/stage_event.ts";
import { Store } from "../../src/pipeline/store.ts";
import { byLabel, fakeLauncher, inTurn, options, told, untilAborted } from "./fake_launcher.ts";
import { COMPUTED, planned } from "./keys.ts";
import { temporaryFolder } from "./temporary.ts";

const windows = planned("windows");
const [left, right] = ["left", "right"].map((name) => planned(name, [windows]));
const both = planned("both", [left, right]);
const alone = planned("alone");
/** Asked for in an order that is not theirs. */
const ALL = [both, right, alone, left, windows];

Deno.test("runStages() runs inputs first and gives each stage the folders of its inputs", async () => {
  await using folder = await temporaryFolder();
  const launcher = fakeLauncher(), { store } = options(folder.path);
  const outcomes = await runStages(ALL, { ...options(folder.path), launcher });
  assert.deepEqual(byLabel(outcomes), { windows: null, alone: null, left: null, right: null, both: null });
  const at = (name: string) => launcher.started.indexOf(name);
  assert.ok(at("windows") < at("left") && at("windows") < at("right"));
  assert.equal(at("both"), 4);
  assert.deepEqual(launcher.tasks[at("both")].inputs, {
    left: store.folder("labels", left.id),
    right: store.folder("labels", right.id),
  });
  assert.equal(await Deno.readTextFile(join(store.folder("labels", both.id), "name.txt")), "both");
});

for (const workers of [1, 2, 3]) {
  Deno.test(`runStages() keeps ${workers} workers busy and no more`, async () => {
    await using folder = await temporaryFolder();
    let begun = 0;
    const all = Promise.withResolvers<void>();
    const launcher = fakeLauncher(async () => {
      if (++begun === workers) all.resolve();
      // None ends before as many have begun as are to run at a time: how long each takes to begin is not known.
      await all.promise;
      await new Promise((resolve) => setTimeout(resolve, 1));
    });
    const stages = Array.from({ length: 9 }, (_, index) => planned(`stage ${index}`));
    await runStages(stages, { ...options(folder.path), launcher, workers });
    assert.equal(launcher.mostAtOnce, workers);
    assert.equal(launcher.started.length, 9);
  });
}

Deno.test("runStages() runs nothing that is in the store, and everything once more when fresh", async () => {
  await using folder = await temporaryFolder();
  await runStages(ALL, { ...options(folder.path), launcher: fakeLauncher() });
  const events: StageEvent[] = [], again = fakeLauncher();
  await runStages(ALL, { ...options(folder.path, events), launcher: again });
  assert.deepEqual(again.started, []);
  assert.deepEqual(new Set(told(events)), new Set(ALL.map(({ label }) => `reused ${label}`)));
  const fresh = fakeLauncher();
  await runStages(ALL, { ...options(folder.path), launcher: fresh, fresh: true });
  assert.deepEqual([...fresh.started].sort(), ["alone", "both", "left", "right", "windows"]);
});

Deno.test("runStages() runs a stage again whose files are damaged", async () => {
  await using folder = await temporaryFolder();
  const { store } = options(folder.path);
  await runStages(ALL, { ...options(folder.path), launcher: fakeLauncher() });
  await Deno.remove(join(store.folder("labels", left.id), "name.txt"));
  const again = fakeLauncher();
  await runStages(ALL, { ...options(folder.path), launcher: again });
  assert.deepEqual(again.started, ["left"]);
});

Deno.test("runStages() fails what reads a failed stage, with its reason said once, and goes on with the rest", async () => {
  await using folder = await temporaryFolder();
  const events: StageEvent[] = [];
  const launcher = fakeLauncher((name) => {
    if (name === "left") throw new RangeError("Cannot go left");
  });
  const last = planned("last", [both]);
  const outcomes = await runStages([last, ...ALL], { ...options(folder.path, events), launcher });
  assert.deepEqual(byLabel(outcomes), {
    windows: null,
    alone: null,
    right: null,
    left: "Cannot go left",
    both: "left: Cannot go left",
    last: "left: Cannot go left",
  });
  const ends = told(events).filter((event) => /failed|skipped/.test(event));
  assert.deepEqual(ends.sort(), ["failed left", "skipped both", "skipped last"]);
  const { store } = options(folder.path);
  assert.equal(await store.find("labels", left.id), undefined);
  const second = fakeLauncher();
  await runStages([last, ...ALL], { ...options(folder.path), launcher: second });
  assert.deepEqual(second.started, ["left", "both", "last"], "a failure is not remembered");
});

Deno.test("runStages() names the first input of those that failed, whichever failed first", async () => {
  for (const order of [["left", "right"], ["right", "left"]]) {
    await using folder = await temporaryFolder();
    const turns = inTurn(order);
    const launcher = fakeLauncher(async (name, signal) => {
      await turns.wait(name, signal);
      if (name !== "windows") throw new RangeError(`Cannot go ${name}`);
    });
    const outcomes = await runStages([windows, left, right, both], {
      ...options(folder.path),
      launcher,
      event: ({ kind, stage }) => kind === "failed" ? turns.ended(stage.label) : undefined,
    });
    assert.equal(byLabel(outcomes).both, "left: Cannot go left");
  }
});

/** Stages that wait for none, as they are planned. */
const [one, two, three, four] = ["one", "two", "three", "four"].map((name) => planned(name));

for (const order of [["one", "two", "four"], ["two", "four", "one"], ["four", "one", "two"]]) {
  Deno.test(`runStages() whose failures end later stages tells the first in order, ended ${order.join(", ")}`, async () => {
    await using folder = await temporaryFolder();
    const after = planned("after", [four]), turns = inTurn(order);
    const launcher = fakeLauncher(async (name, signal) => {
      if (name === "three") return untilAborted(signal);
      await turns.wait(name, signal);
      if (name !== "one") throw new RangeError(`Cannot do ${name}`);
    });
    const outcomes = byLabel(
      await runStages([one, two, three, four, after], {
        ...options(folder.path),
        launcher,
        workers: 4,
        failureEnds: "later",
        event: ({ kind, stage }) => kind === "started" ? undefined : turns.ended(stage.label),
      }),
    );
    assert.deepEqual([outcomes.one, outcomes.two], [null, "Cannot do two"]);
    assert.equal(outcomes.three, "not run: another stage failed first");
    for (const name of ["four", "after"]) assert.notEqual(outcomes[name], null);
    assert.ok(!launcher.started.includes("after"));
  });
}

for (const order of [["one", "two", "three"], ["two", "three", "one"], ["three", "two", "one"]]) {
  Deno.test(`runStages() throws the StopRun of the first stage in order, ended ${order.join(", ")}`, async () => {
    for (const fails of [false, true]) {
      await using folder = await temporaryFolder();
      const turns = inTurn(order);
      const launcher = fakeLauncher(async (name, signal) => {
        await turns.wait(name, signal);
        if (fails && name === "one") throw new RangeError("Cannot do one");
      });
      const run = runStages([one, two, three], {
        ...options(folder.path),
        launcher,
        workers: 3,
        failureEnds: "later",
        check({ label }) {
          turns.ended(label);
          if (label !== "one") throw new StopRun(`${label} leaks`);
          return Promise.resolve();
        },
        event: ({ kind, stage }) => kind === "failed" ? turns.ended(stage.label) : undefined,
      });
      if (fails) assert.equal(byLabel(await run).one, "Cannot do one");
      else await assert.rejects(run, { name: "StopRun", message: "two leaks" });
    }
  });
}

Deno.test("runStages() with failures that end all ends what runs, starts nothing more and says of each stage why", async () => {
  await using folder = await temporaryFolder();
  const launcher = fakeLauncher((name, signal) => {
    if (name === "left") throw new RangeError("Cannot go left");
    if (name === "slow") return untilAborted(signal);
  });
  const slow = planned("slow"), after = planned("after", [slow]), late = planned("late");
  const stages = [windows, slow, left, both, right, after, late];
  const outcomes = await runStages(stages, { ...options(folder.path), launcher, failureEnds: "all" });
  assert.deepEqual([...launcher.started].sort(), ["left", "slow", "windows"]);
  assert.deepEqual(byLabel(outcomes), {
    windows: null,
    left: "Cannot go left",
    both: "left: Cannot go left",
    slow: "not run: another stage failed first",
    right: "not run: another stage failed first",
    after: "not run: another stage failed first",
    late: "not run: another stage failed first",
  });
});

Deno.test("runStages() rejects with the signal's reason, and keeps what is finished", async () => {
  await using folder = await temporaryFolder();
  const controller = new AbortController(), reason = new Error("interrupted"), events: StageEvent[] = [];
  const launcher = fakeLauncher((name, signal) => {
    if (name !== "both") return;
    controller.abort(reason);
    return untilAborted(signal);
  });
  const { signal } = controller;
  await assert.rejects(
    runStages(ALL, { ...options(folder.path, events), launcher, signal, workers: 1 }),
    (error) => error === reason,
  );
  assert.deepEqual(told(events).filter((event) => event.startsWith("failed")), []);
  const again = fakeLauncher();
  await runStages(ALL, { ...options(folder.path), launcher: again });
  assert.deepEqual(again.started, ["both"]);
});

Deno.test("runStages() starts nothing when it was interrupted before", async () => {
  await using folder = await temporaryFolder();
  const launcher = fakeLauncher();
  await assert.rejects(runStages(ALL, { ...options(folder.path), launcher, signal: AbortSignal.abort() }));
  assert.deepEqual(launcher.started, []);
});

Deno.test("runStages() ends everything when check() throws StopRun, also of a stage that was there", async () => {
  await using folder = await temporaryFolder();
  await runStages([windows], { ...options(folder.path), launcher: fakeLauncher() });
  const launcher = fakeLauncher(), stop = new StopRun("it leaks");
  const check = () => {
    throw stop;
  };
  await assert.rejects(
    runStages(ALL, { ...options(folder.path), launcher, check }),
    (error) => error === stop,
  );
  assert.ok(!launcher.started.includes("left"));
});

Deno.test("runStages() waits for a stage that another process computes, and does not run it", async () => {
  await using folder = await temporaryFolder();
  const other = await new Store(folder.path).lease("labels", windows.id);
  assert.ok(other !== undefined);
  const events: StageEvent[] = [], launcher = fakeLauncher();
  const run = runStages([windows, left], {
    ...options(folder.path),
    launcher,
    event(event) {
      events.push(event);
      if (event.kind === "waiting") void other.commit(windows.key, COMPUTED);
    },
  });
  assert.deepEqual(byLabel(await run), { windows: null, left: null });
  assert.deepEqual(launcher.started, ["left"]);
  assert.deepEqual(told(events), ["waiting windows", "finished windows", "started left", "finished left"]);
});

Deno.test("runStages() runs a stage itself when the process that computed it gave up", async () => {
  await using folder = await temporaryFolder();
  const other = await new Store(folder.path).lease("labels", windows.id);
  assert.ok(other !== undefined);
  const launcher = fakeLauncher();
  await runStages([windows], {
    ...options(folder.path),
    launcher,
    event: (event) => event.kind === "waiting" ? void other.abandon() : undefined,
  });
  assert.deepEqual(launcher.started, ["windows"]);
});
