/**
 * Rows of samples as recordings.
 *
 * @module
 */
import type { ByteSource } from "../../formats/bytes.ts";
import { growingNumbers } from "../../formats/growing.ts";
import type { Table, TableRow } from "../../formats/table/table.ts";
import type { Recording } from "../dataset.ts";
import { idOf } from "../tabular/found_files.ts";
import { labelsOfRow, type LabelTable } from "../tabular/label_table.ts";
import type { Place } from "../tabular/pattern.ts";
import { columnsOf, csvRows, sampleOf } from "./rows.ts";
import type { CsvParameters } from "./schema.ts";

interface Context {
  /** The name of the dataset's folder. */
  readonly name: string;
  /** Labels from a table of their own; null where they stand beside the samples. */
  readonly labels: LabelTable | null;
  readonly parameters: CsvParameters;
}

/** Reads a file that is one recording. */
export function recordingsOfFile(
  source: ByteSource,
  { place, ...context }: Context & { readonly place: Place },
): Recording {
  const { table, rows } = csvRows(source, context.parameters);
  const growing = grow(table, context);
  for (const row of rows) growing.add(row);
  return growing.end(place);
}

/**
 * Reads a table of many recordings, one in memory at a time: a row of another subject, session or stimulus begins the next.
 *
 * Throws RangeError, with file and row, where the rows of a recording, or the recordings of a subject, don't follow each other.
 */
export function* recordingsOfTable(source: ByteSource, context: Context): Generator<Recording> {
  const { table, rows } = csvRows(source, context.parameters);
  const columns = columnsOf(table, context.parameters.columns), begun = new Set<string>();
  let place: Place | undefined, growing = grow(table, context);
  for (const row of rows) {
    const cell = (key: keyof Place, otherwise: string) => {
      const column = columns.get(key);
      return column === undefined ? otherwise : row.cells[column];
    };
    const own = {
      subject: cell("subject", ""),
      session: cell("session", "1"),
      stimulus: cell("stimulus", "none"),
    };
    const isSame = place !== undefined && own.subject === place.subject && own.session === place.session &&
      own.stimulus === place.stimulus;
    if (!isSame) {
      if (place !== undefined) yield growing.end(place);
      const isNewSubject = place?.subject !== own.subject;
      const key = isNewSubject ? own.subject : idOf(own);
      if (own.subject === "" || begun.has(key)) {
        throw new RangeError(
          `${table.file}: Cannot read row ${row.row}: the rows of a recording, and the recordings of a subject, must follow each other, ` +
            `got ${own.subject === "" ? "no subject" : `${key} again`}`,
        );
      }
      for (const name of [own.subject, idOf(own)]) begun.add(name);
      place = own;
      growing = grow(table, context);
    }
    growing.add(row);
  }
  if (place !== undefined) yield growing.end(place);
}

/** A recording that grows row by row. */
function grow(table: Table, { name, labels, parameters }: Context) {
  const leads = [...columnsOf(table, parameters.leads)].map(([lead, column]) => ({
    lead,
    column,
    samples: growingNumbers(),
  }));
  let first: TableRow | undefined;
  const beside = labels === null ? columnsOf(table, columnsOfLabels(parameters)) : new Map<string, number>();
  return {
    add(row: TableRow): void {
      first ??= row;
      for (const [label, column] of beside) {
        if (row.cells[column] === first.cells[column]) continue;
        throw new RangeError(
          `${table.file}: Cannot read row ${row.row}: "${label}" must be the same throughout a recording, got ` +
            `${JSON.stringify(row.cells[column])} after ${JSON.stringify(first.cells[column])}`,
        );
      }
      for (const { column, samples } of leads) samples.add(sampleOf(table, { row, column }));
    },
    end(place: Place): Recording {
      const { sampleRateHz, unit } = parameters;
      return {
        id: `${name}/${idOf(place)}`,
        file: table.file,
        ...place,
        sampleRateHz,
        leads: leads.map(({ lead, samples }) => ({ name: lead, unit, samples: samples.values() })),
        labels: labels?.at(place, { file: table.file }) ?? labelsBeside(table, { row: first, parameters }),
      };
    },
  };
}

function columnsOfLabels({ labels }: CsvParameters): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([label, { column = label }]) => [label, column]));
}

/** The labels of a recording's first row, which all others share. */
function labelsBeside(
  table: Table,
  { row, parameters: { labels } }: { row: TableRow | undefined; parameters: CsvParameters },
): Recording["labels"] {
  if (row === undefined) return Object.fromEntries(Object.keys(labels).map((label) => [label, null]));
  return labelsOfRow(table, { row, labels });
}
