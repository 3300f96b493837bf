/**
 * SWELL-KW's table of conditions: what every minute of a block was.
 *
 * @module
 */
import { cellError, columnOf, isMissing, type Table, type TableRow } from "../../formats/table/table.ts";

/** R relaxation, N neutral, T time pressure, I interruptions by e-mail. */
export const CONDITIONS = ["I", "N", "R", "T"] as const;

/** A condition. */
export type Condition = typeof CONDITIONS[number];

/** One minute of a block. */
export interface Minute {
  /** Its beginning on the recorder's clock, in milliseconds since 1970 as if that clock showed UTC. */
  readonly start: number;
  readonly condition: Condition;
}

/** What a missing value is written as, besides nothing and NaN. */
export const MISSING = ["999"];

/**
 * The minutes of every block, by `pp1/c1`, rising in time.
 *
 * The condition stands in the table alone: T and I are counterbalanced over blocks, so no block number tells it. A block holds
 * minutes of relaxation (R) and of one more condition. Rows without a condition or a time are passed over.
 *
 * Throws RangeError, with file and row, for a person, block, condition or time that is none, for two working conditions in a
 * block, and for a minute with two conditions; SyntaxError for a missing column.
 */
export function readMinutes(table: Table): Map<string, Minute[]> {
  const person = columnOf(table, "PP"), block = columnOf(table, "C");
  const conditionColumn = columnOf(table, "Condition"), timestamp = columnOf(table, "timestamp");
  const blocks = new Map<string, Minute[]>();
  for (const row of table.rows) {
    const key = blockOf(table, { row, person, block });
    const condition = conditionOf(table, { row, column: conditionColumn });
    const start = timeOf(table, { row, column: timestamp });
    if (condition === null || start === null) continue;
    const minutes = blocks.get(key) ?? [];
    const twin = minutes.find((minute) => minute.start === start && minute.condition !== condition);
    const work = minutes.find((minute) => minute.condition !== "R")?.condition;
    if (twin !== undefined || (condition !== "R" && work !== undefined && work !== condition)) {
      throw cellError(table, {
        row,
        column: conditionColumn,
        must: twin === undefined
          ? `be R or ${work}, the condition of ${key}`
          : `be ${twin.condition}, as of the same minute before`,
      });
    }
    if (minutes.every((minute) => minute.start !== start)) minutes.push({ start, condition });
    blocks.set(key, minutes);
  }
  for (const minutes of blocks.values()) minutes.sort((left, right) => left.start - right.start);
  return blocks;
}

/** `pp1/c1` of a row; throws RangeError for another person or block than PP1 and 1 to 3. */
export function blockOf(
  table: Table,
  { row, person, block }: { row: TableRow; person: number; block: number },
): string {
  const who = /^pp\s*(\d+)$/i.exec(row.cells[person] ?? "");
  if (who === null) throw cellError(table, { row, column: person, must: "be a person as in PP1" });
  const number = Number(row.cells[block] || NaN);
  if (![1, 2, 3].includes(number)) throw cellError(table, { row, column: block, must: "be a block, 1 to 3" });
  return `pp${Number(who[1])}/c${number}`;
}

/** The condition of a row, or null where it is missing. */
export function conditionOf(
  table: Table,
  { row, column }: { row: TableRow; column: number },
): Condition | null {
  const text = row.cells[column] ?? "";
  if (isMissing(text) || MISSING.includes(text)) return null;
  const condition = CONDITIONS.find((candidate) => candidate === text.toUpperCase());
  if (condition === undefined) throw cellError(table, { row, column, must: "be R, N, T or I" });
  return condition;
}

/** A time as in `20120918T131600000`, or null where it is missing. */
function timeOf(table: Table, { row, column }: { row: TableRow; column: number }): number | null {
  const text = row.cells[column] ?? "";
  if (isMissing(text) || MISSING.includes(text)) return null;
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})?$/.exec(text)?.slice(1);
  if (parts === undefined) {
    throw cellError(table, { row, column, must: "be a time as in 20120918T131600000" });
  }
  const [year, month, day, hour, minute, second, millisecond] = parts.map((part) => Number(part ?? 0));
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}
