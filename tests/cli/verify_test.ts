import assert from "node:assert/strict";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Difference } from "../../src/pipeline/verify/difference.ts";
import {
  describeCells,
  describeDifferences,
  describeVerification,
  verdict,
} from "../../src/cli/verify_text.ts";
import { planned } from "../pipeline/keys.ts";
import { temporaryFolder } from "../pipeline/temporary.ts";
import { call, hasEscapes } from "./program.ts";
import { TINY } from "../pipeline/tiny.ts";

/** Calls that are refused before anything is computed: code 2, one message, nothing on standard output. */
const REFUSED: Record<string, [readonly string[], RegExp]> = {
  "a run that is not there": [
    ["mien"],
    /^Cannot find the run: its name must be mine, got "mien"; did you mean "mine"\?$/,
  ],
  "a run that has not ended": [
    ["mine"],
    /^Cannot verify mine: its run must have ended, got no cells\.csv; the command that began it goes on with it$/,
  ],
  "no run": [[], /missing required argument 'run'/],
  "no cells": [
    ["mine", "--cells", "0"],
    /'--cells <count>' argument '0' is invalid.*whole number from 1, got 0/,
  ],
  "cells by name and at random": [
    ["mine", "--cell", "a", "--cells", "1"],
    /'--cell <name>' cannot be used with option '--cells <count>'/,
  ],
  "all cells and some": [
    ["mine", "--all", "--cells", "1"],
    /'--cells <count>' cannot be used with option '--all'/,
  ],
};

for (const [what, [args, message]] of Object.entries(REFUSED)) {
  Deno.test(`verify refuses ${what}`, async () => {
    await using folder = await temporaryFolder();
    await Deno.mkdir(join(folder.path, "results", "mine"), { recursive: true });
    await Deno.writeTextFile(join(folder.path, "results", "mine", "manifest.yaml"), TINY);
    const { code, out, problems } = await call(["verify", ...args, "--results", "results"], {
      cwd: folder.path,
    });
    assert.deepEqual([code, out], [2, ""]);
    assert.match(problems.trimEnd().split("\n")[0], message);
    assert.ok(!hasEscapes(problems));
  });
}

Deno.test("verify refuses a run that a process is at", async () => {
  await using folder = await temporaryFolder();
  const run = join(folder.path, "mine");
  await Deno.mkdir(run);
  await Deno.writeTextFile(join(run, "manifest.yaml"), TINY);
  using lock = await Deno.open(join(run, ".lock"), { create: true, write: true });
  await lock.lock(true);
  const { code, problems } = await call(["verify", run]);
  assert.deepEqual([code, problems], [
    2,
    "Cannot verify mine: its run must have ended, got a process that is at it\n",
  ]);
});

/** Tests may be run in a terminal, where the text has colours. */
const plain = (lines: readonly string[]) => lines.map((line) => stripVTControlCharacters(line));

const windows = planned("windows"), fit = planned("fit", [windows]);
const DIFFERENCE: Difference = {
  kind: "changed",
  file: "store/labels/0/labels.csv",
  of: "fit",
  hashes: { "stage.json": "01", "on disk": null },
  detail: "the file is gone",
};
const FOUND = {
  stages: [
    { stage: windows, files: 5, same: 5, differences: [] },
    { stage: fit, files: 3, same: 2, differences: [DIFFERENCE] },
  ],
  files: [{ file: "cells.csv", cells: 2, same: 2, differences: [] }],
  differences: [DIFFERENCE],
};

Deno.test("describeVerification() adds up the stages of a kind, and lists the files of the run's folder", () => {
  assert.deepEqual(describeVerification(FOUND), [
    "stage   computed again  files  same",
    "labels               2      8     7",
    "",
    "in the run's folder  cells  same",
    "cells.csv                2     2",
    "",
  ]);
});

Deno.test("describeDifferences() tells hashes by where they come from, and counts what would be too much to read", () => {
  const told = [
    "changed since it was computed: store/labels/0/labels.csv (fit): the file is gone",
    "  stage.json  01",
    "  on disk     nothing",
  ];
  assert.deepEqual(plain(describeDifferences(FOUND)), [...told, ""]);
  assert.deepEqual(describeDifferences({ ...FOUND, differences: [] }), []);
  const many = describeDifferences({ ...FOUND, differences: Array(23).fill(DIFFERENCE) });
  assert.deepEqual(many.slice(20 * told.length), ["and 3 more, which --json lists", ""]);
});

Deno.test("describeCells() lists cells, and counts what would be too much to read", () => {
  assert.deepEqual(plain(describeCells(["a", "b"])), ["  a", "  b"]);
  assert.deepEqual(plain(describeCells(Array(22).fill("a"))).slice(20), ["  and 2 more"]);
});

Deno.test("verdict() counts stages, files and differences", () => {
  const { text, ...counts } = verdict(FOUND);
  assert.deepEqual([counts, ...plain([text])], [{ stages: 2, files: 9 }, "2 stages, 9 files: 1 difference"]);
  const [same] = plain([verdict({ ...FOUND, differences: [] }).text]);
  assert.equal(same, "2 stages, 9 files: every byte is the same");
});
