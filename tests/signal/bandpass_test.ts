import assert from "node:assert/strict";
import golden from "../golden/signal/bandpass.json" with { type: "json" };
import input from "../golden/signal/input.json" with { type: "json" };
import { butterworthBandpass, notch } from "../../src/signal/bandpass.ts";
import { filterZeroPhase, type SecondOrderSection } from "../../src/signal/filter.ts";
import { assertClose, every } from "./closeness.ts";

/** |H| at 32 frequencies from 0 on, a 64th of the sampling rate apart. */
function gains(sections: readonly SecondOrderSection[]): number[] {
  const at = (angle: number, [a, b, c]: readonly number[]) =>
    Math.hypot(
      a + b * Math.cos(angle) + c * Math.cos(2 * angle),
      b * Math.sin(angle) + c * Math.sin(2 * angle),
    );
  return Array.from({ length: 32 }, (_, part) =>
    sections.reduce((gain, { numerator, denominator }) => {
      const angle = 2 * Math.PI * part / 64;
      return gain * at(angle, numerator) / at(angle, denominator);
    }, 1));
}

for (const { gains: expected, filtered, ...options } of golden.bandpass) {
  const { order, fromHz, toHz, sampleRateHz } = options;
  Deno.test(`butterworthBandpass() equals SciPy's of order ${order}, ${fromHz} to ${toHz} Hz at ${sampleRateHz} Hz`, () => {
    const sections = butterworthBandpass(options);
    assertClose(gains(sections), expected);
    assertClose(every(filterZeroPhase(input.samples, sections), 7), filtered, 1e-8);
  });
}

for (const { gains: expected, filtered, ...options } of golden.notch) {
  const { frequencyHz, quality, sampleRateHz } = options;
  Deno.test(`notch() equals SciPy's at ${frequencyHz} of ${sampleRateHz} Hz, quality ${quality}`, () => {
    const sections = notch(options);
    assertClose(gains(sections), expected);
    assertClose(every(filterZeroPhase(input.samples, sections), 7), filtered, 1e-8);
  });
}

Deno.test("butterworthBandpass() and notch() refuse what can't be designed", () => {
  const band = { order: 2, fromHz: 1, toHz: 40, sampleRateHz: 256 };
  for (
    const wrong of [{ order: 0 }, { order: 1.5 }, { fromHz: 0 }, { fromHz: 40 }, { toHz: 128 }, { toHz: NaN }]
  ) {
    assert.throws(() => butterworthBandpass({ ...band, ...wrong }), { name: "RangeError" });
  }
  const stop = { frequencyHz: 50, quality: 30, sampleRateHz: 256 };
  for (const wrong of [{ frequencyHz: 0 }, { frequencyHz: 128 }, { quality: 0 }, { quality: Infinity }]) {
    assert.throws(() => notch({ ...stop, ...wrong }), { name: "RangeError" });
  }
});
