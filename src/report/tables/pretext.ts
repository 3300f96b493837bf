/**
 * How well each transformation is recognised, in numbers.
 *
 * @module
 */
import type { ReportData } from "../data.ts";
import { formatCount, formatScore } from "../format.ts";
import { gridKey, gridName } from "../points.ts";
import { pretextMeans } from "../pretext_means.ts";
import { cell, groupRows, numberColumns, type Table, textColumns } from "./table.ts";

/** Means over folds and seeds. */
export function pretextTable(data: ReportData): Table {
  const { pretext } = data.summary;
  const keys = [...new Set(pretext.map((score) => gridKey(score.grid)))];
  const several = keys.length > 1;
  const rows = keys.flatMap((key) => {
    const own = pretext.filter((score) => gridKey(score.grid) === key);
    return pretextMeans(own).map((row) => ({ setting: gridName(own[0].grid), ...row }));
  });
  return {
    name: "pretext",
    caption: "Recognition of each transformation on training people set aside, mean over folds and seeds",
    columns: [
      ...textColumns(...several ? ["Setting"] : [], "Transformation"),
      ...numberColumns("Balanced accuracy", "F1", "Folds × seeds"),
    ],
    rows: groupRows(rows.map((row) => ({
      group: row.setting,
      cells: [
        ...several ? [cell(row.setting)] : [],
        cell(row.transformation),
        cell(formatScore(row.balancedAccuracy)),
        cell(formatScore(row.f1)),
        cell(formatCount(row.count)),
      ],
    }))),
    notes: [],
    data: {
      columns: [...several ? ["setting"] : [], "transformation", "balancedAccuracy", "f1", "count"],
      rows: rows.map((row) => ({ ...row })),
    },
  };
}
