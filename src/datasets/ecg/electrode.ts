/**
 * What electrodes and amplifier make of the heart's signal: polarity, drifting gain, wandering baseline,
 * noise.
 *
 * @module
 */
import type { Stream } from "../../random/stream.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { colouredNoise, meanSquare } from "./noise.ts";
import { sinusoid } from "./sinusoid.ts";

/** The gain drifts once in this time. */
const GAIN_PERIOD_SECONDS = { shortest: 30, longest: 120 };
/** Sinusoids of the baseline beside respiration, as shares of its amplitude; by choice. */
const SLOW_WANDER = [{ frequencyHz: 0.05, share: 1 }, { frequencyHz: 0.12, share: 0.5 }];

/**
 * The lead as it is recorded, in mV.
 *
 *     x(t) = polarity * gain * exp(drift sin(2 pi t / period + phase)) * ecg(t)
 *     recorded(t) = x(t) + baseline(t) + noise(t),   mean noise^2 = signalVariance / 10^(snrDb / 10)
 *
 * `signalVariance`, in mV^2, is by default the variance of this x; then more beats a second make more noise.
 * The baseline, sinusoids at respiration and below, counts neither as signal nor as noise.
 */
export function recordLead(
  ecg: Float64Array,
  { fingerprint, respirationHz, sampleRateHz, signalVariance, stream }: {
    fingerprint: Fingerprint;
    respirationHz: number;
    sampleRateHz: number;
    signalVariance?: number;
    stream: Stream;
  },
): Float64Array {
  const { polarity, gain, gainDrift, wanderMillivolts } = fingerprint;
  const phased = (frequencyHz: number, name: string) =>
    sinusoid(ecg.length, { frequencyHz, sampleRateHz, phase: 2 * Math.PI * stream.child(name).uniform() });
  const { shortest, longest } = GAIN_PERIOD_SECONDS;
  const period = shortest + (longest - shortest) * stream.child("gain-period").uniform();
  const drift = phased(1 / period, "gain");
  const lead = ecg.map((value, sample) => polarity * gain * Math.exp(gainDrift * drift[sample]) * value);
  const noise = colouredNoise(stream.child("noise"), {
    power: (signalVariance ?? variance(lead)) / 10 ** (fingerprint.snrDb / 10),
    length: ecg.length,
    sampleRateHz,
    exponent: fingerprint.noiseExponent,
    mainsShare: fingerprint.mainsShare,
  });
  const wander = [{ frequencyHz: respirationHz, share: 1 }, ...SLOW_WANDER];
  for (const [index, { frequencyHz, share }] of wander.entries()) {
    const baseline = phased(frequencyHz, `baseline/${index}`);
    for (let sample = 0; sample < lead.length; sample++) {
      lead[sample] += wanderMillivolts * share * baseline[sample];
    }
  }
  return lead.map((value, sample) => value + noise[sample]);
}

/** The mean square about the mean. */
export function variance(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return meanSquare(values) - (sum / values.length) ** 2;
}
