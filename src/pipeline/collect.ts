/**
 * From finished cells to a run's results.
 *
 * @module
 */
import { join } from "node:path";
import { type Budget, byMetric, type Cell, type PretextScore, type Summary } from "../evaluation/results.ts";
import { summarize } from "../evaluation/summary.ts";
import { readCsv } from "../formats/csv.ts";
import { stream } from "../random/stream.ts";
import type { FitSummary } from "../training/fit.ts";
import type { PlannedStage } from "./plan.ts";
import { oracles } from "./oracles.ts";
import type { CellOutcome, PreparedPoint } from "./run.ts";
import { readJson } from "./stages/folders.ts";
import { readPredictions, readScores } from "./stages/predictions.ts";
import type { BudgetFacts } from "./stages/training_labels.ts";
import type { Store } from "./store.ts";

/** A run's results before they are written. */
export interface Results {
  readonly cells: readonly Cell[];
  readonly summary: Summary;
}

/** The classes of a run, in order. */
export function classesOf(prepared: readonly PreparedPoint[], store: Store): string[] {
  const { labels } = prepared[0].preparation;
  return readJson<{ classes: string[] }>(store.folder(labels.stage, labels.id), "target.json").classes;
}

/** Collects and summarises. */
export function collect(
  outcomes: readonly CellOutcome[],
  { prepared, store }: { prepared: readonly PreparedPoint[]; store: Store },
): Results {
  const { score, hypotheses, labels } = prepared[0].point.manifest;
  const cells = outcomes.map((outcome) => cellOf(outcome, store));
  const byName = new Map(outcomes.map((outcome) => [outcome.cell.cell, outcome.stages]));
  const folderOf = ({ stage, id }: PlannedStage) => store.folder(stage, id);
  const summary = summarize({
    cells,
    predictionsOf: (name) => {
      const stages = byName.get(name);
      return stages === undefined
        ? []
        : readPredictions(folderOf(stages.score), folderOf(stages.sealedLabels));
    },
    classes: classesOf(prepared, store),
    primary: score.primary,
    secondary: score.secondary,
    minPerClass: score.minWindowsPerClass,
    hypotheses: hypotheses.map((hypothesis) => ({
      ...hypothesis,
      budget: wholeAsAll(hypothesis.budget, labels.count === undefined),
    })),
    pretext: pretextScores(outcomes, store),
    oracles: oracles(prepared, store),
    stream: stream(1, "summary"),
  });
  return { cells, summary };
}

/** A fraction of 1 is all labels; a count of 1 is one. */
function wholeAsAll(budget: Budget, isFraction: boolean): Budget {
  return isFraction && budget === 1 ? "all" : budget;
}

/** The row of a cell in `cells.csv`, from the files of its stages. */
export function cellOf({ cell, stages, error }: CellOutcome, store: Store): Cell {
  const place = {
    cell: cell.cell,
    grid: cell.point.grid,
    arm: cell.arm,
    budget: cell.point.budget,
    draw: cell.draw,
    fold: cell.fold,
    seed: cell.seed,
  };
  if (error !== null) {
    return {
      ...place,
      status: "failed",
      error,
      trainLabels: 0,
      validationLabels: 0,
      units: 0,
      steps: 0,
      converged: false,
      scores: byMetric(() => null),
    };
  }
  const read = <T>({ stage, id }: PlannedStage, name: string) => readJson<T>(store.folder(stage, id), name);
  const budget = read<BudgetFacts>(stages.trainingLabels, "budget.json");
  const { steps, converged } = read<FitSummary>(stages.fit, "fit.json");
  return {
    ...place,
    status: "done",
    error: "",
    trainLabels: budget.train,
    validationLabels: budget.validation,
    units: budget.units,
    steps,
    converged,
    scores: readScores(store.folder(stages.score.stage, stages.score.id)).scores,
  };
}

/** The scores of every pretraining, each once. */
function pretextScores(outcomes: readonly CellOutcome[], store: Store): PretextScore[] {
  const seen = new Set<string>();
  return outcomes.flatMap(({ cell, stages: { encoder }, error }) => {
    if (error !== null || encoder?.stage !== "pretrain") return [];
    const name = JSON.stringify([encoder.id, cell.point.grid]);
    if (seen.has(name)) return [];
    seen.add(name);
    const rows = readCsv(Deno.readTextFileSync(join(store.folder(encoder.stage, encoder.id), "scores.csv")));
    return rows.map((row) => ({
      fold: cell.fold,
      seed: cell.seed,
      grid: cell.point.grid,
      transformation: row.transformation,
      balancedAccuracy: row.balancedAccuracy === "" ? null : Number(row.balancedAccuracy),
      f1: row.f1 === "" ? null : Number(row.f1),
    }));
  });
}
