/**
 * The answer in one paragraph, made from the summary's numbers.
 *
 * @module
 */
import { METRIC_WORDS } from "../evaluation/claims.ts";
import type { Budget, CurvePoint } from "../evaluation/results.ts";
import type { ReportData } from "./data.ts";
import { formatBudget, formatCount, formatList, formatQuantity, formatScore, formatTimes } from "./format.ts";
import { armStyles } from "./palette.ts";
import { budgetsOf, gridPoints, unitsAt } from "./points.ts";

/** What each arm scores at one budget, best first; the ends of its range where there are several grid points. */
function scoresAt(data: ReportData, budget: Budget): string {
  const { points, primary } = data.summary;
  const arms = armStyles(data).flatMap(({ arm }) => {
    const scored = points.filter((point) => point.arm === arm.name && point.budget === budget)
      .map((point) => point.scores[primary])
      .filter((spread): spread is typeof spread & { mean: number } => spread.mean !== null);
    if (scored.length === 0) return [];
    const means = scored.map((spread) => spread.mean);
    const [low, high] = [Math.min(...means), Math.max(...means)];
    const ends = new Set([formatScore(low, 2), formatScore(high, 2)]);
    const text = [...ends].join(" to ");
    return [{ high, text: `${arm.name} ${text}` }];
  });
  return formatList(arms.sort((a, b) => b.high - a.high).map(({ text }) => text));
}

function budgetPhrase(points: readonly CurvePoint[], options: { budget: Budget; unit: string }): string {
  const { budget, unit } = options;
  const units = unitsAt(points, budget);
  if (units === null) return `At the budget ${formatBudget(budget)}`;
  const quantity = formatQuantity(units, `labelled ${unit}`);
  if (budget === "all") return `With all ${quantity}`;
  return budget < 1 ? `With ${quantity} (${formatBudget(budget)})` : `With ${quantity}`;
}

/** What the arms save at the smallest budget at which they were compared. */
function savingsSentence(data: ReportData, smallest: Budget): string {
  const rules = new Set(data.arms.filter((arm) => arm.rule).map((arm) => arm.name));
  const savings = data.summary.savings.filter((saving) =>
    saving.budget === smallest && !rules.has(saving.arm)
  );
  if (savings.length === 0) return "";
  const saved = savings.flatMap(({ arm, labels, supervisedLabels, beyond }) => {
    const own = `${arm} with ${formatQuantity(labels, "labelled window")}`;
    if (beyond === "above") return [`${own} scores above the whole supervised curve`];
    if (supervisedLabels === null || supervisedLabels <= labels) return [];
    return [
      `${own} scores what supervised learning reaches with ${formatCount(supervisedLabels)} (${
        formatTimes(supervisedLabels / labels)
      } times as many)`,
    ];
  });
  return saved.length === 0
    ? "At the smallest budget no arm scores what supervised learning needs more labels for."
    : `In the mean, ${saved.join("; ")}.`;
}

/**
 * The primary score of each arm at the smallest and at the largest budget, and what is saved in labels.
 *
 * Says that nothing is done where no point has a score.
 */
export function headline(data: ReportData): string {
  const { points, primary } = data.summary;
  const budgets = budgetsOf(points.filter((point) => point.scores[primary].mean !== null));
  const [smallest, largest] = [budgets[0], budgets.at(-1)];
  if (smallest === undefined || largest === undefined) {
    return points.length === 0
      ? "No cell is done yet: there is no answer."
      : "No cell has a score: there is no answer.";
  }
  const settings = gridPoints(data.summary).length;
  const phrase = (budget: Budget) => budgetPhrase(points, { budget, unit: data.labelUnit });
  const sentences = [
    `${phrase(smallest)} the ${METRIC_WORDS[primary]}${
      settings > 1 ? ` over ${settings} settings` : ""
    } is: ${scoresAt(data, smallest)}.`,
    largest === smallest ? "" : `${phrase(largest)} it is: ${scoresAt(data, largest)}.`,
    settings > 1 ? "What is saved in labels is in the table of savings." : savingsSentence(data, smallest),
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}
