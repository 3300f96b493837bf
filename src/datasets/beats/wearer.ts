/**
 * What is drawn for a person whose heart beats were measured: the waves, and what electrodes make of them.
 *
 * @module
 */
import type { Stream } from "../../random/stream.ts";
import { variance } from "../ecg/electrode.ts";
import { drawFingerprint, type Fingerprint, type FingerprintOptions } from "../ecg/fingerprint.ts";
import { drawRespirationHz } from "../ecg/respiration.ts";
import { waveform } from "../ecg/waveform.ts";

/** The interval between beats at which a signal-to-noise ratio is meant, and beats enough for a variance. */
const REFERENCE = { intervalSeconds: 0.8, beats: 10, sampleRateHz: 250 };

/** A person and the electrodes on them. */
export interface Wearer {
  /** The shape of the waves, polarity, gain, wander and noise. */
  readonly fingerprint: Fingerprint;
  /** Breaths a second: how fast the baseline moves. */
  readonly respirationHz: number;
  /** What the signal-to-noise ratio goes by: the variance, in mV^2, of this person's waves at 75 beats a minute. */
  readonly signalVariance: number;
}

/**
 * Draws a person's wearer, one for all their recordings.
 *
 * It knows neither beats nor conditions, so nothing of it can depend on either: the electrodes stay on, nobody breathes faster,
 * and the noise has the same power under every condition. (Going by the variance of each recording, a faster heart would have
 * more noise.)
 */
export function drawWearer(person: Stream, { noise }: Pick<FingerprintOptions, "noise">): Wearer {
  const traits = person.child("fingerprint");
  const fingerprint = drawFingerprint({
    person: traits.child("person"),
    session: traits.child("session"),
    recording: traits.child("recording"),
  }, { fingerprint: 1, noise });
  const { intervalSeconds, beats, sampleRateHz } = REFERENCE;
  // Two beats more on each side, so that whole intervals of a signal without an end are left.
  const regular = Float64Array.from({ length: beats + 4 }, (_, beat) => (beat - 2) * intervalSeconds);
  const waves = waveform(regular, fingerprint.shape, { sampleRateHz, seconds: beats * intervalSeconds });
  return {
    fingerprint,
    respirationHz: drawRespirationHz(person.child("respiration")),
    signalVariance: fingerprint.gain ** 2 * variance(waves),
  };
}

/**
 * Numbers a person's recordings in random order, from 1: the number of each condition.
 *
 * The numbers name the streams of noise and phases. A condition's name does not: over people, each condition has each number
 * equally often.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "../../random/stream.ts";
 * const numbers = recordingNumbers(["rest", "stress"], { person: stream(1, "person/a") });
 * assert.deepEqual([...numbers.values()].sort(), [1, 2]);
 * ```
 *
 * @param conditions in an order that is the same for all people
 */
export function recordingNumbers(
  conditions: readonly string[],
  { person }: { person: Stream },
): Map<string, number> {
  const shuffled = person.child("recording-order").shuffle(conditions);
  return new Map(shuffled.map((condition, index) => [condition, index + 1]));
}
