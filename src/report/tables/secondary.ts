/**
 * The scores that are not the primary one.
 *
 * @module
 */
import { metricsInOrder } from "../../evaluation/results.ts";
import type { ReportData } from "../data.ts";
import { formatBudget, metricLabel } from "../format.ts";
import { armStyles } from "../palette.ts";
import { budgetsOf, curveOf, gridPoints } from "../points.ts";
import { markNotes, pointColumns, pointKeys, scoreCell } from "./score_cell.ts";
import { cell, groupRows, numberColumns, type Table, textColumns } from "./table.ts";

/** Every other score of every point, or of those at the largest budget alone. */
export function secondaryTable(data: ReportData, options: { budgets: "all" | "largest" }): Table {
  const { points } = data.summary;
  const grids = gridPoints(data.summary);
  const several = grids.length > 1;
  const metrics = metricsInOrder(data.summary).slice(1);
  const largest = budgetsOf(points).at(-1);
  const rows = grids.flatMap((grid) =>
    armStyles(data).flatMap(({ arm }) => curveOf(grid.points, arm.name).map((point) => ({ grid, point })))
  ).filter(({ point }) => options.budgets === "all" || point.budget === largest);
  return {
    name: options.budgets === "all" ? "secondary" : "secondary_largest",
    caption: "The other scores, mean [95% interval, people resampled]: exploratory" +
      (options.budgets === "all" ? "" : "; at the largest budget"),
    columns: [
      ...textColumns(...several ? ["Setting"] : [], "Arm"),
      ...numberColumns("Budget", ...metrics.map(metricLabel)),
    ],
    rows: groupRows(rows.map(({ grid, point }) => ({
      group: options.budgets === "all" ? `${grid.key} ${point.arm}` : grid.key,
      cells: [
        ...several ? [cell(grid.name)] : [],
        cell(point.arm),
        cell(formatBudget(point.budget)),
        ...metrics.map((metric) => scoreCell(point, metric)),
      ],
    }))),
    notes: markNotes(rows.map(({ point }) => point)),
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
