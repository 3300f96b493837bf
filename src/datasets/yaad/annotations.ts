/**
 * YAAD's self-annotations: what a participant felt at a video.
 *
 * @module
 */
import { cellError, columnOf, numberOf, type Table, type TableRow } from "../../formats/table/table.ts";
import { idOf } from "./folder.ts";
import type { YaadParameters } from "./schema.ts";

/** The columns of emotions by label. */
export const EMOTIONS = {
  happy: "Happy",
  sad: "Sad",
  fear: "Fear",
  anger: "Anger",
  neutral: "Neutral",
  disgust: "Disgust",
  surprised: "Surprised",
} as const;

/** The columns of levels by label. */
export const LEVELS = {
  valence: "Valence level",
  arousal: "Arousal level",
  dominance: "Dominance level",
} as const;

/** The labels of a recording; null where one is missing. */
export type Annotation = Readonly<Record<keyof typeof EMOTIONS | keyof typeof LEVELS, number | null>>;

/** Strengths in words, 1 to 5. */
const WORDS = ["verylow", "low", "moderate", "high", "veryhigh"];

/**
 * The annotations by `p2/s1/v3`.
 *
 * Emotions are words from very low to very high, or numbers. Throws SyntaxError for a missing column; RangeError, with file and
 * row, for a participant, session or video that is no whole number, for one that is there twice, and for a rating outside its range.
 */
export function readAnnotations(
  table: Table,
  { emotions, levels }: Pick<YaadParameters, "emotions" | "levels">,
): Map<string, Annotation> {
  const [participant, session, video] = ["Participant Id", "Session Id", "Video Id"].map((name) =>
    columnOf(table, name)
  );
  const columnsOf = (labels: Readonly<Record<string, string>>) =>
    Object.entries(labels).map(([label, name]) => ({ label, column: columnOf(table, name) }));
  const emotionColumns = columnsOf(EMOTIONS), levelColumns = columnsOf(LEVELS);
  const annotations = new Map<string, Annotation>();
  for (const row of table.rows) {
    const key = idOf({
      participant: wholeNumber(table, { row, column: participant }),
      session: wholeNumber(table, { row, column: session }),
      video: wholeNumber(table, { row, column: video }),
    });
    if (annotations.has(key)) {
      throw cellError(table, { row, column: video, must: `be in one row with ${key}, not in two` });
    }
    const felt: Partial<Record<string, number | null>> = {};
    for (const { label, column } of emotionColumns) {
      felt[label] = strengthOf(table, { row, column, ...emotions });
    }
    for (const { label, column } of levelColumns) felt[label] = numberOf(table, { row, column, ...levels });
    annotations.set(key, felt as Annotation);
  }
  return annotations;
}

function strengthOf(
  table: Table,
  { row, column, ...range }: { row: TableRow; column: number; from: number; to: number },
): number | null {
  const word = WORDS.indexOf((row.cells[column] ?? "").toLowerCase().replaceAll(/[-_\s]/g, ""));
  if (word === -1) return numberOf(table, { row, column, ...range });
  const strength = word + 1;
  if (strength >= range.from && strength <= range.to) return strength;
  throw cellError(table, {
    row,
    column,
    must: `be a number from ${range.from} to ${range.to}; in words it is ${strength}`,
  });
}

function wholeNumber(table: Table, { row, column }: { row: TableRow; column: number }): number {
  const value = Number(row.cells[column] || NaN);
  if (Number.isInteger(value) && value > 0) return value;
  throw cellError(table, { row, column, must: "be a whole number above 0" });
}
