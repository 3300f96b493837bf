/**
 * What a plan says of one kind of stage: how many are to run, and how long each takes, as those in the store tell.
 *
 * @module
 */
import { join } from "node:path";
import { canonicalJson } from "../manifest/canonical.ts";
import type { StageKey } from "../pipeline/identity.ts";
import type { PlannedStage } from "../pipeline/plan.ts";
import type { StageRecord, Store } from "../pipeline/store.ts";
import { finishedWork, type FoldsOf, plannedWork, workKind } from "../pipeline/work.ts";

/** One kind of stage in a plan. */
export interface PlanRow {
  readonly stage: string;
  readonly total: number;
  readonly inStore: number;
  /** Seconds that one is expected to take, at least and at most; undefined where nothing tells. */
  readonly seconds: SecondsRange | undefined;
  /** What tells it: stages in the store that are alike, others of its kind, or others whose time was scaled by what they compute. */
  readonly basis: "alike" | "kind" | "scaled" | "nothing";
}

/** A time, at least and at most. */
export interface SecondsRange {
  readonly least: number;
  readonly most: number;
}

/** Counts the stages of one kind, and estimates what each takes. */
export async function planRow(
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
