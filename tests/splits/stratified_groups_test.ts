import assert from "node:assert/strict";
import golden from "../golden/splits/stratified_groups.json" with { type: "json" };
import { shareOut } from "../../src/splits/stratified_groups.ts";

golden.cases.forEach(({ counts, folds, foldOf }, index) => {
  Deno.test(`shareOut() agrees with scikit-learn on ${counts.length} groups in ${folds} folds (table ${index + 1})`, () => {
    assert.deepEqual(shareOut(counts, folds), foldOf);
  });
});

Deno.test("shareOut() takes uneven groups first and evens them out", () => {
  // Standard deviations 0, 4 and 4. The first [8, 0] goes to fold 0; [0, 8] leaves the same spread in both folds and
  // goes to the emptier one; [1, 1] then does too much in neither, both hold 8 windows, and fold 0 is first.
  assert.deepEqual(shareOut([[1, 1], [8, 0], [0, 8]], 2), [0, 0, 1]);
});

Deno.test("shareOut() leaves out a class without windows", () => {
  assert.deepEqual(shareOut([[4, 0, 0], [0, 0, 4], [4, 0, 0], [0, 0, 4]], 2), [0, 1, 1, 0]);
});

Deno.test("shareOut() gives every fold a group when there are as many groups as folds", () => {
  assert.deepEqual(shareOut([[3, 1], [5, 0], [1, 1], [0, 7]], 4).toSorted(), [0, 1, 2, 3]);
});
