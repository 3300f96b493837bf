/**
 * The coordinator: brings every stage of a plan into the store, several at a time, inputs first.
 *
 * @module
 */
import { join } from "node:path";
import { type BringOptions, bringStage } from "./bring_stage.ts";
import type { PlannedStage } from "./plan.ts";
import { OutcomeRecord, type Outcomes } from "./stage_outcomes.ts";

/**
 * Runs what is missing of `stages`; a failed stage fails those that read it, and the rest goes on.
 *
 * `check` sees each stage when its files are there, and ends everything by throwing. Rejects with the reason of `signal`
 * when that aborts; what is finished stays in the store.
 */
export async function runStages(
  stages: readonly PlannedStage[],
  { workers, failFast, signal, ...options }: Omit<BringOptions, "logs"> & {
    readonly workers: number;
    readonly failFast: boolean;
  },
): Promise<Outcomes> {
  const { store, event } = options;
  const logs = join(store.root, ".logs");
  await Deno.mkdir(logs, { recursive: true });
  const stop = new AbortController(), either = AbortSignal.any([signal, stop.signal]);
  const record = new OutcomeRecord(stages), running = new Map<PlannedStage, Promise<void>>();

  async function work(stage: PlannedStage): Promise<void> {
    try {
      await bringStage(stage, { ...options, logs, signal: either });
      record.finish(stage);
    } catch (thrown) {
      if (either.aborted) return;
      if (thrown instanceof StopRun) return stop.abort(thrown);
      const error = thrown instanceof Error ? thrown.message : String(thrown);
      record.fail(stage, error);
      event({ kind: "failed", stage, error });
      if (failFast) stop.abort(thrown);
    }
  }

  const skip = (stage: PlannedStage) => event({ kind: "skipped", stage, error: record.skip(stage) });

  const waiting = new Set(stages);
  while (waiting.size > 0 || running.size > 0) {
    for (const stage of waiting) {
      if (running.size >= workers || either.aborted) break;
      if (record.isBlocked(stage)) {
        waiting.delete(stage);
        skip(stage);
      } else if (record.isReady(stage)) {
        waiting.delete(stage);
        running.set(stage, work(stage).finally(() => running.delete(stage)));
      }
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  if (stop.signal.reason instanceof StopRun) throw stop.signal.reason;
  signal.throwIfAborted();
  for (const stage of stages) if (!record.outcomes.has(stage)) skip(stage);
  return record.outcomes;
}

/** An error that ends the whole run, not one stage: thrown by `check`. */
export class StopRun extends Error {
  override name = "StopRun";
}
