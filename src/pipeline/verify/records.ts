/**
 * What the store says of the stages that a run was made of.
 *
 * @module
 */
import { join } from "node:path";
import { readCsv } from "../../formats/csv.ts";
import type { Experiment } from "../experiment.ts";
import type { PlannedStage } from "../plan.ts";
import type { StageRecord, Store } from "../store.ts";
import { differingPaths, explainOther } from "./explain.ts";

/** A run that ended, where it lies. */
export interface EndedRun {
  readonly name: string;
  readonly folder: string;
  readonly store: Store;
  readonly experiment: Experiment;
}

/** The run's own records. Throws RangeError for the first stage, in the order of the data, that is not among them. */
export async function findRecords(
  stages: readonly PlannedStage[],
  { run: { name, folder, store }, dataFolder }: { run: EndedRun; dataFolder: string },
): Promise<Map<PlannedStage, StageRecord>> {
  const ofRun = await readStages(folder), ids = new Set(ofRun.map(({ id }) => id));
  const kinds = new Set(ofRun.map(({ stage }) => stage));
  const records = new Map<PlannedStage, StageRecord>();
  for (const planned of stages) {
    const { stage, id, key, label } = planned;
    // Some kinds are not timed: what they read and the store tell of them.
    const isOfRun = !kinds.has(stage) || ids.has(id);
    const record = await store.record(stage, id);
    if (isOfRun && record !== undefined) {
      records.set(planned, record);
      continue;
    }
    if (!isOfRun) {
      const then = await likest(planned, { ofRun, store });
      if (then !== undefined) {
        throw new RangeError(`Cannot verify ${name}: ${explainOther(key, { then, dataFolder })}`);
      }
    }
    throw new RangeError(
      `Cannot verify ${name}: the store must hold every stage of the chosen cells, got none for ${label} (${
        join(stage, id)
      }); the command of the run computes what is missing`,
    );
  }
  return records;
}

/** Every stage that the run was made of; none where `timings.csv` has gone. */
async function readStages(folder: string): Promise<{ stage: string; id: string }[]> {
  try {
    return readCsv(await Deno.readTextFile(join(folder, "timings.csv"))).map(({ stage, id }) => ({
      stage,
      id,
    }));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** The record of the stage that had this one's place in the run: of its kind, that which says the most alike. */
async function likest(
  { stage, key }: PlannedStage,
  { ofRun, store }: { ofRun: readonly { stage: string; id: string }[]; store: Store },
): Promise<StageRecord | undefined> {
  let best: StageRecord | undefined, least = Infinity;
  for (const { id } of ofRun.filter((row) => row.stage === stage)) {
    const record = await store.record(stage, id);
    if (record === undefined) continue;
    const said = differingPaths(record.parameters, key.parameters).filter(([first]) => first !== "content");
    if (said.length < least) [best, least] = [record, said.length];
  }
  return best;
}
