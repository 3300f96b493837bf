/**
 * One file of POPANE as a recording.
 *
 * @module
 */
import { readNumbers } from "../../formats/number_table.ts";
import type { Recording } from "../dataset.ts";
import { openFile } from "../files.ts";
import type { Track } from "../tracks.ts";
import type { StimulusFile } from "./folder.ts";
import { type PopaneHeader, positionOf } from "./header.ts";
import type { PopaneParameters } from "./schema.ts";

/** A file whose head has been read. */
export interface OpenedFile extends StimulusFile {
  readonly header: PopaneHeader;
}

const SAMPLE_RATE_HZ = 1000, BASELINE_MARKER = -1;

/**
 * The lead `ECG` in mV at 1000 Hz, the condition, and the rating `affect` over time where the file has that column; null when every
 * sample of the electrocardiogram is missing.
 *
 * Throws RangeError, with file and line, for a rating outside its range, and for a marker that says baseline in another file or
 * something else in a baseline; SyntaxError for a cell that is no number.
 */
export function readRecording(
  file: OpenedFile,
  { id, labels, parameters: { affect: range, markers } }: {
    id: string;
    labels: readonly string[];
    parameters: PopaneParameters;
  },
): Recording | null {
  const { header, path, stimulus } = file;
  using source = openFile(path);
  const { table } = header,
    columns = ["ECG", "affect", "marker"]
      .map((name) => ({ name, position: positionOf(name, header) }))
      .filter(({ position }) => position >= 0);
  const read = readNumbers(source, { table, columns });
  const named = (name: string) => read.find((_, index) => columns[index].name === name);
  const samples = named("ECG") ?? new Float64Array(), affect = named("affect"), marker = named("marker");
  const lineOf = (row: number) => table.line + row;
  const outside = affect?.findIndex((value) => value < range.from || value > range.to) ?? -1;
  if (affect !== undefined && outside !== -1) {
    throw new RangeError(
      `${path}: Cannot read line ${
        lineOf(outside)
      }: "affect" must be a number from ${range.from} to ${range.to}, ` +
        `got ${affect[outside]}`,
    );
  }
  const isBaseline = stimulus.toLowerCase() === "baseline";
  const strange = markers === "ignore" || marker === undefined
    ? -1
    : marker.findIndex((value) => !Number.isNaN(value) && (value === BASELINE_MARKER) !== isBaseline);
  if (marker !== undefined && strange !== -1) {
    throw new RangeError(
      `${path}: Cannot read line ${lineOf(strange)}: "marker" must ${isBaseline ? "" : "not "}be ` +
        `${BASELINE_MARKER}, as of a baseline, got ${
          marker[strange]
        }; "markers: ignore" takes the name of the file`,
    );
  }
  if (samples.every(Number.isNaN)) return null;
  return {
    id,
    file: path,
    subject: file.subject,
    session: file.study,
    stimulus,
    sampleRateHz: SAMPLE_RATE_HZ,
    leads: [{ name: "ECG", unit: "mV", samples }],
    labels: Object.fromEntries(labels.map((label) => [label, label === "condition" ? stimulus : null])),
    ...affect === undefined ? {} : { tracks: { affect: trackOf(affect) } },
  };
}

/** A rating for each sample, as the times at which it changes. */
function trackOf(values: Float64Array): Track {
  const changes = Array.from(values.keys()).filter((row) =>
    row === 0 || !Object.is(values[row], values[row - 1])
  );
  return {
    seconds: Float64Array.from(changes, (row) => row / SAMPLE_RATE_HZ),
    values: Float64Array.from(changes, (row) => values[row]),
  };
}
