/**
 * The autonomic traits of a simulated person, fixed by measurements of real people before any network was
 * trained.
 *
 * Unless a line says otherwise the figures are computed from the beat times of 25 people, two minutes sitting
 * at rest and two at mental arithmetic each: Howell & Porr 2018, doi:10.5525/gla.researchdata.716.
 *
 * @module
 */
import type { Stream } from "../../random/stream.ts";
import { normalCdf } from "../ecg/normal_cdf.ts";
import { drawRespirationHz } from "../ecg/respiration.ts";
import { responseQuantile } from "./response.ts";

/** Heart rate at rest: 78.2 and 11.9 bpm. */
const REST_BPM = { mean: 78, sd: 12 };
/** Natural logarithm of RMSSD in ms at rest: 3.59 and 0.52. */
const LN_RMSSD = { mean: 3.59, sd: 0.52 };
/** What stress adds to it: -0.350 and 0.401. */
const LN_RMSSD_CHANGE = { mean: -0.35, sd: 0.4 };
/**
 * Correlation over people of heart rate at rest and its response (0.43) or ln RMSSD (-0.72), and of both
 * changes (-0.77).
 */
const CORRELATION = { restResponse: 0.43, restRmssd: -0.72, changes: -0.77 };
/** Natural logarithm of LF over HF power: 1.05 and 0.54; stress changes it by 0.00 on average. */
const LN_LF_TO_HF = { mean: 1.05, sd: 0.55 };
/**
 * Standard deviation of the slow (below 0.04 Hz) wander of the logarithm of the beat interval: 0.036 in two
 * minutes; people differ by a factor of e^0.4, part of which is sampling. With it heart rate in 10 s windows
 * deviates by 3.6 to 4.1 bpm within a person and condition (measured: median 3.7 at rest, 4.0 under stress),
 * and tells stress from rest as well as it does in real people.
 */
const WANDER = { median: 0.036, lnSd: 0.35 };
/** How far a person's ratings lie from the latent state throughout, in points of the scale; by choice. */
const RATING_BIAS_SD = 0.8;

/** A person's traits, effect 1. */
export interface Person {
  /** Mean heart rate at rest. */
  readonly restHeartRateBpm: number;
  /** What stress adds to heart rate. */
  readonly responseBpm: number;
  /** Natural logarithm of RMSSD in milliseconds, at rest. */
  readonly restLnRmssd: number;
  /** What stress adds to it. */
  readonly lnRmssdChange: number;
  /** Power of the beat intervals around 0.1 Hz over that around respiration. */
  readonly lfToHf: number;
  /** Standard deviation of the slow wander of the logarithm of the beat interval. */
  readonly wander: number;
  /** Breaths a second: where HF lies, and how fast the baseline moves. */
  readonly respirationHz: number;
  /** How far the ratings lie from the latent state throughout, in points. */
  readonly ratingBias: { readonly arousal: number; readonly valence: number };
}

/**
 * Draws a person.
 *
 * Heart rate at rest is log-normal (mean 78, deviation 12 bpm), so that it stays positive without a bound;
 * the response is {@link responseQuantile} of a normal number that correlates with it (a Gaussian copula);
 * the two logarithms of RMSSD are normal.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "../../random/stream.ts";
 * const person = drawPerson(stream(1, "person/p001"));
 * assert.ok(person.restHeartRateBpm > 40 && person.restHeartRateBpm < 140);
 * ```
 */
export function drawPerson(stream: Stream): Person {
  const normal = (name: string) => stream.child(name).normal();
  const rest = normal("rest");
  const response = correlated(rest, normal("response"), CORRELATION.restResponse);
  const rmssd = correlated(rest, normal("rmssd"), CORRELATION.restRmssd);
  const change = correlated(response, normal("rmssd-change"), CORRELATION.changes);
  const lnVariance = Math.log(1 + (REST_BPM.sd / REST_BPM.mean) ** 2);
  return {
    restHeartRateBpm: REST_BPM.mean * Math.exp(Math.sqrt(lnVariance) * rest - lnVariance / 2),
    responseBpm: responseQuantile(normalCdf(response)),
    restLnRmssd: LN_RMSSD.mean + LN_RMSSD.sd * rmssd,
    lnRmssdChange: LN_RMSSD_CHANGE.mean + LN_RMSSD_CHANGE.sd * change,
    lfToHf: Math.exp(LN_LF_TO_HF.mean + LN_LF_TO_HF.sd * normal("lf-to-hf")),
    wander: WANDER.median * Math.exp(WANDER.lnSd * normal("wander")),
    respirationHz: drawRespirationHz(stream.child("respiration")),
    ratingBias: {
      arousal: RATING_BIAS_SD * normal("arousal-bias"),
      valence: RATING_BIAS_SD * normal("valence-bias"),
    },
  };
}

/** A standard normal number that correlates with `other`, made of an independent one. */
function correlated(other: number, independent: number, correlation: number): number {
  return correlation * other + Math.sqrt(1 - correlation ** 2) * independent;
}
