/**
 * The table at the end of a run, for a terminal.
 *
 * @module
 */
import { createColors } from "picocolors";
import type { Budget, CurvePoint, Metric, Summary } from "../evaluation/results.ts";
import { formatBudget, formatCount, formatInterval, formatScore, metricLabel, MISSING } from "./format.ts";
import { leakText } from "./leak.ts";
import { budgetsOf, curveOf, gridPoints, scoredSecondary, unitsAt } from "./points.ts";

/** How a terminal table is written. */
export interface TerminalOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether escape codes are understood. */
  readonly colour: boolean;
  /** The reason for which a failed check for leaks was overridden. */
  readonly leak?: string;
}

interface TerminalCell {
  readonly text: string;
  /** Written faintly after the text. */
  readonly detail: string;
}

const GAP = "  ";

function cellOf(
  point: CurvePoint | undefined,
  options: { metric: Metric; intervals: boolean },
): TerminalCell {
  if (!point) return { text: MISSING, detail: "" };
  const spread = point.scores[options.metric];
  const marks = (point.notConverged > 0 ? "†" : "") + (point.failed > 0 ? "‡" : "");
  const interval = options.intervals ? formatInterval(spread, 2) : "";
  return { text: formatScore(spread.mean) + marks, detail: interval === "" ? "" : ` ${interval}` };
}

/** Rows of cells as lines; the first column left, the others right, the first row a head. */
function lines(rows: readonly (readonly TerminalCell[])[], colour: boolean): string[] {
  const { bold, dim } = createColors(colour);
  const size = ({ text, detail }: TerminalCell) => text.length + detail.length;
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => size(row[column]))));
  return rows.map((row, index) =>
    row.map((cell, column) => {
      const space = " ".repeat(widths[column] - size(cell));
      const written = (index === 0 ? bold(cell.text) : cell.text) +
        (cell.detail === "" ? "" : dim(cell.detail));
      return column === 0 ? written + space : space + written;
    }).join(GAP).trimEnd()
  );
}

function totalWidth(rows: readonly (readonly TerminalCell[])[]): number {
  const sizes = rows[0].map((_, column) =>
    Math.max(...rows.map((row) => row[column].text.length + row[column].detail.length))
  );
  return sizes.reduce((sum, size) => sum + size, GAP.length * (sizes.length - 1));
}

function block(
  points: readonly CurvePoint[],
  options: { metric: Metric; budgets: readonly Budget[]; intervals: boolean; units: boolean },
): TerminalCell[][] {
  const head = options.budgets.map((budget) => {
    const [named, units] = [formatBudget(budget), formatCount(unitsAt(points, budget))];
    return { text: !options.units || named === units ? named : `${named} (${units})`, detail: "" };
  });
  const arms = [...new Set(points.map((point) => point.arm))];
  return [
    [{ text: "arm", detail: "" }, ...head],
    ...arms.map((arm) => {
      const curve = curveOf(points, arm);
      return [
        { text: arm, detail: "" },
        ...options.budgets.map((budget) => cellOf(curve.find((point) => point.budget === budget), options)),
      ];
    }),
  ];
}

/** The budgets in pieces, each as many as fit the width. */
function fittingPieces(points: readonly CurvePoint[], metric: Metric, width: number): TerminalCell[][][] {
  const budgets = budgetsOf(points);
  for (const shown of [{ intervals: true, units: true }, { intervals: false, units: true }]) {
    const whole = block(points, { metric, budgets, ...shown });
    if (totalWidth(whole) <= width) return [whole];
  }
  const pieces: TerminalCell[][][] = [];
  for (let first = 0; first < budgets.length;) {
    let count = budgets.length - first;
    const piece = () =>
      block(points, { metric, budgets: budgets.slice(first, first + count), intervals: false, units: false });
    while (count > 1 && totalWidth(piece()) > width) count--;
    pieces.push(piece());
    first += count;
  }
  return pieces;
}

/**
 * The primary score by arm and budget, then each secondary score that some cell has. Where the width is short, intervals are left out, then the numbers of labels, and then
 * the table is broken into several.
 *
 * Without colour the text is plain. Says so when no cell is done.
 */
export function summaryTable(summary: Summary, { width, colour, leak = "" }: TerminalOptions): string {
  const { primary, points } = summary;
  const metrics = [primary, ...scoredSecondary(summary)];
  if (points.length === 0) return "No cell is done.\n";
  const { bold, red } = createColors(colour);
  const blocksOf = (metric: Metric) => [
    [`${metricLabel(metric)}, mean over cells`],
    ...gridPoints(summary).flatMap(({ name, points: own }) =>
      fittingPieces(own, metric, width).map((
        rows,
      ) => [...name === "" ? [] : [bold(name)], ...lines(rows, colour)])
    ),
  ];
  const notes = [
    ...points.some((point) => point.notConverged > 0) ? ["† some cells had not converged"] : [],
    ...points.some((point) => point.failed > 0) ? ["‡ some cells failed"] : [],
  ];
  return [
    ...leak === "" ? [] : [[red(leakText(leak))]],
    ...metrics.flatMap(blocksOf),
    ...notes.length === 0 ? [] : [notes],
  ]
    .map((part) => part.join("\n")).join("\n\n") + "\n";
}
