/**
 * The beats and rhythms of a recording in the order of time.
 *
 * @module
 */
import type { TimedAnnotation } from "../formats/window_table.ts";
import { isBeat } from "../formats/wfdb/annotation_codes.ts";

/** A stretch of time in a recording, `[start, end)`, in seconds since its first sample. */
export interface Span {
  /** The first moment that belongs to it. */
  readonly start: number;
  /** The first moment after it. */
  readonly end: number;
}

/** A stretch of one rhythm; the last of a recording has no end but Infinity. */
export interface Rhythm extends Span {
  /** Its name, as in `AFIB`. */
  readonly name: string;
}

/** What is marked in a recording, made for being asked window by window. */
export interface Timeline {
  /** The heartbeats in the order of time. */
  readonly beats: readonly TimedAnnotation[];
  /** The rhythms in the order of time; none lasts no time. */
  readonly rhythms: readonly Rhythm[];
}

/**
 * Reads the timeline of a recording from its annotations, which must be in the order of time.
 *
 * A beat is an annotation whose symbol marks one ({@link isBeat}). A rhythm holds from its annotation, `+` with a text
 * such as `(AFIB`, to the next such annotation, whatever that one says, or for the rest of the recording. Space and NUL
 * after the name are no part of it; a `+` without a name is ignored. Before the first there is no rhythm.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const timeline = timelineOf([
 *   { seconds: 0.5, symbol: "+", text: "(N" },
 *   { seconds: 0.8, symbol: "N", text: "" },
 *   { seconds: 1.2, symbol: "+", text: "(AFIB\0" },
 * ]);
 * assert.deepEqual(timeline.beats.map(({ seconds }) => seconds), [0.8]);
 * assert.deepEqual(timeline.rhythms, [
 *   { name: "N", start: 0.5, end: 1.2 },
 *   { name: "AFIB", start: 1.2, end: Infinity },
 * ]);
 * ```
 */
export function timelineOf(annotations: readonly TimedAnnotation[]): Timeline {
  const changes = annotations.flatMap((annotation) => {
    const name = rhythmOf(annotation);
    return name === undefined ? [] : [{ name, start: annotation.seconds }];
  });
  return {
    beats: annotations.filter(({ symbol }) => isBeat(symbol)),
    rhythms: changes
      .map((change, index) => ({ ...change, end: changes[index + 1]?.start ?? Infinity }))
      .filter(({ start, end }) => start < end),
  };
}

/**
 * The beats at `start` or later and before `end`, found by bisection.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const beats = [1, 2, 3].map((seconds) => ({ seconds, symbol: "N", text: "" }));
 * assert.deepEqual(beatsIn({ beats, rhythms: [] }, { start: 1, end: 3 }), beats.slice(0, 2));
 * ```
 */
export function beatsIn({ beats }: Timeline, { start, end }: Span): readonly TimedAnnotation[] {
  return beats.slice(firstFrom(beats, start), firstFrom(beats, end));
}

/** The names of the rhythms that hold at some moment of a span, in the order of time. */
export function rhythmsIn({ rhythms }: Timeline, { start, end }: Span): string[] {
  return rhythms.filter((rhythm) => rhythm.start < end && rhythm.end > start).map(({ name }) => name);
}

function rhythmOf({ symbol, text }: TimedAnnotation): string | undefined {
  return symbol === "+" ? /^\(([^\s\0].*?)[\s\0]*$/.exec(text)?.[1] : undefined;
}

/** The position of the first beat at this moment or later; the number of beats where there is none. */
function firstFrom(beats: readonly TimedAnnotation[], seconds: number): number {
  let low = 0, high = beats.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (beats[middle].seconds < seconds) low = middle + 1;
    else high = middle;
  }
  return low;
}
