/**
 * `predictions.csv` of an evaluation, written as predictions come.
 *
 * @module
 */
import { predictedClass } from "../../evaluation/confusion.ts";
import { writeCsv } from "../../formats/csv.ts";
import { probabilityColumn } from "../stages/predictions.ts";
import type { EvaluatedModel } from "./model.ts";
import type { PredictedWindow } from "./windows.ts";

/** A file that is written row by row. */
export interface PredictionsFile extends Disposable {
  append(predicted: readonly PredictedWindow[]): void;
}

/** Begins the file: its header, and no row. */
export function createPredictions(
  path: string,
  { classes, signal: { resample } }: Pick<EvaluatedModel, "classes" | "signal">,
): PredictionsFile {
  const columns = [
    "window",
    "recording",
    "subject",
    "first",
    "seconds",
    ...classes.map(probabilityColumn),
    "predicted",
  ];
  const file = Deno.openSync(path, { create: true, write: true, truncate: true });
  const encoder = new TextEncoder(), header = writeCsv(columns, []);
  const write = (text: string) => {
    const bytes = encoder.encode(text);
    for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
  };
  write(header);
  return {
    append(predicted) {
      const rows = predicted.map(({ place: { id, recording, subject, span }, probabilities }) => ({
        window: id,
        recording,
        subject,
        first: span?.first,
        seconds: span === null ? undefined : span.first / resample,
        ...Object.fromEntries(classes.map((name, index) => [probabilityColumn(name), probabilities[index]])),
        predicted: classes[predictedClass(probabilities)],
      }));
      write(writeCsv(columns, rows).slice(header.length));
    },
    [Symbol.dispose]: () => file.close(),
  };
}
