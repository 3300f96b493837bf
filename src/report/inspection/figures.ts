/**
 * Pictures of what is in data: labels, and windows with their beats.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { thinSamples } from "../figures/examples.ts";
import { formatCount, formatSignificant } from "../format.ts";
import { textWidth } from "../labels.ts";
import { colour } from "../palette.ts";
import { arrangePanels, type Figure, type Panel, plotPanel } from "../svg.ts";
import type { BeatExample, InspectionData } from "./data.ts";

const WIDTH = 374, WIDE = 760, BARS = 18;

/** How labels are distributed, a panel each: of recordings, or of windows for one that changes over a recording; null where there are none. */
export function labelFigure({ recordings, ratings, dataset: { ranges } }: InspectionData): Figure | null {
  const panels = Object.entries(ranges).flatMap(([name, range]) => {
    const isChanging = name in ratings;
    const values = isChanging ? ratings[name] : recordings.map(({ labels }) => labels[name] ?? null);
    const bars = "from" in range ? ratingBars(values, range) : conditionBars(values, range.values);
    const unit = "from" in range && range.unit !== undefined ? ` (${range.unit})` : "";
    const title = `${name}${unit}${isChanging ? ", by window" : ""}`;
    return bars.some(({ count }) => count > 0) ? [barPanel(title, bars)] : [];
  });
  if (panels.length === 0) return null;
  const names = Object.keys(ranges).join(", ");
  const changing = Object.keys(ratings).length === 0
    ? ""
    : " A label that changes over a recording is counted by window, at its mean within it.";
  return {
    name: "labels",
    title: "Labels",
    alt: `How many recordings, or windows, have each value of ${names}.`,
    caption:
      `Recordings by the value of each label; a missing value is counted apart, one where two bars meet in the upper.${changing}`,
    panel: arrangePanels(panels, { columns: 2 }),
  };
}

interface Bar {
  readonly value: string;
  readonly count: number;
}

function ratingBars(
  values: readonly (number | string | null)[],
  { from, to }: { readonly from: number; readonly to: number },
): Bar[] {
  const known = values.filter((value) => typeof value === "number");
  const isWhole = known.every(Number.isInteger) && to - from <= BARS;
  const width = isWhole ? 1 : roundWidth((to - from) / BARS);
  const bins = isWhole ? to - from + 1 : Math.ceil((to - from) / width);
  const nameOf = (bin: number) => {
    const start = from + bin * width;
    return isWhole
      ? formatSignificant(start)
      : `${formatSignificant(start)}\u2013${formatSignificant(Math.min(to, start + width))}`;
  };
  const binOf = (value: number) => Math.min(bins - 1, Math.floor((value - from) / width));
  const counts = Array.from(
    { length: bins },
    (_, bin) => known.filter((value) => binOf(value) === bin).length,
  );
  return [
    ...counts.map((count, bin) => ({ value: nameOf(bin), count })),
    ...missing(values),
  ];
}

/** The least of 1, 2 and 5 times a power of ten that is no less. */
function roundWidth(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((digit) => digit * power >= least) ?? 10);
}

function conditionBars(values: readonly (number | string | null)[], known: readonly string[]): Bar[] {
  const bars = known.map((value) => ({ value, count: values.filter((other) => other === value).length }));
  const shown = bars.toSorted((one, other) => other.count - one.count).slice(0, BARS);
  const others = bars.length - shown.length;
  const rest = bars.reduce((sum, { count }) => sum + count, 0) -
    shown.reduce((sum, { count }) => sum + count, 0);
  return [...shown, ...others > 0 ? [{ value: `${others} others`, count: rest }] : [], ...missing(values)];
}

function missing(values: readonly (number | string | null)[]): Bar[] {
  const count = values.filter((value) => value === null).length;
  return count === 0 ? [] : [{ value: "missing", count }];
}

function barPanel(name: string, bars: readonly Bar[]): Panel {
  const marginLeft = 18 + Math.min(150, Math.max(...bars.map(({ value }) => textWidth(value, 11))));
  return plotPanel({
    width: WIDTH,
    height: 40 + 17 * bars.length,
    marginTop: 26,
    marginBottom: 8,
    marginLeft,
    marginRight: 46,
    x: { axis: null },
    y: { domain: bars.map(({ value }) => value), label: null, tickSize: 0 },
    marks: [
      Plot.barX(bars, {
        x: "count",
        y: "value",
        fill: colour("arm-0"),
        fillOpacity: 0.8,
        insetTop: 1,
        insetBottom: 1,
      }),
      Plot.text(bars, {
        x: "count",
        y: "value",
        text: ({ count }: Bar) => formatCount(count),
        textAnchor: "start",
        dx: 4,
        fontSize: 11,
        fill: colour("quiet"),
      }),
      Plot.text([name], {
        frameAnchor: "top-left",
        textAnchor: "start",
        dx: 4 - marginLeft,
        dy: -22,
        fontWeight: 600,
      }),
    ],
  });
}

/** Windows as they were recorded: detected beats as dots above, the dataset's own marks below. */
export function beatFigures({ beatExamples }: InspectionData): Figure[] {
  return beatExamples.map((example, index) => {
    const { subject, verdict, lead, beats, marks } = example;
    const what = example.class === null ? "no class" : `class ${example.class}`;
    const seconds = formatSignificant(example.samples.length / example.sampleRateHz);
    return {
      name: `beats_${index + 1}`,
      title: `Subject ${subject}, ${what}, signal ${verdict}`,
      alt:
        `${seconds} s of the lead ${lead.name} of subject ${subject}, ${what}, signal ${verdict}, with ${beats.length} detected beats.`,
      caption:
        `${example.window}: lead ${lead.name} in ${lead.unit}, ${what}, signal ${verdict}. Dots: ${beats.length} detected beats` +
        (marks.length === 0 ? "." : `; letters: the ${marks.length} marks of the dataset.`),
      panel: beatPanel(example),
    };
  });
}

function beatPanel({ samples, sampleRateHz, beats, marks }: BeatExample): Panel {
  const marginLeft = 46;
  return plotPanel({
    width: WIDE,
    height: 168,
    marginTop: 22,
    marginBottom: 34,
    marginLeft,
    marginRight: 12,
    x: { domain: [0, samples.length / sampleRateHz], label: null },
    // Below the lowest sample there is room for the letters.
    y: { label: null, nice: true, insetBottom: marks.length === 0 ? 0 : 14 },
    marks: [
      Plot.gridY({ stroke: colour("line"), strokeOpacity: 1, ticks: 3 }),
      Plot.axisY({ ticks: 3, tickSize: 0, fontSize: 11, label: null }),
      Plot.axisX({
        ticks: 10,
        tickSize: 4,
        fontSize: 11,
        label: null,
        tickFormat: (value: number) => `${formatSignificant(value)} s`,
      }),
      Plot.line(thinSamples(samples, WIDE - marginLeft), {
        x: ([position]) => position / sampleRateHz,
        y: ([, value]) => Number.isFinite(value) ? value : NaN,
        stroke: colour("ink"),
        strokeWidth: 1,
      }),
      Plot.dot(beats, {
        x: (seconds: number) => seconds,
        frameAnchor: "top",
        dy: -8,
        r: 3,
        fill: colour("arm-0"),
      }),
      Plot.text(marks, {
        x: "seconds",
        text: "symbol",
        frameAnchor: "bottom",
        dy: -2,
        fontSize: 10,
        fill: colour("arm-3"),
      }),
    ],
  });
}
