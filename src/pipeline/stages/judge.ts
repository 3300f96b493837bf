/**
 * What becomes of a window by the quality of its signal.
 *
 * @module
 */
import type { Recording } from "../../datasets/dataset.ts";
import { positionsBetween } from "../../signal/between.ts";
import { hasPlausibleRate, kurtosis, PLAUSIBILITY } from "../../signal/plausibility.ts";
import { quality, type Verdict } from "../../signal/quality.ts";
import { detectRPeaks } from "../../signal/r_peaks.ts";
import type { QualityRule } from "../../signal/schema.ts";
import type { originalRange } from "../../signal/window.ts";

/** What a window can be by its signal: the verdict on its samples, or the rule of the manifest that it does not keep to. */
export type WindowVerdict = Verdict | QualityRule;

/** Windows that can't be learned from: samples are missing, or a flat line would be blown up to noise by the z-score. */
const USELESS: readonly WindowVerdict[] = ["non-finite", "flat"];

/** Judges the windows of one recording by its samples before they were resampled and filtered. */
export function judgeOf(
  { sampleRateHz }: Pick<Recording, "sampleRateHz">,
  { original, discard, peaks: known }: {
    original: Float64Array;
    discard: readonly QualityRule[];
    /** R-peaks of the recording, where they have been detected. */
    peaks?: Int32Array;
  },
): (stretch: ReturnType<typeof originalRange>) => WindowVerdict {
  const peaks = discard.includes("implausible-rate")
    ? known ?? detectRPeaks(original, { sampleRateHz })
    : null;
  return ({ start, end }) => {
    const samples = original.subarray(start, end), { verdict } = quality(samples);
    if (USELESS.includes(verdict)) return verdict;
    if (discard.includes("noise") && kurtosis(samples, { sampleRateHz }) < PLAUSIBILITY.kurtosis) {
      return "noise";
    }
    if (peaks !== null) {
      const beats = Array.from(positionsBetween(peaks, { start, end }));
      const seconds = (end - start) / sampleRateHz;
      if (!hasPlausibleRate(beats.map((peak) => (peak - start) / sampleRateHz), { seconds })) {
        return "implausible-rate";
      }
    }
    return verdict;
  };
}

/** Whether a window of this verdict is left out. */
export function isLeftOut(verdict: WindowVerdict, discard: readonly QualityRule[]): boolean {
  return USELESS.includes(verdict) || discard.some((rule) => rule === verdict);
}
