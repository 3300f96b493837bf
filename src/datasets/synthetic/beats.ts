/**
 * Beat times with LF and HF power and a slow wander.
 *
 * @module
 */
import type { Stream } from "../../random/stream.ts";
import { autonomicTone } from "./autonomic.ts";
import type { Person } from "./person.ts";
import { randomPhaseSeries } from "../ecg/random_phase.ts";
import { type State, valueAt } from "./state.ts";

/** The two peaks of the spectrum: centre of LF and deviation of both (McSharry et al. 2003: f1, c1 = c2). */
const LF_HZ = 0.1, PEAK_SD_HZ = 0.01;
/** The very low frequencies (Task Force of the ESC and NASPE 1996, table 2), where power falls as 1/f. */
const WANDER_HZ = { lowest: 0.0033, highest: 0.04 };
const TACHOGRAM_HZ = 4;
/** Enough for the slowest wander to have a period of its own. */
const SHORTEST_TACHOGRAM_SECONDS = 512;
/** Beats before and after the recording, whose waves reach into it. */
const LEAD_SECONDS = 3;
const SHORTEST_INTERVAL_SECONDS = 0.3;
/**
 * Largest deviation of LF and HF together, as a share of the mean interval: 0.11 in the most variable of 25
 * people.
 */
const LARGEST_VARIABILITY = 0.15;

/** What beat times depend on. */
export interface BeatOptions {
  /** The latent state, which decides heart rate and RMSSD over time. */
  readonly state: State;
  /** Length of the recording. */
  readonly seconds: number;
  /** The factor of the state's effect. */
  readonly effect: number;
  /** Random numbers of this recording's beats. */
  readonly stream: Stream;
}

/**
 * Times of the R peaks in seconds, ascending, from before the recording's beginning to after its end.
 *
 * From a beat at t the next follows after
 *
 *     T(t) = 60 / H(t) * exp(w(t)) + A(t) v(t), at least 0.3 s
 *
 * with H the heart rate of {@link autonomicTone}, w the slow wander (power as 1/f from 0.0033 to 0.04 Hz,
 * deviation `person.wander`), and v of two Gaussian peaks, LF at 0.1 Hz and HF at respiration, power
 * `person.lfToHf` and 1. As E[(v(t + r) - v(t))^2] = integral of S(f) 4 sin^2(pi f r) df, the tone's RMSSD is
 * met by
 *
 *     A = RMSSD / sqrt(lfToHf * 4 sin^2(pi 0.1 r) + 4 sin^2(pi f_resp r)),   r = 60 / H
 *
 * and A is held back where v would deviate by more than 15% of the mean interval (2% of people). Source of
 * spectrum and random phases: McSharry et al. 2003, S(f). A departs from the paper, whose deviation of the
 * intervals is a parameter.
 */
export function beatTimes(person: Person, { state, seconds, effect, stream }: BeatOptions): Float64Array {
  const { lfToHf, respirationHz } = person;
  const shared = {
    length: TACHOGRAM_HZ * Math.max(SHORTEST_TACHOGRAM_SECONDS, Math.ceil(seconds) + 2 * LEAD_SECONDS + 1),
    sampleRateHz: TACHOGRAM_HZ,
  };
  const wander = randomPhaseSeries(stream.child("wander"), {
    ...shared,
    density: (frequencyHz) => person.wander ** 2 * wanderDensity(frequencyHz),
  });
  const variability = randomPhaseSeries(stream.child("variability"), {
    ...shared,
    density: (frequencyHz) =>
      lfToHf * peakDensity(frequencyHz - LF_HZ) + peakDensity(frequencyHz - respirationHz),
  });
  const interval = (time: number) => {
    const { heartRateBpm, lnRmssd } = autonomicTone(person, {
      arousal: valueAt(state.arousal, time),
      valence: valueAt(state.valence, time),
      effect,
    });
    const mean = 60 / heartRateBpm;
    const difference = Math.sqrt(
      lfToHf * 4 * Math.sin(Math.PI * LF_HZ * mean) ** 2 + 4 * Math.sin(Math.PI * respirationHz * mean) ** 2,
    );
    const amplitude = Math.min(
      Math.exp(lnRmssd) / 1000 / difference,
      LARGEST_VARIABILITY * mean / Math.sqrt(lfToHf + 1),
    );
    return Math.max(
      SHORTEST_INTERVAL_SECONDS,
      mean * Math.exp(valueOf(wander, time)) + amplitude * valueOf(variability, time),
    );
  };
  const times = [];
  let time = -LEAD_SECONDS;
  time += stream.child("first").uniform() * interval(time);
  for (; time < seconds + LEAD_SECONDS; time += interval(time)) times.push(time);
  return Float64Array.from(times);
}

/** Integral 1 over the very low frequencies. */
function wanderDensity(frequencyHz: number): number {
  const { lowest, highest } = WANDER_HZ;
  return frequencyHz < lowest || frequencyHz > highest ? 0 : 1 / (frequencyHz * Math.log(highest / lowest));
}

/** Integral 1 around 0; nothing beyond five deviations. */
function peakDensity(offsetHz: number): number {
  const deviations = offsetHz / PEAK_SD_HZ;
  if (Math.abs(deviations) > 5) return 0;
  return Math.exp(-(deviations ** 2) / 2) / (PEAK_SD_HZ * Math.sqrt(2 * Math.PI));
}

/** A series at a time of the recording, by linear interpolation. */
function valueOf(series: Float64Array, time: number): number {
  const position = (time + LEAD_SECONDS) * TACHOGRAM_HZ,
    index = Math.floor(position),
    part = position - index;
  return series[index] * (1 - part) + series[index + 1] * part;
}
