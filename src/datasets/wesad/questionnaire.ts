/**
 * `SX_quest.csv`: when conditions began and ended, and what people said of them.
 *
 * @module
 */
import { type Condition, conditionNamed } from "./conditions.ts";

/** What people are asked, with the ranges of the answers; sums are those of the ten items each of the PANAS. */
export const RATINGS = {
  valence: { from: 1, to: 9, unit: "points" },
  arousal: { from: 1, to: 9, unit: "points" },
  "positive-affect": { from: 10, to: 50, unit: "points" },
  "negative-affect": { from: 10, to: 50, unit: "points" },
} as const;

/** The name of a rating. */
export type Rating = keyof typeof RATINGS;

/** One condition as it was done and judged. */
export interface JudgedCondition {
  readonly condition: Condition;
  /** Its times in seconds, on the clock of the chest device. */
  readonly start: number;
  readonly end: number;
  /** The ratings; null where there are none. */
  readonly ratings: Readonly<Record<Rating, number | null>>;
}

/**
 * Items of the PANAS by their place, from 1, in the order in which public code lists them: active, distressed, interested, inspired,
 * annoyed, strong, guilty, scared, hostile, excited, proud, irritable, enthusiastic, ashamed, alert, nervous, determined, attentive,
 * jittery, afraid, and others that are no part of it. Annoyed stands for upset.
 */
const POSITIVE = [1, 3, 4, 6, 10, 11, 13, 15, 17, 18], NEGATIVE = [2, 5, 7, 8, 9, 12, 14, 16, 19, 20];
const ITEM = { from: 1, to: 5 };

/** A line that begins with a tag. */
interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads the conditions in the order of time; readings, which nobody judged, are left out.
 *
 * Lines are tagged: `# ORDER;Base;TSST;...`, `# START` and `# END` with **minutes.seconds**, and a line each of `# PANAS` and `# DIM`
 * (valence; arousal) for each condition that was judged, in the same order. Throws, with file and line, SyntaxError for what is no
 * such file, RangeError for a time or a rating out of range.
 */
export function readQuestionnaire(text: string, { file }: { file: string }): JudgedCondition[] {
  const rows = taggedRows(text);
  const only = (tag: string) => rows.get(tag)?.[0] ?? missing(`a line "# ${tag}"`, { file });
  const [order, start, end] = ["ORDER", "START", "END"].map(only);
  const named = order.cells.flatMap((name, index) => {
    if (name === "") return [];
    const condition = conditionNamed(name);
    if (condition !== undefined) return [{ condition, index }];
    throw new SyntaxError(
      `${file}: Cannot read line ${order.line}: a condition must be Base, TSST, Fun, Medi or a reading, got ${name}`,
    );
  });
  const timed = named.map(({ condition, index }) => ({
    condition,
    start: minutesAndSeconds(start, { index, file }),
    end: minutesAndSeconds(end, { index, file }),
  }));
  for (const { start: from, end: to, condition } of timed) {
    if (from < to) continue;
    const got = `${from} s to ${to} s for ${condition ?? "a reading"}`;
    throw new RangeError(
      `${file}: Cannot read line ${end.line}: a condition must end after its start, got ${got}`,
    );
  }
  const judged = timed.flatMap(({ condition, ...times }) =>
    condition === null ? [] : [{ condition, ...times }]
  );
  const ratings = readRatings(rows, { conditions: judged.length, file });
  return judged.map((condition, index) => ({ ...condition, ratings: ratings[index] }))
    .toSorted((left, right) => left.start - right.start);
}

/**
 * A time in seconds from minutes.seconds: `7.08` is 7 min 8 s, `2.5` is 2 min 50 s, because a final 0 is not written.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const row = { line: 3, cells: ["7.08", "2.5", "70"] };
 * const seconds = [0, 1, 2].map((index) => minutesAndSeconds(row, { index, file: "S2_quest.csv" }));
 * assert.deepEqual(seconds, [428, 170, 4200]);
 * ```
 */
export function minutesAndSeconds(
  { line, cells }: Row,
  { index, file }: { index: number; file: string },
): number {
  const text = cells[index] ?? "", [, minutes, seconds = "0"] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  const read = Number(minutes) * 60 + Number(seconds.padEnd(2, "0"));
  if (minutes !== undefined && Number(seconds.padEnd(2, "0")) < 60) return read;
  const place = `${file}: Cannot read line ${line}`;
  throw new RangeError(`${place}: a time must be minutes.seconds, got ${JSON.stringify(text)}`);
}

/** The lines by their tags, without cells beyond the last one that holds something. */
function taggedRows(text: string): Map<string, Row[]> {
  const rows = new Map<string, Row[]>();
  for (const [index, line] of text.replace(/^\uFEFF/, "").split(/\r?\n/).entries()) {
    const [tag, ...cells] = line.split(";").map((cell) => cell.trim());
    const [, name] = /^#\s*(\w+)$/.exec(tag) ?? [];
    if (name === undefined) continue;
    const of = rows.get(name.toUpperCase()) ?? [];
    of.push({ line: index + 1, cells });
    rows.set(name.toUpperCase(), of);
  }
  return rows;
}

function readRatings(
  rows: ReadonlyMap<string, readonly Row[]>,
  { conditions, file }: { conditions: number; file: string },
): Record<Rating, number | null>[] {
  const [manikins, panas] = ["DIM", "PANAS"].map((tag) => {
    const found = rows.get(tag) ?? [];
    if (found.length === 0 || found.length === conditions) return found;
    throw new SyntaxError(
      `${file}: Cannot read ratings: there must be a line "# ${tag}" for each of ${conditions} conditions, got ${found.length}`,
    );
  });
  return Array.from({ length: conditions }, (_, index) => ({
    valence: answer(manikins[index], { item: 1, range: RATINGS.valence, file }),
    arousal: answer(manikins[index], { item: 2, range: RATINGS.arousal, file }),
    "positive-affect": sum(panas[index], { items: POSITIVE, file }),
    "negative-affect": sum(panas[index], { items: NEGATIVE, file }),
  }));
}

/** An answer by the place of its item, from 1; null where it is missing. */
function answer(
  row: Row | undefined,
  { item, range: { from, to }, file }: { item: number; range: { from: number; to: number }; file: string },
): number | null {
  const text = row?.cells[item - 1] ?? "";
  if (row === undefined || text === "") return null;
  const value = Number(text);
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  const place = `${file}: Cannot read line ${row.line}`;
  throw new RangeError(`${place}: answer ${item} must be a whole number from ${from} to ${to}, got ${text}`);
}

/** The sum of answers; null where one is missing. */
function sum(
  row: Row | undefined,
  { items, file }: { items: readonly number[]; file: string },
): number | null {
  const answers = items.map((item) => answer(row, { item, range: ITEM, file }));
  return answers.reduce((total, value) => total === null || value === null ? null : total + value, 0);
}

function missing(what: string, { file }: { file: string }): never {
  throw new SyntaxError(`${file}: Cannot read the questionnaire: it must have ${what}, got none`);
}
