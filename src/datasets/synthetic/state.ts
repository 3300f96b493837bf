/**
 * The latent state of a recording: arousal and valence on the scale of the ratings, 1 to 9, and what people
 * say of them.
 *
 * @module
 */
import type { Stream } from "../../random/stream.ts";
import type { Person } from "./person.ts";

/** Which half of the protocol a recording belongs to. */
export type Condition = "rest" | "stress";

/** Mean latent arousal by condition. A person's full response belongs to the difference of the two. */
export const MEAN_AROUSAL: Readonly<Record<Condition, number>> = { rest: 3.5, stress: 6.5 };
/**
 * Mean latent valence, under both conditions: what the beats say of valence is its own weak effect, not
 * stress again.
 */
export const MEAN_VALENCE = 5;

/**
 * How recordings differ (two deviations at most, so that a state stays within 1 to 9), and drift within; by
 * choice.
 */
const RECORDING_SD = { arousal: 0.5, valence: 1.5 };
const DRIFT = { amplitude: 0.3, shortestSeconds: 40, longestSeconds: 120 };
/** Noise of a rating, in points of the scale; by choice. */
const RATING_NOISE_SD = 0.8;
const SCALE = { lowest: 1, highest: 9 };

/** A level with a slow sinusoid around it. */
export interface Trajectory {
  /** The mean over whole periods. */
  readonly level: number;
  /** How far the sinusoid goes from it. */
  readonly amplitude: number;
  /** The time of one period. */
  readonly periodSeconds: number;
  /** Radians at time 0. */
  readonly phase: number;
}

/** The latent state of a recording. */
export interface State {
  /** From calm to excited. */
  readonly arousal: Trajectory;
  /** From unpleasant to pleasant. */
  readonly valence: Trajectory;
}

/** Draws the latent state of one recording. */
export function drawState(condition: Condition, stream: Stream): State {
  const trajectory = (stream: Stream, mean: number, sd: number): Trajectory => ({
    level: mean + sd * Math.max(-2, Math.min(2, stream.normal())),
    amplitude: DRIFT.amplitude,
    periodSeconds: DRIFT.shortestSeconds + (DRIFT.longestSeconds - DRIFT.shortestSeconds) * stream.uniform(),
    phase: 2 * Math.PI * stream.uniform(),
  });
  return {
    arousal: trajectory(stream.child("arousal"), MEAN_AROUSAL[condition], RECORDING_SD.arousal),
    valence: trajectory(stream.child("valence"), MEAN_VALENCE, RECORDING_SD.valence),
  };
}

/** The value at a time in seconds: level + amplitude * sin(2 pi t / period + phase). */
export function valueAt({ level, amplitude, periodSeconds, phase }: Trajectory, seconds: number): number {
  return level + amplitude * Math.sin(2 * Math.PI * seconds / periodSeconds + phase);
}

/**
 * The mean over `[from, to)` seconds, by the integral.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const trajectory = { level: 5, amplitude: 0.3, periodSeconds: 60, phase: 0 };
 * assert.ok(Math.abs(meanOver(trajectory, { from: 0, to: 60 }) - 5) < 1e-12);
 * assert.ok(Math.abs(meanOver(trajectory, { from: 0, to: 30 }) - (5 + 0.3 * 2 / Math.PI)) < 1e-12);
 * ```
 */
export function meanOver(trajectory: Trajectory, { from, to }: { from: number; to: number }): number {
  const angular = 2 * Math.PI / trajectory.periodSeconds, { level, amplitude, phase } = trajectory;
  return level + amplitude * (Math.cos(angular * from + phase) - Math.cos(angular * to + phase)) /
      (angular * (to - from));
}

/**
 * What the person says after a recording: whole numbers from 1 to 9, as on the self-assessment manikin.
 *
 *     rating = round(mean latent state + the person's bias + noise), kept within 1 to 9
 *
 * Source of the scale: Bradley & Lang 1994.
 */
export function drawRatings(
  { arousal, valence }: State,
  { person, seconds, stream }: { person: Person; seconds: number; stream: Stream },
): { arousal: number; valence: number } {
  const rate = (trajectory: Trajectory, bias: number, stream: Stream) => {
    const felt = meanOver(trajectory, { from: 0, to: seconds }) + bias + RATING_NOISE_SD * stream.normal();
    return Math.max(SCALE.lowest, Math.min(SCALE.highest, Math.round(felt)));
  };
  return {
    arousal: rate(arousal, person.ratingBias.arousal, stream.child("arousal")),
    valence: rate(valence, person.ratingBias.valence, stream.child("valence")),
  };
}
