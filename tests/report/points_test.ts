import assert from "node:assert/strict";
import { budgetsOf, curveOf, gridKey, gridName, gridPoints, unitsAt } from "../../src/report/points.ts";
import { point } from "./small_summary.ts";

Deno.test("budgetsOf() sorts numbers and puts all last", () => {
  const points = ["all", 16, 0.1, 2, 0.1].map((budget) => point({ budget: budget as number | "all" }));
  assert.deepEqual(budgetsOf(points), [0.1, 2, 16, "all"]);
});

Deno.test("gridPoints() keeps the order of appearance and ignores the order of keys", () => {
  const grids = [{ a: 2, b: 1 }, { a: 1, b: 1 }, { b: 1, a: 2 }];
  const found = gridPoints({ points: grids.map((grid) => point({ grid })) });
  assert.deepEqual(found.map(({ name, points }) => [name, points.length]), [["a = 2, b = 1", 2], [
    "a = 1, b = 1",
    1,
  ]]);
  assert.equal(gridKey({ a: 1, b: 2 }), gridKey({ b: 2, a: 1 }));
});

Deno.test("gridName() shows values that are no numbers as they are, and nothing for an empty grid", () => {
  assert.equal(
    gridName({ "encoder.kind": "sarkar-cnn", "pretext.pieces": [1, 2] }),
    "kind = sarkar-cnn, pieces = [1,2]",
  );
  assert.equal(gridName({}), "");
});

Deno.test("curveOf() and unitsAt() take the points of one arm, and the mean of the units that ran", () => {
  const points = [
    point({ budget: "all", units: 40 }),
    point({ budget: 0.5, units: 20 }),
    point({ arm: "frozen", budget: 0.5, units: 22 }),
    point({ arm: "broken", budget: 0.5, units: 0 }),
  ];
  assert.deepEqual(curveOf(points, "supervised").map(({ budget }) => budget), [0.5, "all"]);
  assert.equal(unitsAt(points, 0.5), 21);
  assert.equal(unitsAt(points, 0.25), null);
});
