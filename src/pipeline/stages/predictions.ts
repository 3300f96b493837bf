/**
 * What the stage `score` says of a cell, for those who read it without computing anything.
 *
 * @module
 */
import { join } from "node:path";
import type { Prediction } from "../../evaluation/results.ts";
import type { CellScores } from "../../evaluation/score.ts";
import { readCsv } from "../../formats/csv.ts";
import { readJson, readLabelledWindows } from "./folders.ts";

/** The column of `predictions.csv` that holds the probability of a class. */
export function probabilityColumn(name: string): string {
  return `probability:${name}`;
}

/** Reads the scores of a cell. */
export function readScores(folder: string): CellScores {
  return readJson<CellScores>(folder, "scores.json");
}

/** Reads the predictions of a cell, joined to the sealed labels. */
export function readPredictions(folder: string, sealed: string): Prediction[] {
  const rows = readCsv(Deno.readTextFileSync(join(folder, "predictions.csv")));
  const classes = readJson<string[]>(sealed, "classes.json");
  return readLabelledWindows(sealed).map(({ window, subject, class: truth, isHardNegative }, index) => {
    const row = rows[index];
    if (row.window !== window) {
      throw new RangeError(
        `${folder}: Cannot join predictions to labels: row ${index + 1} must be ${window}, got ${row.window}`,
      );
    }
    return {
      window,
      subject,
      truth,
      isHardNegative,
      probabilities: classes.map((name) => Number(row[probabilityColumn(name)])),
    };
  });
}
