import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { runStages } from "../../../src/pipeline/coordinator.ts";
import type { Task } from "../../../src/pipeline/launchers/launcher.ts";
import { localLauncher, permissions } from "../../../src/pipeline/launchers/local.ts";
import { planCells, preparedFromStore } from "../../../src/pipeline/run.ts";
import { STAGES } from "../../../src/pipeline/stages/table.ts";
import { smallRecord, writeDatabase } from "../../datasets/wfdb/write_database.ts";
import { fakeLauncher, options } from "../fake_launcher.ts";
import { temporaryFolder } from "../temporary.ts";
import { openTiny } from "../tiny.ts";
import { CAN_LIST, processesWith } from "./processes.ts";

const ATTEMPT = new URL("attempt.ts", import.meta.url).pathname;

/** The tasks that a run gives to its launcher, by the stage and what a person calls it. */
async function tasksOf(root: string): Promise<Map<string, Task>> {
  const { store, ...rest } = options(root), launcher = fakeLauncher();
  const arms = ["supervised-augmented", "random-frozen", "heart-rate", "majority"].map((arm) =>
    `arms.${arm}={}`
  );
  await writeDatabase(join(root, "db"), [smallRecord("a")]);
  const { points } = openTiny({ set: [...arms, "signal.resample=128", "dataset={kind: wfdb, path: db}"] });
  const prepared = await preparedFromStore(points, { store, context: { dataFolder: root } });
  const { plan } = planCells(prepared);
  await runStages(plan.stages, { ...rest, store, launcher, workers: 1, dataFolder: root });
  return new Map(plan.stages.map(({ stage, label }, index) => [`${stage}: ${label}`, launcher.tasks[index]]));
}

/** What a script could do under the permissions of a task. */
async function tried(
  task: Parameters<typeof permissions>[0],
  attempts: readonly [string, string][],
): Promise<string[]> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--no-lock", "--no-config", ...permissions(task), ATTEMPT]
      .concat(attempts.map((attempt) => JSON.stringify(attempt))),
  }).output();
  const text = new TextDecoder().decode(stdout);
  assert.ok(text.startsWith("["), new TextDecoder().decode(stderr));
  return JSON.parse(text);
}

Deno.test("permissions() let a stage read its inputs and write its output, and nothing else", async () => {
  await using folder = await temporaryFolder();
  const [windows, sealed, output, data] = ["windows", "sealed", "output", "data"].map((name) =>
    join(folder.path, name)
  );
  for (const path of [windows, sealed, output, data]) await Deno.mkdir(path);
  for (const name of ["windows.csv", "recordings.csv", "truth.csv"]) {
    await Deno.writeTextFile(join(windows, name), "");
  }
  for (const path of [sealed, data]) await Deno.writeTextFile(join(path, "labels.csv"), "");
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => new Response("answer"),
  );
  const address = `127.0.0.1:${server.addr.port}`;
  const task: Task = {
    stage: "fit",
    parameters: {},
    inputs: { windows },
    output,
    denied: [join(windows, "recordings.csv"), join(windows, "truth.csv")],
    dataFolder: data,
    data: [],
    log: "",
  };
  const cases: [string, string, string][] = [
    ["read", join(windows, "windows.csv"), "could"],
    ["write", join(output, "model.onnx"), "could"],
    ["read", join(windows, "recordings.csv"), "not allowed"],
    ["read", join(windows, "truth.csv"), "not allowed"],
    ["read", join(windows, "..", "windows", "truth.csv"), "not allowed"],
    ["read", join(sealed, "labels.csv"), "not allowed"],
    ["read", join(data, "labels.csv"), "not allowed"],
    ["list", folder.path, "not allowed"],
    ["write", join(windows, "windows.csv"), "not allowed"],
    ["write", join(folder.path, "labels.csv"), "not allowed"],
    ["connect", address, "not allowed"],
    ["fetch", address, "not allowed"],
    ["run", "ls", "not allowed"],
    ["load", join(output, "library.so"), "not allowed"],
  ];
  const outcomes = await tried(task, cases.map(([attempt, what]) => [attempt, what]));
  assert.deepEqual(cases.map(([attempt, what], index) => [attempt, what, outcomes[index]]), cases);
  assert.notEqual((await tried(task, [["import", address]]))[0], "could");
  const reading = { ...task, data: [data] };
  assert.deepEqual(await tried(reading, [["read", join(data, "labels.csv")]]), ["could"]);
});

Deno.test("permissions() are the same behind a link", async () => {
  await using folder = await temporaryFolder();
  const real = join(folder.path, "real"), link = join(folder.path, "link");
  await Deno.mkdir(real);
  await Deno.symlink(real, link);
  const [windows, output] = ["windows", "output"].map((name) => join(link, name));
  for (const path of [windows, output]) await Deno.mkdir(path);
  for (const name of ["windows.csv", "truth.csv"]) await Deno.writeTextFile(join(windows, name), "");
  const task = { inputs: { windows }, output, denied: [join(windows, "truth.csv")], data: [] };
  const cases: [string, string, string][] = [
    ["read", join(windows, "windows.csv"), "could"],
    ["write", join(output, "model.onnx"), "could"],
    ["read", join(windows, "truth.csv"), "not allowed"],
    ["read", join(real, "windows", "truth.csv"), "not allowed"],
  ];
  const outcomes = await tried(task, cases.map(([attempt, what]) => [attempt, what]));
  assert.deepEqual(cases.map(([attempt, what], index) => [attempt, what, outcomes[index]]), cases);
});

Deno.test("localLauncher lets the windows stage read its dataset below the data folder, elsewhere and behind a link", async () => {
  await using folder = await temporaryFolder();
  const [real, data] = ["real", "data"].map((name) => join(folder.path, name));
  const samples = Array.from({ length: 2560 }, (_, index) => Math.round(200 * Math.sin(index / 8)));
  const records = ["a", "b"].map((name) => ({ name, signals: [{ name: "MLII", samples }] }));
  await writeDatabase(join(real, "db"), records);
  await Deno.mkdir(data);
  await Deno.symlink(join(real, "db"), join(data, "linked"));
  for (const path of ["linked", join(real, "db"), "../real/db"]) {
    const { points } = openTiny({ set: [`dataset={kind: wfdb, path: ${path}}`, "signal.lead=MLII"] });
    const { store, ...rest } = options(join(folder.path, "store", path.replaceAll("/", "-")));
    const [{ preparation }] = await preparedFromStore(points, { store, context: { dataFolder: data } });
    const run = { ...rest, store, dataFolder: data, launcher: localLauncher };
    assert.deepEqual([...(await runStages([preparation.windows], run)).values()], [null], path);
  }
});

Deno.test("a run gives no stage that trains a folder or file with labels beyond its budget", async () => {
  await using folder = await temporaryFolder();
  const tasks = await tasksOf(folder.path);
  const trained = new Set<string>();
  for (const [name, { stage, inputs, denied, data }] of tasks) {
    const { trains, readsData } = Object.entries(STAGES).find(([known]) => known === stage)![1];
    assert.equal(readsData, stage === "windows");
    assert.deepEqual(data, readsData ? [join(folder.path, "db")] : [], name);
    if (!trains) continue;
    trained.add(stage);
    for (const input of Object.values(inputs)) {
      assert.doesNotMatch(input, /\/store\/(labels|sealed-labels)\//, name);
      for (const file of ["recordings.csv", "truth.csv"]) assert.ok(denied.includes(join(input, file)), name);
    }
  }
  assert.deepEqual([...trained].sort(), ["features", "fit", "hrv", "initialize", "pretrain"]);
});

/** A task that takes far longer than any test, and one that fails at once. */
function taskOf(folder: string, changes: Partial<Task> = {}): Task {
  const people = { kind: "synthetic", people: 999, recordingsPerSession: 98, seconds: 60 };
  const signal = {
    lead: "ECG",
    resample: 64,
    highpass: false,
    normalize: { scope: "window", trim: 0 },
    window: { seconds: 2, stride: 2 },
  };
  const parameters = { dataset: people, content: {}, signal };
  const [output, log] = [join(folder, "output"), join(folder, "log")];
  return {
    stage: "windows",
    parameters,
    inputs: {},
    output,
    denied: [],
    dataFolder: folder,
    data: [],
    log,
    ...changes,
  };
}

Deno.test("localLauncher rejects with the worker's own message, and leaves the place in the code in the log", async () => {
  await using folder = await temporaryFolder();
  const task = taskOf(folder.path, { stage: "widnows" });
  const { signal } = new AbortController();
  await assert.rejects(localLauncher.run(task, { signal, progress: () => {} }), {
    name: "Error",
    message: /^Cannot find the stage: .*got "widnows"; did you mean "windows"\?$/,
  });
  assert.match(await Deno.readTextFile(task.log), /at runStage .*table\.ts/);
});

Deno.test("localLauncher rejects a path with a comma, which permissions can't name", async () => {
  const task = taskOf("/results/a,b"), { signal } = new AbortController();
  await assert.rejects(localLauncher.run(task, { signal, progress: () => {} }), {
    name: "RangeError",
    message: /must be without a comma, got \/results\/a,b\/output/,
  });
});

Deno.test({
  name: "localLauncher tells progress, and when it is aborted ends the worker and rejects with the reason",
  ignore: !CAN_LIST,
  async fn() {
    await using folder = await temporaryFolder();
    const task = taskOf(folder.path), controller = new AbortController(), reason = new Error("enough");
    await Deno.mkdir(task.output);
    const notes: string[] = [];
    const run = localLauncher.run(task, {
      signal: controller.signal,
      progress({ note = "" }) {
        notes.push(note);
        controller.abort(reason);
      },
    });
    await assert.rejects(run, (error) => error === reason);
    assert.match(notes[0], /^synthetic\/p001\//);
    assert.deepEqual(processesWith(task.output), []);
  },
});

Deno.test({
  name: "localLauncher says how a worker ended that said nothing",
  ignore: !CAN_LIST,
  async fn() {
    await using folder = await temporaryFolder();
    const task = taskOf(folder.path), { signal } = new AbortController();
    await Deno.mkdir(task.output);
    const run = localLauncher.run(task, {
      signal,
      progress: () => processesWith(task.output).forEach((id) => Deno.kill(id, "SIGKILL")),
    });
    await assert.rejects(run, /its worker ended early \(SIGKILL\), see .*\/log$/);
  },
});

Deno.test({
  name: "localLauncher says how a worker ended that took no task",
  ignore: !CAN_LIST,
  async fn() {
    await using folder = await temporaryFolder();
    // More than a pipe holds, so that the worker ends while it is written.
    const parameters = { much: "0".repeat(2 ** 24) };
    const task = taskOf(folder.path, { parameters }), { signal } = new AbortController();
    await Deno.mkdir(task.output);
    let hasEnded = false;
    const run = localLauncher.run(task, { signal, progress: () => {} }).finally(() => hasEnded = true);
    run.catch(() => {});
    while (!hasEnded) {
      for (const id of processesWith(task.output)) Deno.kill(id, "SIGKILL");
      await setTimeout(5);
    }
    await assert.rejects(run, /its worker ended early \(SIGKILL\), see .*\/log$/);
  },
});
