/**
 * The tables of a run as CSV: `cells.csv`, `subjects.csv` and `predictions.csv`.
 *
 * A table of some of the cells has the header of the whole table and the rows of these cells, byte by byte.
 *
 * @module
 */
import { type Cell, METRICS } from "../evaluation/results.ts";
import { type CsvValue, writeCsv } from "../formats/csv.ts";
import type { CellOutcome } from "./run.ts";
import { probabilityColumn, readPredictions, readScores } from "./stages/predictions.ts";
import type { Store } from "./store.ts";

/** A row a cell, in the order of the plan. */
export function cellsCsv(
  cells: readonly Cell[],
  { outcomes, leak }: { outcomes: readonly CellOutcome[]; leak: string | undefined },
): string {
  const grid = [...new Set(cells.flatMap((cell) => Object.keys(cell.grid)))];
  const columns = [
    "cell",
    ...grid,
    "arm",
    "budget",
    "unit",
    "units",
    "labels",
    "trainLabels",
    "validationLabels",
    "draw",
    "fold",
    "seed",
    "status",
    "error",
    "steps",
    "converged",
    ...METRICS,
    ...leak === undefined ? [] : ["leak"],
  ];
  return writeCsv(
    columns,
    cells.map((cell, index): Record<string, CsvValue> => ({
      cell: cell.cell,
      ...Object.fromEntries(Object.entries(cell.grid).map(([path, value]) => [path, gridValue(value)])),
      arm: cell.arm,
      budget: cell.budget,
      unit: outcomes[index].cell.point.manifest.labels.unit,
      units: cell.units,
      labels: cell.trainLabels + cell.validationLabels,
      trainLabels: cell.trainLabels,
      validationLabels: cell.validationLabels,
      draw: cell.draw,
      fold: cell.fold,
      seed: cell.seed,
      status: cell.status,
      error: cell.error,
      steps: cell.steps,
      converged: cell.converged,
      ...cell.scores,
      leak,
    })),
  );
}

/** A row for each person in each finished cell; a score is empty where the person lacks a class. */
export function subjectsCsv(
  outcomes: readonly CellOutcome[],
  { store, leak }: { store: Store; leak: string | undefined },
): string {
  const columns = ["cell", "subject", "windows", ...METRICS, ...leak === undefined ? [] : ["leak"]];
  const done = outcomes.filter(({ error }) => error === null);
  return writeCsv(
    columns,
    done.flatMap(({ cell, stages: { score } }) =>
      readScores(store.folder(score.stage, score.id)).subjects.map(({ subject, windows, scores }) => ({
        cell: cell.cell,
        subject,
        windows,
        ...scores,
        leak,
      }))
    ),
  );
}

/** A row for each test window of each finished cell. */
export function predictionsCsv(
  outcomes: readonly CellOutcome[],
  { store, classes, leak }: { store: Store; classes: readonly string[]; leak: string | undefined },
): string {
  const columns = [
    "cell",
    "window",
    "subject",
    "class",
    ...classes.map(probabilityColumn),
    ...leak === undefined ? [] : ["leak"],
  ];
  const rows = outcomes.filter(({ error }) => error === null).flatMap(({ cell, stages }) => {
    const [scored, sealed] = [stages.score, stages.sealedLabels].map(({ stage, id }) =>
      store.folder(stage, id)
    );
    return readPredictions(scored, sealed).map(({ window, subject, truth, probabilities }) => ({
      cell: cell.cell,
      window,
      subject,
      class: classes[truth],
      ...Object.fromEntries(classes.map((name, index) => [probabilityColumn(name), probabilities[index]])),
      leak,
    }));
  });
  return writeCsv(columns, rows);
}

function gridValue(value: unknown): CsvValue {
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean"
    ? value
    : JSON.stringify(value);
}
