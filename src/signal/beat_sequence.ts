/**
 * Which of the possible beats are beats: those that together make the most credible sequence.
 *
 * @module
 */
import { movingMedian } from "./moving.ts";
import type { QrsCandidates } from "./qrs_candidates.ts";

/**
 * What is weighed, in natural logarithms. Found by random search on the records of DS1 of the MIT-BIH Arrhythmia Database
 * alone (first signals, and second ones at a tenth of the weight), and rounded.
 */
const MODEL = {
  /** A first guess takes candidates above this share of the strength around them. */
  firstShare: 0.4,
  /** No two beats are nearer to each other. */
  refractorySeconds: 0.26,
  /** Beats and intervals on either side that say what is usual here. */
  neighbours: 12,
  /** A candidate gains ln(strength / (share level^(1 - w) noise^w)) with this share. */
  share: 0.5,
  /** The w of the line above: 0 would compare with beats alone, 1 with what lies between them alone. */
  noiseWeight: 1 / 3,
  /** Noise counts as at least this share of the level, so that a clean signal does not make a beat of every ripple. */
  leastNoise: 0.05,
  /** An interval r times as long as usual costs min(most, weight ln^2 r): premature beats are common, ... */
  short: { weight: 3, most: 0.35 },
  /** ... and so are pauses, but a missed beat is more likely. */
  long: { weight: 0.5, most: 0.6 },
  /** Beyond so many usual intervals a longer one costs no more: 0.5 ln^2 3 = 0.6. */
  longest: 3,
  /** How often what is usual is taken from the sequence, and the sequence from what is usual. */
  rounds: 2,
} as const;

/**
 * The candidates that are beats, as their indexes in order.
 *
 * Chooses the sequence with the largest sum of gains (how far a candidate rises above what lies between beats towards what
 * beats are around here) less costs (how unusual the intervals are), by dynamic programming. What is usual are
 * medians over the sequence before; the first is all candidates above a share of the level. A sequence of two beats or
 * fewer tells nothing and stays as it is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * // Beats each second, one of them weak, and something as weak in between.
 * const positions = Int32Array.of(100, 200, 300, 400, 430, 500, 600);
 * const strengths = Float64Array.of(1, 1, 1, 0.3, 0.3, 1, 1), levels = new Float64Array(7).fill(1);
 * const beats = beatSequence({ positions, strengths, levels }, { sampleRateHz: 100 });
 * assert.deepEqual(beats, Int32Array.of(0, 1, 2, 3, 5, 6));
 * ```
 */
export function beatSequence(
  candidates: QrsCandidates,
  { sampleRateHz }: { sampleRateHz: number },
): Int32Array {
  const refractory = MODEL.refractorySeconds * sampleRateHz;
  let beats = firstGuess(candidates, { refractory });
  for (let round = 0; round < MODEL.rounds && beats.length > 2; round++) {
    beats = bestSequence(candidates, { ...judge(candidates, { beats }), refractory });
  }
  return Int32Array.from(beats);
}

function firstGuess(
  { positions, strengths, levels }: QrsCandidates,
  { refractory }: { refractory: number },
): number[] {
  const beats: number[] = [];
  for (let index = 0; index < positions.length; index++) {
    if (strengths[index] <= MODEL.firstShare * levels[index]) continue;
    const before = beats.at(-1);
    if (before === undefined || positions[index] - positions[before] >= refractory) beats.push(index);
    else if (strengths[index] > strengths[before]) beats[beats.length - 1] = index;
  }
  return beats;
}

/** What a sequence of beats says of every candidate, `[candidates]`. */
interface Judgement {
  /** What the candidate adds to a sequence. */
  readonly gains: Float64Array;
  /** The interval that is usual around it, in samples. */
  readonly intervals: Float64Array;
}

function judge(
  { positions, strengths }: QrsCandidates,
  { beats }: { beats: readonly number[] },
): Judgement {
  const options = { halfWidth: MODEL.neighbours }, after = beats.slice(1);
  const levels = movingMedian(Float64Array.from(beats, (beat) => strengths[beat]), options);
  const intervals = movingMedian(
    Float64Array.from(after, (beat, index) => positions[beat] - positions[beats[index]]),
    options,
  );
  const noises = movingMedian(
    Float64Array.from(after, (beat, index) => Math.max(0, ...strengths.subarray(beats[index] + 1, beat))),
    options,
  );
  const judgement = {
    gains: new Float64Array(positions.length),
    intervals: new Float64Array(positions.length),
  };
  const { share, noiseWeight, leastNoise } = MODEL;
  const distance = (beat: number, position: number) => Math.abs(positions[beats[beat]] - position);
  let nearest = 0;
  positions.forEach((position, index) => {
    while (
      nearest + 1 < beats.length && distance(nearest + 1, position) <= distance(nearest, position)
    ) nearest++;
    const interval = Math.min(nearest, intervals.length - 1), level = levels[nearest];
    const noise = Math.max(noises[interval], leastNoise * level);
    judgement.intervals[index] = intervals[interval];
    judgement.gains[index] = Math.log(
      strengths[index] / (share * level ** (1 - noiseWeight) * noise ** noiseWeight),
    );
  });
  return judgement;
}

function bestSequence(
  { positions }: QrsCandidates,
  { gains, intervals, refractory }: Judgement & { refractory: number },
): number[] {
  const count = positions.length;
  /** The best sum of a sequence that ends with each candidate, the candidate before it, and the best end so far. */
  const sums = new Float64Array(count), before = new Int32Array(count), bestEnd = new Int32Array(count);
  for (let index = 0; index < count; index++) {
    const position = positions[index], interval = intervals[index];
    // The signal begins within an interval: only a long wait tells of a missed beat.
    let best = -costOf(Math.max(1, position / interval)), from = -1;
    for (let earlier = index - 1; earlier >= 0; earlier--) {
      const distance = position - positions[earlier];
      if (distance < refractory) continue;
      const isFar = distance > MODEL.longest * interval;
      // All that are farther away cost the same, so the best of them is enough.
      const end = isFar ? bestEnd[earlier] : earlier;
      const sum = sums[end] - (isFar ? MODEL.long.most : costOf(distance / interval));
      if (sum > best) [best, from] = [sum, end];
      if (isFar) break;
    }
    sums[index] = gains[index] + best;
    before[index] = from;
    bestEnd[index] = index > 0 && sums[bestEnd[index - 1]] >= sums[index] ? bestEnd[index - 1] : index;
  }
  const sequence: number[] = [];
  for (let index = bestEnd[count - 1]; index >= 0; index = before[index]) sequence.push(index);
  return sequence.reverse();
}

/** The cost of an interval that is `ratio` times as long as usual. */
function costOf(ratio: number): number {
  const { weight, most } = ratio < 1 ? MODEL.short : MODEL.long;
  return Math.min(most, weight * Math.log(ratio) ** 2);
}
