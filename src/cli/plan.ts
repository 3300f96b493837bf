/**
 * `deno task experiment --plan`: what a run would compute, and about how long it would take.
 *
 * @module
 */
import { join } from "node:path";
import { canonicalJson } from "../manifest/canonical.ts";
import type { DatasetContext } from "../datasets/dataset.ts";
import type { Fold } from "../splits/split.ts";
import type { Experiment } from "../pipeline/experiment.ts";
import type { StageKey } from "../pipeline/identity.ts";
import type { PlannedStage } from "../pipeline/plan.ts";
import { planCells, preparedFromStore } from "../pipeline/run.ts";
import { stagesOf } from "../pipeline/preparation.ts";
import { finishedWork, type FoldsOf, plannedWork, workKind } from "../pipeline/work.ts";
import type { StageRecord, Store } from "../pipeline/store.ts";
import { say } from "./output.ts";
import { formatDuration, secondsLeft } from "./estimate.ts";

/** One kind of stage in a plan. */
interface PlanRow {
  readonly stage: string;
  readonly total: number;
  readonly inStore: number;
  /** Seconds that one is expected to take, at least and at most; undefined where nothing tells. */
  readonly seconds: SecondsRange | undefined;
  /** What tells it: stages in the store that are alike, others of its kind, or others whose time was scaled by what they compute. */
  readonly basis: "alike" | "kind" | "scaled" | "nothing";
}

/** A time, at least and at most. */
interface SecondsRange {
  readonly least: number;
  readonly most: number;
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
  const folds = new Map(prepared.map(({ preparation, folds }) => [preparation.split.id, splitFolds(folds)]));
  const rows = await Promise.all(
    [...Map.groupBy(plan.stages, ({ stage }) => stage)].map(([stage, stages]) =>
      rowOf(stage, { stages, store, foldsOf: (split) => folds.get(split) })
    ),
  );
  const total = (bound: keyof SecondsRange) =>
    secondsLeft(
      rows.flatMap(({ total, inStore, seconds }) =>
        seconds === undefined ? [] : [{ left: total - inStore, finished: 1, seconds: seconds[bound] }]
      ),
      workers,
    );
  const seconds = { least: total("least"), most: total("most") };
  const scaled = rows.filter(({ basis, total, inStore }) => basis === "scaled" && total > inStore)
    .map(({ stage }) => stage);
  const unknown = rows.filter((row) => row.seconds === undefined).map(({ stage }) => stage);
  const openFolds = known.length < prepared.length;
  if (json) {
    say(
      JSON.stringify({
        run: experiment.name,
        cells: cells.length,
        stages: rows,
        seconds,
        scaled,
        unknown,
        openFolds,
      }),
    );
    return;
  }
  say(`${experiment.name}: ${cells.length} cells`);
  for (const { stage, total, inStore, seconds: each } of rows) {
    const mean = each === undefined ? "" : `, ${rangeWords(each, (value) => value.toFixed(1))} s each`;
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
    const open = openFolds || folds.values().some((known) => known === undefined);
    say(
      `no estimate: nothing like these stages has run here yet${
        open ? ", or how much they compute is known once the data have been split" : ""
      }: ${unknown.join(", ")}`,
    );
  } else if (seconds.least !== undefined && seconds.most !== undefined) {
    const { least, most } = seconds;
    const basis = scaled.length === 0
      ? "from stages like these that have run here"
      : `from stages that have run here; ${scaled.join(", ")} scaled by what their networks compute`;
    say(
      `about ${rangeWords({ least, most }, formatDuration)} with ${workers} worker${
        workers === 1 ? "" : "s"
      }, ${basis}`,
    );
  }
}

function rangeWords({ least, most }: SecondsRange, format: (value: number) => string): string {
  const [low, high] = [format(least), format(most)];
  return low === high ? low : `${low} to ${high}`;
}

/** Folds of a split that has been made; where it has not, nobody knows who is in them. */
function splitFolds(folds: readonly Fold[]): readonly Fold[] | undefined {
  return folds.some(({ train }) => train.length > 0) ? folds : undefined;
}

async function rowOf(
  stage: PlannedStage["stage"],
  { stages, store, foldsOf }: { stages: readonly PlannedStage[]; store: Store; foldsOf: FoldsOf },
): Promise<PlanRow> {
  const found = await Promise.all(stages.map(({ id }) => store.find(stage, id)));
  const row = { stage, total: stages.length, inStore: found.filter((record) => record !== undefined).length };
  const wanted = new Set(stages.map(({ key }) => likeness(key)));
  const records = await recordsOf(stage, store);
  const alike = records.filter((record) => wanted.has(likeness(record)));
  if (alike.length > 0) {
    const seconds = mean(alike.map(({ computed }) => computed.seconds));
    return { ...row, seconds: { least: seconds, most: seconds }, basis: "alike" };
  }
  return { ...row, ...await secondsOfOthers(stages, { records, store, foldsOf }) };
}

/**
 * Mean seconds of a stage, from others of its kind: in proportion to their work where that is known, else about the same.
 * Undefined when a kind has not run here, or when the work of a stage is not known while that of others of its kind is.
 */
async function secondsOfOthers(
  stages: readonly PlannedStage[],
  { records, store, foldsOf }: { records: readonly StageRecord[]; store: Store; foldsOf: FoldsOf },
): Promise<Pick<PlanRow, "seconds" | "basis">> {
  const nothing = { seconds: undefined, basis: "nothing" } as const;
  const finished = await Promise.all(records.map(async (record) => ({
    kind: workKind(record),
    seconds: record.computed.seconds,
    work: await finishedWork(record, store),
  })));
  const each: SecondsRange[] = [];
  let isScaled = false;
  for (const stage of stages) {
    const own = finished.filter(({ kind }) => kind === workKind(stage.key));
    if (own.length === 0) return nothing;
    const typical = mean(own.map(({ seconds }) => seconds)), work = mean(own.map(({ work }) => work ?? NaN));
    if (Number.isNaN(work)) each.push({ least: typical, most: typical });
    else {
      const planned = plannedWork(stage, foldsOf);
      if (planned === undefined) return nothing;
      isScaled = true;
      each.push({ least: typical * planned.least / work, most: typical * planned.most / work });
    }
  }
  const seconds = { least: mean(each.map(({ least }) => least)), most: mean(each.map(({ most }) => most)) };
  return { seconds, basis: isScaled ? "scaled" : "kind" };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
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
