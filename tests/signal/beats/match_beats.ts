/** Holds detected beats to annotated ones. */

/** How two series of beats agree. */
export interface BeatMatch {
  /** Annotated beats that were detected. */
  readonly matched: number;
  /** Annotated beats without a detected one. */
  readonly missed: number[];
  /** Detected beats without an annotated one. */
  readonly extra: number[];
}

/**
 * Matches beats one to one, no pair farther apart than the tolerance, as many pairs as there can be.
 *
 * Both series increase; all are positions of samples. Taking the first pair that is near enough loses none: whatever matching
 * there is, its first pair can be replaced by this one.
 */
export function matchBeats(
  { annotated, detected }: { annotated: ArrayLike<number>; detected: ArrayLike<number> },
  { tolerance }: { tolerance: number },
): BeatMatch {
  const missed: number[] = [], extra: number[] = [];
  let matched = 0, next = 0;
  for (const beat of Array.from(annotated)) {
    while (detected[next] < beat - tolerance) extra.push(detected[next++]);
    if (detected[next] <= beat + tolerance) {
      matched++;
      next++;
    } else missed.push(beat);
  }
  while (next < detected.length) extra.push(detected[next++]);
  return { matched, missed, extra };
}

/** Counts of many matches together. */
export interface BeatScore {
  /** Annotated beats. */
  readonly annotated: number;
  /** Annotated beats that were missed. */
  readonly missed: number;
  /** Detected beats that are none. */
  readonly extra: number;
  /** Matched of annotated beats. */
  readonly sensitivity: number;
  /** Matched of detected beats. */
  readonly positivePredictiveValue: number;
}

/** Pools matches: every beat counts alike. */
export function poolMatches(matches: readonly BeatMatch[]): BeatScore {
  const sum = (count: (match: BeatMatch) => number) =>
    matches.reduce((total, match) => total + count(match), 0);
  const matched = sum((match) => match.matched);
  const missed = sum((match) => match.missed.length), extra = sum((match) => match.extra.length);
  return {
    annotated: matched + missed,
    missed,
    extra,
    sensitivity: matched / (matched + missed),
    positivePredictiveValue: matched / (matched + extra),
  };
}
