/**
 * A run that nobody made: numbers of a plausible size and shape, to draw and to check reports with.
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
import type { ExampleWindow, History, ReportArm, ReportData } from "../../src/report/data.ts";

const FULL = 5480;
const FOLDS = 3;
const SUBJECTS = Array.from({ length: 44 }, (_, index) => `${100 + index}`);
const BUDGETS = [0.01, 0.05, 0.1, 0.25, 0.5, "all"] as const;

/** The share of the labels that a budget is. */
const shareOf = (budget: Budget) => budget === "all" ? 1 : budget;
const TRANSFORMATIONS = ["original", "noise", "scale", "negate", "reverse", "permute", "warp"];

/** Where a curve starts and ends, and how fast it rises. */
const CURVES: Record<string, { from: number; to: number; half: number; description: string }> = {
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

const ARMS: ReportArm[] = [
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

function historyOf(
  random: Stream,
  options: { label: string; arm: string; epochs: number; from: number },
): History {
  const { label, arm, epochs, from } = options;
  return {
    label,
    arm,
    lines: Array.from({ length: epochs }, (_, epoch) => ({
      epoch: epoch + 1,
      training: from * (0.2 + 0.8 * Math.exp(-epoch / 7)) + 0.01 * random.uniform(),
      validation: from * (0.3 + 0.7 * Math.exp(-epoch / 6)) + 0.02 * random.uniform(),
    })),
  };
}

/** Ten seconds that look like an electrocardiogram. */
function heartbeats(random: Stream): Float64Array {
  const period = 0.75 + 0.1 * random.uniform();
  return Float64Array.from({ length: 2560 }, (_, index) => {
    const phase = (index / 256 % period) / period;
    const wave = (at: number, width: number) => Math.exp(-(((phase - at) / width) ** 2));
    return 0.12 * wave(0.2, 0.03) - 0.12 * wave(0.37, 0.01) + 1.1 * wave(0.4, 0.012) -
      0.25 * wave(0.43, 0.012) +
      0.3 * wave(0.66, 0.05) + 0.01 * random.normal();
  });
}

function exampleOf(random: Stream, subject: string, kind: string): ExampleWindow {
  const samples = heartbeats(random);
  const pieces = random.shuffle(
    Array.from({ length: 20 }, (_, piece) => samples.subarray(128 * piece, 128 * piece + 128)),
  );
  return {
    subject,
    class: kind,
    sampleRateHz: 256,
    samples,
    transformations: [
      { name: "noise", samples: samples.map((value) => value + 0.06 * random.normal()) },
      { name: "scale", samples: samples.map((value) => 1.1 * value) },
      { name: "negate", samples: samples.map((value) => -value) },
      { name: "reverse", samples: samples.toReversed() },
      { name: "permute", samples: pieces.flatMap((piece) => [...piece]) },
      {
        name: "warp",
        samples: samples.map((_, index) =>
          samples[Math.min(2559, Math.round(index + 40 * Math.sin(index / 300)))]
        ),
      },
    ],
  };
}

/** A summary of one sweep of the budget. */
export function exampleSummary(): Summary {
  const random = stream(1, "report/summary");
  const points = pointsOf(random, {}, 0);
  return {
    primary: "within-subject-auroc",
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

/** A whole report's data. */
export function exampleData(): ReportData {
  const random = stream(1, "report/data");
  const side = (windows: number, subjects: number) => ({ windows, subjects });
  return {
    title: "mitdb_ventricular",
    question: "How many labelled windows does self-supervision save in finding ventricular beats?",
    manifestHash: "4f1c0a9e7b62d8835510c2f9a4e6b7d1",
    manifest: "question: How many labelled windows?\ndataset:\n  kind: wfdb\n  path: mitdb\n",
    command: "deno task experiment experiments/mitdb_ventricular.yaml",
    leak: "",
    notes: ["Simulated people: shows the tool, says nothing about self-supervision."],
    verdicts: [
      { level: "note", text: "44 people are few: the intervals are wide." },
      { level: "warning", text: "3 cells of random-frozen had not converged at 100 epochs." },
    ],
    arms: ARMS,
    summary: exampleSummary(),
    chance: 0.5,
    classCounts: [{ class: "other", windows: 6920, subjects: 44 }, {
      class: "ventricular",
      windows: 1300,
      subjects: 37,
    }],
    labelUnit: "window",
    split: {
      kind: "group-k-fold",
      folds: Array.from({ length: FOLDS }, (_, fold) => ({
        train: side(FULL + fold, 27),
        validation: side(520, 3),
        test: side(2740 - fold, 14),
      })),
      checks: [
        { name: "no subject on two sides", outcome: "pass", evidence: "44 subjects, 3 folds, 0 shared" },
        {
          name: "no overlapping samples on two sides",
          outcome: "pass",
          evidence: "8,220 intervals compared",
        },
        { name: "no signal under two names", outcome: "pass", evidence: "8,220 hashes, 0 equal" },
        { name: "sessions kept together", outcome: "not-applicable", evidence: "one session a subject" },
      ],
    },
    exposure: {
      kind: "training-fold",
      transductive: false,
      folds: Array.from(
        { length: FOLDS },
        (_, fold) => ({ fold: fold + 1, subjects: 27, recordings: 29 + fold }),
      ),
    },
    normalization: { scope: "subject", transductive: true },
    confusions: ARMS.filter((arm) => !arm.rule).map(({ name }, index) => ({
      grid: {},
      arm: name,
      counts: [[20010 - 400 * index, 750 + 400 * index], [620 + 260 * index, 3280 - 260 * index]],
    })),
    subjectScores: ARMS.filter((arm) => !arm.rule).flatMap(({ name }, index) =>
      SUBJECTS.map((subject) => ({
        grid: {},
        arm: name,
        subject,
        score: index === 4 && subject > "138"
          ? null
          : Math.min(1, CURVES[name].to + 0.02 - 0.09 * Math.abs(random.normal())),
      }))
    ),
    pretextHistories: [0, 1, 2].flatMap((fold) =>
      [1, 2, 3].map((seed) =>
        historyOf(random, { label: `fold ${fold}, seed ${seed}`, arm: "", epochs: 30, from: 1.95 })
      )
    ),
    trainingHistories: ARMS.filter((arm) => !arm.rule).flatMap(({ name }, index) =>
      [0, 1, 2].map((fold) =>
        historyOf(random, { label: `${name}, fold ${fold}`, arm: name, epochs: 30 + 10 * index, from: 0.69 })
      )
    ),
    examples: [exampleOf(random, "106", "ventricular"), exampleOf(random, "119", "other")],
    models: ARMS.filter((arm) => !arm.rule).map(({ name }, index) => ({
      arm: name,
      file: `models/${name}.onnx`,
      cell: `${name}-1-0-${index % FOLDS}-1`,
      bytes: 2_613_482 + index,
      certificate: {
        tfjs: { windows: 16, largestDifference: 3.1e-7 },
        batches: [1, 7].map((batch) => ({ batch, windows: 2740, largestDifference: index * 1e-8 * batch })),
      },
    })),
    discarded: [{ reason: "no lead MLII", windows: 361 }, {
      reason: "fusion beat within the window",
      windows: 214,
    }],
    failedCells: [],
    environment: {
      deno: "2.9.6",
      packages: { "@tensorflow/tfjs": "4.22.0", "onnxruntime-node": "1.30.0" },
      cpu: "AMD EPYC 7R13, 2 cores",
      threads: 1,
      git: { commit: "078b98c1d2f04c7d0b5e6a1f3c2d4e5f60718293", dirty: true },
      lock: "9b1c5d0e",
      system: "linux 6.8.0 x64",
      provider: "CPUExecutionProvider",
    },
    timings: {
      totalSeconds: 48211,
      stages: [
        { stage: "windows", runs: 1, seconds: 41 },
        { stage: "pretrain", runs: 9, seconds: 16400 },
        { stage: "fit", runs: 864, seconds: 31100 },
        { stage: "score", runs: 864, seconds: 600 },
      ],
      cellSeconds: Array.from({ length: 864 }, (_, index) => 10 + index % 50),
    },
    dataset: {
      name: "MIT-BIH Arrhythmia Database",
      licence: "ODC-By 1.0",
      citation: "Moody and Mark (2001), IEEE Engineering in Medicine and Biology 20(3):45-50",
      simulated: false,
    },
  };
}
