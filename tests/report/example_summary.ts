/**
 * The summary of a run that nobody made: numbers of a plausible size and shape.
 *
 * @module
 */
import {
  type Budget,
  type CurvePoint,
  METRICS,
  type PretextScore,
  type Spread,
  type Summary,
} from "../../src/evaluation/results.ts";
import { type Stream, stream } from "../../src/random/stream.ts";
import type { ReportArm } from "../../src/report/data.ts";

/** Labelled windows of the training people. */
export const FULL = 5480;
const BUDGETS = [0.01, 0.05, 0.1, 0.25, 0.5, "all"] as const;

/** The share of the labels that a budget is. */
const shareOf = (budget: Budget) => budget === "all" ? 1 : budget;
const TRANSFORMATIONS = ["original", "noise", "scale", "negate", "reverse", "permute", "warp"];

/** Where a curve starts and ends, and how fast it rises. */
export const CURVES: Record<string, { from: number; to: number; half: number; description: string }> = {
  "supervised": { from: 0.58, to: 0.905, half: 500, description: "encoder random, all layers trained" },
  "supervised-augmented": {
    from: 0.6,
    to: 0.912,
    half: 420,
    description: "encoder random, all layers trained, windows augmented",
  },
  "frozen": { from: 0.76, to: 0.868, half: 250, description: "encoder pretrained, head trained" },
  "finetuned": { from: 0.77, to: 0.921, half: 260, description: "encoder pretrained, all layers trained" },
  "random-frozen": { from: 0.56, to: 0.69, half: 700, description: "encoder random, head trained" },
  "heart-rate": {
    from: 0.61,
    to: 0.74,
    half: 200,
    description: "heart-rate variability, logistic regression",
  },
};

/** The arms: all curves, and the majority class as a rule. */
export const ARMS: ReportArm[] = [
  ...Object.entries(CURVES).map(([name, { description }]) => ({ name, description, rule: false })),
  { name: "majority", description: "the most frequent class of the training windows", rule: true },
];

/** A spread of which nothing is known. */
export const UNDEFINED: Spread = {
  mean: null,
  low: null,
  high: null,
  overDraws: null,
  overSeeds: null,
  overPeople: null,
};

function spread(mean: number, share: number): Spread {
  const width = 0.018 + 0.05 * (1 - Math.log10(1 + 99 * share) / 2);
  return {
    mean,
    low: mean - width,
    high: Math.min(1, mean + 0.9 * width),
    overDraws: share === 1 ? null : 0.3 * width,
    overSeeds: 0.2 * width,
    overPeople: 2.2 * width,
  };
}

function pointsOf(random: Stream, grid: Record<string, unknown>, shift: number): CurvePoint[] {
  return ARMS.flatMap(({ name: arm }) =>
    BUDGETS.map((budget): CurvePoint => {
      const labels = Math.round(FULL * shareOf(budget));
      const curve = CURVES[arm];
      const mean = curve
        ? curve.to - (curve.to - curve.from) / (1 + (labels - 55) / curve.half) + 0.004 * random.normal() +
          shift
        : 0.5;
      const scores = Object.fromEntries(
        METRICS.map((
          metric,
          index,
        ) => [
          metric,
          curve
            ? spread(mean - 0.02 * index % 0.07, shareOf(budget))
            : { ...UNDEFINED, mean: 0.5, low: 0.5, high: 0.5 },
        ]),
      );
      return {
        grid,
        arm,
        budget,
        labels,
        units: labels,
        cells: budget === "all" ? 9 : 27,
        failed: 0,
        notConverged: arm === "random-frozen" && shareOf(budget) > 0.3 ? 3 : 0,
        scores: scores as CurvePoint["scores"],
      };
    })
  );
}

function pretextOf(random: Stream): PretextScore[] {
  return TRANSFORMATIONS.flatMap((transformation, index) =>
    [0, 1, 2].flatMap((fold) =>
      [1, 2, 3].map((seed): PretextScore => {
        const balancedAccuracy = Math.min(0.995, 0.99 - 0.05 * index % 0.28 + 0.012 * random.normal());
        return {
          fold,
          seed,
          grid: {},
          transformation,
          balancedAccuracy,
          f1: balancedAccuracy - 0.03 - 0.02 * random.uniform(),
        };
      })
    )
  );
}

/** A summary of one sweep of the budget. */
export function exampleSummary(): Summary {
  const random = stream(1, "report/summary");
  const points = pointsOf(random, {}, 0);
  return {
    primary: "within-subject-auroc",
    secondary: ["hard-negative-auroc", "balanced-accuracy"],
    classes: ["other", "ventricular"],
    points,
    hypotheses: [{
      grid: {},
      arm: "finetuned",
      against: "supervised",
      budget: 0.1,
      metric: "within-subject-auroc",
      difference: 0.0731,
      low: 0.0412,
      high: 0.1049,
      pValue: 0.0004,
      people: 44,
      nullHypothesis: "these models, on new people: neither arm scores higher than the other",
    }, {
      grid: {},
      arm: "frozen",
      against: "supervised",
      budget: "all",
      metric: "within-subject-auroc",
      difference: -0.0374,
      low: -0.0633,
      high: -0.0111,
      pValue: 0.0121,
      people: 44,
      nullHypothesis: "these models, on new people: neither arm scores higher than the other",
    }],
    comparisons: ["frozen", "finetuned"].flatMap((arm) =>
      BUDGETS.map((budget) => ({
        grid: {},
        arm,
        against: "supervised",
        budget,
        metric: "within-subject-auroc",
        difference: arm === "frozen" ? 0.16 - 0.2 * shareOf(budget) : 0.17 - 0.15 * shareOf(budget),
        low: arm === "frozen" ? 0.12 - 0.2 * shareOf(budget) : 0.13 - 0.15 * shareOf(budget),
        high: arm === "frozen" ? 0.2 - 0.2 * shareOf(budget) : 0.21 - 0.15 * shareOf(budget),
        pValue: shareOf(budget) < 0.5 ? 0.0002 : 0.21,
        people: 44,
        nullHypothesis: "these models, on new people: neither arm scores higher than the other",
      }))
    ),
    savings: ["finetuned", "frozen", "random-frozen"].flatMap((arm) =>
      BUDGETS.map((budget) => {
        const labels = Math.round(FULL * shareOf(budget));
        const beyond = arm === "random-frozen"
          ? "below"
          : arm === "finetuned" && budget === "all"
          ? "above"
          : "";
        return {
          grid: {},
          arm,
          budget,
          labels,
          supervisedLabels: beyond === "" ? labels * (1 + 8 * (1 - shareOf(budget))) : null,
          beyond,
        };
      })
    ),
    pretext: pretextOf(stream(1, "report/pretext")),
    oracles: [{
      name: "knows the state",
      scores: Object.fromEntries(METRICS.map((metric) => [metric, 0.957])) as Summary["oracles"][0]["scores"],
    }],
  };
}

/** The same sweep at two noise levels. */
export function exampleGrid(): Summary {
  const random = stream(2, "report/grid");
  return {
    ...exampleSummary(),
    points: [5, 15, 25].flatMap((snrDb, index) =>
      pointsOf(random, { "pretext.transformations.noise.snrDb": snrDb }, -0.02 * index)
    ),
  };
}
