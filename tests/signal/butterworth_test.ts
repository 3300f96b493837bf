import assert from "node:assert/strict";
import golden from "../golden/signal/butterworth.json" with { type: "json" };
import {
  butterworthHighpass,
  butterworthLowpass,
  type SecondOrderSection,
} from "../../src/signal/butterworth.ts";
import { assertClose } from "./closeness.ts";

const designs = { highpass: butterworthHighpass, lowpass: butterworthLowpass };

/** |H| of all sections together at a frequency. */
function gainAt(frequencyHz: number, sections: readonly SecondOrderSection[], sampleRateHz: number): number {
  const angle = 2 * Math.PI * frequencyHz / sampleRateHz;
  const magnitude = ([c0, c1, c2]: readonly [number, number, number]) =>
    Math.hypot(
      c0 + c1 * Math.cos(angle) + c2 * Math.cos(2 * angle),
      c1 * Math.sin(angle) + c2 * Math.sin(2 * angle),
    );
  return sections.reduce(
    (gain, { numerator, denominator }) => gain * magnitude(numerator) / magnitude(denominator),
    1,
  );
}

for (const { type, order, cutoffHz, sampleRateHz, sections } of golden.cases) {
  const name = `${type} of order ${order} at ${cutoffHz} Hz of ${sampleRateHz} Hz`;
  Deno.test(`butterworth${type === "highpass" ? "High" : "Low"}pass() gives SciPy's sections for a ${name}`, () => {
    const designed = designs[type as keyof typeof designs]({ order, cutoffHz, sampleRateHz });
    assert.equal(designed.length, sections.length);
    designed.forEach(({ numerator, denominator }, index) => {
      assertClose(numerator, sections[index].slice(0, 3), 1e-12);
      assertClose(denominator, sections[index].slice(3), 1e-12);
    });
  });
}

for (const [type, design] of Object.entries(designs)) {
  Deno.test(`butterworth of type ${type} has half the power at its cutoff`, () => {
    for (const order of [1, 2, 3, 6]) {
      const sections = design({ order, cutoffHz: 30, sampleRateHz: 256 });
      assert.ok(Math.abs(gainAt(30, sections, 256) - Math.SQRT1_2) < 1e-12);
    }
  });

  Deno.test(`butterworth of type ${type} throws RangeError when the order is not a whole number from 1`, () => {
    for (const order of [0, -2, 1.5, NaN]) {
      assert.throws(
        () => design({ order, cutoffHz: 0.8, sampleRateHz: 256 }),
        { name: "RangeError", message: /^Cannot design .* whole number from 1, got / },
      );
    }
  });

  Deno.test(`butterworth of type ${type} throws RangeError when the cutoff is not below half the rate`, () => {
    for (const cutoffHz of [0, -1, 128, 200, NaN]) {
      assert.throws(
        () => design({ order: 2, cutoffHz, sampleRateHz: 256 }),
        { name: "RangeError", message: /half the sampling rate of 256 Hz, got / },
      );
    }
  });
}
