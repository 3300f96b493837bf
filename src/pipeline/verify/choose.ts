/**
 * Which cells of a run are computed again.
 *
 * @module
 */
import { didYouMean } from "../../manifest/choice.ts";
import { stream } from "../../random/stream.ts";

/** A row of `cells.csv`, as far as a choice needs it. */
export interface CellRow {
  readonly cell: string;
  readonly arm: string;
  readonly status: string;
  readonly error: string;
}

/** Cells by name, some at random, or all that are done. */
export type CellChoice =
  | { readonly named: readonly string[] }
  | { readonly count: number; readonly seed: number }
  | "all";

/**
 * The names of the chosen cells, in the order of the rows.
 *
 * Random ones are drawn from the stream `verify/<hash>`, `hash` being that of the manifest: one of each arm first, then a second of
 * each, and so on.
 *
 * Throws RangeError for a name that no row has, with the nearest one, for a named cell that failed, and where no cell is done.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const row = { status: "done", error: "" };
 * const rows = [{ ...row, cell: "a 1", arm: "a" }, { ...row, cell: "a 2", arm: "a" }, { ...row, cell: "b 1", arm: "b" }];
 * const chosen = chooseCells(rows, { choice: { count: 2, seed: 1 }, hash: "0" });
 * assert.deepEqual(chosen.map((name) => name[0]), ["a", "b"]);
 * ```
 */
export function chooseCells(
  rows: readonly CellRow[],
  { choice, hash }: { choice: CellChoice; hash: string },
): string[] {
  const done = rows.filter(({ status }) => status === "done");
  if (choice === "all" || "count" in choice) {
    if (done.length === 0) {
      throw new RangeError("Cannot choose cells to compute again: one must be done, got none");
    }
    const chosen = new Set(choice === "all" ? done : drawn(done, { ...choice, hash }));
    return done.filter((row) => chosen.has(row)).map(({ cell }) => cell);
  }
  for (const name of choice.named) refuseUnusable(name, rows);
  return rows.map(({ cell }) => cell).filter((cell) => choice.named.includes(cell));
}

function drawn(
  cells: readonly CellRow[],
  { count, seed, hash }: { count: number; seed: number; hash: string },
): CellRow[] {
  const shuffled = stream(seed, `verify/${hash}`).shuffle(cells);
  const rounds = [...Map.groupBy(shuffled, ({ arm }) => arm).values()].flatMap((own) =>
    own.map((cell, round) => ({ cell, round }))
  );
  return rounds.sort((left, right) => left.round - right.round).slice(0, count).map(({ cell }) => cell);
}

function refuseUnusable(name: string, rows: readonly CellRow[]): void {
  const row = rows.find(({ cell }) => cell === name);
  if (row === undefined) {
    throw new RangeError(
      `Cannot find the cell: its name must be one of the ${rows.length} in cells.csv, got "${name}"${
        didYouMean(name, rows.map(({ cell }) => cell))
      }`,
    );
  }
  if (row.status !== "done") {
    throw new RangeError(
      `Cannot compute this cell again: it must be done, got ${row.status} for "${name}": ${row.error}`,
    );
  }
}
