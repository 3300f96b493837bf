/**
 * `deno task experiment --plan`: what a run would compute, and about how long it would take.
 *
 * @module
 */
import { join } from "node:path";
import { canonicalJson } from "../manifest/canonical.ts";
import type { DatasetContext } from "../datasets/dataset.ts";
import type { Experiment } from "../pipeline/experiment.ts";
import type { StageKey } from "../pipeline/identity.ts";
import type { PlannedStage } from "../pipeline/plan.ts";
import { planCells, preparedFromStore } from "../pipeline/run.ts";
import { stagesOf } from "../pipeline/stages_of_cell.ts";
import type { StageRecord, Store } from "../pipeline/store.ts";
import { say } from "./output.ts";
import { formatDuration, secondsLeft } from "./estimate.ts";

/** One kind of stage in a plan. */
interface PlanRow {
  readonly stage: string;
  readonly total: number;
  readonly inStore: number;
  /** Mean seconds of stages in the store that are alike; undefined where there is none. */
  readonly seconds: number | undefined;
}

/** Prints the plan. Nothing is computed but the identity of the data. */
export async function printPlan(
  experiment: Experiment,
  { store, context, workers, json }: {
    store: Store;
    context: DatasetContext;
    workers: number;
    json: boolean;
  },
): Promise<void> {
  const prepared = await preparedFromStore(experiment.points, { store, context });
  const known = prepared.filter(({ folds }) => folds.length > 0);
  const { plan, cells } = planCells(known);
  plan.include(prepared.flatMap(({ preparation }) => stagesOf(preparation)));
  const rows = await Promise.all(
    [...Map.groupBy(plan.stages, ({ stage }) => stage)].map(([stage, stages]) =>
      rowOf(stage, { stages, store })
    ),
  );
  const seconds = secondsLeft(
    rows.filter((row) => row.seconds !== undefined).map((row) => ({
      left: row.total - row.inStore,
      finished: 1,
      seconds: row.seconds ?? 0,
    })),
    workers,
  );
  const unknown = rows.filter((row) => row.seconds === undefined).map(({ stage }) => stage);
  const openFolds = known.length < prepared.length;
  if (json) {
    say(
      JSON.stringify({
        run: experiment.name,
        cells: cells.length,
        stages: rows,
        seconds,
        unknown,
        openFolds,
      }),
    );
    return;
  }
  say(`${experiment.name}: ${cells.length} cells`);
  for (const { stage, total, inStore, seconds: each } of rows) {
    const mean = each === undefined ? "" : `, ${each.toFixed(1)} s each`;
    say(
      `  ${stage.padEnd(16)} ${
        String(total - inStore).padStart(6)
      } to compute, ${inStore} in the store${mean}`,
    );
  }
  if (openFolds) {
    say("  more once the data have been split: the number of folds depends on the people");
  }
  if (unknown.length > 0) {
    say(`no estimate: nothing like these stages has run here yet: ${unknown.join(", ")}`);
  } else if (seconds !== undefined) {
    say(
      `about ${formatDuration(seconds)} with ${workers} worker${
        workers === 1 ? "" : "s"
      }, from stages like these that have run here`,
    );
  }
}

async function rowOf(
  stage: PlannedStage["stage"],
  { stages, store }: { stages: readonly PlannedStage[]; store: Store },
): Promise<PlanRow> {
  const found = await Promise.all(stages.map(({ id }) => store.find(stage, id)));
  const wanted = new Set(stages.map(({ key }) => likeness(key)));
  const alike = (await recordsOf(stage, store)).filter((record) => wanted.has(likeness(record)));
  const seconds = alike.map(({ computed }) => computed.seconds);
  return {
    stage,
    total: stages.length,
    inStore: found.filter((record) => record !== undefined).length,
    seconds: seconds.length === 0
      ? undefined
      : seconds.reduce((sum, value) => sum + value, 0) / seconds.length,
  };
}

/** Parameters that say which of many equal computations a stage is, not how long it takes. */
const PLACES = ["arm", "draw", "fold", "labels", "scaleFold", "seed", "stream"];

/** What stages share that take about as long: parameters beside their place, and the windows that they read. */
function likeness({ parameters, inputs }: StageKey): string {
  const kept = Object.entries(Object(parameters)).filter(([name]) => !PLACES.includes(name));
  return canonicalJson({ parameters: Object.fromEntries(kept), windows: inputs.windows ?? null });
}

/** Every finished stage of this kind, of any run. */
async function recordsOf(stage: string, store: Store): Promise<StageRecord[]> {
  const records: StageRecord[] = [];
  try {
    for await (const { name } of Deno.readDir(join(store.root, stage))) {
      const record = await store.find(stage, name);
      if (record !== undefined) records.push(record);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return records;
}
