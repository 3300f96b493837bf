/**
 * How far heart rate rises under stress: a distribution over people in two parts.
 *
 * @module
 */

/**
 * Share of people who hardly respond: 7 of 25 rise by less than 2 bpm (Howell & Porr 2018, computed from
 * their beats).
 */
const FLAT_SHARE = 0.28;
/** Where the two parts meet, in beats per minute. */
const MEETING_BPM = 2;
/**
 * Shape and scale (bpm) of the responders' Weibull distribution, which starts at 2 bpm: see the arithmetic
 * below.
 */
const SHAPE = 1.37834, SCALE_BPM = 10.42745;
/** The tail ends at its 99.99th percentile, 53 bpm. */
const LARGEST_PROBABILITY = 0.9999;

/**
 * The quantile function of the response of heart rate to stress, in beats per minute.
 *
 *     Q(p) = -2 + 4 p / 0.28                             p < 0.28     (uniform from -2 to 2)
 *     Q(p) = 2 + 10.42745 (-ln((1 - p) / 0.72))^(1/1.37834)   else    (2 + Weibull)
 *
 * Mean 8.3, standard deviation 7.9 and 28% below 2 bpm are the figures of 25 people at mental arithmetic. A
 * normal distribution with that mean and deviation has only 21% below 2, a shifted gamma at most 22%; two
 * parts meet all three:
 *
 *     responders' mean      (8.3 - 0.28 * 0) / 0.72                        = 11.528 = 2 + 9.528
 *     responders' variance  (7.9^2 + 8.3^2 - 0.28 * 4^2 / 12) / 0.72 - 11.528^2 = 48.95 = 6.997^2
 *     Weibull               (6.997 / 9.528)^2 = gamma(1 + 2/k) / gamma(1 + 1/k)^2 - 1  gives k = 1.37834
 *                           scale = 9.528 / gamma(1 + 1/k) = 10.42745
 *
 * Source: Howell & Porr 2018, doi:10.5525/gla.researchdata.716.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(responseQuantile(0.14), 0);
 * assert.equal(responseQuantile(0.28), 2);
 * ```
 *
 * @param probability from 0 to 1
 */
export function responseQuantile(probability: number): number {
  if (probability < FLAT_SHARE) return MEETING_BPM * (2 * probability / FLAT_SHARE - 1);
  const survival = (1 - Math.min(probability, LARGEST_PROBABILITY)) / (1 - FLAT_SHARE);
  // At the meeting point the ratio can round to just above 1, whose power would not be a number.
  return MEETING_BPM + SCALE_BPM * Math.max(0, -Math.log(survival)) ** (1 / SHAPE);
}
