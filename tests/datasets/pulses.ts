/** Something that beats: what a recording needs to be cut into windows that are no copies of another person's. */

/**
 * Whole numbers with a pulse of some 1000 at every beat, over the lowest bits of a converter; its height tells rates apart whose intervals
 * round to the same number of samples.
 */
export function pulses({ seconds, rateHz, bpm }: { seconds: number; rateHz: number; bpm: number }): number[] {
  const interval = Math.round(60 / bpm * rateHz), width = rateHz / 50;
  return Array.from(
    { length: seconds * rateHz },
    (_, index) => ((index + rateHz / 2) % interval < width ? 1000 + bpm : 0) + index * 7919 % 13,
  );
}
