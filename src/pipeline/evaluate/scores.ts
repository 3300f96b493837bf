/**
 * What predictions score against labels, over all people and over those that the model has not seen.
 *
 * @module
 */
import type { Prediction } from "../../evaluation/results.ts";
import { type CellScores, scorePredictions } from "../../evaluation/score.ts";
import type { PredictedWindow } from "./windows.ts";

/** The class of a window. */
export interface KnownClass {
  /** Index into the model's classes. */
  readonly class: number;
  readonly isHardNegative: boolean;
}

/** Scores of labelled windows. */
export interface EvaluationScores {
  /** Labelled windows. */
  readonly windows: number;
  readonly all: CellScores;
  /** Over people that the model has not seen; null where that is nobody, or everybody. */
  readonly unseen: CellScores | null;
}

/**
 * Scores the predictions that have a label.
 *
 * Where people are not known, as in files of windows, no score is within a person. Throws RangeError when there is no label.
 */
export function scoreLabelled(
  predicted: readonly PredictedWindow[],
  { labels, classes, isNew, hasPeople }: {
    labels: ReadonlyMap<string, KnownClass>;
    classes: readonly string[];
    /** Whether the model has not seen the person of a window. */
    isNew: (window: PredictedWindow) => boolean;
    hasPeople: boolean;
  },
): EvaluationScores {
  const labelled = predicted.filter(({ place }) => labels.has(place.id));
  if (labelled.length === 0) {
    throw new RangeError("Cannot score predictions: at least one window must have a label, got none");
  }
  const datasets = new Set(labelled.map(({ place }) => place.dataset));
  const predictionOf = ({ place, probabilities }: PredictedWindow): Prediction[] => {
    const known = labels.get(place.id);
    if (known === undefined) return [];
    // Two datasets may name two people alike.
    const subject = datasets.size > 1 ? `${place.dataset}/${place.subject}` : place.subject;
    return [{
      window: place.id,
      subject,
      truth: known.class,
      isHardNegative: known.isHardNegative,
      probabilities,
    }];
  };
  const score = (windows: readonly PredictedWindow[]): CellScores => {
    const cell = scorePredictions(windows.flatMap(predictionOf), { classes });
    if (hasPeople) return cell;
    const scores = { ...cell.scores, "within-subject-auroc": null, "paired-recordings": null };
    return { ...cell, scores, subjects: [] };
  };
  const unseen = labelled.filter(isNew);
  const isPart = unseen.length > 0 && unseen.length < labelled.length;
  return { windows: labelled.length, all: score(labelled), unseen: isPart ? score(unseen) : null };
}
