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
 * What a failure does to stages that do not read what failed: nothing; it ends all of them; or those planned later, so that the first
 * failure in the order of the plan is the same however many workers there are, and which of them is the fastest.
 */
export type FailureEnds = "none" | "all" | "later";

/**
 * Runs what is missing of `stages`; a failed stage fails those that read it, and `failureEnds` says what becomes of the rest.
 *
 * `check` sees each stage when its files are there, and by throwing StopRun ends those planned later; the first such error in the order
 * of `stages` is thrown, unless a stage before it ended all of them. Rejects with the reason of `signal` when that aborts; what is
 * finished stays in the store.
 */
export async function runStages(
  stages: readonly PlannedStage[],
  { workers, failureEnds, signal, ...options }: Omit<BringOptions, "logs"> & {
    readonly workers: number;
    readonly failureEnds: FailureEnds;
  },
): Promise<Outcomes> {
  const { store, event } = options;
  const logs = join(store.root, ".logs");
  await Deno.mkdir(logs, { recursive: true });
  const places = new Map(stages.map((stage, place) => [stage, place]));
  const placeOf = (stage: PlannedStage) => places.get(stage) ?? 0;
  const record = new OutcomeRecord(stages), stops = new Map<PlannedStage, StopRun>();
  const running = new Map<PlannedStage, { readonly done: Promise<void>; readonly stop: AbortController }>();
  /** The place from which on nothing runs any more. */
  let end = stages.length;

  function endFrom(place: number): void {
    end = Math.min(end, place);
    for (const [stage, { stop }] of running) if (placeOf(stage) >= end) stop.abort();
  }

  async function work(stage: PlannedStage, stop: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, stop]);
    try {
      await bringStage(stage, { ...options, logs, signal: either });
      record.finish(stage);
    } catch (thrown) {
      if (either.aborted) return;
      if (thrown instanceof StopRun) {
        stops.set(stage, thrown);
        return endFrom(placeOf(stage));
      }
      const error = thrown instanceof Error ? thrown.message : String(thrown);
      record.fail(stage, error);
      event({ kind: "failed", stage, error });
      if (failureEnds !== "none") endFrom(failureEnds === "all" ? 0 : placeOf(stage));
    }
  }

  const skip = (stage: PlannedStage) => event({ kind: "skipped", stage, error: record.skip(stage) });

  function start(stage: PlannedStage): void {
    const stop = new AbortController();
    const done = work(stage, stop.signal).finally(() => running.delete(stage));
    running.set(stage, { done, stop });
  }

  const waiting = new Set(stages);
  while (waiting.size > 0 || running.size > 0) {
    for (const stage of waiting) {
      if (running.size >= workers || signal.aborted) break;
      if (placeOf(stage) >= end || !record.isReady(stage)) continue;
      waiting.delete(stage);
      if (record.isBlocked(stage)) skip(stage);
      else start(stage);
    }
    if (running.size === 0) break;
    await Promise.race([...running.values()].map(({ done }) => done));
  }
  signal.throwIfAborted();
  const stop = stops.get(stages[end]);
  if (stop !== undefined) throw stop;
  for (const stage of stages) if (!record.outcomes.has(stage)) skip(stage);
  return record.outcomes;
}

/** An error that ends the run, not one stage: thrown by `check`. */
export class StopRun extends Error {
  override name = "StopRun";
}
