import assert from "node:assert/strict";
import { leaveOneSubjectOut, leaveOneSubjectOutSchema } from "../../src/splits/leave_one_subject_out.ts";
import { predefined, predefinedSchema } from "../../src/splits/predefined.ts";
import { SPLITTERS, splitWindows } from "../../src/splits/table.ts";
import { describe, peopleOf } from "./windows.ts";

const CLASSES = ["low", "high"];
const PEOPLE = peopleOf("101:01 102:01 103:01 104:01 105:--");

function split(parameters: object, windows = PEOPLE) {
  return predefined.split(predefinedSchema.parse({ validation: 0, ...parameters }), {
    windows,
    classes: CLASSES,
  })
    .map(describe);
}

Deno.test("predefined trains with everybody who is not tested", () => {
  assert.deepEqual(split({ test: ["104"] }), ["101 102 103 105 |  | 104"]);
});

Deno.test("predefined takes the people listed and leaves out the others", () => {
  assert.deepEqual(split({ train: ["101", "102"], test: ["104"] }), ["101 102 |  | 104"]);
});

Deno.test("predefined reads subjects that YAML takes for numbers", () => {
  assert.deepEqual(split({ train: [101], test: [104, "103"] }), ["101 |  | 103 104"]);
});

Deno.test("predefined makes every fold that is listed", () => {
  assert.deepEqual(split({ folds: [{ test: [101] }, { train: [101], test: [102] }] }), [
    "102 103 104 105 |  | 101",
    "101 |  | 102",
  ]);
});

Deno.test("predefined sets training people aside", () => {
  const [fold] = split({ train: [101, 102, 103], test: [104], validation: 0.1 });
  assert.match(fold, /^(101 102 \| 103|101 103 \| 102|102 103 \| 101) \| 104$/);
});

Deno.test("predefined never sets aside all who hold a class", () => {
  // Of a, b, c and d two are set aside; b and c alone hold class 1.
  const windows = peopleOf("a:00 b:01 c:01 d:00 e:01");
  for (let seed = 1; seed <= 20; seed++) {
    const [fold] = split({ test: ["e"], validation: 0.5, seed }, windows);
    assert.match(fold, /^\w \w \| (?!b c)\w \w \| e$/);
  }
});

Deno.test("predefined sets other people aside in other folds, from the same training people", () => {
  const text = Array.from({ length: 10 }, (_, person) => `${101 + person}:01`).join(" ");
  const train = [101, 102, 103, 104, 105, 106], tested = [107, 108, 109, 110];
  const folds = split(
    { folds: tested.map((subject) => ({ train, test: [subject] })), validation: 0.1 },
    peopleOf(text),
  );
  assert.ok(new Set(folds.map((fold) => fold.split(" | ")[1])).size > 1);
});

Deno.test("predefined sets the people listed aside, whether those to learn from are listed or not", () => {
  assert.deepEqual(split({ aside: [102], test: [104], validation: 0.1 }), ["101 103 105 | 102 | 104"]);
  assert.deepEqual(split({ train: [101], aside: [102, 103], test: [104] }), ["101 | 102 103 | 104"]);
  assert.throws(() => split({ train: [105], aside: [101], test: [104] }), {
    name: "RangeError",
    message: /the training side of every fold must hold every class, got no window of low, high in fold 1/,
  });
});

/** Splits people by the label `published` of their recordings, of which each of 101 to 105 has one. */
function byFold(parameters: object, folds: readonly (number | null)[] = [1, 2, 9, 10, 10]) {
  const labels = new Map(folds.map((fold, index) => [`${101 + index}/0`, { published: fold }]));
  const context = { windows: PEOPLE, classes: CLASSES, labels };
  return predefined.split(
    predefinedSchema.parse({ validation: 0, label: "published", ...parameters }),
    context,
  )
    .map(describe);
}

Deno.test("predefined takes people by the values of a label, as the folds that a dataset's authors published", () => {
  assert.deepEqual(byFold({ aside: [9], test: [10] }), ["101 102 | 103 | 104 105"]);
  assert.deepEqual(byFold({ train: [1], test: ["10"] }), ["101 |  | 104 105"]);
  assert.deepEqual(byFold({ folds: [{ test: [1] }, { test: [2] }] }), [
    "102 103 104 105 |  | 101",
    "101 103 104 105 |  | 102",
  ]);
});

Deno.test("predefined leaves out people whose recordings lack the label", () => {
  assert.deepEqual(byFold({ test: [10] }, [1, null, 9, 10, null]), ["101 103 |  | 104"]);
});

Deno.test("predefined throws RangeError for a label or a value that there isn't, and for a person with values of two sides", () => {
  const refused = (parameters: object, message: string) =>
    assert.throws(() => byFold(parameters), { name: "RangeError", message });
  refused(
    { test: [11] },
    'Cannot split: the values of published in fold 1 must be among the 4 of the dataset, got "11"; did you mean "1"?',
  );
  refused(
    { label: "publish", test: [10] },
    'Cannot split: "label" must be one that recordings have, got "publish"; did you mean "published"?',
  );
  const windows = [...PEOPLE, { id: "101@9", subject: "101", recording: "101/9", class: 1 }];
  const torn = (parameters: object) => () =>
    predefined.split(predefinedSchema.parse({ label: "published", validation: 0, ...parameters }), {
      windows,
      classes: CLASSES,
      labels: new Map([["101/0", { published: 1 }], ["101/9", { published: 10 }], ["102/0", {
        published: 2,
      }]]),
    });
  const expected = {
    name: "RangeError",
    message: /on one side of a fold, got 101 in train and test of fold 1/,
  };
  assert.throws(torn({ test: [10] }), expected);
  assert.throws(torn({ train: [1, 2], test: [10] }), expected);
  assert.throws(torn({ train: [2], test: [10] }), { message: /got 101 in no side and test of fold 1/ });
});

Deno.test("predefined throws RangeError for an unknown subject and suggests the nearest", () => {
  assert.throws(() => split({ folds: [{ test: [101] }, { test: ["1O1"] }] }), {
    name: "RangeError",
    message:
      'Cannot split: the subjects of fold 2 must be among the 5 of the dataset, got "1O1"; did you mean "101"?',
  });
  assert.throws(() => split({ train: ["X"], test: [101] }), { name: "RangeError", message: /got "X"$/ });
});

Deno.test("predefined throws RangeError for a subject on both sides", () => {
  assert.throws(() => split({ train: [101, 102, 103], test: [102, 103] }), {
    name: "RangeError",
    message:
      "Cannot split: a subject must be on one side of a fold, got 102, 103 in train and test of fold 1",
  });
});

Deno.test("predefined throws RangeError when training lacks a class, and takes a test side that does", () => {
  const windows = peopleOf("101:00 102:01 103:01");
  assert.throws(() => split({ train: [101], test: [102] }, windows), {
    name: "RangeError",
    message: /got no window of high in fold 1/,
  });
  assert.deepEqual(split({ test: [101] }, windows), ["102 103 |  | 101"]);
});

Deno.test("predefined throws RangeError when nobody who is tested has a label", () => {
  assert.throws(() => split({ test: [105] }), {
    name: "RangeError",
    message: "Cannot split: every fold must test a labelled window, got none in fold 1",
  });
});

Deno.test("predefinedSchema refuses test beside folds, and neither", () => {
  for (
    const parameters of [
      {},
      { train: [1] },
      { test: [1], folds: [{ test: [2] }] },
      { train: [1], folds: [{ test: [2] }] },
      {
        test: [],
      },
      { folds: [] },
      { folds: [{ train: [1] }] },
    ]
  ) {
    assert.equal(predefinedSchema.safeParse(parameters).success, false, JSON.stringify(parameters));
  }
});

Deno.test("leave-one-subject-out tests one labelled person a fold, by code point", () => {
  const folds = leaveOneSubjectOut.split(leaveOneSubjectOutSchema.parse({ validation: 0 }), {
    windows: peopleOf("b:01 a:01 c:-- B:01"),
    classes: CLASSES,
  });
  assert.deepEqual(folds.map(describe), ["a b c |  | B", "B b c |  | a", "B a c |  | b"]);
});

Deno.test("leave-one-subject-out sets people aside", () => {
  const folds = leaveOneSubjectOut.split(leaveOneSubjectOutSchema.parse({ validation: 0.5 }), {
    windows: peopleOf("a:01 b:01 c:01 d:01 e:01"),
    classes: CLASSES,
  });
  for (const fold of folds) assert.match(describe(fold), /^\w \w \| \w \w \| \w$/);
});

Deno.test("leave-one-subject-out throws RangeError when fewer than two people have a label", () => {
  assert.throws(
    () =>
      leaveOneSubjectOut.split(leaveOneSubjectOutSchema.parse({}), {
        windows: peopleOf("a:01 b:--"),
        classes: CLASSES,
      }),
    {
      name: "RangeError",
      message: "Cannot leave one subject out: there must be at least two with a label, got 1",
    },
  );
});

Deno.test("splitWindows() splits as a specification says, with its defaults", async () => {
  const folds = await splitWindows({ kind: "group-k-fold", folds: 4 }, { windows: PEOPLE, classes: CLASSES });
  assert.equal(folds.length, 4);
  assert.ok(folds.every(({ validation }) => validation.length === 2));
});

Deno.test("splitWindows() throws when a parameter is unknown", async () => {
  await assert.rejects(
    splitWindows({ kind: "group-k-fold", shuffle: true }, { windows: PEOPLE, classes: CLASSES }),
    /shuffle/,
  );
});

for (const [kind, plugin] of Object.entries(SPLITTERS)) {
  Deno.test(`SPLITTERS loads ${kind}`, async () => {
    assert.equal(typeof (await plugin.load()).split, "function");
  });
}
