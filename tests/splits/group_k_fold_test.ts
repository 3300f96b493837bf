import assert from "node:assert/strict";
import { stream } from "../../src/random/stream.ts";
import {
  groupKFold,
  groupKFoldSchema,
  windowKFold,
  windowKFoldSchema,
} from "../../src/splits/group_k_fold.ts";
import type { SplitWindow } from "../../src/splits/split.ts";
import { describe, peopleOf, randomPeople, subjectsOf } from "./windows.ts";

const CLASSES = ["low", "high"];

function split(windows: SplitWindow[], parameters: object = {}, classes = CLASSES) {
  return groupKFold.split(groupKFoldSchema.parse(parameters), { windows, classes });
}

function* tables() {
  for (let seed = 1; seed <= 25; seed++) {
    const source = stream(seed, "people"), count = 2 + source.integer(2);
    const windows = randomPeople(source, { subjects: 12 + source.integer(20), classes: count });
    yield { windows, classes: ["a", "b", "c"].slice(0, count), seed, source };
  }
}

Deno.test("group-k-fold tests each person once and never lets a person be on two sides", () => {
  for (const { windows, classes, seed } of tables()) {
    for (const stratify of [true, false]) {
      const folds = split(windows, { seed, stratify }, classes);
      assert.equal(folds.length, 5);
      assert.deepEqual(
        folds.flatMap(({ test }) => subjectsOf(test)).sort(),
        subjectsOf(windows.map(({ id }) => id)),
      );
      for (const { train, validation, test } of folds) {
        assert.deepEqual([...train, ...validation, ...test].sort(), windows.map(({ id }) => id).sort());
        const people = [train, validation, test].flatMap(subjectsOf);
        assert.equal(new Set(people).size, people.length);
      }
    }
  }
});

Deno.test("group-k-fold keeps every class in training, without the people set aside", () => {
  for (const { windows, classes, seed } of tables()) {
    for (const { train, validation } of split(windows, { seed, folds: 3, validation: 0.3 }, classes)) {
      const learning = new Set(train);
      const held = new Set(windows.filter(({ id }) => learning.has(id)).map((window) => window.class));
      for (const [index] of classes.entries()) assert.ok(held.has(index));
      assert.ok(validation.length > 0);
    }
  }
});

Deno.test("group-k-fold does not depend on the order of the windows", () => {
  for (const { windows, classes, source } of tables()) {
    assert.deepEqual(split(source.shuffle(windows), {}, classes), split(windows, {}, classes));
  }
});

Deno.test("group-k-fold gives other folds for another seed, and the same for the same", () => {
  const [{ windows, classes }] = tables();
  assert.deepEqual(split(windows, { seed: 1 }, classes), split(windows, { seed: 1 }, classes));
  assert.notDeepEqual(split(windows, { seed: 2 }, classes), split(windows, { seed: 1 }, classes));
});

Deno.test("group-k-fold gives folds their share of a class that few people hold, when it stratifies", () => {
  // Four of twenty people hold class 1; four folds test one of them each, five people in all.
  const text = Array.from({ length: 20 }, (_, person) => `s${person}:${person < 4 ? "0011" : "0000"}`);
  for (let seed = 1; seed <= 20; seed++) {
    for (const { test } of split(peopleOf(text.join(" ")), { folds: 4, seed })) {
      const people = subjectsOf(test);
      assert.equal(people.length, 5);
      assert.equal(people.filter((subject) => ["s0", "s1", "s2", "s3"].includes(subject)).length, 1);
    }
  }
});

Deno.test("group-k-fold deals equal numbers of people, whatever they hold, when it does not stratify", () => {
  const text = Array.from({ length: 11 }, (_, person) => `s${person}:01${"0".repeat(person)}`);
  const sizes = split(peopleOf(text.join(" ")), { folds: 3, stratify: false }).map(({ test }) =>
    subjectsOf(test).length
  );
  assert.deepEqual(sizes.sort(), [3, 4, 4]);
});

Deno.test("group-k-fold sets the share of training people aside, at least one", () => {
  const text = Array.from({ length: 30 }, (_, person) => `s${person}:01`).join(" ");
  const aside = (validation: number) => {
    const counts = split(peopleOf(text), { validation, folds: 3 }).map((fold) =>
      subjectsOf(fold.validation).length
    );
    assert.equal(new Set(counts).size, 1);
    return counts[0];
  };
  assert.deepEqual([0, 0.001, 0.1, 0.13, 0.5].map(aside), [0, 1, 2, 3, 10]);
});

Deno.test("group-k-fold sets other people aside in other folds", () => {
  const text = Array.from({ length: 40 }, (_, person) => `s${person}:01`).join(" ");
  const aside = split(peopleOf(text), { folds: 10 }).map((fold) => subjectsOf(fold.validation).join());
  assert.ok(new Set(aside).size > 5);
});

Deno.test("group-k-fold sets nobody aside without whom training would lack a class", () => {
  // b and c alone hold class 1, and one of them is tested.
  for (let seed = 1; seed <= 20; seed++) {
    for (const fold of split(peopleOf("a:00 b:01 c:01 d:00"), { folds: 2, seed })) {
      assert.ok(["a", "d"].includes(describe(fold).split(" | ")[1]));
    }
  }
});

Deno.test("group-k-fold lets people without a label train and never tests them", () => {
  const windows = peopleOf("a:01 b:01 c:01 d:-- e:0-");
  for (const fold of split(windows, { folds: 4, validation: 0 })) {
    const [train, , test] = describe(fold).split(" | ");
    assert.ok(train.split(" ").includes("d"));
    assert.equal(test.split(" ").length, 1);
  }
  const tested = split(windows, { folds: 4, validation: 0 }).flatMap(({ test }) => test);
  assert.ok(tested.includes("e@1"));
});

Deno.test("group-k-fold over recordings keeps recordings whole and lets people be on both sides", () => {
  const windows = peopleOf("a:01010101 b:01010101 c:01010101");
  const recordingOf = new Map(windows.map(({ id, recording }) => [id, recording]));
  const folds = split(windows, { group: "recording", folds: 4 });
  for (const { train, validation, test } of folds) {
    const sides = [train, validation, test].map((ids) => new Set(ids.map((id) => recordingOf.get(id))));
    assert.ok(sides[0].isDisjointFrom(sides[2]) && sides[0].isDisjointFrom(sides[1]));
    assert.equal(sides[2].size, 3);
  }
  assert.equal(folds.flatMap(({ test }) => test).length, windows.length);
});

Deno.test("group-k-fold throws RangeError when there are more folds than people with a label", () => {
  assert.throws(() => split(peopleOf("a:01 b:01 c:--"), { folds: 3 }), {
    name: "RangeError",
    message: "Cannot make 3 folds: there must be as many subjects with a label, got 2",
  });
});

Deno.test("group-k-fold throws RangeError that names fold and class when training lacks a class", () => {
  // Class 1 is b's alone: the fold that tests b can't learn it.
  assert.throws(() => split(peopleOf("a:00 b:01 c:00"), { folds: 3, validation: 0 }), {
    name: "RangeError",
    message:
      /^Cannot split: the training side of every fold must hold every class, got no window of high in fold [123]$/,
  });
});

Deno.test("group-k-fold throws RangeError when nobody can be set aside", () => {
  assert.throws(() => split(peopleOf("a:01 b:01"), { folds: 2 }), {
    name: "RangeError",
    message: /must keep every class without it, got none to spare among 1 in fold 1$/,
  });
});

Deno.test("window-k-fold tests every labelled window once and has people on both sides", () => {
  const windows = peopleOf("a:0101010101 b:0101010101 c:010101010-");
  const folds = windowKFold.split(windowKFoldSchema.parse({ folds: 10 }), { windows, classes: CLASSES });
  const labelled = windows.filter((window) => window.class !== null).map(({ id }) => id);
  assert.deepEqual(folds.flatMap(({ test }) => test).sort(), labelled.sort());
  for (const { train, validation, test } of folds) {
    // 29 windows in 10 folds; a tenth of the other 27 or 28 is set aside.
    assert.ok(test.length === 3 || test.length === 2);
    assert.equal(validation.length, 3);
    assert.equal(train.length + validation.length + test.length, 30);
    assert.ok(!new Set(subjectsOf(train)).isDisjointFrom(new Set(subjectsOf(test))));
  }
});

Deno.test("groupKFoldSchema fills in the defaults and refuses what is no split", () => {
  assert.deepEqual(groupKFoldSchema.parse({}), {
    group: "subject",
    folds: 5,
    stratify: true,
    seed: 1,
    validation: 0.1,
  });
  for (
    const parameters of [{ folds: 1 }, { folds: 2.5 }, { group: "person" }, { validation: 0.6 }, { fold: 3 }]
  ) {
    assert.equal(groupKFoldSchema.safeParse(parameters).success, false);
  }
});
