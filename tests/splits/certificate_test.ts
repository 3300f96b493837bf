import assert from "node:assert/strict";
import { windowId, type WindowRow } from "../../src/formats/window_table.ts";
import { stream } from "../../src/random/stream.ts";
import { certify } from "../../src/splits/certificate.ts";
import { findOverlaps, type Placed } from "../../src/splits/overlaps.ts";
import { type Fold, SIDES } from "../../src/splits/split.ts";

/** The window of 10 samples that begins at `first` of recording `d/<subject>/<session>/<name>`. */
function windowOf(recording: string, first = 0, change: Partial<WindowRow> = {}): WindowRow {
  const [, subject, session] = recording.split("/");
  const id = windowId(recording, { first, length: 10 });
  return { id, recording, subject, session, first, length: 10, hash: id, quality: "ok", ...change };
}

const [a1, a2, a3] = ["d/a/1/x", "d/a/1/y", "d/a/2/x"].map((recording) => windowOf(recording));
const [b1, c1] = ["d/b/1/x", "d/c/1/x"].map((recording) => windowOf(recording));

function foldOf(sides: { train?: WindowRow[]; validation?: WindowRow[]; test?: WindowRow[] }): Fold {
  const ids = (windows: WindowRow[] = []) => windows.map(({ id }) => id);
  return { train: ids(sides.train), validation: ids(sides.validation), test: ids(sides.test) };
}

/** Certifies folds over these windows; gives the outcome and evidence of each check by name. */
function check(folds: Fold[], windows: WindowRow[]) {
  return Object.fromEntries(
    certify({ folds, windows }).map(({ name, outcome, evidence }) => [name, `${outcome}: ${evidence}`]),
  );
}

function failures(folds: Fold[], windows: WindowRow[]): string[] {
  return certify({ folds, windows }).filter(({ outcome }) => outcome === "fail").map(({ name }) => name);
}

Deno.test("certify() passes a split by subject", () => {
  const folds = [
    foldOf({ train: [a1, a2, a3], validation: [b1], test: [c1] }),
    foldOf({ train: [b1], validation: [c1], test: [a1, a2, a3] }),
  ];
  assert.deepEqual(check(folds, [a1, a2, a3, b1, c1]), {
    "subjects-apart": "pass: 3 subjects, none on two sides",
    "sessions-apart": "pass: 4 sessions, none on two sides",
    "recordings-apart": "pass: 5 recordings, none on two sides",
    "samples-apart": "pass: 5 windows, none on two sides",
    "signals-apart": "pass: 5 signals, none on two sides",
    "flat-signals": "not-applicable: no window is flat",
  });
});

Deno.test("certify() fails a subject on two sides, of whichever pair", () => {
  for (const [left, right] of [["train", "validation"], ["train", "test"], ["validation", "test"]]) {
    const folds = [foldOf({ train: [b1] }), foldOf({ [left]: [a1], [right]: [a3] })];
    const result = check(folds, [a1, a3, b1]);
    assert.equal(result["subjects-apart"], `fail: 1 subject on two sides: a (${left}, ${right}) in fold 2`);
    assert.deepEqual(failures(folds, [a1, a3, b1]), ["subjects-apart"]);
  }
});

Deno.test("certify() fails a session on two sides", () => {
  const folds = [foldOf({ train: [a1], test: [a2] })];
  assert.deepEqual(failures(folds, [a1, a2]), ["subjects-apart", "sessions-apart"]);
  assert.equal(
    check(folds, [a1, a2])["sessions-apart"],
    "fail: 1 session on two sides: a, session 1 (train, test) in fold 1",
  );
});

Deno.test("certify() takes sessions of the same name of two people for two", () => {
  assert.deepEqual(failures([foldOf({ train: [a1], test: [b1] })], [a1, b1]), []);
});

Deno.test("certify() fails a recording on two sides, also when its windows do not overlap", () => {
  const later = windowOf("d/a/1/x", 10);
  const folds = [foldOf({ train: [a1], test: [later] })];
  assert.deepEqual(failures(folds, [a1, later]), ["subjects-apart", "sessions-apart", "recordings-apart"]);
  assert.equal(
    check(folds, [a1, later])["recordings-apart"],
    "fail: 1 recording on two sides: d/a/1/x (train, test) in fold 1",
  );
});

Deno.test("certify() fails windows that share a single sample across sides", () => {
  const later = windowOf("d/a/1/x", 9);
  const folds = [foldOf({ train: [a1], validation: [b1], test: [later] })];
  assert.equal(
    check(folds, [a1, b1, later])["samples-apart"],
    "fail: 1 window on two sides: d/a/1/x@0+10 (train) overlaps d/a/1/x@9+10 (test) in fold 1",
  );
});

Deno.test("certify() fails a window that is on two sides itself", () => {
  const folds = [foldOf({ train: [a1], test: [a1] })];
  assert.deepEqual(failures(folds, [a1]), [
    "subjects-apart",
    "sessions-apart",
    "recordings-apart",
    "samples-apart",
  ]);
});

Deno.test("certify() takes overlapping windows on one side, and equal positions of other recordings", () => {
  const overlapping = windowOf("d/a/1/x", 5);
  const folds = [foldOf({ train: [a1, overlapping], test: [b1] })];
  assert.deepEqual(failures(folds, [a1, overlapping, b1]), []);
});

Deno.test("certify() fails equal samples under two names on two sides", () => {
  const copy = { ...b1, hash: a1.hash };
  const folds = [foldOf({ train: [a1], test: [copy] })];
  assert.deepEqual(failures(folds, [a1, copy]), ["signals-apart"]);
  assert.equal(
    check(folds, [a1, copy])["signals-apart"],
    "fail: 1 signal on two sides: d/a/1/x@0+10 (train) = d/b/1/x@0+10 (test) in fold 1",
  );
});

Deno.test("certify() finds a copy of a window that is on two sides itself", () => {
  const copy = { ...b1, hash: a1.hash };
  const folds = [foldOf({ train: [a1, copy], test: [a1] })];
  assert.ok(failures(folds, [a1, copy]).includes("signals-apart"));
});

Deno.test("certify() takes equal samples on one side", () => {
  const copy = { ...b1, hash: a1.hash };
  assert.deepEqual(failures([foldOf({ train: [a1, copy], test: [c1] })], [a1, copy, c1]), []);
});

Deno.test("certify() reports flat windows apart from copies", () => {
  const flat = [a1, b1, c1].map((window) => ({ ...window, hash: "zeros", quality: "flat" }));
  const folds = [foldOf({ train: [flat[0]], validation: [flat[1]], test: [flat[2]] })];
  const result = check(folds, flat);
  assert.equal(result["signals-apart"], "pass: 1 signal, none on two sides");
  assert.equal(result["flat-signals"], "pass: 3 windows flat, with 1 signal, left out of signals-apart");
});

Deno.test("certify() names the first three leaks and counts the others", () => {
  const people = ["a", "b", "c", "d", "e"].map((subject) =>
    [1, 2].map((session) => windowOf(`d/${subject}/${session}/x`))
  );
  const folds = [
    foldOf({ train: people.map(([first]) => first), test: people.map(([, second]) => second).toReversed() }),
  ];
  assert.equal(
    check(folds, people.flat())["subjects-apart"],
    "fail: 5 subjects on two sides: a (train, test) in fold 1; b (train, test) in fold 1; c (train, test) in fold 1; and 2 more",
  );
});

Deno.test("certify() throws RangeError for a window that is not in the table", () => {
  assert.throws(() => certify({ folds: [foldOf({ train: [a1], test: [b1] })], windows: [a1] }), {
    name: "RangeError",
    message: "Cannot certify a split: its windows must be in the table, got d/b/1/x@0+10 in test of fold 1",
  });
});

Deno.test("findOverlaps() finds the windows that a comparison of all pairs finds", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const source = stream(seed, "overlaps");
    const fold: Placed[] = Array.from({ length: 12 }, () => ({
      window: windowOf(`d/a/1/${source.integer(2)}`, source.integer(60), { length: 1 + source.integer(20) }),
      side: SIDES[source.integer(3)],
    }));
    const overlap = (left: Placed, right: Placed) =>
      left.side !== right.side && left.window.recording === right.window.recording &&
      left.window.first < right.window.first + right.window.length &&
      right.window.first < left.window.first + left.window.length;
    const found = findOverlaps(fold);
    for (const [earlier, later] of found) assert.ok(overlap(earlier, later));
    const ordered = fold.toSorted((left, right) => left.window.first - right.window.first);
    const expected = ordered.filter((later, index) =>
      ordered.slice(0, index).some((earlier) => overlap(earlier, later))
    );
    assert.deepEqual(new Set(found.map(([, later]) => later)), new Set(expected));
  }
});
