/**
 * When beats fall in a recording: as they were measured, or at one mean rate in every window.
 *
 * @module
 */

/** The beats of a recording. */
export interface Timeline {
  /** R peaks in seconds, ascending. */
  readonly beats: Float64Array;
  /** The recording's length, from time 0. */
  readonly seconds: number;
}

/** Which windows hold which rate. */
export interface EqualMeanRate {
  /** Mean heart rate in beats a minute. */
  readonly bpm: number;
  /** Length of a window. Holds a whole number of beats at that rate. */
  readonly windowSeconds: number;
}

/** The beats as they were: the recording ends with the last one, after which nothing is known. */
export function measuredTimeline(beats: Float64Array): Timeline {
  return { beats, seconds: beats[beats.length - 1] };
}

/**
 * The beats with time scaled so that every window has the same mean rate.
 *
 * With M = bpm * windowSeconds / 60 and measured beats b_0, b_1, ..., block k holds the intervals from b_(kM) to b_((k+1)M):
 *
 *     t_(kM+i) = windowSeconds (k + (b_(kM+i) - b_(kM)) / (b_((k+1)M) - b_(kM))) + 30 / bpm,   0 <= i < M
 *
 * There are as many blocks, and windows, as the intervals fill; those left over are dropped.
 *
 * Equal in every window `[k windowSeconds, (k+1) windowSeconds)`, to rounding: it holds M beats; the first comes half a mean
 * interval, 30 / bpm seconds, after its beginning; and the M intervals from there to the first beat of the next window sum to
 * windowSeconds. So no border is near a beat, and what came of a rate that was higher or lower is gone.
 *
 * What remains: the M-th interval crosses the border, and ends in the next window. The M - 1 whole intervals in a window sum to
 * windowSeconds less that one, so their mean departs from 60 / bpm by (60 / bpm - crossing) / (M - 1), which is the pattern of
 * intervals too. The rounding of measured times is scaled with them. And a faster heart has more blocks, thus more windows.
 *
 * Throws RangeError, which begins with `file`, when the intervals don't fill a window, or when the M-th is at most half the mean,
 * so that the last beat would fall into the next window.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * // Two intervals a window: 1 s and 3 s become 0.5 and 1.5 of the mean, 2 s and 2 s stay alike; 1 s is left over.
 * const beats = Float64Array.of(0, 1, 4, 6, 8, 9);
 * const scaled = equalMeanRateTimeline(beats, { bpm: 60, windowSeconds: 2, file: "beats.tsv" });
 * assert.deepEqual(scaled, { beats: Float64Array.of(0.5, 1, 2.5, 3.5, 4.5), seconds: 4 });
 * ```
 */
export function equalMeanRateTimeline(
  beats: Float64Array,
  { bpm, windowSeconds, file }: EqualMeanRate & { file: string },
): Timeline {
  const perWindow = Math.round(bpm * windowSeconds / 60), halfInterval = 30 / bpm;
  const blocks = Math.floor((beats.length - 1) / perWindow);
  if (blocks === 0) {
    throw new RangeError(
      `${file}: Cannot render windows of ${windowSeconds} s at ${bpm} bpm: there must be at least ${perWindow} intervals, got ${
        beats.length - 1
      }`,
    );
  }
  const times = new Float64Array(blocks * perWindow + 1);
  for (let block = 0; block < blocks; block++) {
    const first = block * perWindow, span = beats[first + perWindow] - beats[first];
    const scaled = (beat: number) => windowSeconds * (beats[beat] - beats[first]) / span;
    for (let beat = first; beat < first + perWindow; beat++) {
      times[beat] = windowSeconds * block + halfInterval + scaled(beat);
    }
    const crossing = windowSeconds - scaled(first + perWindow - 1);
    if (!(crossing > halfInterval)) {
      throw new RangeError(
        `${file}: Cannot render windows of ${windowSeconds} s at ${bpm} bpm: the interval across a border must be longer than ` +
          `half the mean of its window, got ${crossing / (2 * halfInterval)} of it before beat ${
            first + perWindow + 1
          }`,
      );
    }
  }
  times[blocks * perWindow] = windowSeconds * blocks + halfInterval;
  return { beats: times, seconds: windowSeconds * blocks };
}
