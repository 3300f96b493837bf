import assert from "node:assert/strict";
import { join } from "node:path";
import { sha256 } from "../../../src/manifest/canonical.ts";
import type { Difference } from "../../../src/pipeline/verify/difference.ts";
import { launcherHere } from "../fake_launcher.ts";
import { temporaryFolder } from "../temporary.ts";
import { copyRun, endRun, verifyRun } from "./ended_run.ts";

const ONE = "majority budget=all draw=1 fold=1 seed=1", TWO = "majority budget=all draw=1 fold=2 seed=1";

/** Changes a file that must be there, and its length only where `change` does. */
function rewrite(path: string, change: (text: string) => string): void {
  const before = Deno.readTextFileSync(path), after = change(before);
  assert.notEqual(after, before, `nothing to change in ${path}`);
  Deno.writeTextFileSync(path, after);
}

function flipByte(path: string): void {
  const bytes = Deno.readFileSync(path);
  bytes[bytes.length >> 1] ^= 1;
  Deno.writeFileSync(path, bytes);
}

/** The folder of the only stage of a kind, or of the first. */
function stageFolder(root: string, stage: string): string {
  const [first] = [...Deno.readDirSync(join(root, "store", stage))].map(({ name }) => name).sort();
  return join(root, "store", stage, first);
}

/** Writes what `stage.json` says of a file. */
function recordAnew(folder: string, name: string, sha: (bytes: Uint8Array) => string): void {
  const path = join(folder, "stage.json"), record = JSON.parse(Deno.readTextFileSync(path));
  const bytes = Deno.readFileSync(join(folder, name));
  record.files[name] = { bytes: bytes.length, sha256: sha(bytes) };
  Deno.writeTextFileSync(path, JSON.stringify(record));
}

/** `kind file: detail`, without the names of stages' folders. */
function told(differences: readonly Difference[]): string[] {
  return differences.map(({ kind, file, detail }) =>
    `${kind} ${file.replace(/[0-9a-f]{32}/, "ID")}: ${detail}`
  );
}

interface Case {
  spoil(root: string): void;
  readonly expected: readonly (string | RegExp)[];
}

const CASES: Record<string, Case> = {
  "a byte of a file in the store": {
    spoil: (root) => flipByte(join(stageFolder(root, "windows"), "windows.f32")),
    expected: ["changed store/windows/ID/windows.f32: "],
  },
  "a file that is shorter": {
    spoil: (root) => rewrite(join(stageFolder(root, "labels"), "labels.csv"), (text) => text.slice(0, -1)),
    expected: ["changed store/labels/ID/labels.csv: "],
  },
  "a file that is gone, and one that was added": {
    spoil(root) {
      Deno.removeSync(join(stageFolder(root, "split"), "split.json"));
      Deno.writeTextFileSync(join(stageFolder(root, "labels"), "more.csv"), "");
    },
    expected: [
      "changed store/labels/ID/more.csv: the file was added",
      "changed store/split/ID/split.json: the file is gone",
    ],
  },
  "a hash in stage.json": {
    spoil: (root) => recordAnew(stageFolder(root, "labels"), "labels.csv", () => "0".repeat(64)),
    expected: ["changed store/labels/ID/labels.csv: stage.json says otherwise"],
  },
  "parameters in stage.json": {
    spoil: (root) =>
      rewrite(join(stageFolder(root, "labels"), "stage.json"), (text) => text.replace("stress", "strass")),
    expected: ["changed store/labels/ID/stage.json: it tells of another stage than its folder's name"],
  },
  "a stage that gave other bytes then, and the rows that were made of them": {
    spoil(root) {
      // What a program that computes otherwise would have left: files, records and rows that agree with each other.
      const folder = stageFolder(root, "sealed-labels"), labels = join(folder, "labels.csv");
      const [, window] = /^([^,]*),[^,]*,1,test/m.exec(Deno.readTextFileSync(labels)) ??
        assert.fail("no window");
      rewrite(labels, (text) => text.replace(/,1,test/, ",0,test"));
      recordAnew(folder, "labels.csv", sha256);
      rewrite(
        join(root, "run", "predictions.csv"),
        (text) =>
          text.split("\n").map((line) =>
            line.includes(`,${window},`) ? line.replace(",stress,", ",calm,") : line
          ).join("\n"),
      );
    },
    expected: [
      "different store/sealed-labels/ID/labels.csv: ",
      /^different run\/predictions\.csv: line \d+: class is "calm", computed again "stress"$/,
    ],
  },
  "a number in cells.csv": {
    spoil: (root) =>
      rewrite(join(root, "run", "cells.csv"), (text) => text.replace(/,(done,,\d+,\w+),0?\.?\d+/, ",$1,1")),
    expected: ['changed run/cells.csv: line 2: accuracy is "1", computed again "0.5"'],
  },
  "a row of cells.csv that is gone": {
    spoil: (root) => rewrite(join(root, "run", "cells.csv"), (text) => text.replace(/\n.*fold=2.*\n/, "\n")),
    expected: ["changed run/cells.csv: the row is gone"],
  },
  "the order of cells.csv": {
    spoil: (root) =>
      rewrite(join(root, "run", "cells.csv"), (text) => text.replace(/\n(.*\n)(.*\n)$/, "\n$2$1")),
    expected: ["changed run/cells.csv: line 3 stands behind that of a later cell"],
  },
  "a column of cells.csv": {
    spoil: (root) => rewrite(join(root, "run", "cells.csv"), (text) => text.replace("accuracy", "exactness")),
    expected: [/^changed run\/cells\.csv: line 1 is "cell,arm,/],
  },
  "a probability in predictions.csv": {
    spoil: (root) =>
      rewrite(join(root, "run", "predictions.csv"), (text) => text.replace(/,\d[^,]*\n$/, ",0.125\n")),
    expected: [
      /^changed run\/predictions\.csv: line \d+: probability:stress is "0\.125", computed again "0\.5"$/,
    ],
  },
  "subjects.csv that is gone": {
    spoil: (root) => Deno.removeSync(join(root, "run", "subjects.csv")),
    expected: Array(2).fill("changed run/subjects.csv: no row of the cell is there"),
  },
  "a model that is handed out, and its certificate": {
    spoil(root) {
      flipByte(join(root, "run", "models", "majority.onnx"));
      rewrite(
        join(root, "run", "models", "majority.json"),
        (text) => text.replace('"batch": 7', '"batch": 9'),
      );
    },
    expected: ["changed run/models/majority.onnx: ", "changed run/models/majority.json: "],
  },
  "the summary and the split": {
    spoil(root) {
      rewrite(join(root, "run", "summary.json"), (text) => text.replace("0.5", "0.6"));
      Deno.removeSync(join(root, "run", "split.json"));
    },
    expected: ["changed run/split.json: the file is gone", "changed run/summary.json: "],
  },
};

Deno.test("verify() finds a run's every byte the same, and tells of each thing that was changed", async (test) => {
  await using folder = await temporaryFolder();
  const whole = join(folder.path, "whole");
  await endRun(whole);

  await test.step("nothing where nothing was", async () => {
    const { stages, files, differences } = await verifyRun(copyRun(whole, join(folder.path, "same")).root);
    assert.deepEqual(differences, []);
    const kinds = Map.groupBy(stages, ({ stage }) => stage.stage);
    assert.deepEqual(
      [...kinds].map(([kind, own]) => `${kind} ${own.length}`),
      [
        "windows 1",
        "labels 1",
        "split 1",
        "training-labels 2",
        "sealed-labels 2",
        "fit 2",
        "score 2",
        "certificate 1",
      ],
    );
    for (const { stage, files, same } of stages) assert.ok(files > 0 && files === same, stage.label);
    assert.deepEqual(files.map(({ file, cells, same }) => [file, cells, same]), [
      ["cells.csv", 2, 2],
      ["subjects.csv", 2, 2],
      ["predictions.csv", 2, 2],
      ["models/majority.onnx", 1, 1],
      ["models/majority.json", 1, 1],
      ["split.json", 2, 2],
      ["summary.json", 2, 2],
    ]);
  });

  for (const [what, { spoil, expected }] of Object.entries(CASES)) {
    await test.step(what, async () => {
      const { root } = copyRun(whole, join(folder.path, what));
      spoil(root);
      const found = told((await verifyRun(root)).differences);
      assert.equal(found.length, expected.length, found.join("\n"));
      found.forEach((line, index) => {
        const wanted = expected[index];
        if (typeof wanted === "string") assert.equal(line, wanted);
        else assert.match(line, wanted);
      });
    });
  }

  await test.step("only what the chosen cells rest on", async () => {
    const { root } = copyRun(whole, join(folder.path, "one"));
    rewrite(
      join(root, "run", "cells.csv"),
      (text) => text.replace(/(fold=2.*done,,\d+,\w+),0?\.?\d+/, "$1,1"),
    );
    const one = await verifyRun(root, { choice: { named: [ONE] } });
    assert.deepEqual(one.differences, []);
    assert.equal(one.stages.filter(({ stage }) => stage.stage === "fit").length, 1);
    assert.ok(!one.files.some(({ file }) => file === "summary.json"));
    Deno.removeSync(join(root, "again"), { recursive: true });
    const [difference, ...others] = (await verifyRun(root, { choice: { named: [TWO] } })).differences;
    assert.deepEqual([difference.of, others], [TWO, []]);
    assert.deepEqual(Object.keys(difference.hashes), ["on disk", "computed again"]);
  });

  await test.step("the bytes' hashes, as they were, as they are and as they come again", async () => {
    const { root } = copyRun(whole, join(folder.path, "hashes"));
    const path = join(stageFolder(root, "labels"), "labels.csv");
    const was = sha256(Deno.readFileSync(path));
    flipByte(path);
    const [{ hashes }] = (await verifyRun(root)).differences;
    const is = sha256(Deno.readFileSync(path));
    assert.deepEqual(hashes, { "stage.json": was, "on disk": is, "computed again": was });
  });

  await test.step("a stage that ends with an error now, and nothing of what waits for it", async () => {
    const { root } = copyRun(whole, join(folder.path, "failing"));
    const launcher = launcherHere((stage) => {
      if (stage === "fit") throw new Error("Cannot go on");
    });
    const { differences, files } = await verifyRun(root, { launcher });
    assert.deepEqual(told(differences), Array(2).fill("failed store/fit/ID: Cannot go on"));
    assert.deepEqual(files, []);
  });
});

Deno.test("verify() compares marks of a leak too", async () => {
  await using folder = await temporaryFolder();
  const set = ["split={kind: window-k-fold, folds: 2}"], whole = join(folder.path, "whole");
  await endRun(whole, { set, allowLeak: "to see" });
  const same = copyRun(whole, join(folder.path, "same"), set);
  assert.deepEqual((await verifyRun(same.root, { run: same })).differences, []);
  const hidden = copyRun(whole, join(folder.path, "hidden"), set);
  rewrite(
    join(hidden.folder, "cells.csv"),
    (text) => text.replaceAll(",leak\n", "\n").replaceAll(",to see\n", "\n"),
  );
  const [header] = told((await verifyRun(hidden.root, { run: hidden })).differences);
  assert.match(header, /^changed run\/cells\.csv: line 1 is /);
});
