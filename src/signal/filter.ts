/**
 * Zero-phase filtering with second-order sections.
 *
 * @module
 */
import type { SecondOrderSection } from "./butterworth.ts";

export { butterworthHighpass, butterworthLowpass } from "./butterworth.ts";
export type { ButterworthOptions, SecondOrderSection } from "./butterworth.ts";

/**
 * The fewest samples that {@link filterZeroPhase} accepts: one more than its padding on one side,
 * 3 (2 sections + 1 - m), where m is 1 for an odd order and 0 for an even one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const secondOrder = { numerator: [1, -2, 1], denominator: [1, -1.9, 0.9] } as const;
 * assert.equal(shortestFilterable([secondOrder]), 10);
 * ```
 */
export function shortestFilterable(sections: readonly SecondOrderSection[]): number {
  return paddingLength(sections) + 1;
}

/**
 * Filters forwards and backwards, so that no frequency is delayed and the gain is |H(f)|^2.
 *
 * Two passes square the gain: at its cutoff a Butterworth filter is 6 dB down, not 3, and the order doubles.
 * The signal is extended at both ends by its point reflection, 2 x[0] - x[k], and each pass starts in the steady
 * state of the first sample, so that a constant leaves no transient.
 *
 * Takes and gives `[time]`; the input is left alone. Throws RangeError when there are fewer than
 * {@link shortestFilterable} samples.
 *
 * Source: `scipy.signal.sosfiltfilt` with its default padding; Gustafsson, IEEE Trans. Signal Process. 44 (1996) 988.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const sections = butterworthHighpass({ order: 2, cutoffHz: 0.8, sampleRateHz: 256 });
 * const filtered = filterZeroPhase(new Float64Array(100).fill(5), sections);
 * assert.ok(filtered.every((value) => Math.abs(value) < 1e-12));
 * ```
 */
export function filterZeroPhase(
  samples: ArrayLike<number>,
  sections: readonly SecondOrderSection[],
): Float64Array {
  const padding = paddingLength(sections);
  if (samples.length <= padding) {
    throw new RangeError(
      `Cannot filter: at least ${padding + 1} samples are needed, got ${samples.length}`,
    );
  }
  const extended = reflectEnds(samples, padding);
  const states = steadyStates(sections);
  run(extended, sections, { states, backwards: false });
  run(extended, sections, { states, backwards: true });
  return extended.slice(padding, padding + samples.length);
}

function paddingLength(sections: readonly SecondOrderSection[]): number {
  const withoutZero = sections.filter(({ numerator }) => numerator[2] === 0).length;
  const withoutPole = sections.filter(({ denominator }) => denominator[2] === 0).length;
  return 3 * (2 * sections.length + 1 - Math.min(withoutZero, withoutPole));
}

function reflectEnds(samples: ArrayLike<number>, padding: number): Float64Array {
  const extended = new Float64Array(samples.length + 2 * padding);
  extended.set(samples, padding);
  const first = padding, last = padding + samples.length - 1;
  for (let distance = 1; distance <= padding; distance++) {
    extended[first - distance] = 2 * extended[first] - extended[first + distance];
    extended[last + distance] = 2 * extended[last] - extended[last - distance];
  }
  return extended;
}

/** The two delays of a section after endless ones. */
type State = readonly [number, number];

/** The states of the sections after endless ones at the input of the first (`scipy.signal.sosfilt_zi`). */
function steadyStates(sections: readonly SecondOrderSection[]): State[] {
  let input = 1;
  return sections.map(({ numerator: [b0, b1, b2], denominator: [, a1, a2] }) => {
    // By way of the steady output, which is exactly zero for a high-pass; solving for the state would not be.
    const output = input * (b0 + b1 + b2) / (1 + a1 + a2);
    const second = b2 * input - a2 * output;
    const first = b1 * input - a1 * output + second;
    input = output;
    return [first, second];
  });
}

/** One pass through all sections, in place. */
function run(
  values: Float64Array,
  sections: readonly SecondOrderSection[],
  { states, backwards }: { states: readonly State[]; backwards: boolean },
) {
  const from = backwards ? values.length - 1 : 0, step = backwards ? -1 : 1;
  const start = values[from];
  sections.forEach(({ numerator: [b0, b1, b2], denominator: [, a1, a2] }, index) => {
    let first = states[index][0] * start, second = states[index][1] * start;
    for (let left = values.length, time = from; left > 0; left--, time += step) {
      const input = values[time], output = b0 * input + first;
      first = b1 * input - a1 * output + second;
      second = b2 * input - a2 * output;
      values[time] = output;
    }
  });
}
