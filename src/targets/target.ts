/**
 * What a target is: a rule that gives windows their classes.
 *
 * @module
 */
import type {
  LabelRange,
  RecordingRow,
  TimedAnnotation,
  WindowRating,
  WindowRow,
} from "../formats/window_table.ts";

/** What a target is made from. */
export interface TargetContext {
  /** Every recording that a window can come from. */
  readonly recordings: Iterable<RecordingRow>;
  /** The labels that the recordings carry, with their ranges. */
  readonly ranges: Readonly<Record<string, LabelRange>>;
  /** What experts or programs marked in the recordings; undefined where the dataset has no marks. */
  readonly marks?: RecordingMarks;
  /** What labels that change over a recording were within windows; undefined where no label does. */
  readonly ratings?: WindowRatings;
}

/** Labels that change over a recording: for each of them what it was within a window, by the window's id; a window where it is missing is left out. */
export type WindowRatings = ReadonlyMap<string, ReadonlyMap<string, WindowRating>>;

/** The marks in recordings, and what places a window among them. */
export interface RecordingMarks {
  /** The rate at which the positions of windows count. */
  readonly sampleRateHz: number;
  /** The marks of each recording that has some, by its id, in the order of time. */
  readonly annotations: ReadonlyMap<string, readonly TimedAnnotation[]>;
}

/** What a window gets: a class, or the reason why it has none. */
export type Outcome = { readonly class: number } | { readonly reason: string };

/** A rule that gives windows their classes. */
export interface Target {
  /** The names of the classes; a class is its position here. */
  readonly classes: readonly string[];
  /** Of two classes the one that binary AUROC and average precision refer to: the last. */
  readonly positive?: number;
  /** Whether all windows of a recording share one class. */
  readonly constantOver: "recording" | "window";
  /** The class of a window of this recording, or null where it has none. */
  assign(window: WindowRow, recording: RecordingRow): number | null;
  /** What {@link isHardNegative} holds for, in words. */
  readonly hardNegatives?: string;
  /**
   * Whether a window of another class than the positive one is of those that are easily taken for it; where it is left out, none is.
   */
  isHardNegative?(window: WindowRow, recording: RecordingRow): boolean;
  /** What {@link assign} gives, with the reason, as in `arousal is missing`, where there is no class. */
  outcome(window: WindowRow, recording: RecordingRow): Outcome;
}

/** The implementation of a target. */
export interface TargetSource<Parameters> {
  /** Throws RangeError or TypeError, with the recording's id, for a label that is not what the dataset declares. */
  prepare(parameters: Parameters, context: TargetContext): Target;
}

/**
 * The target under which every window has the class of its recording.
 *
 * Its methods throw RangeError for a recording that is not among `outcomes`.
 */
export function recordingTarget(
  classes: readonly string[],
  outcomes: ReadonlyMap<string, Outcome>,
): Target {
  return {
    classes,
    positive: classes.length === 2 ? 1 : undefined,
    constantOver: "recording",
    assign: (_window, recording) => classOf(ofRecording(outcomes, recording)),
    outcome: (_window, recording) => ofRecording(outcomes, recording),
  };
}

/** The target under which every window has a class of its own, by what a changing label was within it. */
export function changingTarget(
  classes: readonly string[],
  outcome: (window: WindowRow) => Outcome,
): Target {
  return {
    classes,
    positive: classes.length === 2 ? 1 : undefined,
    constantOver: "window",
    assign: (window) => classOf(outcome(window)),
    outcome,
  };
}

/** The class of an outcome, or null where it is a reason. */
export function classOf(outcome: Outcome): number | null {
  return "class" in outcome ? outcome.class : null;
}

/** What a target keeps for a recording. Throws RangeError for a recording that it doesn't know. */
export function ofRecording<Kept>(kept: ReadonlyMap<string, Kept>, { id }: RecordingRow): Kept {
  const own = kept.get(id);
  if (own === undefined) {
    throw new RangeError(
      `Cannot give a window its class: its recording must be one the target knows, got ${id}`,
    );
  }
  return own;
}
