/**
 * What curves are measured by: chance, arms that no label changes, oracles.
 *
 * @module
 */
import type { CurvePoint } from "../../evaluation/results.ts";
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

/** The horizontal rules: what guessing scores, arms that no label changes, oracles. Equal values share one rule. */
export function rulesOf(data: ReportData, points: readonly CurvePoint[]): Rule[] {
  const rules: { names: string[]; value: number; dash: string }[] = [];
  const add = (name: string, value: number | null, dash: string) => {
    if (value === null) return;
    const same = rules.find((rule) => rule.dash === dash && formatScore(rule.value) === formatScore(value));
    if (same) same.names.push(name);
    else rules.push({ names: [name], value, dash });
  };
  const { primary } = data.summary;
  add("chance", data.chance, "2 3");
  for (const { arm } of armStyles(data).filter((style) => style.arm.rule)) {
    add(arm.name, curveOf(points, arm.name).at(-1)?.scores[primary].mean ?? null, "2 3");
  }
  for (const oracle of data.summary.oracles) add(`${oracle.name} (oracle)`, oracle.scores[primary], "10 4");
  return rules;
}
