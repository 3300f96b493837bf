/**
 * Heart-rate variability in time, in frequency and beyond, with what each feature needs.
 *
 * @module
 */
import { sampleEntropy } from "./entropy.ts";
import { type NormalIntervals, normalIntervals } from "./intervals.ts";
import { bandPower, lombScargle } from "./spectrum.ts";

/** A feature, or the reason why there is none. */
export type Measured = { readonly value: number } | { readonly value: null; readonly reason: string };

/** What a feature is, its unit, and the least that it needs. */
export interface VariabilityFeature {
  /** In words, with the equation. */
  readonly about: string;
  /** The unit of its value; n.u. are hundredths of a total. */
  readonly unit: "ms" | "ms2" | "1/min" | "%" | "n.u." | "1";
  /** The shortest recording in seconds. */
  readonly leastSeconds?: number;
  /** The fewest intervals between normal beats; 2 unless it says more. */
  readonly leastIntervals?: number;
}

/** The bands' upper limits in Hz (Task Force 1996); a band begins above the one before. */
const BANDS = { vlf: 0.04, lf: 0.15, hf: 0.4 } as const;

/** The difference in seconds above which pNN50 counts; rounding must not lift 50 ms over it. */
const FIFTY_MS = 0.05 + 1e-9;
/** Sample entropy compares stretches of two intervals within a fifth of their deviation. */
const ENTROPY = { length: 2, share: 0.2 } as const;

const LF_SECONDS = 120, HF_SECONDS = 60, VLF_SECONDS = 300;

/** Every feature of {@link variability}. */
export const VARIABILITY_FEATURES = {
  meanRr: { about: "mean of NN, the intervals between normal beats", unit: "ms" },
  meanRate: { about: "60,000 / mean of NN", unit: "1/min" },
  sdnn: { about: "standard deviation of NN, divisor n - 1", unit: "ms" },
  rmssd: { about: "root mean square of differences between successive NN, divisor their number", unit: "ms" },
  pnn50: { about: "differences of strictly more than 50 ms, over all differences", unit: "%" },
  vlf: { about: "power up to 0.04 Hz", unit: "ms2", leastSeconds: VLF_SECONDS },
  lf: { about: "power above 0.04 and up to 0.15 Hz", unit: "ms2", leastSeconds: LF_SECONDS },
  hf: { about: "power above 0.15 and up to 0.4 Hz", unit: "ms2", leastSeconds: HF_SECONDS },
  total: { about: "power up to 0.4 Hz", unit: "ms2", leastSeconds: VLF_SECONDS },
  lfNormalized: { about: "LF / (total - VLF), in hundredths", unit: "n.u.", leastSeconds: LF_SECONDS },
  hfNormalized: { about: "HF / (total - VLF), in hundredths", unit: "n.u.", leastSeconds: LF_SECONDS },
  lfOverHf: { about: "LF / HF, a ratio of powers and no more", unit: "1", leastSeconds: LF_SECONDS },
  sd1: { about: "sqrt(var(differences) / 2): the width of the Poincare plot", unit: "ms", leastIntervals: 3 },
  sd2: {
    about: "sqrt(2 SDNN^2 - var(differences) / 2): the length of the Poincare plot",
    unit: "ms",
    leastIntervals: 3,
  },
  // Two hundred beats.
  sampleEntropy: {
    about: "-ln(A / B) of NN with m = 2 and r = 0.2 SDNN",
    unit: "1",
    leastIntervals: 199,
  },
} as const satisfies Record<string, VariabilityFeature>;

/** The name of a feature. */
export type VariabilityName = keyof typeof VARIABILITY_FEATURES;

/**
 * Heart-rate variability of a recording from the times of its beats.
 *
 * Only intervals between two normal beats that follow each other count; where `isNormal` is left out all beats are normal. A feature is empty,
 * with the reason, below the duration or number of intervals that {@link VARIABILITY_FEATURES} states, and where its equation has
 * no value. Frequencies are those of the Lomb-Scargle periodogram of NN at the times of their second beats, whose integral is the
 * variance of NN.
 *
 * Takes rising seconds. Throws as {@link normalIntervals} does.
 *
 * Source: Task Force of the ESC and NASPE, Circulation 93 (1996) 1043; Brennan et al., IEEE Trans. Biomed. Eng. 48 (2001) 1342 (SD1, SD2);
 * Richman & Moorman 2000 (sample entropy). What LF / HF says of the nervous system is disputed: Billman, Front. Physiol. 4 (2013) 26.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { meanRr, pnn50, lf } = variability([0, 1, 2.1, 3.1]);
 * assert.ok("value" in meanRr && Math.abs((meanRr.value ?? 0) - 1033.33) < 0.01);
 * assert.deepEqual(pnn50, { value: 100 });
 * assert.deepEqual(lf, { value: null, reason: "needs 120 s, got 3.1 s" });
 * ```
 */
export function variability(
  beatSeconds: ArrayLike<number>,
  options: { readonly isNormal?: readonly boolean[] } = {},
): Readonly<Record<VariabilityName, Measured>> {
  const normal = normalIntervals(beatSeconds, options);
  const values = normal.intervals.length < 2 ? {} : { ...inTime(normal), ...inFrequency(normal) };
  const entries = Object.entries(VARIABILITY_FEATURES).map(([name, feature]) =>
    [name, measured(values[name as VariabilityName] ?? null, { feature, normal })] as const
  );
  return Object.fromEntries(entries) as Record<VariabilityName, Measured>;
}

function measured(
  value: number | null,
  { feature, normal }: { feature: VariabilityFeature; normal: NormalIntervals },
): Measured {
  const { leastSeconds = 0, leastIntervals = 2 } = feature, count = normal.intervals.length;
  if (normal.durationSeconds < leastSeconds) {
    const got = Number(normal.durationSeconds.toFixed(1));
    return { value: null, reason: `needs ${leastSeconds} s, got ${got} s` };
  }
  if (count < leastIntervals) {
    return { value: null, reason: `needs ${leastIntervals} intervals between normal beats, got ${count}` };
  }
  return value === null || !Number.isFinite(value)
    ? { value: null, reason: "has no value for these intervals" }
    : { value };
}

type Values = Partial<Record<VariabilityName, number | null>>;

function inTime({ intervals, differences }: NormalIntervals): Values {
  const mean = average(intervals), sdnn = Math.sqrt(variance(intervals));
  const ofDifferences = differences.length < 2 ? NaN : variance(differences);
  const large = differences.filter((difference) => Math.abs(difference) > FIFTY_MS).length;
  return {
    meanRr: 1000 * mean,
    meanRate: 60 / mean,
    sdnn: 1000 * sdnn,
    rmssd: 1000 * Math.sqrt(average(differences.map((difference) => difference ** 2))),
    pnn50: 100 * large / differences.length,
    sd1: 1000 * Math.sqrt(ofDifferences / 2),
    sd2: 1000 * Math.sqrt(Math.max(0, 2 * sdnn ** 2 - ofDifferences / 2)),
    sampleEntropy: intervals.length < VARIABILITY_FEATURES.sampleEntropy.leastIntervals
      ? null
      : sampleEntropy(intervals, { length: ENTROPY.length, tolerance: ENTROPY.share * sdnn }),
  };
}

function inFrequency({ intervals, seconds, durationSeconds }: NormalIntervals): Values {
  if (durationSeconds < HF_SECONDS || intervals.length < 3) return {};
  const spectrum = lombScargle(intervals.map((interval) => 1000 * interval), seconds);
  const vlf = bandPower(spectrum, { from: 0, to: BANDS.vlf });
  const lf = bandPower(spectrum, { from: BANDS.vlf, to: BANDS.lf });
  const hf = bandPower(spectrum, { from: BANDS.lf, to: BANDS.hf });
  return {
    vlf,
    lf,
    hf,
    total: vlf + lf + hf,
    lfNormalized: 100 * lf / (lf + hf),
    hfNormalized: 100 * hf / (lf + hf),
    lfOverHf: lf / hf,
  };
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** With the divisor n - 1. */
function variance(values: Float64Array): number {
  const mean = average(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
