/**
 * Noise of a colour and level, with mains hum.
 *
 * @module
 */
import type { Stream } from "../../random/stream.ts";
import { randomPhaseSeries } from "./random_phase.ts";
import { sinusoid } from "./sinusoid.ts";

/** Below this the baseline wanders instead; the signal stage filters it away. */
const LOWEST_HZ = 0.5;
const MAINS_HZ = 50;

/** What noise is like. */
export interface NoiseOptions {
  /** The mean square of the result. */
  readonly power: number;
  /** How many samples. */
  readonly length: number;
  /** Samples a second. */
  readonly sampleRateHz: number;
  /** Power falls as f^-exponent from 0.5 Hz up: 0 white, 1 pink, 2 brown. */
  readonly exponent: number;
  /**
   * The share of the power that hums at 50 Hz, from 0 to 1; at a sample rate of 100 Hz or less there is none.
   */
  readonly mainsShare: number;
}

/**
 * Coloured noise, `[length]`, whose mean square is `power` to rounding.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "../../random/stream.ts";
 * const pink = { power: 2, length: 1000, sampleRateHz: 256, exponent: 1, mainsShare: 0.2 };
 * const samples = colouredNoise(stream(1, "noise"), pink);
 * assert.ok(Math.abs(meanSquare(samples) - 2) < 1e-9);
 * ```
 */
export function colouredNoise(
  stream: Stream,
  { power, length, sampleRateHz, exponent, mainsShare }: NoiseOptions,
): Float64Array {
  const broadband = randomPhaseSeries(stream.child("broadband"), {
    length,
    sampleRateHz,
    density: (frequencyHz) => frequencyHz < LOWEST_HZ ? 0 : frequencyHz ** -exponent,
  });
  const hum = sampleRateHz > 2 * MAINS_HZ ? mainsShare : 0;
  const mains = sinusoid(length, {
    frequencyHz: MAINS_HZ,
    sampleRateHz,
    phase: 2 * Math.PI * stream.child("mains").uniform(),
  });
  const broadbandFactor = Math.sqrt((1 - hum) / meanSquare(broadband)), mainsFactor = Math.sqrt(2 * hum);
  const samples = broadband.map((value, sample) => broadbandFactor * value + mainsFactor * mains[sample]);
  const factor = Math.sqrt(power / meanSquare(samples));
  return samples.map((value) => factor * value);
}

/** The mean of the squares. */
export function meanSquare(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum / values.length;
}
