/**
 * What tells people, sessions and recordings apart and has nothing to do with the label.
 *
 * @module
 */
import type { Stream } from "../../random/stream.ts";
import { normalCdf } from "./normal_cdf.ts";
import { AVERAGE_SHAPE, type Wave, type WaveName, type WaveShape } from "./waveform.ts";

/** The fingerprint of one recording. */
export interface Fingerprint {
  /** The waves of a beat. */
  readonly shape: WaveShape;
  /** -1 where the electrodes were put on the wrong way round. */
  readonly polarity: 1 | -1;
  /** Factor of the whole beat, around 1. */
  readonly gain: number;
  /** How far the gain drifts, as the amplitude of its logarithm. */
  readonly gainDrift: number;
  /** Amplitude of the wandering baseline. */
  readonly wanderMillivolts: number;
  /** Variance of the signal over the power of the noise, in decibels. */
  readonly snrDb: number;
  /** Power of the noise falls as f^-exponent: 0 white, 1 pink, 2 brown. */
  readonly noiseExponent: number;
  /** The mains' share of the noise's power. */
  readonly mainsShare: number;
}

/** Where fingerprints come from. */
export interface FingerprintStreams {
  /** Random numbers that all sessions of a person share. */
  readonly person: Stream;
  /** Random numbers that all recordings of a session share. */
  readonly session: Stream;
  /** Random numbers of the recording alone. */
  readonly recording: Stream;
}

/** How far fingerprints lie apart. */
export interface FingerprintOptions {
  /** Factor of every trait: 1 for people as they are, 0 makes them alike. */
  readonly fingerprint: number;
  /** Range of the signal-to-noise ratio, in decibels. */
  readonly noise: { readonly fromDb: number; readonly toDb: number };
}

/**
 * Shares of a trait's variance between people, between sessions of a person and between recordings of a
 * session; by choice.
 */
const SHARES = {
  shape: { person: 0.9, session: 0.08, recording: 0.02 },
  electrodes: { person: 0.3, session: 0.5, recording: 0.2 },
  polarity: { person: 0, session: 1, recording: 0 },
  noise: { person: 0.4, session: 0.3, recording: 0.3 },
} as const;

/** Deviations of the logarithm of a wave's amplitude, largest for the small waves Q and S; by choice. */
const LN_AMPLITUDE_SD: Readonly<Record<WaveName, number>> = { P: 0.3, Q: 0.5, R: 0.2, S: 0.5, T: 0.35 };
/** Deviations of the logarithm of its width and of its distance from R; by choice. */
const LN_WIDTH_SD = 0.12, LN_TIME_SD = 0.08;
/** Beyond this, in deviations, a wave would no longer look like one. */
const SHAPE_LIMIT = 2.5;
const LN_GAIN_SD = 0.25;
const INVERTED_SHARE = 0.2;
const GAIN_DRIFT = { median: 0.08, lnSd: 0.4 };
const WANDER_MILLIVOLTS = { median: 0.08, lnSd: 0.5 };
const STEEPEST_NOISE = 2, LARGEST_MAINS_SHARE = 0.4;

/**
 * Draws the fingerprint of a recording.
 *
 * Every trait rests on a standard normal number z = sum of sqrt(share) * normal over person, session and
 * recording, times `fingerprint`. Amplitudes, widths and gain are exp(sd * z); what has bounds
 * (signal-to-noise ratio, colour, mains) lies at the share Phi(z) of its range, so it is uniform at
 * `fingerprint` 1, and at 0 everybody has the middle.
 *
 * The condition is no argument: a fingerprint cannot depend on it.
 */
export function drawFingerprint(
  streams: FingerprintStreams,
  { fingerprint, noise }: FingerprintOptions,
): Fingerprint {
  const trait = (name: string, shares: keyof typeof SHARES) => {
    const part = (level: keyof FingerprintStreams) =>
      Math.sqrt(SHARES[shares][level]) * streams[level].child(name).normal();
    return fingerprint * (part("person") + part("session") + part("recording"));
  };
  const share = (name: string) => normalCdf(trait(name, "noise"));
  const bounded = (name: string) => Math.max(-SHAPE_LIMIT, Math.min(SHAPE_LIMIT, trait(name, "shape")));
  const wave = (name: WaveName): Wave => {
    const { seconds, millivolts, widthSeconds } = AVERAGE_SHAPE[name];
    return {
      seconds: seconds * Math.exp(LN_TIME_SD * bounded(`${name}/time`)),
      millivolts: millivolts * Math.exp(LN_AMPLITUDE_SD[name] * bounded(`${name}/amplitude`)),
      widthSeconds: widthSeconds * Math.exp(LN_WIDTH_SD * bounded(`${name}/width`)),
    };
  };
  return {
    shape: { P: wave("P"), Q: wave("Q"), R: wave("R"), S: wave("S"), T: wave("T") },
    // Phi(z) is uniform only at fingerprint 1; at 0 it is one half, and nothing is inverted.
    polarity: normalCdf(trait("polarity", "polarity")) < INVERTED_SHARE ? -1 : 1,
    gain: Math.exp(LN_GAIN_SD * trait("gain", "electrodes")),
    gainDrift: GAIN_DRIFT.median * Math.exp(GAIN_DRIFT.lnSd * trait("gain-drift", "electrodes")),
    wanderMillivolts: WANDER_MILLIVOLTS.median *
      Math.exp(WANDER_MILLIVOLTS.lnSd * trait("wander", "electrodes")),
    snrDb: noise.fromDb + (noise.toDb - noise.fromDb) * share("level"),
    noiseExponent: STEEPEST_NOISE * share("colour"),
    mainsShare: LARGEST_MAINS_SHARE * share("mains"),
  };
}
