/**
 * Reading a recording's label against the range that its dataset declares.
 *
 * @module
 */
import { unknownName } from "../manifest/choice.ts";
import { show } from "../manifest/show.ts";
import type { LabelRange, RecordingRow } from "../formats/window_table.ts";

/** A label by name, with all the ranges that the dataset declares. */
export interface NamedLabel {
  /** Its name. */
  readonly label: string;
  /** The ranges of all labels, by name. */
  readonly ranges: Readonly<Record<string, LabelRange>>;
}

/**
 * The range of a rating.
 *
 * Throws RangeError for an unknown label and TypeError for one that is a condition.
 */
export function ratingRange({ label, ranges }: NamedLabel): { readonly from: number; readonly to: number } {
  const range = findRange({ label, ranges });
  if ("from" in range) return range;
  throw new TypeError(
    `Cannot read ratings: the label "${label}" must be a number, got one of ${range.values.join(", ")}`,
  );
}

/**
 * The values of a condition.
 *
 * Throws RangeError for an unknown label and TypeError for one that is a rating.
 */
export function conditionValues({ label, ranges }: NamedLabel): readonly string[] {
  const range = findRange({ label, ranges });
  if ("values" in range) return range.values;
  throw new TypeError(
    `Cannot read conditions: the label "${label}" must be one of named values, got a number from ${range.from} to ${range.to}`,
  );
}

/**
 * A recording's rating, or null where it is missing.
 *
 * Throws TypeError when it is no number and RangeError when it lies outside the range.
 */
export function readRating(
  recording: RecordingRow,
  { label, from, to }: { label: string; from: number; to: number },
): number | null {
  const value = recording.labels[label] ?? null;
  if (value === null) return null;
  if (typeof value !== "number") {
    throw new TypeError(`Cannot read "${label}" of ${recording.id}: it must be a number, got ${show(value)}`);
  }
  if (!(value >= from && value <= to)) {
    throw new RangeError(
      `Cannot read "${label}" of ${recording.id}: it must lie between ${from} and ${to}, got ${value}`,
    );
  }
  return value;
}

/**
 * A recording's condition, or null where it is missing.
 *
 * Throws RangeError when it is none of the values.
 */
export function readCondition(
  recording: RecordingRow,
  { label, values }: { label: string; values: readonly string[] },
): string | null {
  const value = recording.labels[label] ?? null;
  if (value === null) return null;
  const known = values.find((candidate) => candidate === value);
  if (known !== undefined) return known;
  throw new RangeError(
    `Cannot read "${label}" of ${recording.id}: it must be one of ${values.join(", ")}, got ${show(value)}`,
  );
}

function findRange({ label, ranges }: NamedLabel): LabelRange {
  if (Object.hasOwn(ranges, label)) return ranges[label];
  throw unknownName({ what: "label", name: label, known: Object.keys(ranges) });
}
