/**
 * What a model loses on the test windows of its run when its weights take less room.
 *
 * @module
 */
import { join } from "node:path";
import { predictedClass } from "../../evaluation/confusion.ts";
import type { Metric, Prediction } from "../../evaluation/results.ts";
import { readPredictions, readScores } from "../stages/predictions.ts";
import { type ScoreParameters, stage as scoreStage } from "../stages/score.ts";
import { removeIfThere } from "../store.ts";
import type { ScoredCell } from "./scored_cell.ts";

/** How a compressed model compares with the one that the run scored. */
export interface WeightsLoss {
  /** Test windows. */
  readonly windows: number;
  readonly metric: Metric;
  /** The score of the run; null where it is undefined. */
  readonly before: number | null;
  /** The same of the compressed model. */
  readonly after: number | null;
  /** Windows whose most probable class is another. */
  readonly changed: number;
  /** The largest absolute difference between two probabilities. */
  readonly largestDifference: number;
}

/** Scores a compressed model as the run scored the model that it was made from. */
export async function measureLoss(
  model: Uint8Array,
  { cell: { parameters, scored, inputs }, metric }: { cell: ScoredCell; metric: Metric },
): Promise<WeightsLoss> {
  const folder = await Deno.makeTempDir({ prefix: "einthoven-export-" });
  try {
    await Deno.writeFile(join(folder, "model.onnx"), model);
    await scoreStage.run({
      parameters: parameters as ScoreParameters,
      inputs: { ...inputs, fit: folder },
      output: folder,
      data: [],
      dataFolder: "",
      progress: () => {},
    });
    const sealed = inputs["sealed-labels"];
    const differences = compare(readPredictions(scored, sealed), readPredictions(folder, sealed));
    return {
      metric,
      before: readScores(scored).scores[metric],
      after: readScores(folder).scores[metric],
      ...differences,
    };
  } finally {
    await removeIfThere(folder);
  }
}

function compare(before: readonly Prediction[], after: readonly Prediction[]) {
  let changed = 0, largestDifference = 0;
  for (const [index, { probabilities }] of before.entries()) {
    const others = after[index].probabilities;
    if (predictedClass(probabilities) !== predictedClass(others)) changed++;
    for (const [place, value] of probabilities.entries()) {
      largestDifference = Math.max(largestDifference, Math.abs(value - others[place]));
    }
  }
  return { windows: before.length, changed, largestDifference };
}
