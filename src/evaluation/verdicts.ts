/**
 * The sentences that a report prints above its curve: plain words, and only what the numbers show.
 *
 * @module
 */
import canonicalize from "canonicalize";
import { meanDefined } from "./average.ts";
import { chanceLevel } from "./chance.ts";
import {
  budgetWords,
  gridWords,
  isSameComparison,
  METRIC_WORDS,
  numbersOf,
  savingWords,
  tooFewPeople,
  winner,
} from "./claims.ts";
import type { CurvePoint, HypothesisResult, Summary } from "./results.ts";
import { seedSentences } from "./seed_spread.ts";
import { underfitSentences } from "./underfit.ts";

/** A sentence of the report; a warning says that a number can't be taken as it stands, or that a claim failed. */
export interface Verdict {
  readonly level: "note" | "warning";
  readonly text: string;
}

/** What the sentences need to know beside the summary. */
export interface VerdictOptions {
  /** Whether the data are simulated, so that somebody knows the truth. The dataset's own notes say what that means. */
  readonly simulated: boolean;
  /** What else the report must say, in sentences. */
  readonly notes: readonly string[];
  /** The arms whose encoder is pretrained without labels. */
  readonly pretrained: readonly string[];
  /** The arm that pretrained ones are compared with; `supervised` by default. */
  readonly reference?: string;
  /** The arms on hand-made features, which the reference arm is measured by; none by default. */
  readonly handMade?: readonly string[];
  /** Arms that are at chance by design; `majority` by default. */
  readonly baselines?: readonly string[];
}

/** Mean balanced accuracy over transformations below which a pretext task counts as not learned; chance is 0.5. */
const LEARNED = 0.75;

/**
 * Says what a summary shows, and what it does not.
 *
 * A win is claimed when the declared test of an arm against another falls below 0.05; a comparison that was not
 * declared must have a 95% interval without zero as well, and is called exploratory. Everything else is "no difference
 * shown". What makes the comparison itself doubtful comes first: a pretext task that was not learned, and a reference
 * arm below hand-made features.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { byMetric } from "./results.ts";
 * const oracles = [{ name: "arousal", scores: byMetric(() => 0.91) }];
 * const lists = { points: [], hypotheses: [], comparisons: [], savings: [], oracles, pretext: [] };
 * const summary = { primary: "auroc" as const, secondary: [], classes: ["calm", "stress"], ...lists };
 * const [verdict] = verdicts(summary, { simulated: true, notes: [], pretrained: [] });
 * assert.equal(verdict.text, "A threshold on the true state would reach the AUROC: arousal 0.910.");
 * ```
 */
export function verdicts(summary: Summary, options: VerdictOptions): Verdict[] {
  const { reference = "supervised", handMade = [] } = options;
  return [
    ...ofPretext(summary),
    ...underfitSentences(summary, { reference, handMade }).map(warning),
    ...ofSimulation(summary, options),
    ...ofCells(summary.points),
    ...seedSentences(summary).map(warning),
    ...ofChance(summary, options),
    ...ofSelfSupervision(summary, options),
    ...summary.hypotheses.map((result) => ofDeclared(result, summary, options)),
    ...ofExploratory(summary, options),
    ...options.notes.map((text) => note(text)),
  ];
}

function ofSimulation({ oracles, primary }: Summary, { simulated }: VerdictOptions): Verdict[] {
  if (!simulated) return [];
  const reached = oracles.flatMap(({ name, scores }) => {
    const score = scores[primary];
    return score === null ? [] : [`${name} ${score.toFixed(3)}`];
  });
  if (reached.length === 0) return [];
  return [
    note(`A threshold on the true state would reach the ${METRIC_WORDS[primary]}: ${reached.join(", ")}.`),
  ];
}

function ofCells(points: readonly CurvePoint[]): Verdict[] {
  const cells = total(points, (point) => point.cells), failed = total(points, (point) => point.failed);
  const found: Verdict[] = [];
  if (failed > 0) {
    const arms = byArm(points, (point) => point.failed);
    found.push(warning(`${failed} of ${cells} cells failed and are left out of every number: ${arms}.`));
  }
  const open = total(points, (point) => point.notConverged);
  if (open > 0) {
    const arms = byArm(points, (point) => point.notConverged);
    found.push(warning(`${open} of ${cells - failed} trained cells have not converged: ${arms}.`));
  }
  return found;
}

function ofPretext({ pretext }: Summary): Verdict[] {
  return [...Map.groupBy(pretext, ({ grid }) => canonicalize(grid)).values()].flatMap((scores): Verdict[] => {
    const recognised = [...Map.groupBy(scores, ({ transformation }) => transformation)]
      .map(([name, own]) => ({
        name,
        score: meanDefined(own.map(({ balancedAccuracy }) => balancedAccuracy)),
      }))
      .flatMap(({ name, score }) => score === null ? [] : [{ name, score }])
      .sort((a, b) => a.score - b.score);
    const mean = meanDefined(recognised.map(({ score }) => score));
    if (mean === null) return [];
    const weak = recognised.filter(({ score }) => score < LEARNED).slice(0, 3)
      .map(({ name, score }) => `${name} (${score.toFixed(3)})`).join(", ");
    const where = gridWords(scores[0].grid);
    if (mean < LEARNED) {
      return [warning(
        `The pretext task was not learned${where}: on people set aside, mean balanced accuracy over transformations ` +
          `is ${mean.toFixed(3)}, where chance is 0.500; the weakest are ${weak}.`,
      )];
    }
    return weak === "" ? [] : [
      note(
        `The pretext task was learned${where}, but some transformations are hardly recognised: ${weak}.`,
      ),
    ];
  });
}

function ofChance({ points, primary, classes }: Summary, options: VerdictOptions): Verdict[] {
  const chance = chanceLevel(primary, classes.length), { baselines = ["majority"] } = options;
  if (chance === null) return [];
  const curves = Map.groupBy(
    points.filter(({ arm, scores }) => !baselines.includes(arm) && scores[primary].low !== null),
    ({ arm, grid }) => `${arm} ${canonicalize(grid)}`,
  );
  return [...curves.values()]
    .filter((curve) => curve.every(({ scores }) => (scores[primary].low ?? 0) <= chance))
    .map(([{ arm, grid }]) =>
      warning(
        `${arm}${gridWords(grid)} is not shown to be above chance at any budget: the 95% interval of its ` +
          `${METRIC_WORDS[primary]} includes ${chance.toFixed(3)} or lies below it.`,
      )
    );
}

/** Whether any pretrained arm has won against the reference, declared or not. */
function ofSelfSupervision(summary: Summary, options: VerdictOptions): Verdict[] {
  const { pretrained, reference = "supervised" } = options;
  if (pretrained.length === 0) return [];
  const declared = summary.hypotheses.filter(({ arm, against }) =>
    (pretrained.includes(arm) && against === reference) || (arm === reference && pretrained.includes(against))
  );
  const looked = summary.comparisons.filter(({ arm }) => pretrained.includes(arm));
  const wins = [
    ...declared.map((result) => winner(result, { declared: true })),
    ...undeclared(looked, summary).map((result) => winner(result, { declared: false })),
  ].filter((arm) => arm !== null && arm !== reference);
  if (wins.length > 0) return [];
  const tested = looked.filter(({ difference }) => difference !== null);
  if (tested.length === 0) {
    return [
      warning(
        `Whether self-supervision wins is open: no person has scores of ${reference} and a pretrained arm.`,
      ),
    ];
  }
  const best = tested.reduce((best, result) =>
    (result.difference ?? 0) > (best.difference ?? 0) ? result : best
  );
  if ((best.difference ?? 0) <= 0) {
    return [
      warning(
        `Self-supervision did not win: in the mean over people no pretrained arm is above ${reference} at any budget.`,
      ),
    ];
  }
  return [warning(
    `Self-supervision did not win: no difference in its favour is shown at any budget. The largest is ${best.arm}'s ` +
      `${budgetWords(best.budget)}${gridWords(best.grid)} (${numbersOf(best)}).${tooFewPeople(best.people)}`,
  )];
}

function ofDeclared(result: HypothesisResult, summary: Summary, options: VerdictOptions): Verdict {
  const { arm, against, budget, metric, grid } = result;
  const where = `${budgetWords(budget)}${gridWords(grid)}`, words = METRIC_WORDS[metric];
  if (result.pValue === null) {
    return warning(
      `As declared, ${arm} was to be compared with ${against} ${where}, but fewer than two people have both ` +
        `scores (${words}).`,
    );
  }
  const won = winner(result, { declared: true });
  if (won === null) {
    return note(
      `As declared, ${arm} was compared with ${against} ${where}: no difference in ${words} is shown ` +
        `(${numbersOf(result)}).${tooFewPeople(result.people)}`,
    );
  }
  const saved = won === arm && metric === summary.primary ? savingOf(result, summary, options) : "";
  return note(
    `As declared, ${arm} was compared with ${against} ${where}: its ${words} is ${
      won === arm ? "higher" : "lower"
    } ` +
      `(${numbersOf(result)})${saved}.`,
  );
}

function ofExploratory(summary: Summary, options: VerdictOptions): Verdict[] {
  const looked = undeclared(
    summary.comparisons.filter(({ arm }) => options.pretrained.includes(arm)),
    summary,
  );
  return looked.flatMap((result): Verdict[] => {
    const won = winner(result, { declared: false });
    if (won === null) return [];
    const { arm, against, budget, grid, metric } = result;
    const saved = won === arm ? savingOf(result, summary, options) : "";
    return [note(
      `Exploratory, one of ${looked.length} comparisons that were not declared: ${budgetWords(budget)}${
        gridWords(grid)
      } ` +
        `the ${METRIC_WORDS[metric]} of ${arm} is ${
          won === arm ? "higher" : "lower"
        } than that of ${against} ` +
        `(${numbersOf(result)})${saved}.`,
    )];
  });
}

function savingOf(result: HypothesisResult, { savings }: Summary, options: VerdictOptions): string {
  const { reference = "supervised" } = options;
  if (result.against !== reference) return "";
  const saving = savings.find(({ arm, budget, grid }) =>
    arm === result.arm && budget === result.budget && canonicalize(grid) === canonicalize(result.grid)
  );
  return savingWords(saving, reference);
}

function undeclared(results: readonly HypothesisResult[], { hypotheses }: Summary): HypothesisResult[] {
  return results.filter((result) => !hypotheses.some((declared) => isSameComparison(declared, result)));
}

function byArm(points: readonly CurvePoint[], count: (point: CurvePoint) => number): string {
  return [...Map.groupBy(points, ({ arm }) => arm)]
    .map(([arm, own]) => ({ arm, cells: total(own, count) }))
    .filter(({ cells }) => cells > 0)
    .map(({ arm, cells }) => `${arm} ${cells}`).join(", ");
}

function total(points: readonly CurvePoint[], count: (point: CurvePoint) => number): number {
  return points.reduce((sum, point) => sum + count(point), 0);
}

function note(text: string): Verdict {
  return { level: "note", text };
}

function warning(text: string): Verdict {
  return { level: "warning", text };
}
