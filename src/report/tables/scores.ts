/**
 * One score: arms by budgets; and every point of the primary score with its spreads.
 *
 * @module
 */
import type { CurvePoint, Metric } from "../../evaluation/results.ts";
import type { ReportData } from "../data.ts";
import { formatBudget, formatCount, formatScore, metricFile, metricLabel, MISSING } from "../format.ts";
import { metricNotes } from "../metric_notes.ts";
import { armStyles } from "../palette.ts";
import { budgetsOf, curveOf, gridPoints, unitsAt } from "../points.ts";
import { markNotes, pointColumns, pointKeys, scoreCaption, scoreCell } from "./score_cell.ts";
import { cell, groupRows, numberColumns, type Table, type TableCell, textColumns } from "./table.ts";

/** Arms by budgets, of the primary score by default: the table of a paper. */
export function scoresTable(data: ReportData, metric: Metric = data.summary.primary): Table {
  const { points } = data.summary;
  const grids = gridPoints(data.summary);
  const budgets = budgetsOf(points);
  const heads = budgets.map((budget) => {
    const units = formatCount(unitsAt(points, budget));
    const named = formatBudget(budget);
    return named === units ? named : `${named} (${units})`;
  });
  const rows = grids.flatMap((grid) =>
    armStyles(data).map(({ arm }) => ({ grid, arm, curve: curveOf(grid.points, arm.name) }))
  ).filter(({ curve }) => curve.length > 0);
  const several = grids.length > 1;
  return {
    name: metricFile("scores", { metric, summary: data.summary }),
    caption: `${scoreCaption(metric)}, by labelled ${data.labelUnit}s in the budget`,
    columns: [
      ...textColumns(...several ? ["Setting"] : [], "Arm"),
      ...numberColumns(...heads),
    ],
    rows: groupRows(rows.map(({ grid, arm, curve }) => ({
      group: grid.key,
      cells: [
        ...several ? [cell(grid.name)] : [],
        cell(arm.name),
        ...budgets.map((budget) => {
          const point = curve.find((candidate) => candidate.budget === budget);
          return point ? scoreCell(point, metric) : cell(MISSING);
        }),
      ],
    }))),
    notes: [...markNotes(points), ...metricNotes([metric], data)],
    data: {
      columns: [
        ...pointColumns(points).filter((column) => column !== "budget"),
        ...budgets.map((budget) => `budget ${budget}`),
      ],
      rows: rows.map(({ curve }) => ({
        ...pointKeys(curve[0]),
        ...Object.fromEntries(curve.map((point) => [`budget ${point.budget}`, point.scores[metric].mean])),
      })),
    },
  };
}

/** Every point: labels, score, and its spread over draws, over seeds and over people apart. */
export function spreadsTable(data: ReportData): Table {
  const { points, primary } = data.summary;
  const grids = gridPoints(data.summary);
  const several = grids.length > 1;
  const rows = grids.flatMap((grid) =>
    armStyles(data).flatMap(({ arm }) => curveOf(grid.points, arm.name).map((point) => ({ grid, point })))
  );
  return {
    name: "spreads",
    caption: `${
      scoreCaption(primary)
    }; standard deviations over draws, over seeds and over people, each after averaging the rest`,
    columns: [
      ...textColumns(...several ? ["Setting"] : [], "Arm"),
      ...numberColumns(
        "Budget",
        "Labels",
        metricLabel(primary),
        "SD draws",
        "SD seeds",
        "SD people",
        "Cells",
        "Not converged",
        "Failed",
      ),
    ],
    rows: groupRows(rows.map(({ grid, point }) => ({
      group: `${grid.key} ${point.arm}`,
      cells: [...several ? [cell(grid.name)] : [], ...spreadCells(point, primary)],
    }))),
    notes: markNotes(points),
    data: {
      columns: [...pointColumns(points), ...SPREAD_COLUMNS],
      rows: rows.map(({ point }) => {
        const { labels, units, cells, notConverged, failed } = point;
        return { ...pointKeys(point), labels, units, ...point.scores[primary], cells, notConverged, failed };
      }),
    },
  };
}

/** The columns of the file of every point, after those that say which point it is. */
const SPREAD_COLUMNS = [
  "labels",
  "units",
  "mean",
  "low",
  "high",
  "overDraws",
  "overSeeds",
  "overPeople",
  "cells",
  "notConverged",
  "failed",
];

/** A row of every point, from the arm on. */
function spreadCells(point: CurvePoint, metric: Metric): TableCell[] {
  const { overDraws, overSeeds, overPeople } = point.scores[metric];
  return [
    cell(point.arm),
    cell(formatBudget(point.budget)),
    cell(formatCount(point.labels)),
    scoreCell(point, metric),
    ...[overDraws, overSeeds, overPeople].map((spread) => cell(formatScore(spread))),
    ...[point.cells, point.notConverged, point.failed].map((count) => cell(formatCount(count))),
  ];
}
