/**
 * Labels of recordings from a table beside them.
 *
 * @module
 */
import { z } from "zod";
import {
  cellError,
  columnOf,
  hasColumn,
  isMissing,
  numberOf,
  type Table,
  type TableRow,
} from "../../formats/table/table.ts";
import type { LabelRange } from "../../formats/window_table.ts";
import { firstNames } from "../../manifest/show.ts";
import { type Place, PLACES } from "./pattern.ts";

/** What the manifest says of a label. */
export const labelSchema = z.union([
  z.strictObject({
    column: z.string().min(1).optional().describe("Its column; default: its own name."),
    from: z.number().describe("The lowest rating that there can be."),
    to: z.number().describe("The highest rating that there can be."),
    unit: z.string().min(1).optional().describe("Its unit, as in years; it is shown with its values."),
  }).refine(({ from, to }) => from < to, { error: "from must be below to" }),
  z.strictObject({
    column: z.string().min(1).optional().describe("Its column; default: its own name."),
    values: z.array(z.union([z.string(), z.number()]).transform(String)).min(1).describe(
      "The values that there can be.",
    ),
  }),
], { error: "must be {from, to} for a rating or {values} for a condition" });

/** A label with every default filled in. */
export type LabelParameters = z.output<typeof labelSchema>;

/** Labels by recording. */
export interface LabelTable {
  /** The labels at a place. Throws RangeError, with the file, where no row or several are of it. */
  at(place: Place, options: { file: string }): Readonly<Record<string, number | string | null>>;
  /** What a reader must know of rows of which there is no recording; none where each has one. */
  notesOfOthers(places: readonly Place[]): string[];
}

/** Rows that a note names. */
const MOST_NAMED = 10;

/** The ranges of labels, as a dataset declares them. */
export function rangesOf(labels: Readonly<Record<string, LabelParameters>>): Record<string, LabelRange> {
  return Object.fromEntries(
    Object.entries(labels).map(([name, label]) => {
      if (!("from" in label)) return [name, { values: label.values }];
      const { from, to, unit } = label;
      return [name, { from, to, ...unit === undefined ? {} : { unit } }];
    }),
  );
}

/**
 * Reads the labels of a table, whose rows are told apart by those of the columns `subject`, `session` and `stimulus` that it has.
 *
 * Throws SyntaxError for a column that isn't there, RangeError, with file and row, for a value that the label can't have.
 */
export function readLabelTable(
  table: Table,
  { labels }: { labels: Readonly<Record<string, LabelParameters>> },
): LabelTable {
  const keys = PLACES.filter((place) => place === "subject" || hasColumn(table, place));
  const columns = keys.map((key) => columnOf(table, key));
  const byPlace = Map.groupBy(
    table.rows,
    (row) => JSON.stringify(columns.map((column) => (row.cells[column] ?? "").normalize("NFC"))),
  );
  const values = new Map(table.rows.map((row) => [row, labelsOfRow(table, { row, labels })]));
  const keyOf = (place: Place) => JSON.stringify(keys.map((key) => place[key]));
  return {
    notesOfOthers(places) {
      const recorded = new Set(places.map(keyOf));
      const others = [...byPlace.keys()].filter((key) => !recorded.has(key)).map((key) => {
        const cells: string[] = JSON.parse(key);
        return cells.join("/");
      });
      if (others.length === 0) return [];
      return [`In the table of labels but not recorded: ${firstNames(others, { most: MOST_NAMED })}.`];
    },
    at(place, { file }) {
      const rows = byPlace.get(keyOf(place)) ?? [];
      const [row] = rows, known = row && values.get(row);
      if (known !== undefined && rows.length === 1) return known;
      throw new RangeError(
        `${file}: Cannot label the recording: ${table.file} must have one row with ${
          keys.map((key) => `${key} ${place[key]}`).join(", ")
        }, got ${rows.length}`,
      );
    },
  };
}

/** The labels in a row, null where one is missing. Throws as {@linkcode readLabelTable} does. */
export function labelsOfRow(
  table: Table,
  { row, labels }: { row: TableRow; labels: Readonly<Record<string, LabelParameters>> },
): Record<string, number | string | null> {
  return Object.fromEntries(
    Object.entries(labels).map(([name, label]) => {
      const column = columnOf(table, label.column ?? name);
      if ("from" in label) return [name, numberOf(table, { row, column, from: label.from, to: label.to })];
      const text = row.cells[column] ?? "";
      if (label.values.includes(text)) return [name, text];
      if (isMissing(text)) return [name, null];
      throw cellError(table, { row, column, must: `be one of ${label.values.join(", ")}` });
    }),
  );
}
