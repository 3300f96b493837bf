/**
 * The stage `score`: what a fitted model says of the test windows, by ONNX Runtime on the exported file, against their labels.
 *
 * Files: `predictions.csv` (window, probability of each class, no label); `scores.json`.
 *
 * @module
 */
import { join } from "node:path";
import type { Prediction } from "../../evaluation/results.ts";
import { scorePredictions } from "../../evaluation/score.ts";
import { writeCsv } from "../../formats/csv.ts";
import type { RowReader } from "../../formats/rows.ts";
import { openModel } from "../../onnx/inference/open_model.ts";
import { predictRows } from "../../onnx/inference/predict.ts";
import type { Provider } from "../../onnx/runtime/providers.ts";
import type { Stage } from "../stage.ts";
import { openFeatures, openScale, openWindows, readJson, readLabelledWindows, writeJson } from "./folders.ts";
import { probabilityColumn } from "./predictions.ts";

/** What decides the files of this stage. */
export interface ScoreParameters {
  readonly scaleFold: number | null;
  readonly minWindowsPerClass: number;
  readonly threads: number;
  readonly provider: Provider;
}

/** What a model reads that learned from features alone. */
function featureInput(rows: RowReader) {
  return { rows, input: "features", rowShape: [rows.columns] };
}

/** Predicts and scores. */
export const stage: Stage<ScoreParameters> = {
  async run({ parameters: { scaleFold, minWindowsPerClass, threads, provider }, inputs, output, progress }) {
    const windows = openWindows(inputs.windows), scale = openScale(inputs.split, scaleFold);
    const labels = readLabelledWindows(inputs["sealed-labels"]);
    const classes = readJson<string[]>(inputs["sealed-labels"], "classes.json");
    const model = await openModel(Deno.readFileSync(join(inputs.fit, "model.onnx")), {
      threads,
      provider,
    });
    const predictions: Prediction[] = [];
    const input = inputs.features === undefined
      ? { rows: windows.rows(scale), input: "windows", rowShape: [windows.facts.samples, 1] }
      : featureInput(openFeatures(inputs.features, windows.table.length));
    for await (
      const { values, columns } of predictRows(model, input.rows, {
        ...input,
        positions: labels.map(({ window }) => windows.position(window)),
        output: "probabilities",
      })
    ) {
      for (let row = 0; row < values.length / columns; row++) {
        const { window, subject, class: truth, isHardNegative } = labels[predictions.length];
        const probabilities = Array.from(values.subarray(row * columns, (row + 1) * columns));
        predictions.push({ window, subject, truth, isHardNegative, probabilities });
      }
      progress({ done: predictions.length, total: labels.length });
    }
    await model.dispose();
    Deno.writeTextFileSync(
      join(output, "predictions.csv"),
      writeCsv(
        ["window", ...classes.map(probabilityColumn)],
        predictions.map(({ window, probabilities }) => ({
          window,
          ...Object.fromEntries(
            classes.map((name, index) => [probabilityColumn(name), probabilities[index]]),
          ),
        })),
      ),
    );
    writeJson(
      output,
      "scores.json",
      scorePredictions(predictions, { classes, minPerClass: minWindowsPerClass }),
    );
  },
};
