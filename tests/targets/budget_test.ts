import assert from "node:assert/strict";
import { stream } from "../../src/random/stream.ts";
import {
  type BudgetOptions,
  budgetSchema,
  checkBudgetUnit,
  drawBudget,
  isWholeBudget,
} from "../../src/targets/budget.ts";
import type { BudgetUnit, LabelledWindow } from "../../src/targets/unit.ts";
import { randomWindows } from "./windows.ts";

const UNITS: BudgetUnit[] = ["window", "recording", "subject"];
const NAMES = ["a", "b", "c", "d"];

function draw(windows: Iterable<LabelledWindow>, options: Partial<BudgetOptions>) {
  return drawBudget({
    windows,
    unit: "window",
    draw: 1,
    stream: stream(1, "fold/0/labels"),
    validationShare: 0.2,
    classes: ["a", "b"],
    ...options,
  });
}

/** Random tables over every unit, number of classes and kind of label. */
function* tables() {
  for (let seed = 1; seed <= 30; seed++) {
    const source = stream(seed, "table"), count = 2 + source.integer(3);
    const windows = randomWindows(source, {
      subjects: 2 + source.integer(12),
      classes: count,
      constant: seed % 2 === 0,
    });
    for (const unit of UNITS) yield { windows, unit, classes: NAMES.slice(0, count), source };
  }
}

const classesIn = (ids: readonly string[], windows: LabelledWindow[]) => {
  const wanted = new Set(ids);
  return new Set(windows.filter(({ id }) => wanted.has(id)).map((window) => window.class));
};

/** 12 people with 10 windows of each class. */
const even = Array.from({ length: 240 }, (_, index): LabelledWindow => ({
  id: `w${index}`,
  subject: `s${index % 12}`,
  recording: `s${index % 12}/${index % 24}`,
  class: Math.floor(index / 12) % 2,
}));

const isWithin = (smaller: readonly string[], larger: readonly string[]) => {
  const known = new Set(larger);
  return smaller.every((id) => known.has(id));
};

Deno.test("drawBudget() rounds a fraction to the nearest unit", () => {
  assert.equal(draw(even, { fraction: 0.1 }).units, 24);
  assert.equal(draw(even, { fraction: 0.0604 }).units, 14);
  assert.equal(draw(even, { fraction: 0.0605 }).units, 15);
});

Deno.test("drawBudget() gives no fewer units than classes", () => {
  const budget = draw(even, { fraction: 0.0001 });
  assert.equal(budget.units, 2);
  assert.deepEqual(classesIn(budget.train, even), new Set([0, 1]));
});

Deno.test("drawBudget() takes a count of units", () => {
  assert.equal(draw(even, { count: 16 }).train.length, 16);
  const people = draw(even, { count: 3, unit: "subject" });
  assert.equal(people.units, 3);
  assert.equal(people.train.length + people.validation.length, 60);
});

Deno.test("drawBudget() divides 80 to 20 inside the budget, people whole", () => {
  const { train, validation, units, dividedBy } = draw(even, { fraction: 0.5 });
  assert.equal(units, 120);
  assert.equal(train.length, 100);
  assert.equal(validation.length, 20);
  assert.equal(dividedBy, "subject");
  const subjectOf = new Map(even.map(({ id, subject }) => [id, subject]));
  const people = new Set(validation.map((id) => subjectOf.get(id)));
  assert.equal(people.size, 2);
  assert.ok(train.every((id) => !people.has(subjectOf.get(id))));
});

Deno.test("drawBudget() keeps classes in proportion and people even at every size", () => {
  for (let count = 2; count <= 240; count++) {
    const { unitIds } = draw(even, { count, draw: 2 });
    const chosen = even.filter(({ id }) => unitIds.includes(id));
    const positive = chosen.filter((window) => window.class === 1).length;
    assert.ok(Math.abs(positive - count / 2) <= 0.5);
    const perPerson = Object.values(Object.groupBy(chosen, ({ subject }) => subject)).map((own) =>
      own?.length ?? 0
    );
    assert.ok(Math.max(...perPerson) - Math.min(...perPerson) <= 1);
    assert.equal(perPerson.length, Math.min(count, 12));
  }
});

Deno.test("drawBudget() gives everything at fraction 1, at count all and without a size, the same for every draw", () => {
  const whole = draw(even, { fraction: 1 });
  assert.equal(whole.units, 240);
  for (const size of [{ fraction: 1 }, { count: "all" as const }, {}]) {
    for (const number of [1, 2, 3]) assert.deepEqual(draw(even, { ...size, draw: number }), whole);
  }
});

Deno.test("drawBudget() gives other windows to other draws and other streams", () => {
  const first = draw(even, { fraction: 0.1 });
  assert.notDeepEqual(draw(even, { fraction: 0.1, draw: 2 }), first);
  assert.notDeepEqual(draw(even, { fraction: 0.1, stream: stream(1, "fold/1/labels") }), first);
  assert.deepEqual(draw(even, { fraction: 0.1 }), first);
});

Deno.test("drawBudget() nests budgets: the units of a smaller one lie among those of a larger one", () => {
  for (const { windows, unit, classes } of tables()) {
    for (const number of [1, 2]) {
      const budgets = [0.01, 0.05, 0.1, 0.25, 0.5, 0.9, 1].map((fraction) =>
        draw(windows, { unit, fraction, draw: number, classes })
      );
      budgets.slice(1).forEach((larger, index) => {
        assert.ok(isWithin(budgets[index].unitIds, larger.unitIds));
        const labelled = ({ train, validation }: typeof larger) => [...train, ...validation];
        assert.ok(isWithin(labelled(budgets[index]), labelled(larger)));
      });
    }
  }
});

Deno.test("drawBudget() keeps a window on its side as the budget grows where all units hold all classes", () => {
  // Then no side can lack a class, and no window has to move.
  const windows = Array.from({ length: 30 }, (_, index) =>
    [0, 1].map((held): LabelledWindow => ({
      id: `w${index}.${held}`,
      subject: `s${index % 10}`,
      recording: `r${index}`,
      class: held,
    }))).flat();
  for (const unit of ["recording", "subject"] as const) {
    for (const number of [1, 2, 3]) {
      let last = draw(windows, { unit, count: unit === "subject" ? 10 : 30, draw: number });
      assert.ok(last.validation.length > 0);
      for (let count = last.units - 1; count > 0; count--) {
        const next = draw(windows, { unit, count, draw: number });
        if (next.dividedBy === last.dividedBy) {
          assert.ok(isWithin(next.train, last.train));
          assert.ok(isWithin(next.validation, last.validation));
        }
        last = next;
      }
      assert.equal(last.units, 1);
    }
  }
});

Deno.test("drawBudget() gives training every class, and validation too where enough people hold it", () => {
  for (const { windows, unit, classes, source } of tables()) {
    const fraction = 0.05 + 0.95 * source.uniform();
    const { train, validation, unitIds, units } = draw(windows, { unit, fraction, classes });
    assert.equal(classesIn(train, windows).size, classes.length);
    assert.equal(unitIds.length, units);
    const labelled = windows.filter((window) =>
      unitIds.includes(unit === "window" ? window.id : window[unit])
    );
    assert.deepEqual([...train, ...validation].sort(), labelled.map(({ id }) => id).sort());
    assert.ok(2 * validation.length <= labelled.length);
    if (labelled.length < 20) assert.equal(validation.length, 0);
  }
});

Deno.test("drawBudget() gives validation every class of a table where everybody holds them", () => {
  for (let number = 1; number <= 20; number++) {
    for (const count of [20, 40, 120, 240]) {
      const { validation } = draw(even, { count, draw: number });
      assert.equal(classesIn(validation, even).size, 2);
    }
  }
});

Deno.test("drawBudget() puts nothing that it divides by on two sides", () => {
  const levels = new Set<string>();
  for (const { windows, unit, classes } of tables()) {
    for (const fraction of [0.2, 1]) {
      const { train, validation, dividedBy } = draw(windows, { unit, fraction, classes });
      levels.add(dividedBy);
      if (dividedBy === "nothing" || dividedBy === "window") continue;
      const groupOf = new Map(windows.map((window) => [window.id, window[dividedBy]]));
      const validating = new Set(validation.map((id) => groupOf.get(id)));
      assert.ok(train.every((id) => !validating.has(groupOf.get(id))));
      assert.ok(validation.length > 0);
    }
  }
  assert.deepEqual([...levels].sort(), ["nothing", "recording", "subject"]);
});

Deno.test("drawBudget() does not depend on the order of the windows", () => {
  for (const { windows, unit, classes, source } of tables()) {
    const options = { unit, fraction: 0.3, classes };
    assert.deepEqual(draw(source.shuffle(windows), options), draw(windows, options));
  }
});

Deno.test("drawBudget() gives sorted ids", () => {
  const { train, validation, unitIds } = draw(even, { fraction: 0.5 });
  for (const ids of [train, validation, unitIds]) assert.deepEqual(ids, ids.toSorted());
});

Deno.test("drawBudget() throws RangeError that names a class missing from the training people", () => {
  assert.throws(() => draw(even, { fraction: 0.1, classes: ["low", "high", "extreme"] }), {
    name: "RangeError",
    message: "Cannot draw labels: every class must occur among the training people, got no window of extreme",
  });
});

Deno.test("drawBudget() throws RangeError when a count is too small for every class", () => {
  assert.throws(() => draw(even, { count: 1, classes: ["low", "high"] }), {
    name: "RangeError",
    message: /^Cannot draw 1 of 240 windows: the budget must hold every class, got none of (low|high)$/,
  });
  assert.equal(draw(even, { count: 1, unit: "subject" }).units, 1);
});

Deno.test("drawBudget() throws RangeError when a count is above what there is", () => {
  assert.throws(() => draw(even, { count: 13, unit: "subject" }), {
    name: "RangeError",
    message: "Cannot draw 13 subjects: the training people must have as many with a label, got 12",
  });
});

Deno.test("isWholeBudget() holds for fraction 1, count all and no size", () => {
  assert.deepEqual(
    [{}, { fraction: 1 }, { count: "all" as const }, { fraction: 0.999 }, { count: 1 }].map(isWholeBudget),
    [true, true, true, false, false],
  );
});

Deno.test("checkBudgetUnit() refuses windows as units over labels that are constant over a recording", () => {
  const check =
    (unit: BudgetUnit, constantOver: "recording" | "window", countRepeatedLabels: boolean) => () =>
      checkBudgetUnit({ unit, constantOver, countRepeatedLabels });
  assert.throws(check("window", "recording", false), {
    name: "RangeError",
    message: /the unit must be recording or subject .* countRepeatedLabels: true\), got window$/,
  });
  assert.doesNotThrow(check("window", "recording", true));
  assert.doesNotThrow(check("window", "window", false));
  assert.doesNotThrow(check("recording", "recording", false));
  assert.doesNotThrow(check("subject", "recording", false));
});

Deno.test("budgetSchema fills in the defaults", () => {
  assert.deepEqual(budgetSchema.parse({}), {
    unit: "window",
    draws: 3,
    seed: 1,
    validationShare: 0.2,
    countRepeatedLabels: false,
  });
});

Deno.test("budgetSchema refuses what is no budget", () => {
  const refused = [
    { fraction: 0 },
    { fraction: 1.1 },
    { count: 0 },
    { count: 1.5 },
    { count: "some" },
    { draws: 0 },
    { validationShare: 0.6 },
    { fraction: 0.5, count: 3 },
    { unit: "session" },
    { share: 0.5 },
  ];
  for (const labels of refused) {
    assert.equal(budgetSchema.safeParse(labels).success, false, JSON.stringify(labels));
  }
});
