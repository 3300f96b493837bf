import type { Prediction } from "../../src/evaluation/results.ts";
import cases from "../golden/evaluation/metrics.json" with { type: "json" };

/** The golden cases with their windows as predictions. */
export const goldenCases = cases.map((golden) => ({
  ...golden,
  classNames: Array.from({ length: golden.classes }, (_, index) => `class ${index}`),
  predictions: golden.truth.map((truth, index): Prediction => ({
    window: `${golden.recordings[index]}@${index}+1`,
    subject: golden.subjects[index],
    truth,
    isHardNegative: golden.hardNegatives[index],
    probabilities: golden.probabilities[index],
  })),
}));
