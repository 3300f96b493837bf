/**
 * Low-pass filters with a Kaiser window.
 *
 * @module
 */

/**
 * The taps of a windowed-sinc low-pass filter, `[2 halfLength + 1]`, symmetric, with sum 1.
 *
 * h[k] proportional to sinc(cutoff k) I0(beta sqrt(1 - (k / halfLength)^2)), k from -halfLength to halfLength,
 * where sinc(x) = sin(pi x) / (pi x) and the cutoff is a share of half the sampling rate.
 *
 * Source: `scipy.signal.firwin(2 * halfLength + 1, cutoff, window=("kaiser", beta))`; Kaiser 1974.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const taps = antiAliasingTaps({ halfLength: 20, cutoff: 0.5, beta: 5 });
 * assert.equal(taps.length, 41);
 * assert.ok(Math.abs(taps.reduce((a, b) => a + b) - 1) < 1e-12);
 * ```
 */
export function antiAliasingTaps(
  { halfLength, cutoff, beta }: { halfLength: number; cutoff: number; beta: number },
): Float64Array {
  const taps = new Float64Array(2 * halfLength + 1);
  let sum = 0;
  for (let distance = 0; distance <= halfLength; distance++) {
    const angle = Math.PI * cutoff * distance;
    const sinc = distance === 0 ? 1 : Math.sin(angle) / angle;
    const tap = sinc * besselI0(beta * Math.sqrt(1 - (distance / halfLength) ** 2));
    taps[halfLength - distance] = tap;
    taps[halfLength + distance] = tap;
    sum += distance === 0 ? tap : 2 * tap;
  }
  return taps.map((tap) => tap / sum);
}

/** The modified Bessel function of order 0, by its power series: all terms are positive, so nothing cancels. */
function besselI0(x: number): number {
  let sum = 1, term = 1;
  for (let power = 1; term > 1e-17 * sum; power++) {
    term *= (x / (2 * power)) ** 2;
    sum += term;
  }
  return sum;
}
