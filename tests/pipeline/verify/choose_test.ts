import assert from "node:assert/strict";
import { chooseCells } from "../../../src/pipeline/verify/choose.ts";

const row = (arm: string, seed: number) => ({ cell: `${arm} seed=${seed}`, arm, status: "done", error: "" });
const FAILED = { cell: "finetuned seed=1", arm: "finetuned", status: "failed", error: "Cannot go on" };
const ROWS = [
  ...[1, 2, 3, 4].flatMap((seed) => ["supervised", "frozen"].map((arm) => row(arm, seed))),
  FAILED,
];
const HASH = "0123";

const draw = (count: number, seed = 1, hash = HASH) => chooseCells(ROWS, { choice: { count, seed }, hash });
const arms = (cells: readonly string[]) => cells.map((cell) => cell.split(" ")[0]).sort();

Deno.test("chooseCells() takes one of each arm before a second, and none that failed", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    assert.equal(draw(1, seed).length, 1);
    assert.deepEqual(arms(draw(2, seed)), ["frozen", "supervised"]);
    assert.deepEqual(arms(draw(4, seed)), ["frozen", "frozen", "supervised", "supervised"]);
  }
  assert.equal(draw(20).length, 8);
});

Deno.test("chooseCells() draws the same cells again, and others by another seed or of another manifest", () => {
  assert.deepEqual(draw(4), draw(4));
  const choices = [...[1, 2, 3, 4].map((seed) => draw(4, seed)), draw(4, 1, "4567")].map((cells) =>
    cells.join()
  );
  assert.ok(new Set(choices).size > 3, choices.join("\n"));
});

Deno.test("chooseCells() gives cells in the order of the rows, each once", () => {
  const names = ["frozen seed=4", "supervised seed=1", "frozen seed=4"];
  const chosen = chooseCells(ROWS, { choice: { named: names }, hash: HASH });
  assert.deepEqual(chosen, ["supervised seed=1", "frozen seed=4"]);
  const all = chooseCells(ROWS, { choice: "all", hash: HASH });
  assert.deepEqual(all, ROWS.slice(0, -1).map(({ cell }) => cell));
});

Deno.test("chooseCells() rejects an unknown name with the nearest, a cell that failed, and a run of failures", () => {
  const named = (name: string) => () => chooseCells(ROWS, { choice: { named: [name] }, hash: HASH });
  assert.throws(named("frosen seed=2"), {
    name: "RangeError",
    message:
      'Cannot find the cell: its name must be one of the 9 in cells.csv, got "frosen seed=2"; did you mean "frozen seed=2"?',
  });
  assert.throws(named("finetuned seed=1"), {
    message:
      'Cannot compute this cell again: it must be done, got failed for "finetuned seed=1": Cannot go on',
  });
  assert.throws(() => chooseCells([FAILED], { choice: "all", hash: HASH }), /one must be done, got none$/);
});
