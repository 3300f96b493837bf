/**
 * The learning curve: a score by the labels in the budget, a line for each arm.
 *
 * @module
 */
import type { CurvePoint, Metric } from "../../evaluation/results.ts";
import type { ReportData } from "../data.ts";
import { formatCount, formatScore, metricFile, metricLabel } from "../format.ts";
import { metricNote } from "../metric_notes.ts";
import { armStyles, colour } from "../palette.ts";
import { curveOf, gridPoints } from "../points.ts";
import { arrangePanels, type Figure, messagePanel } from "../svg.ts";
import { curvePanel } from "./curve_panel.ts";
import { legendPanel } from "./legend.ts";
import { rulesOf } from "./rules.ts";

const WIDTH = 760;

/** The range of the scores, to the next twentieth. */
function scoreDomain(data: ReportData, metric: Metric): [number, number] {
  const { points } = data.summary;
  const values = [
    ...points.flatMap((point) => {
      const { mean, low, high } = point.scores[metric];
      return [mean, low, high];
    }),
    ...rulesOf(data, { points, metric }).map((rule) => rule.value),
  ].filter((value) => value !== null);
  if (values.length === 0) return [0, 1];
  const low = Math.floor((Math.min(...values) - 0.01) * 20) / 20;
  const high = Math.ceil((Math.max(...values) + 0.01) * 20) / 20;
  return [Math.max(0, low), Math.min(1, Math.max(high, low + 0.1))];
}

function unitDomain(points: readonly CurvePoint[]): [number, number] {
  const units = points.map((point) => point.units).filter((value) => value > 0);
  const [low, high] = [Math.min(...units), Math.max(...units)];
  const room = low === high ? 2 : (high / low) ** 0.025;
  return [low / room, high * room];
}

function describe(
  data: ReportData,
  { points, metric }: { points: readonly CurvePoint[]; metric: Metric },
): string {
  const sentences = armStyles(data).flatMap(({ arm }) => {
    const scored = curveOf(points, arm.name).filter((point) => point.scores[metric].mean !== null);
    const [first, last] = [scored[0], scored.at(-1)];
    if (!first || !last) return [];
    return [
      `${arm.name}: ${formatScore(first.scores[metric].mean, 2)} with ${
        formatCount(first.units)
      } labelled ${data.labelUnit}s, ` +
      `${formatScore(last.scores[metric].mean, 2)} with ${formatCount(last.units)}.`,
    ];
  });
  return `${metricLabel(metric)} by labels in the budget. ${sentences.join(" ")}`;
}

/** The learning curve, of the primary score by default; one panel for each grid point where other keys are swept too. */
export function learningCurve(data: ReportData, metric: Metric = data.summary.primary): Figure {
  const grids = gridPoints(data.summary);
  const styles = armStyles(data);
  const several = grids.length > 1;
  const name = metricFile("learning_curve", { metric, summary: data.summary });
  const title = `${metricLabel(metric)} by labels`;
  const caption = [
    `${
      metricLabel(metric)
    } of each arm by the labelled ${data.labelUnit}s in its budget, those that train and those ` +
    "that choose the model together. Bands: 95% interval, people resampled. An open mark: some cells had not converged. " +
    "A cross at the foot: some cells failed.",
    several ? "One panel for each setting of the other swept keys." : "",
    metricNote(metric, data),
  ].filter((sentence) => sentence !== "").join(" ");
  if (!data.summary.points.some((point) => point.units > 0)) {
    const alt = "No learning curve: no cell is done.";
    return { name, title, alt, caption, panel: messagePanel(alt) };
  }
  const scores = scoreDomain(data, metric);
  const units = unitDomain(data.summary.points);
  const alt = grids.map((grid) =>
    (several ? `${grid.name}. ` : "") + describe(data, { points: grid.points, metric })
  ).join(" ");
  const panel = several
    ? arrangePanels([
      legendPanel([
        ...styles.filter(({ arm }) => !arm.rule).map((style) => ({ ...style, name: style.arm.name })),
        ...rulesOf(data, { points: data.summary.points, metric }).map(({ names, dash }) => ({
          name: names.join(", "),
          colour: colour("quiet"),
          dash,
          symbol: null,
        })),
      ], WIDTH),
      arrangePanels(
        grids.map((grid) =>
          curvePanel(data, grid, { metric, styles, width: 374, height: 280, scores, units, direct: false })
        ),
        { columns: 2 },
      ),
    ], { columns: 1 })
    : curvePanel(data, grids[0], { metric, styles, width: WIDTH, height: 450, scores, units, direct: true });
  return { name, title, alt, caption, panel };
}
