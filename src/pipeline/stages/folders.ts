/**
 * The files that stages hand to each other, read and written in one place each.
 *
 * @module
 */
import { join } from "node:path";
import { openFile } from "../../datasets/files.ts";
import { readCsv } from "../../formats/csv.ts";
import { float32Rows, type RowReader } from "../../formats/rows.ts";
import {
  type LabelRange,
  readWindowTable,
  type RecordingRow,
  type TimedAnnotation,
  type WindowRating,
  type WindowRow,
} from "../../formats/window_table.ts";
import type { Fold } from "../../splits/split.ts";
import { readSplit, type SplitFile } from "../../splits/split_file.ts";
import type { SignalParameters } from "../../signal/schema.ts";
import type { RecordingMarks, WindowRatings } from "../../targets/target.ts";
import type { EncoderOrigin } from "../encoder_origin.ts";
import { standardize } from "./cut_windows.ts";

/** Reads a JSON file of a stage. */
export function readJson<T>(folder: string, name: string): T {
  return JSON.parse(Deno.readTextFileSync(join(folder, name)));
}

/** Writes a JSON file of a stage, with a line break at its end. */
export function writeJson(folder: string, name: string, value: unknown): void {
  Deno.writeTextFileSync(join(folder, name), JSON.stringify(value, null, 1) + "\n");
}

/** Opens a file of float32 rows; bytes are read when rows are. It stays open as long as the process. */
export function openRows(path: string, columns: number): RowReader {
  const { read, size } = openFile(path);
  return float32Rows(read, size, columns);
}

/** Files of the windows stage that tell labels: of recordings, beats, windows, and simulated people's state. No stage that trains may read them. */
export const LABEL_FILES = ["recordings.csv", "annotations.csv", "ratings.csv", "truth.csv"] as const;

/** What the windows stage says of its data beside the tables. */
export interface WindowsFacts {
  readonly simulated: boolean;
  readonly licence: string;
  readonly citation: string;
  readonly notes: readonly string[];
  /** How the windows were made. */
  readonly signal: SignalParameters;
  readonly sampleRateHz: number;
  /** Samples in a window. */
  readonly samples: number;
  /** The labels of recordings, with their ranges. */
  readonly ranges: Readonly<Record<string, LabelRange>>;
  /** Whether `annotations.csv` tells what is marked in the recordings. */
  readonly hasMarks: boolean;
  /** The labels that change over a recording, of which `ratings.csv` tells. */
  readonly changing: readonly string[];
  /** Whether `truth.csv` tells the latent state of the windows. */
  readonly hasTruth: boolean;
  /** Windows that were left out, by what is wrong with their samples, and whose they were. */
  readonly discarded: readonly {
    readonly reason: string;
    readonly subject: string;
    readonly windows: number;
  }[];
}

/** The folder of a windows stage. */
export interface WindowsFolder {
  readonly facts: WindowsFacts;
  readonly table: readonly WindowRow[];
  /** Position of a window by its id. Throws RangeError for an unknown one. */
  position(id: string): number;
  /** The samples, normalised as `scale` says where the scope is the training fold. */
  rows(scale: Scale | null): RowReader;
}

/** Reads `recordings.csv`; a label is a number where its range is one. */
export function readRecordings(folder: string): RecordingRow[] {
  const { ranges } = readJson<WindowsFacts>(folder, "facts.json");
  return readCsv(Deno.readTextFileSync(join(folder, "recordings.csv"))).map((row) => ({
    id: row.id,
    subject: row.subject,
    session: row.session,
    stimulus: row.stimulus,
    labels: Object.fromEntries(
      Object.entries(ranges).map(([name, range]) => {
        const value = row[`label:${name}`];
        if (value === "") return [name, null];
        return [name, "from" in range ? Number(value) : value];
      }),
    ),
  }));
}

/** Reads `annotations.csv`; undefined where the dataset has no marks. */
export function readMarks(folder: string): RecordingMarks | undefined {
  const { hasMarks, sampleRateHz } = readJson<WindowsFacts>(folder, "facts.json");
  if (!hasMarks) return undefined;
  const annotations = new Map<string, TimedAnnotation[]>();
  for (
    const { recording, seconds, symbol, text } of readCsv(
      Deno.readTextFileSync(join(folder, "annotations.csv")),
    )
  ) {
    const known = annotations.get(recording) ?? [];
    known.push({ seconds: Number(seconds), symbol, text });
    annotations.set(recording, known);
  }
  return { sampleRateHz, annotations };
}

/** Reads `ratings.csv`; undefined where no label changes over a recording. */
export function readRatings(folder: string): WindowRatings | undefined {
  const { changing } = readJson<WindowsFacts>(folder, "facts.json");
  if (changing.length === 0) return undefined;
  const byLabel = new Map(changing.map((label) => [label, new Map<string, WindowRating>()]));
  for (const row of readCsv(Deno.readTextFileSync(join(folder, "ratings.csv")))) {
    const [mean, lowest, highest] = [row.mean, row.lowest, row.highest].map(Number);
    byLabel.get(row.label)?.set(row.window, { mean, lowest, highest });
  }
  return byLabel;
}

/** Appends numbers to a file of float32 rows. */
export function writeAll(file: Deno.FsFile, values: Float32Array): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
}

/** Opens the features of all windows; their number follows from the size. */
export function openFeatures(folder: string, windows: number): RowReader {
  const path = join(folder, "features.f32");
  return openRows(path, Deno.statSync(path).size / 4 / windows);
}

/** Statistics of a training fold, to be applied to every window that is read. */
export interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

/** Opens the folder of a windows stage. */
export function openWindows(folder: string): WindowsFolder {
  const facts = readJson<WindowsFacts>(folder, "facts.json");
  const table = readWindowTable(Deno.readTextFileSync(join(folder, "windows.csv")));
  const positions = new Map(table.map(({ id }, position) => [id, position]));
  return {
    facts,
    table,
    position(id) {
      const position = positions.get(id);
      if (position === undefined) {
        throw new RangeError(`Cannot find a window: its id must be in ${folder}, got ${id}`);
      }
      return position;
    },
    rows(scale) {
      const rows = openRows(join(folder, "windows.f32"), facts.samples);
      return scale === null ? rows : scaled(rows, scale);
    },
  };
}

function scaled(rows: RowReader, scale: Scale): RowReader {
  return { ...rows, read: (positions) => standardize(rows.read(positions), scale) };
}

/** The folds and the certificate of a split stage. */
export function openSplit(folder: string): SplitFile {
  return readSplit(Deno.readTextFileSync(join(folder, "split.json")));
}

/** One fold of a split stage. */
export function openFold(folder: string, fold: number): Fold {
  return openSplit(folder).folds[fold];
}

/** The normalisation that belongs to a fold; null where it belongs to the windows. */
export function openScale(folder: string | undefined, fold: number | null): Scale | null {
  return folder === undefined || fold === null ? null : readJson<Scale[]>(folder, "scales.json")[fold];
}

/** The columns of `labels.csv` of training and sealed labels. */
export const LABEL_COLUMNS = ["window", "subject", "class", "role"] as const;

/** A labelled window as `training-labels` and `sealed-labels` give it. */
export interface LabelledWindow {
  readonly window: string;
  readonly subject: string;
  /** Index into the classes. */
  readonly class: number;
  readonly role: "train" | "validation" | "test";
  /** Whether it is easily taken for the positive class without being it; told of test windows alone. */
  readonly isHardNegative: boolean;
}

/** Reads `labels.csv` of training or sealed labels. */
export function readLabelledWindows(folder: string): LabelledWindow[] {
  return readCsv(Deno.readTextFileSync(join(folder, "labels.csv"))).map((row) => ({
    window: row.window,
    subject: row.subject,
    class: Number(row.class),
    role: row.role as LabelledWindow["role"],
    isHardNegative: row.hardNegative === "1",
  }));
}

/** The dataset that the windows are of: the first part of the name of every recording. */
export function datasetName({ table: [{ recording }] }: WindowsFolder): string {
  return recording.split("/")[0];
}

/** Whom an encoder has seen without labels; `exposure.json`. */
export interface Exposure {
  /** The dataset that they are of; empty where nobody was seen. */
  readonly corpus: string;
  readonly subjects: readonly string[];
  readonly recordings: readonly string[];
  /** Where the encoder comes from, when it was given as a file; absent when it was pretrained here. */
  readonly given?: EncoderOrigin;
}
