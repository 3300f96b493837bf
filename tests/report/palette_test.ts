import assert from "node:assert/strict";
import { armStyles, type Colour, DARK, LIGHT } from "../../src/report/palette.ts";
import { exampleSummary } from "./example_summary.ts";

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB. */
const VISION = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
const TO_LMS = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_LAB = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

function linear(hex: string): number[] {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
}

function product(matrix: number[][], vector: number[]): number[] {
  return matrix.map((row) => row.reduce((sum, value, index) => sum + value * vector[index], 0));
}

/** Contrast after WCAG 2. */
function contrast(first: string, second: string): number {
  const luminance = (hex: string) => product([[0.2126, 0.7152, 0.0722]], linear(hex))[0];
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function distance(first: string, second: string, vision: number[][]): number {
  const lab = (hex: string) =>
    product(
      TO_LAB,
      product(TO_LMS, product(vision, linear(hex)).map((value) => Math.max(0, value))).map(Math.cbrt),
    );
  const [a, b] = [lab(first), lab(second)];
  return 100 * Math.hypot(...a.map((value, index) => value - b[index]));
}

const ARMS = [0, 1, 2, 3, 4, 5, 6].map((index) => `arm-${index}` as Colour);

for (const [name, colours, fromPage, apart] of [["light", LIGHT, 3, 12], ["dark", DARK, 5, 9]] as const) {
  Deno.test(`the ${name} colours of arms stand out from the page and from each other to every eye`, () => {
    for (const arm of ARMS) {
      assert.ok(contrast(colours[arm], colours.paper) >= fromPage, `${arm} is too near the page`);
    }
    for (const [vision, matrix] of Object.entries(VISION)) {
      for (const [index, first] of ARMS.entries()) {
        for (const second of ARMS.slice(index + 1)) {
          const found = distance(colours[first], colours[second], matrix);
          assert.ok(found >= apart, `${first} and ${second} are ${found.toFixed(1)} apart to ${vision} eyes`);
        }
      }
    }
  });

  Deno.test(`the ${name} colours of text are legible on every ground`, () => {
    for (const ground of ["paper", "panel", "warn-panel", "bad-panel"] as const) {
      assert.ok(contrast(colours.ink, colours[ground]) >= 7, `ink on ${ground}`);
    }
    for (const text of ["quiet", "good", "bad"] as const) {
      assert.ok(contrast(colours[text], colours.paper) >= 4.5, `${text} on paper`);
    }
  });
}

Deno.test("armStyles() gives every arm a look of its own, and rules none", () => {
  const arms = Array.from(
    { length: 40 },
    (_, index) => ({ name: `arm${index}`, description: "", rule: index === 3 }),
  );
  const styles = armStyles({ arms, summary: { ...exampleSummary(), points: [] } });
  const looks = styles.filter(({ arm }) => !arm.rule).map(({ colour, dash, symbol }) =>
    `${colour} ${dash} ${symbol}`
  );
  assert.equal(new Set(looks).size, 39);
  assert.equal(styles[3].colour, "var(--quiet)");
  assert.equal(styles[4].colour, "var(--arm-3)");
});

Deno.test("armStyles() adds arms that have points but were not declared", () => {
  const summary = exampleSummary();
  assert.deepEqual(
    armStyles({ arms: [], summary }).map(({ arm }) => arm.name),
    [...new Set(summary.points.map((point) => point.arm))],
  );
});
