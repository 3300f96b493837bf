/** What can't be carried out is told in one message, with exit code 2, without a stack trace, and costs nothing. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { temporaryFolder } from "../pipeline/temporary.ts";
import { call, type CallOptions, hasEscapes, writeManifest } from "./program.ts";

async function refused(args: readonly string[], options: CallOptions = {}): Promise<string> {
  const { code, out, problems } = await call(args, options);
  assert.equal(code, 2, problems);
  assert.doesNotMatch(problems, /\n\s+at |Uncaught|Stack backtrace/);
  assert.doesNotMatch(out, /failed/, "the message comes once");
  assert.ok(!hasEscapes(out + problems));
  return problems.trimEnd();
}

interface Case {
  /** Lines of the tiny manifest to replace, by how they begin. */
  readonly lines?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly message: RegExp;
}

/** Refused before anything is read but the manifest. */
const MANIFESTS: Record<string, Case> = {
  "an unknown key": {
    lines: { "encoder:": "encodr: {kind: cnn}" },
    message: /tiny\.yaml:7:1: encodr: .*got "encodr"; did you mean "encoder"\?/,
  },
  "a value of another type": {
    lines: { "labels:": "labels: {unit: recording, draws: many}" },
    message: /tiny\.yaml:14:\d+: labels\.draws: .*whole number.*got "many"/,
  },
  "broken YAML": {
    lines: { "labels:": "labels: {unit: recording" },
    message: /tiny\.yaml:\d+:\d+: Cannot read YAML: /,
  },
  "an override of a key that does not exist": {
    args: ["--set", "labels.drws=3"],
    message: /^--set labels\.drws=3: labels\.drws: .*did you mean "draws"\?$/,
  },
  "an override without a value": {
    args: ["--set", "labels.draws"],
    message: /must be like path\.to\.key=value, got "labels\.draws"$/,
  },
  "a hypothesis about an unknown arm": {
    lines: { "hypotheses:": "hypotheses: [{arm: forzen, against: supervised, budget: 1}]" },
    message: /tiny\.yaml:16:15: hypotheses\[0\]\.arm: .*got "forzen"; did you mean "frozen"\?$/,
  },
  "a number of workers that is none": {
    args: ["--workers", "0"],
    message: /'--workers <count>' argument '0' is invalid.*whole number from 1, got 0/,
  },
  "an unknown option": { args: ["--wrokers", "2"], message: /unknown option '--wrokers'/ },
};

for (const [what, { lines, args = [], message }] of Object.entries(MANIFESTS)) {
  Deno.test(`run refuses ${what}`, async () => {
    await using folder = await temporaryFolder();
    await writeManifest(folder.path, lines);
    const problems = await refused(["run", "tiny.yaml", "--results", "results", ...args], {
      cwd: folder.path,
    });
    assert.match(problems, message);
    assert.deepEqual([...Deno.readDirSync(folder.path)].map(({ name }) => name), ["tiny.yaml"]);
  });
}

Deno.test("run tells every problem of a manifest at once, each on a line", async () => {
  await using folder = await temporaryFolder();
  await writeManifest(folder.path, {
    "labels:": "labels: {unit: recordng, draws: many}",
    "encoder:": "encodr: 1",
  });
  const problems = await refused(["tiny.yaml", "--results", "results"], { cwd: folder.path });
  for (const key of ["encodr", "encoder", "labels.unit", "labels.draws"]) {
    assert.equal(
      problems.split("\n").filter((line) => line.includes(`: ${key}: `)).length,
      1,
      `${key}\n${problems}`,
    );
  }
});

Deno.test("run refuses a manifest that is not there", async () => {
  await using folder = await temporaryFolder();
  const problems = await refused(["none.yaml"], { cwd: folder.path });
  assert.match(problems, /none\.yaml: Cannot read the manifest: its file must be there and readable/);
  assert.equal(problems.split("\n").length, 1);
});

Deno.test("run refuses a results folder that can't be written", async () => {
  await using folder = await temporaryFolder();
  await writeManifest(folder.path);
  const problems = await refused(["tiny.yaml", "--results", "tiny.yaml/results"], { cwd: folder.path });
  assert.match(problems, /tiny\.yaml\/results: Cannot write results: the folder must be writable, got: /);
});

Deno.test("run refuses a dataset whose folder is not there, and says where data are looked for", async () => {
  await using folder = await temporaryFolder();
  await writeManifest(folder.path, { "dataset:": "dataset: {kind: wfdb, path: mitdb}" });
  const call = ["tiny.yaml", "--results", "results"], env = { EINTHOVEN_DATA: "there" };
  for (const args of [call, [...call, "--plan"]]) {
    const problems = await refused(args, { cwd: folder.path, env });
    assert.ok(problems.startsWith(join(folder.path, "there", "mitdb")), problems);
    assert.match(problems, /the folder must exist.*EINTHOVEN_DATA/);
  }
});

Deno.test("run refuses to be the second process at a run", async () => {
  await using folder = await temporaryFolder();
  await writeManifest(folder.path);
  const run = join(folder.path, "results", "tiny");
  await Deno.mkdir(run, { recursive: true });
  using lock = await Deno.open(join(run, ".lock"), { create: true, write: true });
  await lock.lock(true);
  const problems = await refused(["tiny.yaml", "--results", "results"], { cwd: folder.path });
  assert.equal(problems, "Cannot run tiny: no other process may be running it, got one that is");
});

Deno.test("status refuses a run that it does not know, and an unknown option", async () => {
  await using folder = await temporaryFolder();
  assert.match(
    await refused(["status", "quickstrat", "--results", folder.path], {}),
    /^Cannot find the run: .*got "quickstrat"/,
  );
  assert.match(await refused(["status", "--wacht"]), /unknown option '--wacht'/);
});

Deno.test("status tells what the system says of a file that can't be read, in one line", async () => {
  await using folder = await temporaryFolder();
  const manifest = join(folder.path, "tiny", "manifest.yaml");
  await Deno.mkdir(manifest, { recursive: true });
  const problems = await refused(["status", "tiny", "--results", folder.path]);
  assert.match(
    problems,
    /^Cannot go on: files must be there and be readable or writable, got: .*manifest\.yaml'$/,
  );
  assert.equal(problems.split("\n").length, 1);
});

/** Refused by the data: windows are cut, and stay in the store. */
const DATA: Record<string, Case> = {
  "more folds than people": {
    args: ["--set", "split.folds=9"],
    message: /^Cannot make 9 folds: there must be as many subjects with a label, got 8\n?$/,
  },
  "a split whose training side lacks a class": {
    args: [
      "--set",
      "target={kind: rating-classes, label: arousal}",
      "--set",
      "split={kind: predefined, train: [p001, p002], test: [p003]}",
    ],
    message:
      /^Cannot split: the training side of every fold must hold every class, got no window of .* in fold 1$/,
  },
  "a split that names nobody": {
    args: ["--set", "split={kind: predefined, test: [p03]}"],
    message: /^Cannot split: the subjects of fold 1 must be .*got "p03"; did you mean "p003"\?$/,
  },
  "a class of a value that the data do not have": {
    args: ["--set", "target.classes={calm: [rest], stress: [stres]}"],
    message: /^Cannot find the value of the class "stress": .*did you mean "stress"\?$/,
  },
  "windows as labels where a label holds for a recording": {
    args: ["--set", "labels.unit=window"],
    message: /^Cannot count labels by window: the unit must be recording or subject .*got window$/,
  },
  "a lead that the recordings do not have": {
    args: ["--set", "signal.lead=ecg"],
    message:
      /^synthetic\/p001\/s1\/r01: Cannot take the lead: signal.lead must be one of ECG, got ecg; did you mean "ECG"\?$/,
  },
};

Deno.test("run refuses what the data do not allow", async (test) => {
  await using folder = await temporaryFolder();
  await writeManifest(folder.path);
  const options = { cwd: folder.path }, common = ["tiny.yaml", "--results", "results"];
  for (const [what, { args = [], message }] of Object.entries(DATA)) {
    await test.step(what, async () => {
      const problems = await refused([...common, ...args], options);
      assert.match(problems, message);
      assert.equal(problems.split("\n").length, 1);
    });
  }

  await test.step("and says the same, with nothing on standard output, with --json", async () => {
    const { code, out, problems } = await call([...common, "--set", "split.folds=9", "--json"], options);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(problems, DATA["more folds than people"].message);
  });

  await test.step("and keeps what was computed before", async () => {
    const { code, out } = await call([...common, "--plan", "--json"], options);
    assert.equal(code, 0);
    const { stages }: { stages: { stage: string; total: number; inStore: number }[] } = JSON.parse(out);
    for (const stage of ["windows", "labels"]) {
      const row = stages.find((row) => row.stage === stage);
      assert.deepEqual([row?.total, row?.inStore], [1, 1], stage);
    }
  });
});
