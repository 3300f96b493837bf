/**
 * What a score measures, where its name does not say it.
 *
 * @module
 */
import type { Metric } from "../evaluation/results.ts";
import type { ReportData } from "./data.ts";
import { metricLabel } from "./format.ts";

/** A sentence for a score that needs one; empty for the others. */
export function metricNote(metric: Metric, { summary, hardNegatives }: ReportData): string {
  const positive = `the class ${summary.classes.at(-1)}`;
  switch (metric) {
    case "within-subject-auroc":
      return `${metricLabel(metric)}: the mean over people of each one's own AUROC.`;
    case "hard-negative-auroc":
      return `${metricLabel(metric)}: windows of ${positive} against hard negatives alone${
        hardNegatives === null ? "" : ` (${hardNegatives.name})`
      }.`;
    case "paired-recordings":
      return `${
        metricLabel(metric)
      }: of people with one recording of each class, the share for whom that of ${positive} has the higher mean ` +
        "probability.";
    default:
      return "";
  }
}

/** The sentences for several scores. */
export function metricNotes(metrics: readonly Metric[], data: ReportData): string[] {
  return metrics.map((metric) => metricNote(metric, data)).filter((text) => text !== "");
}
