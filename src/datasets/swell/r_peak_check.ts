/**
 * Whether a channel is an electrocardiogram: public code disagrees on which one is.
 *
 * @module
 */
import type { ByteSource } from "../../formats/bytes.ts";
import type { Poly5Header } from "../../formats/poly5/header.ts";
import { readPoly5Samples } from "../../formats/poly5/samples.ts";
import { butterworthBandpass } from "../../signal/bandpass.ts";
import { filterZeroPhase } from "../../signal/filter.ts";
import { hasPlausibleRate, kurtosis, PLAUSIBILITY } from "../../signal/plausibility.ts";
import { detectRPeaks } from "../../signal/r_peaks.ts";

const WINDOW_SECONDS = 10, MOST_WINDOWS = 30;
/** The band in which peaks are compared with the rest. */
const BAND = { fromHz: 1, toHz: 40, order: 2 } as const;
/** The least that the median peak is, in root mean squares of its window. */
const LEAST_PEAK = 2;
/** The share of windows that must hold beats; an hour at a desk has bad ones. */
const LEAST_SHARE = 0.5;

/**
 * Throws RangeError unless R-peaks are found in half of up to 30 windows of 10 s that are spread evenly over the channel: peaks that
 * stand out from the rest, at a plausible rate. The message names the channels in which they are.
 */
export function requireRPeaks(
  source: ByteSource,
  header: Poly5Header,
  { channel, name }: { channel: number; name: string },
): void {
  const share = rPeakShare(source, header, channel);
  if (share >= LEAST_SHARE) return;
  const others = header.channels.flatMap((other, index) =>
    index !== channel && rPeakShare(source, header, index) >= LEAST_SHARE
      ? [`${index + 1} (${other.name})`]
      : []
  );
  throw new RangeError(
    `${source.file}: Cannot take the electrocardiogram: channel ${
      channel + 1
    } (${name}) must hold R-peaks, got them in ` +
      `${Math.round(100 * share)}% of its windows; ` +
      (others.length === 0
        ? `no channel holds them: "exclude" leaves the block out`
        : `"ecgChannel" can name another: they are found in ${others.join(", ")}`),
  );
}

/** The share of windows with R-peaks. */
function rPeakShare(source: ByteSource, header: Poly5Header, channel: number): number {
  const { samples, sampleRateHz } = header;
  const length = Math.min(samples, WINDOW_SECONDS * sampleRateHz), seconds = length / sampleRateHz;
  const windows = Math.min(MOST_WINDOWS, Math.floor(samples / length));
  const isBeating = (index: number) => {
    const from = Math.floor(index * samples / windows);
    const [window] = readPoly5Samples(source, header, { channels: [channel], from, to: from + length });
    if (kurtosis(window, { sampleRateHz }) < PLAUSIBILITY.kurtosis) return false;
    const peaks = Array.from(detectRPeaks(window, { sampleRateHz }));
    return hasPlausibleRate(peaks.map((peak) => peak / sampleRateHz), { seconds }) &&
      medianPeak(window, { peaks, sampleRateHz }) >= LEAST_PEAK;
  };
  return Array.from({ length: windows }, (_, index) => isBeating(index)).filter(Boolean).length / windows;
}

/** A slow signal has no peaks but those that a filter makes at the ends of a window: the others are small beside them. */
function medianPeak(
  window: Float64Array,
  { peaks, sampleRateHz }: { peaks: readonly number[]; sampleRateHz: number },
): number {
  const filtered = filterZeroPhase(window, butterworthBandpass({ ...BAND, sampleRateHz }));
  const rms = Math.sqrt(filtered.reduce((sum, value) => sum + value * value, 0) / filtered.length);
  const heights = peaks.map((peak) => Math.abs(filtered[peak])).sort((left, right) => left - right);
  return heights[heights.length >> 1] / rms;
}
