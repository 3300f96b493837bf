/**
 * The scores that are not the primary one.
 *
 * @module
 */
import { metricsInOrder } from "../../evaluation/results.ts";
import type { ReportData } from "../data.ts";
import { formatBudget, metricLabel } from "../format.ts";
import { metricNotes } from "../metric_notes.ts";
import { armStyles } from "../palette.ts";
import { budgetsOf, curveOf, gridPoints } from "../points.ts";
import { markNotes, pointColumns, pointKeys, scoreCell } from "./score_cell.ts";
import { cell, groupRows, numberColumns, type Table, textColumns } from "./table.ts";

/**
 * The scores that are not the primary one, in the order of the report: all of every point, or at the largest budget those
 * that were not declared. What no point has is left out in print.
 */
export function secondaryTable(data: ReportData, options: { budgets: "all" | "largest" }): Table {
  const { points, secondary } = data.summary;
  const isWhole = options.budgets === "all";
  const grids = gridPoints(data.summary);
  const several = grids.length > 1;
  const metrics = metricsInOrder(data.summary).slice(isWhole ? 1 : 1 + secondary.length);
  const scored = metrics.filter((metric) => points.some(({ scores }) => scores[metric].mean !== null));
  const largest = budgetsOf(points).at(-1);
  const rows = grids.flatMap((grid) =>
    armStyles(data).flatMap(({ arm }) => curveOf(grid.points, arm.name).map((point) => ({ grid, point })))
  ).filter(({ point }) => isWhole || point.budget === largest);
  return {
    name: isWhole ? "secondary" : "secondary_largest",
    caption: isWhole
      ? "All scores but the primary one, mean [95% interval, people resampled]"
      : "The scores that were not declared, at the largest budget, mean [95% interval, people resampled]: exploratory",
    columns: [
      ...textColumns(...several ? ["Setting"] : [], "Arm"),
      ...numberColumns(...isWhole ? ["Budget"] : [], ...scored.map(metricLabel)),
    ],
    rows: groupRows(rows.map(({ grid, point }) => ({
      group: isWhole ? `${grid.key} ${point.arm}` : grid.key,
      cells: [
        ...several ? [cell(grid.name)] : [],
        cell(point.arm),
        ...isWhole ? [cell(formatBudget(point.budget))] : [],
        ...scored.map((metric) => scoreCell(point, metric)),
      ],
    }))),
    notes: [...markNotes(rows.map(({ point }) => point)), ...metricNotes(scored, data)],
    data: {
      columns: [
        ...pointColumns(points),
        ...metrics.flatMap((metric) => [metric, `${metric} low`, `${metric} high`]),
      ],
      rows: rows.map(({ point }) => ({
        ...pointKeys(point),
        ...Object.fromEntries(metrics.flatMap((metric) => {
          const { mean, low, high } = point.scores[metric];
          return [[metric, mean], [`${metric} low`, low], [`${metric} high`, high]];
        })),
      })),
    },
  };
}
