/**
 * What a person reads of an evaluation in a terminal.
 *
 * @module
 */
import { join } from "node:path";
import { METRICS } from "../evaluation/results.ts";
import type { EvaluationScores } from "../pipeline/evaluate/scores.ts";
import type { EvaluationSummary } from "../pipeline/evaluate/summary.ts";
import { formatCount, formatPercent, formatQuantity, formatScore, metricLabel } from "../report/format.ts";
import { colours } from "./colours.ts";

/** The lines, from what was evaluated to where the files are. */
export function describeEvaluation(summary: EvaluationSummary, { output }: { output: string }): string[] {
  const { model, windows, predicted, notes, scores, unlabelled, performance } = summary;
  const shares = Object.entries(predicted).map(([name, count]) =>
    `${name} ${formatCount(count)} (${formatPercent(count / windows)})`
  );
  return [
    `${colours.bold(model.arm)}  ${model.cell ?? model.file}, trained on ${model.dataset}`,
    countLine(summary),
    `predicted  ${shares.join(", ")}`,
    ...notes.map((note) => `note  ${note}`),
    ...scores === undefined ? [] : ["", ...scoreLines(scores, summary)],
    ...Object.entries(unlabelled ?? {}).map(([reason, count]) =>
      colours.dim(`without a class  ${formatQuantity(count, "window")}: ${reason}`)
    ),
    "",
    colours.dim(
      `${formatCount(performance.windowsPerSecond)} windows a second, ${
        formatQuantity(performance.sessions, "session")
      } of ONNX Runtime`,
    ),
    `predictions  ${join(output, "predictions.csv")}`,
    `summary  ${join(output, "summary.json")}`,
  ];
}

function countLine({ windows, recordings, subjects, discarded }: EvaluationSummary): string {
  const people = subjects === 0
    ? formatQuantity(recordings, "file")
    : `${formatQuantity(recordings, "recording")} of ${formatQuantity(subjects, "subject")}`;
  const left = Object.entries(discarded).map(([reason, count]) => `${formatCount(count)} ${reason}`);
  return `${formatQuantity(windows, "window")} from ${people}${
    left.length === 0 ? "" : `; left out: ${left.join(", ")}`
  }`;
}

/** A table of what is defined; a second column tells of people that the model has not seen. */
function scoreLines({ windows, all, unseen }: EvaluationScores, { seen }: EvaluationSummary): string[] {
  const isMarked = seen.training.length + seen.pretraining.length > 0;
  const defined = METRICS.filter((metric) => all.scores[metric] !== null);
  const rows = [
    ["score", isMarked ? "all*" : "all", ...unseen === null ? [] : ["unseen people"]],
    ...defined.map((metric) => [
      metricLabel(metric),
      formatScore(all.scores[metric]),
      ...unseen === null ? [] : [formatScore(unseen.scores[metric])],
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row.map((cell, column) => column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))
      .join("  ")
  );
  return [
    colours.bold(lines[0]),
    ...lines.slice(1),
    colours.dim(`over ${formatQuantity(windows, "labelled window")}`),
    ...isMarked
      ? [colours.yellow("* the model has seen some of these people: no estimate for new ones")]
      : [],
  ];
}
