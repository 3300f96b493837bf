/**
 * `deno task experiment --plan`: what a run would compute, and about how long it would take.
 *
 * @module
 */
import type { DatasetContext } from "../datasets/dataset.ts";
import type { Experiment } from "../pipeline/experiment.ts";
import { stagesOf } from "../pipeline/preparation.ts";
import { planCells, preparedFromStore } from "../pipeline/run.ts";
import type { Store } from "../pipeline/store.ts";
import type { Fold } from "../splits/split.ts";
import { secondsLeft } from "./estimate.ts";
import { say } from "./output.ts";
import { type PlanRow, planRow, type SecondsRange } from "./plan_row.ts";
import { describePlan } from "./plan_text.ts";

/** What a run would compute. */
export interface RunPlan {
  readonly run: string;
  readonly cells: number;
  readonly stages: readonly PlanRow[];
  /** What all of it takes; undefined where nothing is known. */
  readonly seconds: { readonly least: number | undefined; readonly most: number | undefined };
  /** Kinds of stages to compute whose time was scaled by what they compute. */
  readonly scaled: readonly string[];
  /** Kinds of stages of which nothing tells how long they take. */
  readonly unknown: readonly string[];
  /** Whether the number of folds of some split is known once that is made. */
  readonly openFolds: boolean;
  /** Whether every split is made, so that it is known who is in its folds. */
  readonly isSplit: boolean;
}

/** Where a plan is made from, and for how many workers. */
interface PlanOptions {
  readonly store: Store;
  readonly context: DatasetContext;
  readonly workers: number;
}

/** Prints the plan. Nothing is computed but the identity of the data. */
export async function printPlan(
  experiment: Experiment,
  { json, ...options }: PlanOptions & { readonly json: boolean },
): Promise<void> {
  const plan = await planRun(experiment, options);
  const { isSplit: _isSplit, ...told } = plan;
  if (json) say(JSON.stringify(told));
  else for (const line of describePlan(plan, options)) say(line);
}

async function planRun(experiment: Experiment, { store, context, workers }: PlanOptions): Promise<RunPlan> {
  const prepared = await preparedFromStore(experiment.points, { store, context });
  const known = prepared.filter(({ folds }) => folds.length > 0);
  const { plan, cells } = planCells(known);
  plan.include(prepared.flatMap(({ preparation }) => stagesOf(preparation)));
  const folds = new Map(prepared.map(({ preparation, folds }) => [preparation.split.id, splitFolds(folds)]));
  const rows = await Promise.all(
    [...Map.groupBy(plan.stages, ({ stage }) => stage)].map(([stage, stages]) =>
      planRow(stage, { stages, store, foldsOf: (split) => folds.get(split) })
    ),
  );
  const openFolds = known.length < prepared.length;
  return {
    run: experiment.name,
    cells: cells.length,
    stages: rows,
    seconds: {
      least: totalSeconds(rows, { bound: "least", workers }),
      most: totalSeconds(rows, { bound: "most", workers }),
    },
    scaled: rows.filter(({ basis, total, inStore }) => basis === "scaled" && total > inStore)
      .map(({ stage }) => stage),
    unknown: rows.filter(({ seconds }) => seconds === undefined).map(({ stage }) => stage),
    openFolds,
    isSplit: !openFolds && !folds.values().some((known) => known === undefined),
  };
}

function totalSeconds(
  rows: readonly PlanRow[],
  { bound, workers }: { bound: keyof SecondsRange; workers: number },
): number | undefined {
  const kinds = rows.flatMap(({ total, inStore, seconds }) =>
    seconds === undefined ? [] : [{ left: total - inStore, finished: 1, seconds: seconds[bound] }]
  );
  return secondsLeft(kinds, workers);
}

/** Folds of a split that has been made; where it has not, nobody knows who is in them. */
function splitFolds(folds: readonly Fold[]): readonly Fold[] | undefined {
  return folds.some(({ train }) => train.length > 0) ? folds : undefined;
}
