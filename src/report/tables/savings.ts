/**
 * How many labels each arm saves.
 *
 * @module
 */
import type { ReportData } from "../data.ts";
import { formatBudget, formatCount, formatTimes, MISSING } from "../format.ts";
import { gridKey, gridName } from "../points.ts";
import { cell, groupRows, numberColumns, type Table, textColumns } from "./table.ts";

const BEYOND = {
  "": MISSING,
  "above": "above the whole curve",
  "below": "below the whole curve",
} as const;

/** For each arm and budget, the labels with which supervised learning scores the same. */
export function savingsTable(data: ReportData): Table {
  const rules = new Set(data.arms.filter((arm) => arm.rule).map((arm) => arm.name));
  const savings = data.summary.savings.filter((saving) => !rules.has(saving.arm));
  const several = new Set(savings.map((saving) => gridKey(saving.grid))).size > 1;
  return {
    name: "savings",
    caption:
      "Labels with which supervised learning reaches the same score, read off its curve between its budgets",
    columns: [
      ...textColumns(...several ? ["Setting"] : [], "Arm"),
      ...numberColumns("Budget", "Labels", "Supervised needs", "Times as many"),
    ],
    rows: groupRows(savings.map((saving) => ({
      group: `${gridKey(saving.grid)} ${saving.arm}`,
      cells: [
        ...several ? [cell(gridName(saving.grid))] : [],
        cell(saving.arm),
        cell(formatBudget(saving.budget)),
        cell(formatCount(saving.labels)),
        cell(saving.supervisedLabels === null ? BEYOND[saving.beyond] : formatCount(saving.supervisedLabels)),
        cell(
          saving.supervisedLabels === null ? MISSING : formatTimes(saving.supervisedLabels / saving.labels),
        ),
      ],
    }))),
    notes: [],
    data: {
      columns: [...several ? ["setting"] : [], "arm", "budget", "labels", "supervisedLabels", "beyond"],
      rows: savings.map(({ grid, arm, budget, labels, supervisedLabels, beyond }) => ({
        setting: gridName(grid),
        arm,
        budget,
        labels,
        supervisedLabels,
        beyond,
      })),
    },
  };
}
