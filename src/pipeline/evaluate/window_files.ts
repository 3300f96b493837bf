/**
 * Windows out of files that somebody else has made: NPY and CSV, a row a window, normalised and at the model's rate.
 *
 * @module
 */
import { basename } from "node:path";
import { npyRows, readNpyHeader } from "../../formats/npy.ts";
import { windowId } from "../../formats/window_table.ts";
import { openFile } from "../../datasets/files.ts";
import { csvNumbers } from "./csv_numbers.ts";
import type { EvaluatedModel } from "./model.ts";
import type { Source, SourceWindow } from "./windows.ts";

/** Rows that are read at a time. */
const ROWS_AT_ONCE = 64;

type RowsOf = (path: string, samples: number) => AsyncIterable<Float32Array> | Iterable<Float32Array>;

/** How files of windows are read, by what their names end in. */
const READERS: Readonly<Record<string, RowsOf>> = {
  ".npy": npyWindows,
  ".csv": (path, columns) => csvNumbers(path, { columns }),
};

/** Whether a path names a file of windows. */
export function isWindowFile(path: string): boolean {
  return readerOf(path) !== undefined;
}

/**
 * Opens a file of windows.
 *
 * Reading throws RangeError with the file's name for rows of another length than the model's windows, and SyntaxError for what is
 * no number.
 */
export function windowFile(path: string, { samples }: EvaluatedModel): Source {
  const rows = readerOf(path), name = basename(path);
  if (rows === undefined) {
    throw new RangeError(
      `${path}: Cannot read windows: the name must end in ${Object.keys(READERS).join(" or ")}`,
    );
  }
  return {
    name,
    hasPeople: false,
    async *windows() {
      let row = 0;
      for await (const values of rows(path, samples)) yield windowAt(name, { row: row++, values });
    },
  };
}

function readerOf(path: string): RowsOf | undefined {
  return Object.entries(READERS).find(([ending]) => path.toLowerCase().endsWith(ending))?.[1];
}

function windowAt(name: string, { row, values }: { row: number; values: Float32Array }): SourceWindow {
  const isFinite = values.every(Number.isFinite);
  return {
    place: {
      id: windowId(name, { first: row, length: 1 }),
      recording: name,
      subject: "",
      session: "",
      dataset: name,
      span: null,
    },
    verdict: isFinite ? "ok" : "non-finite",
    samples: isFinite ? values : null,
  };
}

function* npyWindows(path: string, samples: number): Generator<Float32Array> {
  using file = openFile(path);
  const { read: readBytes, size } = file;
  const named = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      if (error instanceof SyntaxError) throw new SyntaxError(`${path}: ${error.message}`, { cause: error });
      if (error instanceof RangeError) throw new RangeError(`${path}: ${error.message}`, { cause: error });
      throw error;
    }
  };
  const { shape } = named(() => readNpyHeader(readBytes, size));
  // An axis of length 1 beside the samples is a lead: [windows, samples, 1], or [windows, 1, samples].
  const lengths = shape.slice(1).filter((length) => length !== 1 || samples === 1);
  if (shape.length < 2 || lengths.length !== 1 || lengths[0] !== samples) {
    throw new RangeError(
      `${path}: Cannot read windows: the shape must be (windows, ${samples}) or (windows, ${samples}, 1), got (${
        shape.join(", ")
      })`,
    );
  }
  const table = named(() => npyRows(readBytes, size));
  for (let first = 0; first < table.rows; first += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, table.rows - first);
    const values = table.read(Int32Array.from({ length: count }, (_, index) => first + index));
    for (let row = 0; row < count; row++) yield values.subarray(row * samples, (row + 1) * samples);
  }
}
