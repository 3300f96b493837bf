/**
 * Labels that a person gives in a CSV file: a class for each window, or one for each recording.
 *
 * @module
 */
import { parse } from "csv-parse/sync";
import { unknownName } from "../../manifest/choice.ts";
import type { Place } from "./windows.ts";

/** A class for what a key names: windows, or all windows of recordings. */
export interface LabelFile {
  readonly path: string;
  readonly unit: "window" | "recording";
  readonly entries: ReadonlyMap<string, LabelEntry>;
}

/** One line of the file. */
interface LabelEntry {
  /** Index into the model's classes. */
  readonly class: number;
  readonly line: number;
}

/** A row as csv-parse gives it when it is asked for the line. */
interface ParsedRow {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

/**
 * Reads a file with the columns `window,class` or `recording,class`; other columns are passed over.
 *
 * A window goes by its id, a recording by its id or the last part of it. Throws SyntaxError for what is no such table, and
 * RangeError with file and line for a class that the model does not know or a key that comes twice.
 */
export function readLabelFile(
  text: string,
  { path, classes }: { path: string; classes: readonly string[] },
): LabelFile {
  const rows = parseRows(text, path), columns = Object.keys(rows[0]?.record ?? {});
  const unit = columns.includes("window")
    ? "window"
    : columns.includes("recording")
    ? "recording"
    : undefined;
  if (unit === undefined || !columns.includes("class")) {
    throw new SyntaxError(
      `${path}: Cannot read labels: the columns must be window,class or recording,class and at least one row, got ${
        columns.join(",") || "none"
      }`,
    );
  }
  const entries = new Map<string, LabelEntry>();
  for (const { record, info: { lines: line } } of rows) {
    const key = record[unit], before = entries.get(key);
    if (before !== undefined) {
      throw new RangeError(
        `${path}:${line}: Cannot read labels: a ${unit} must come once, got ${key} in line ${before.line} too`,
      );
    }
    if (!classes.includes(record.class)) {
      const { message } = unknownName({ what: "class of the model", name: record.class, known: classes });
      throw new RangeError(`${path}:${line}: ${message}`);
    }
    entries.set(key, { class: classes.indexOf(record.class), line });
  }
  return { path, unit, entries };
}

function parseRows(text: string, path: string): ParsedRow[] {
  try {
    return parse(text, { columns: true, info: true, bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new SyntaxError(`${path}: Cannot read labels: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * The class of each place that has one, by the id of the window.
 *
 * `refused` are windows that were left out: a label of theirs is no mistake. Throws RangeError with file and line for a label of a
 * window or recording that is not there, or of a name that several recordings share.
 */
export function labelsOf(
  { path, unit, entries }: LabelFile,
  { places, refused }: { places: readonly Place[]; refused: readonly Place[] },
): Map<string, number> {
  const all = [...places, ...refused];
  const ids = new Set(all.map((place) => unit === "window" ? place.id : place.recording));
  const byName = Map.groupBy(ids, (id) => id.split("/").at(-1) ?? id);
  const found = new Map<string, number>();
  for (const [key, { class: index, line }] of entries) {
    const candidates = ids.has(key) ? [key] : unit === "recording" ? byName.get(key) ?? [] : [];
    if (candidates.length === 1) {
      found.set(candidates[0], index);
      continue;
    }
    const rule = candidates.length > 1
      ? `it must name one of ${candidates.join(", ")}`
      : `it must name a ${unit} of the data, such as ${[...ids][0]}`;
    throw new RangeError(`${path}:${line}: Cannot label a ${unit}: ${rule}, got ${key}`);
  }
  return new Map(places.flatMap(({ id, recording }) => {
    const index = found.get(unit === "window" ? id : recording);
    return index === undefined ? [] : [[id, index]];
  }));
}
