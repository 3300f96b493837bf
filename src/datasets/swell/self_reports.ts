/**
 * SWELL-KW's self-reports: what people said of a block after it.
 *
 * @module
 */
import { cellError, columnOf, hasColumn, numberOf, type Table } from "../../formats/table/table.ts";
import { blockOf, conditionOf, type Minute, MISSING } from "./minutes.ts";
import type { SwellParameters } from "./schema.ts";

/** The ratings of a block by label; null where one is missing. */
export type BlockRatings = Readonly<Record<string, number | null>>;

/**
 * The ratings of every block, by `pp1/c1`.
 *
 * The table has a row a minute and repeats a block's ratings in each; rows of relaxation (R) say nothing. Throws RangeError, with
 * file and row, for a rating outside its range, for one that changes within a block, and for a condition that is not the one of
 * the table of conditions.
 */
export function readSelfReports(
  table: Table,
  { ratings, minutes }: {
    ratings: SwellParameters["ratings"];
    minutes: ReadonlyMap<string, readonly Minute[]>;
  },
): Map<string, BlockRatings> {
  const person = columnOf(table, "PP"), block = columnOf(table, hasColumn(table, "Blok") ? "Blok" : "C");
  const conditionColumn = columnOf(table, "Condition");
  const columns = Object.entries(ratings).map(([label, { column, from, to }]) => ({
    label,
    from,
    to,
    column: columnOf(table, column),
  }));
  const blocks = new Map<string, Record<string, number | null>>();
  for (const row of table.rows) {
    const key = blockOf(table, { row, person, block });
    const condition = conditionOf(table, { row, column: conditionColumn });
    if (condition === null || condition === "R") continue;
    const known = minutes.get(key)?.find((minute) => minute.condition !== "R")?.condition;
    if (known !== undefined && known !== condition) {
      throw cellError(table, {
        row,
        column: conditionColumn,
        must: `be ${known}, as the table of conditions says of ${key}`,
      });
    }
    const said = blocks.get(key) ?? {};
    for (const { label, column, from, to } of columns) {
      const value = numberOf(table, { row, column, from, to, missing: MISSING });
      const before = said[label] ?? null;
      if (value !== null && before !== null && value !== before) {
        throw cellError(table, { row, column, must: `be ${before}, as in the rows of ${key} before` });
      }
      said[label] = value ?? before;
    }
    blocks.set(key, said);
  }
  return blocks;
}
