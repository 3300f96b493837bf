/**
 * The QRS detector of Pan and Tompkins, as a peer: their filters, thresholds, search back and T-wave rule.
 *
 * Source: Pan & Tompkins, IEEE Trans. Biomed. Eng. 32 (1985) 230; how thresholds begin, which the paper leaves open, and that peaks are
 * maxima at least 200 ms apart is Sedghamiz's (2014).
 *
 * @module
 */
import { resample } from "../../src/signal/resample.ts";

/** The rate that the filters' whole numbers are made for. */
const RATE_HZ = 200;
/** Samples by which low-pass and high-pass delay. */
const DELAY = 5 + 16;
const seconds = (duration: number) => Math.round(duration * RATE_HZ);

/** Positions of QRS complexes, at the rate of the samples. */
export function panTompkins(
  samples: Float64Array,
  { sampleRateHz }: { sampleRateHz: number },
): Int32Array {
  const at200 = resample(samples, { fromHz: sampleRateHz, toHz: RATE_HZ, around: "line" });
  const filtered = highpass(lowpass(at200)), slopes = derivative(filtered);
  const integrated = integrate(slopes.map((slope) => slope * slope));
  return decide(
    maxima(integrated, { apart: seconds(0.2) }).map((position) => {
      const from = Math.max(0, position - seconds(0.15));
      let peak = from, slope = 0;
      for (let time = from; time <= position; time++) {
        if (Math.abs(filtered[time]) > Math.abs(filtered[peak])) peak = time;
        slope = Math.max(slope, Math.abs(slopes[time]));
      }
      return { position: peak, integrated: integrated[position], filtered: Math.abs(filtered[peak]), slope };
    }),
    { integrated: firstLevels(integrated), filtered: firstLevels(filtered.map(Math.abs)) },
  )
    .map((position) => Math.max(0, Math.round((position - DELAY) * sampleRateHz / RATE_HZ)));
}

/** x before the first sample is the first sample: an offset is no step. */
const at = (x: Float64Array, time: number) => x[Math.max(0, time)];

function lowpass(x: Float64Array): Float64Array {
  const y = new Float64Array(x.length), first = x[0];
  for (let n = 0; n < x.length; n++) {
    const input = at(x, n) - 2 * at(x, n - 6) + at(x, n - 12);
    y[n] = 2 * (y[n - 1] ?? 36 * first) - (y[n - 2] ?? 36 * first) + input;
  }
  return y.map((value) => value / 36);
}

function highpass(x: Float64Array): Float64Array {
  const y = new Float64Array(x.length);
  for (let n = 0; n < x.length; n++) {
    y[n] = (y[n - 1] ?? 0) - x[n] / 32 + at(x, n - 16) - at(x, n - 17) + at(x, n - 32) / 32;
  }
  return y;
}

function derivative(x: Float64Array): Float64Array {
  return x.map((value, n) => (2 * value + at(x, n - 1) - at(x, n - 3) - 2 * at(x, n - 4)) / 8);
}

function integrate(x: Float64Array): Float64Array {
  const width = seconds(0.15);
  let sum = 0;
  return x.map((value, n) => {
    sum += value - (x[n - width] ?? 0);
    return sum / width;
  });
}

function maxima(x: Float64Array, { apart }: { apart: number }): number[] {
  const found: number[] = [];
  for (let time = 1; time < x.length - 1; time++) {
    if (x[time] <= x[time - 1] || x[time] < x[time + 1]) continue;
    const before = found.at(-1);
    if (before === undefined || time - before >= apart) found.push(time);
    else if (x[time] > x[before]) found[found.length - 1] = time;
  }
  return found;
}

interface Levels {
  signal: number;
  noise: number;
}

function firstLevels(x: Float64Array): Levels {
  const learning = x.subarray(0, seconds(2));
  const sum = learning.reduce((total, value) => total + value, 0);
  return { signal: Math.max(...learning) / 3, noise: sum / learning.length / 2 };
}

interface Peak {
  readonly position: number;
  readonly integrated: number;
  readonly filtered: number;
  readonly slope: number;
}

const threshold = ({ signal, noise }: Levels) => noise + 0.25 * (signal - noise);

function learn(level: number, { value, weight }: { value: number; weight: number }): number {
  return weight * value + (1 - weight) * level;
}

function decide(peaks: readonly Peak[], levels: { integrated: Levels; filtered: Levels }): Int32Array {
  const beats: Peak[] = [];
  /** The last eight intervals, and the last eight that were regular. */
  const recent: number[] = [];
  let regular: number[] = [], since: Peak[] = [];
  const exceeds = (peak: Peak, share: number) =>
    peak.integrated > share * threshold(levels.integrated) &&
    peak.filtered > share * threshold(levels.filtered);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const isRegular = (interval: number) =>
    regular.length === 0 || (interval >= 0.92 * mean(regular) && interval <= 1.16 * mean(regular));
  const accept = (peak: Peak, weight: number) => {
    for (const key of ["integrated", "filtered"] as const) {
      levels[key].signal = learn(levels[key].signal, { value: peak[key], weight });
    }
    const before = beats.at(-1);
    beats.push(peak);
    if (before === undefined) return;
    const interval = peak.position - before.position;
    recent.push(interval);
    if (recent.length > 8) recent.shift();
    if (isRegular(interval)) regular = [...regular, interval].slice(-8);
    else if (recent.length === 8 && recent.every(isRegular)) regular = [...recent];
  };
  for (const peak of peaks) {
    const before = beats.at(-1);
    const limit = regular.length > 0 ? 1.66 * mean(regular) : Infinity;
    if (before !== undefined && peak.position - before.position > limit) {
      const missed = since.filter((other) =>
        exceeds(other, 0.5) && other.position - before.position >= seconds(0.2)
      ).toSorted((a, b) => b.integrated - a.integrated)[0];
      if (missed !== undefined) {
        accept(missed, 0.25);
        since = since.filter((other) => other.position > missed.position);
      }
    }
    const last = beats.at(-1), distance = last === undefined ? Infinity : peak.position - last.position;
    if (distance < seconds(0.2)) continue;
    // Where the rhythm is irregular both thresholds are halved.
    const share = recent.length === 8 && !recent.every(isRegular) ? 0.5 : 1;
    const isTWave = distance < seconds(0.36) && last !== undefined && peak.slope < last.slope / 2;
    if (exceeds(peak, share) && !isTWave) {
      accept(peak, 0.125);
      since = [];
    } else {
      for (const key of ["integrated", "filtered"] as const) {
        levels[key].noise = learn(levels[key].noise, { value: peak[key], weight: 0.125 });
      }
      since.push(peak);
    }
  }
  return Int32Array.from(beats, ({ position }) => position);
}
