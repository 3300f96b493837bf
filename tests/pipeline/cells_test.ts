import assert from "node:assert/strict";
import { listCells } from "../../src/pipeline/cells.ts";
import { openTiny } from "./tiny.ts";

function cellsOf(set: readonly string[], folds: number): string[] {
  const { points } = openTiny({ set });
  return listCells(points, new Map(points.map((point) => [point, folds]))).map(({ cell }) => cell);
}

Deno.test("listCells() goes through grid point, arm, draw, fold and seed; the whole budget has one draw", () => {
  assert.deepEqual(cellsOf(["arms={majority: {}}", "hypotheses=[]", "labels.draws=2", "seeds=[7, 3]"], 2), [
    "majority budget=0.5 draw=1 fold=1 seed=7",
    "majority budget=0.5 draw=1 fold=1 seed=3",
    "majority budget=0.5 draw=1 fold=2 seed=7",
    "majority budget=0.5 draw=1 fold=2 seed=3",
    "majority budget=0.5 draw=2 fold=1 seed=7",
    "majority budget=0.5 draw=2 fold=1 seed=3",
    "majority budget=0.5 draw=2 fold=2 seed=7",
    "majority budget=0.5 draw=2 fold=2 seed=3",
    "majority budget=all draw=1 fold=1 seed=7",
    "majority budget=all draw=1 fold=1 seed=3",
    "majority budget=all draw=1 fold=2 seed=7",
    "majority budget=all draw=1 fold=2 seed=3",
  ]);
});

Deno.test("listCells() takes arms in the manifest's order", () => {
  const arms = (set: string[]) => cellsOf(set, 1).map((cell) => cell.split(" ")[0]);
  assert.deepEqual(arms([]), ["supervised", "frozen", "supervised", "frozen"]);
  assert.deepEqual(arms(["arms={majority: {}, mine: {kind: frozen}}", "hypotheses=[]"]), [
    "majority",
    "mine",
    "majority",
    "mine",
  ]);
});

Deno.test("listCells() names the values of swept keys that are no budget", () => {
  const sweep = "sweep={pretext.transformations.noise.snrDb: [5, 15], labels.fraction: [0.5]}";
  assert.deepEqual(cellsOf([sweep, "arms={majority: {}}", "hypotheses=[]"], 1), [
    "pretext.transformations.noise.snrDb=5 majority budget=0.5 draw=1 fold=1 seed=1",
    "pretext.transformations.noise.snrDb=15 majority budget=0.5 draw=1 fold=1 seed=1",
  ]);
});

Deno.test("listCells() has none where nobody knows the folds yet", () => {
  assert.deepEqual(cellsOf([], 0), []);
});
