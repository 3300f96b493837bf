/**
 * Every score of a cell's predictions, over all windows and for each subject.
 *
 * @module
 */
import { meanDefined } from "./average.ts";
import { type Confusion, confusionMatrix, predictedClass } from "./confusion.ts";
import { accuracy, balancedAccuracy, type ClassScores, classScores, macroF1 } from "./metrics.ts";
import { pairedRecordings } from "./pairs.ts";
import { auroc, averagePrecision, hardNegativeAuroc, oneVersusRest } from "./ranking.ts";
import type { Metric, Prediction, Scores } from "./results.ts";

/** What the predictions of one cell score. */
export interface CellScores {
  /** Over all windows. */
  readonly scores: Scores;
  /** Counts `[truth, predicted]`. */
  readonly confusion: Confusion;
  /** In the order of the classes. */
  readonly perClass: readonly ClassScores[];
  /** Each subject by itself, sorted by name. */
  readonly subjects: readonly SubjectScores[];
}

/** What the predictions for one subject score. */
export interface SubjectScores {
  /** Name of the subject. */
  readonly subject: string;
  /** How many of its windows were predicted. */
  readonly windows: number;
  /** Over its windows alone; null where a score is undefined. */
  readonly scores: Scores;
  /** Counts `[truth, predicted]`. */
  readonly confusion: Confusion;
}

/** What predictions are scored by. */
export interface ScoreOptions {
  /** Names of the classes; a prediction's truth is an index into them. */
  readonly classes: readonly string[];
  /** Windows of each class that a subject needs for an AUROC of its own; 5 by default. */
  readonly minPerClass?: number;
}

/**
 * Scores predictions, over all windows and for each subject.
 *
 * The predicted class has the largest probability, of equal ones the lowest index. Scores of people (within-subject
 * AUROC, {@linkcode pairedRecordings}) are means over the subjects for whom they are defined. Throws RangeError for a
 * truth that is no class or a probability that is not finite, TypeError when there is not one probability for each
 * class, SyntaxError for a window whose id names no recording.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const predictions = [
 *   { window: "a@0+1", subject: "a", truth: 0, probabilities: [0.8, 0.2] },
 *   { window: "a@1+1", subject: "a", truth: 1, probabilities: [0.3, 0.7] },
 *   { window: "b@0+1", subject: "b", truth: 1, probabilities: [0.6, 0.4] },
 * ];
 * const { scores, confusion, subjects } = scorePredictions(predictions, { classes: ["calm", "stress"] });
 * assert.deepEqual(confusion, [[1, 0], [1, 1]]);
 * assert.equal(scores["balanced-accuracy"], 0.75);
 * assert.equal(scores.auroc, 1);
 * assert.equal(scores["within-subject-auroc"], null); // nobody has five windows of each class
 * assert.equal(subjects[1].scores["balanced-accuracy"], null); // b was never calm
 * ```
 */
export function scorePredictions(predictions: readonly Prediction[], options: ScoreOptions): CellScores {
  const { classes, minPerClass = 5 } = options;
  checkPredictions(predictions, classes.length);
  const confusion = confusionOf(predictions, classes.length);
  const subjects = bySubject(predictions).map(([subject, own]): SubjectScores => {
    const counts = confusionOf(own, classes.length);
    return {
      subject,
      windows: own.length,
      confusion: counts,
      scores: scoresOf(own, counts, {
        within: withinSubjectAuroc(own, { classes, minPerClass }),
        paired: pairedRecordings(own, { classes: classes.length }),
      }),
    };
  });
  const meanOf = (metric: Metric) => meanDefined(subjects.map(({ scores }) => scores[metric]));
  return {
    scores: scoresOf(predictions, confusion, {
      within: meanOf("within-subject-auroc"),
      paired: meanOf("paired-recordings"),
    }),
    confusion,
    perClass: classScores(confusion),
    subjects,
  };
}

/**
 * The mean over subjects of each one's own AUROC, of the subjects with at least `minPerClass` windows (5 by default)
 * of every class; null when there are none.
 *
 * It asks how well the states of a person are told apart, and is blind to differences between people.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const predictions = [
 *   { window: "a@0+1", subject: "a", truth: 0, probabilities: [0.8, 0.2] },
 *   { window: "a@1+1", subject: "a", truth: 1, probabilities: [0.7, 0.3] },
 *   { window: "b@0+1", subject: "b", truth: 0, probabilities: [0.2, 0.8] },
 *   { window: "b@1+1", subject: "b", truth: 1, probabilities: [0.1, 0.9] },
 * ];
 * assert.equal(withinSubjectAuroc(predictions, { classes: ["calm", "stress"], minPerClass: 1 }), 1);
 * ```
 */
export function withinSubjectAuroc(predictions: readonly Prediction[], options: ScoreOptions): number | null {
  const { classes, minPerClass = 5 } = options;
  return meanDefined(
    bySubject(predictions).map(([, own]) => {
      const support = classScores(confusionOf(own, classes.length)).map((scores) => scores.support);
      return Math.min(...support) < minPerClass
        ? null
        : oneVersusRest(own, { classes: classes.length, score: auroc });
    }),
  );
}

function scoresOf(
  predictions: readonly Prediction[],
  confusion: Confusion,
  { within, paired }: { readonly within: number | null; readonly paired: number | null },
): Scores {
  const classes = confusion.length;
  return {
    "accuracy": accuracy(confusion),
    "balanced-accuracy": balancedAccuracy(confusion),
    "macro-f1": macroF1(confusion),
    "auroc": oneVersusRest(predictions, { classes, score: auroc }),
    "within-subject-auroc": within,
    "hard-negative-auroc": hardNegativeAuroc(predictions, { classes }),
    "paired-recordings": paired,
    "average-precision": oneVersusRest(predictions, { classes, score: averagePrecision }),
  };
}

function confusionOf(predictions: readonly Prediction[], classes: number): number[][] {
  const truth = predictions.map((prediction) => prediction.truth);
  const predicted = predictions.map((prediction) => predictedClass(prediction.probabilities));
  return confusionMatrix(truth, predicted, { classes });
}

function bySubject(predictions: readonly Prediction[]): [string, Prediction[]][] {
  const groups = new Map<string, Prediction[]>();
  for (const prediction of predictions) {
    const group = groups.get(prediction.subject);
    if (group) group.push(prediction);
    else groups.set(prediction.subject, [prediction]);
  }
  return [...groups].sort(([a], [b]) => a < b ? -1 : 1);
}

function checkPredictions(predictions: readonly Prediction[], classes: number): void {
  if (classes < 2) {
    throw new RangeError(`Cannot score predictions: there must be two classes or more, got ${classes}`);
  }
  for (const { window, truth, probabilities } of predictions) {
    if (!Number.isInteger(truth) || truth < 0 || truth >= classes) {
      throw new RangeError(
        `Cannot score the prediction for ${window}: its class must be a whole number below ${classes}, got ${truth}`,
      );
    }
    if (probabilities.length !== classes) {
      throw new TypeError(
        `Cannot score the prediction for ${window}: it must have ${classes} probabilities, got ${probabilities.length}`,
      );
    }
    if (!probabilities.every(Number.isFinite)) {
      throw new RangeError(
        `Cannot score the prediction for ${window}: probabilities must be finite, got ${
          probabilities.join(", ")
        }`,
      );
    }
  }
}
