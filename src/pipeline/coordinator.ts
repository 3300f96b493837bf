/**
 * The coordinator: brings every stage of a plan into the store, several at a time, inputs first.
 *
 * @module
 */
import { join } from "node:path";
import { datasetFolders } from "./dataset_folders.ts";
import type { Launcher } from "./launchers/launcher.ts";
import type { PlannedStage } from "./plan.ts";
import type { StageProgress } from "./stage.ts";
import { LABEL_FILES } from "./stages/folders.ts";
import { STAGES } from "./stages/table.ts";
import type { WindowsParameters } from "./stages/windows.ts";
import type { Store } from "./store.ts";

/** What happens to a stage, as it happens. */
export type StageEvent =
  | { readonly kind: "reused" | "started" | "finished" | "waiting"; readonly stage: PlannedStage }
  | { readonly kind: "progress"; readonly stage: PlannedStage; readonly progress: StageProgress }
  /** `skipped` is what can't run, or is not to, because another stage failed. */
  | { readonly kind: "failed" | "skipped"; readonly stage: PlannedStage; readonly error: string };

/** How a stage ended: `null` when its files are in the store, else why they are not. */
export type Outcomes = ReadonlyMap<PlannedStage, string | null>;

/** How often a stage that another process is computing is looked at again. */
const WAIT_MILLISECONDS = 500;

/**
 * Runs what is missing of `stages`; a failed stage fails those that read it, and the rest goes on.
 *
 * `check` sees each stage when its files are there, and ends everything by throwing. Rejects with the reason of `signal`
 * when that aborts; what is finished stays in the store.
 */
export async function runStages(
  stages: readonly PlannedStage[],
  { store, launcher, workers, dataFolder, machine, lock, signal, fresh, failFast, check, event }: {
    store: Store;
    launcher: Launcher;
    workers: number;
    dataFolder: string;
    machine: string;
    lock: string;
    signal: AbortSignal;
    fresh: boolean;
    failFast: boolean;
    check: (stage: PlannedStage) => Promise<void>;
    event: (event: StageEvent) => void;
  },
): Promise<Outcomes> {
  const outcomes = new Map<PlannedStage, string | null>();
  /** Those that failed themselves; others fail with them. */
  const failures = new Map<PlannedStage, string>();
  const running = new Map<PlannedStage, Promise<void>>();
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const logs = join(store.root, ".logs");
  await Deno.mkdir(logs, { recursive: true });
  /** Stages that were forced to run again are not forced twice. */
  const seen = new Set<PlannedStage>();
  let fatal: unknown;

  async function bring(stage: PlannedStage): Promise<void> {
    const log = join(logs, `${stage.stage}-${stage.id}.log`);
    let announced = false;
    while (true) {
      either.throwIfAborted();
      const again = fresh && !seen.has(stage);
      if (!again && await store.find(stage.stage, stage.id) !== undefined) {
        await check(stage);
        outcomes.set(stage, null);
        event({ kind: announced ? "finished" : "reused", stage });
        return;
      }
      const lease = await store.lease(stage.stage, stage.id);
      if (lease === undefined) {
        if (!announced) event({ kind: "waiting", stage });
        announced = true;
        await new Promise((resolve) => setTimeout(resolve, WAIT_MILLISECONDS));
        continue;
      }
      seen.add(stage);
      if (!again && await store.find(stage.stage, stage.id) !== undefined) {
        await lease.abandon();
        continue;
      }
      event({ kind: "started", stage });
      const start = performance.now();
      const inputs = Object.fromEntries(
        Object.entries(stage.inputs).map(([role, input]) => [role, store.folder(input.stage, input.id)]),
      );
      try {
        await launcher.run({
          stage: stage.stage,
          parameters: stage.key.parameters,
          inputs,
          output: lease.folder,
          denied: STAGES[stage.stage].trains
            ? Object.values(inputs).flatMap((folder) => LABEL_FILES.map((name) => join(folder, name)))
            : [],
          dataFolder,
          // Parameters are as different as stages; those that read data without naming files name a dataset.
          data: stage.data ??
            (STAGES[stage.stage].readsData
              ? datasetFolders(stage.key.parameters as WindowsParameters, dataFolder)
              : []),
          log,
        }, { signal: either, progress: (progress) => event({ kind: "progress", stage, progress }) });
        const seconds = Number(((performance.now() - start) / 1000).toFixed(3));
        await lease.commit(stage.key, { at: new Date().toISOString(), seconds, machine, lock });
        announced = true;
      } catch (error) {
        await lease.abandon();
        throw error;
      }
    }
  }

  function fail(stage: PlannedStage, error: string): void {
    failures.set(stage, error);
    outcomes.set(stage, error);
    event({ kind: "failed", stage, error });
  }

  function skip(stage: PlannedStage): void {
    const root = rootOf(stage);
    const error = root === undefined
      ? "not run: another stage failed first"
      : `${root.label}: ${failures.get(root)}`;
    outcomes.set(stage, error);
    event({ kind: "skipped", stage, error });
  }

  /** The stage whose failure is in the way of this one. */
  function rootOf(stage: PlannedStage): PlannedStage | undefined {
    if (failures.has(stage)) return stage;
    for (const input of Object.values(stage.inputs)) {
      const root = rootOf(input);
      if (root !== undefined) return root;
    }
  }

  /** Inputs that are not among the stages were brought before. */
  const planned = new Set(stages), waiting = new Set(stages);
  while (waiting.size > 0 || running.size > 0) {
    for (const stage of waiting) {
      if (running.size >= workers || fatal !== undefined || either.aborted) break;
      const inputs = Object.values(stage.inputs);
      if (inputs.some((input) => typeof outcomes.get(input) === "string")) {
        waiting.delete(stage);
        skip(stage);
        continue;
      }
      if (!inputs.every((input) => outcomes.has(input) || !planned.has(input))) continue;
      waiting.delete(stage);
      const work = bring(stage).catch((error) => {
        if (either.aborted) return;
        if (error instanceof StopRun) {
          fatal = error;
          stop.abort(error);
          return;
        }
        fail(stage, error instanceof Error ? error.message : String(error));
        if (failFast) stop.abort(error);
      }).finally(() => running.delete(stage));
      running.set(stage, work);
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  if (fatal !== undefined) throw fatal;
  signal.throwIfAborted();
  for (const stage of stages) if (!outcomes.has(stage)) skip(stage);
  return outcomes;
}

/** An error that ends the whole run, not one stage: thrown by `check`. */
export class StopRun extends Error {
  override name = "StopRun";
}
