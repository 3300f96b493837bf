/**
 * One plot of curves: a line and a band for each arm, rules, marks of failure, and the axis of the budgets.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { Budget, CurvePoint, Metric } from "../../evaluation/results.ts";
import type { ReportData } from "../data.ts";
import { formatBudget, formatCount, formatScore, metricLabel } from "../format.ts";
import { roomyLabels, textWidth } from "../labels.ts";
import { type ArmStyle, colour } from "../palette.ts";
import { budgetsOf, curveOf, type GridPoint, unitsAt } from "../points.ts";
import { type Panel, plotPanel } from "../svg.ts";
import { type EndLabel, endLabels } from "./end_labels.ts";
import { rulesOf } from "./rules.ts";

const MARGIN = { top: 26, bottom: 58, left: 52 };

/** How a plot of curves is laid out; several that stand side by side share their domains. */
export interface PanelOptions {
  /** The score that is drawn. */
  readonly metric: Metric;
  /** How each arm is drawn. */
  readonly styles: readonly ArmStyle[];
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** The ends of the axis of the score. */
  readonly scores: readonly [number, number];
  /** The ends of the axis of the budget, in labelled units. */
  readonly units: readonly [number, number];
  /** Labels at the ends of the lines; without them the figure needs a legend. */
  readonly direct: boolean;
}

/** A point on the axis of the budget. One whose cells all failed has no labels of its own, and stands where the others are. */
interface PlacedPoint {
  readonly point: CurvePoint;
  readonly units: number;
}

function placedCurve(points: readonly CurvePoint[], arm: string): PlacedPoint[] {
  return curveOf(points, arm).flatMap((point) => {
    const units = point.units > 0 ? point.units : unitsAt(points, point.budget);
    return units === null ? [] : [{ point, units }];
  });
}

function armMarks(style: ArmStyle, curve: readonly PlacedPoint[], metric: Metric): Plot.Markish[] {
  const rows = curve.map(({ point, units }) => {
    const { mean, low, high } = point.scores[metric];
    // An undefined score breaks line and band.
    return { units, mean: mean ?? NaN, low: low ?? NaN, high: high ?? NaN, open: point.notConverged > 0 };
  });
  return [
    Plot.areaY(rows, { x: "units", y1: "low", y2: "high", fill: style.colour, fillOpacity: 0.1 }),
    Plot.line(rows, {
      x: "units",
      y: "mean",
      stroke: style.colour,
      strokeWidth: 2,
      strokeDasharray: style.dash,
      strokeLinecap: "butt",
    }),
    Plot.dot(rows, {
      x: "units",
      y: "mean",
      symbol: style.symbol,
      r: 4,
      fill: (row) => row.open ? colour("paper") : style.colour,
      stroke: style.colour,
      strokeWidth: 1.5,
    }),
  ];
}

/** A cross at the foot of the plot for each point of which cells failed, one above the other. */
function failureMarks(points: readonly CurvePoint[], options: PanelOptions): Plot.Markish[] {
  const stacked = new Map<Budget, number>();
  return options.styles.flatMap((style) =>
    placedCurve(points, style.arm.name).filter(({ point }) => point.failed > 0).map(({ point, units }) => {
      const level = stacked.get(point.budget) ?? 0;
      stacked.set(point.budget, level + 1);
      return Plot.dot([units], {
        x: (value) => value,
        y: options.scores[0],
        dy: -7 - 11 * level,
        symbol: "times",
        r: 4,
        stroke: style.colour,
        strokeWidth: 2.2,
      });
    })
  );
}

function budgetAxis(points: readonly CurvePoint[], options: PanelOptions & { right: number }): Plot.Markish {
  const ticks = budgetsOf(points).flatMap((budget) => {
    const units = unitsAt(points, budget);
    return units === null ? [] : [{ units, budget }];
  }).sort((a, b) => a.units - b.units);
  const text = ticks.map(({ units, budget }) => {
    const named = formatBudget(budget);
    return named === formatCount(units) ? named : `${formatCount(units)}\n${named}`;
  });
  const [low, high] = options.units.map(Math.log);
  const inner = options.width - MARGIN.left - options.right;
  const keep = roomyLabels(
    ticks.map(({ units }) => (Math.log(units) - low) / (high - low) * inner),
    text.map((lines) => Math.max(...lines.split("\n").map((line) => textWidth(line, 12)))),
  );
  const written = new Map(ticks.map(({ units }, index) => [units, keep[index] ? text[index] : ""]));
  return Plot.axisX(ticks.map(({ units }) => units), {
    // Not tickFormat: a logarithmic scale leaves out ticks whose first digit it finds too many.
    text: (units: number) => written.get(units) ?? "",
    fontSize: 12,
    label: null,
  });
}

/** The plot of one grid point. */
export function curvePanel(data: ReportData, gridPoint: GridPoint, options: PanelOptions): Panel {
  const { metric, styles, width, height, direct } = options;
  const { points } = gridPoint;
  const rules = rulesOf(data, { points, metric });
  const lines = styles.filter((style) => !style.arm.rule);
  const labels: EndLabel[] = [
    ...lines.flatMap((style) => {
      const last = curveOf(points, style.arm.name).findLast((point) =>
        point.scores[metric].mean !== null && point.units > 0
      );
      const value = last?.scores[metric].mean ?? null;
      return last && value !== null
        ? [{ name: style.arm.name, value, from: last.units, colour: style.colour, quiet: false }]
        : [];
    }),
    ...rules.map(({ names, value }) => ({
      name: names.join(", "),
      value,
      from: options.units[1],
      colour: colour("quiet"),
      quiet: true,
    })),
  ];
  const right = direct ? 40 + Math.max(0, ...labels.map((label) => textWidth(`${label.name} 0.00`, 12))) : 20;
  return plotPanel({
    width,
    height,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    marginRight: right,
    x: { type: "log", domain: options.units, label: null },
    y: { domain: options.scores, label: null },
    marks: [
      Plot.gridY({ stroke: colour("line"), strokeOpacity: 1, ticks: 6 }),
      Plot.axisY({
        ticks: 6,
        tickSize: 0,
        tickFormat: (value: number) => formatScore(value, 2),
        fontSize: 12,
        label: null,
      }),
      Plot.ruleY([options.scores[0]], { stroke: colour("quiet") }),
      budgetAxis(points, { ...options, right }),
      ...rules.map((rule) =>
        Plot.ruleY([rule.value], { stroke: colour("quiet"), strokeDasharray: rule.dash, strokeWidth: 1.3 })
      ),
      ...lines.flatMap((style) => armMarks(style, placedCurve(points, style.arm.name), metric)),
      ...failureMarks(points, options),
      Plot.text([direct ? metricLabel(metric) : gridPoint.name], {
        frameAnchor: "top-left",
        textAnchor: "start",
        dx: -MARGIN.left + 4,
        dy: -22,
        fontWeight: 600,
      }),
      Plot.text([`Labelled ${data.labelUnit}s in the budget (log scale)`], {
        frameAnchor: "bottom",
        dy: MARGIN.bottom - 8,
      }),
      direct ? endLabels(labels, { gapPx: 16 }) : null,
    ],
  });
}
