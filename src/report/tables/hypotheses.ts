/**
 * Comparisons of arms, tested over people: those that the manifest declares, and all others.
 *
 * @module
 */
import type { HypothesisResult } from "../../evaluation/results.ts";
import type { ReportData } from "../data.ts";
import {
  formatBudget,
  formatCount,
  formatDifference,
  formatInterval,
  formatPValue,
  metricLabel,
} from "../format.ts";
import { gridKey, gridName } from "../points.ts";
import { cell, groupRows, numberColumns, type Table, textColumns } from "./table.ts";

function comparisonsOf(results: readonly HypothesisResult[]): Pick<Table, "columns" | "rows" | "data"> {
  const several = new Set(results.map((result) => gridKey(result.grid))).size > 1;
  return {
    columns: [
      ...textColumns(...several ? ["Setting"] : [], "Comparison"),
      ...numberColumns("Budget", "Difference", "p", "People"),
      ...textColumns("Score", "Null hypothesis"),
    ],
    rows: groupRows(results.map((result) => ({
      group: `${gridKey(result.grid)} ${result.arm} ${result.against}`,
      cells: [
        ...several ? [cell(gridName(result.grid))] : [],
        cell(`${result.arm} − ${result.against}`),
        cell(formatBudget(result.budget)),
        { text: formatDifference(result.difference), detail: formatInterval(result) },
        cell(formatPValue(result.pValue)),
        cell(formatCount(result.people)),
        cell(metricLabel(result.metric)),
        cell(result.nullHypothesis),
      ],
    }))),
    data: {
      columns: [
        ...several ? ["setting"] : [],
        ...[
          "arm",
          "against",
          "budget",
          "metric",
          "difference",
          "low",
          "high",
          "pValue",
          "people",
          "nullHypothesis",
        ],
      ],
      rows: results.map(({ grid, ...result }) => ({ setting: gridName(grid), ...result })),
    },
  };
}

/** The declared comparisons: the claim of the run. */
export function hypothesesTable(data: ReportData): Table {
  return {
    name: "hypotheses",
    caption:
      "Declared hypotheses: mean difference over people [95% interval], p of two-sided sign flips over people",
    ...comparisonsOf(data.summary.hypotheses),
    notes: [],
  };
}

/** Every arm against the reference at every budget: exploratory. */
export function comparisonsTable(data: ReportData): Table {
  return {
    name: "comparisons",
    caption:
      "Every arm against the reference: mean difference over people [95% interval], p of two-sided sign flips over people",
    ...comparisonsOf(data.summary.comparisons),
    notes: ["Exploratory: not declared in the manifest, and p not adjusted for the number of comparisons."],
  };
}
