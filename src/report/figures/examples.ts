/**
 * Example windows, each transformation over its original.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { ExampleWindow } from "../data.ts";
import { formatCount, formatList, formatSignificant } from "../format.ts";
import { colour } from "../palette.ts";
import { arrangePanels, type Figure, type Panel, plotPanel } from "../svg.ts";

const WIDTH = 374;

/**
 * Fewer samples that draw the same line: of each bin the smallest and the largest, in the order of time.
 *
 * Returns `[position, value]` pairs, at most `2 * bins` of them; all samples where they are that few.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(thinSamples([0, 9, 1, 2, -5, 3, 2, 2], 2), [[0, 0], [1, 9], [4, -5], [5, 3]]);
 * ```
 */
export function thinSamples(samples: ArrayLike<number>, bins: number): [number, number][] {
  if (samples.length <= 2 * bins) return Array.from(samples, (value, index) => [index, value]);
  const kept: [number, number][] = [];
  for (let bin = 0; bin < bins; bin++) {
    const from = Math.floor(bin * samples.length / bins);
    const to = Math.floor((bin + 1) * samples.length / bins);
    let [lowest, highest] = [from, from];
    for (let index = from; index < to; index++) {
      if (samples[index] < samples[lowest]) lowest = index;
      if (samples[index] > samples[highest]) highest = index;
    }
    for (const index of [...new Set([lowest, highest])].sort((a, b) => a - b)) {
      kept.push([index, samples[index]]);
    }
  }
  return kept;
}

function extent(signals: readonly ArrayLike<number>[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const signal of signals) {
    for (let index = 0; index < signal.length; index++) {
      low = Math.min(low, signal[index]);
      high = Math.max(high, signal[index]);
    }
  }
  if (!(low < high)) return [low - 1 || -1, low + 1 || 1];
  return [low, high];
}

function panelOf(
  example: ExampleWindow,
  options: { name: string; samples: ArrayLike<number> | null; range: [number, number] },
): Panel {
  const { sampleRateHz } = example;
  const inner = WIDTH - 32;
  const line = (samples: ArrayLike<number>, stroke: string, strokeWidth: number) =>
    Plot.line(thinSamples(samples, inner), {
      x: ([position]) => position / sampleRateHz,
      y: ([, value]) => value,
      stroke,
      strokeWidth,
    });
  return plotPanel({
    width: WIDTH,
    height: 128,
    marginTop: 24,
    marginBottom: 22,
    marginLeft: 14,
    marginRight: 18,
    x: { domain: [0, Math.max(1, example.samples.length) / sampleRateHz], label: null },
    y: { domain: options.range, axis: null },
    marks: [
      Plot.axisX({
        ticks: 5,
        tickSize: 4,
        tickFormat: (value: number) => `${formatSignificant(value)} s`,
        fontSize: 11,
        label: null,
      }),
      options.samples === null
        ? line(example.samples, colour("ink"), 1)
        : [line(example.samples, colour("quiet"), 0.8), line(options.samples, colour("arm-0"), 1.1)],
      Plot.text([options.name], {
        frameAnchor: "top-left",
        textAnchor: "start",
        dx: -10,
        dy: -20,
        fontWeight: 600,
      }),
    ],
  });
}

/** A figure for each example window: the window, then each transformation of it. */
export function exampleFigures(examples: readonly ExampleWindow[]): Figure[] {
  return examples.map((example, index) => {
    const signals = [example.samples, ...example.transformations.map(({ samples }) => samples)];
    const range = extent(signals);
    const panels = [
      panelOf(example, { name: "original", samples: null, range }),
      ...example.transformations.map(({ name, samples }) => panelOf(example, { name, samples, range })),
    ];
    const seconds = formatSignificant(example.samples.length / example.sampleRateHz);
    const names = formatList(example.transformations.map(({ name }) => name)) || "none";
    const alt =
      `A window of ${seconds} s of subject ${example.subject}, class ${example.class}, and its transformations: ${names}.`;
    return {
      name: `example_${index + 1}`,
      title: `Subject ${example.subject}, class ${example.class}`,
      alt,
      caption: `Subject ${example.subject}, class ${example.class}: ${seconds} s at ${
        formatCount(example.sampleRateHz)
      } Hz.${
        example.transformations.length === 0
          ? ""
          : " Grey: the window; blue: what the transformation makes of it."
      }`,
      panel: arrangePanels(panels, { columns: 2 }),
    };
  });
}
