/**
 * What curves are measured by: chance, arms that no label changes, oracles.
 *
 * @module
 */
import { chanceLevel } from "../../evaluation/chance.ts";
import type { CurvePoint, Metric } from "../../evaluation/results.ts";
import type { ReportData } from "../data.ts";
import { formatScore } from "../format.ts";
import { armStyles } from "../palette.ts";
import { curveOf } from "../points.ts";

/** A horizontal rule across a plot of scores. */
export interface Rule {
  /** What all have this value. */
  readonly names: readonly string[];
  /** Where the rule lies, on the scale of the score. */
  readonly value: number;
  /** The dash array. */
  readonly dash: string;
}

/** The horizontal rules for one score: what guessing gives, arms that no label changes, oracles. Equal values share one rule. */
export function rulesOf(
  data: ReportData,
  { points, metric }: { readonly points: readonly CurvePoint[]; readonly metric: Metric },
): Rule[] {
  const rules: { names: string[]; value: number; dash: string }[] = [];
  const add = (name: string, value: number | null, dash: string) => {
    if (value === null) return;
    const same = rules.find((rule) => rule.dash === dash && formatScore(rule.value) === formatScore(value));
    if (same) same.names.push(name);
    else rules.push({ names: [name], value, dash });
  };
  add("chance", chanceLevel(metric, data.summary.classes.length), "2 3");
  for (const { arm } of armStyles(data).filter((style) => style.arm.rule)) {
    add(arm.name, curveOf(points, arm.name).at(-1)?.scores[metric].mean ?? null, "2 3");
  }
  for (const oracle of data.summary.oracles) add(`${oracle.name} (oracle)`, oracle.scores[metric], "10 4");
  return rules;
}
