/**
 * Counts of what passed through an evaluation.
 *
 * @module
 */
import { predictedClass } from "../../evaluation/confusion.ts";
import type { Place, PredictedWindow, SourceWindow } from "./windows.ts";

/** What is counted of one source. */
export interface SourceTally {
  /** Windows that go to the model. */
  windows: number;
  /** Recordings, or files, that were read, and those of them that gave a window. */
  readonly read: Set<string>;
  readonly recordings: Set<string>;
  /** A window of each person. */
  readonly people: Map<string, Place>;
  /** Windows that were left out, by what is wrong with them. */
  readonly discarded: Map<string, number>;
}

/** A tally that has counted nothing. */
export function emptyTally(): SourceTally {
  return {
    windows: 0,
    read: new Set(),
    recordings: new Set(),
    people: new Map(),
    discarded: new Map(),
  };
}

/** Counts a window that goes to the model. */
export function countWindow(tally: SourceTally, place: Place): void {
  tally.windows++;
  tally.recordings.add(place.recording);
  if (place.span !== null && !tally.people.has(place.subject)) tally.people.set(place.subject, place);
}

/** Counts a window that is left out. */
export function countRefused(tally: SourceTally, { verdict }: SourceWindow): void {
  tally.discarded.set(verdict, (tally.discarded.get(verdict) ?? 0) + 1);
}

/** Adds the predicted classes to `counts`, `[classes]`. */
export function countClasses(counts: number[], predicted: readonly PredictedWindow[]): void {
  for (const { probabilities } of predicted) counts[predictedClass(probabilities)]++;
}
