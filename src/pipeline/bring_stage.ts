/**
 * Brings one stage into the store: found there, computed by a launcher, or waited for while another process computes it.
 *
 * @module
 */
import { join } from "node:path";
import { datasetFolders } from "./dataset_folders.ts";
import type { Launcher, Task } from "./launchers/launcher.ts";
import type { PlannedStage } from "./plan.ts";
import type { StageEvent } from "./stage_event.ts";
import { LABEL_FILES } from "./stages/folders.ts";
import { STAGES } from "./stages/table.ts";
import type { WindowsParameters } from "./stages/windows.ts";
import type { Lease, Store } from "./store.ts";

/** How stages are brought. */
export interface BringOptions {
  readonly store: Store;
  readonly launcher: Launcher;
  readonly dataFolder: string;
  readonly machine: string;
  readonly lock: string;
  /** The folder that takes what workers write to standard error. */
  readonly logs: string;
  readonly signal: AbortSignal;
  /** Whether a stage is computed that is in the store. */
  readonly fresh: boolean;
  /** Sees each stage when its files are there. */
  readonly check: (stage: PlannedStage) => Promise<void>;
  readonly event: (event: StageEvent) => void;
}

/** How often a stage that another process is computing is looked at again. */
const WAIT_MILLISECONDS = 500;

/** Resolves when the stage is in the store and checked; rejects with what the worker or `check` threw, or the reason of `signal`. */
export async function bringStage(stage: PlannedStage, options: BringOptions): Promise<void> {
  const { store, signal, fresh, check, event } = options;
  const isStored = async () => await store.find(stage.stage, stage.id) !== undefined;
  /** A stage that was forced to run again is not forced twice. */
  let isForced = fresh, isAnnounced = false;
  while (true) {
    signal.throwIfAborted();
    if (!isForced && await isStored()) {
      await check(stage);
      event({ kind: isAnnounced ? "finished" : "reused", stage });
      return;
    }
    const lease = await store.lease(stage.stage, stage.id);
    if (lease === undefined) {
      if (!isAnnounced) event({ kind: "waiting", stage });
      isAnnounced = true;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MILLISECONDS));
    } else if (!isForced && await isStored()) {
      await lease.abandon();
    } else {
      await computeStage(stage, lease, options);
      isForced = false;
      isAnnounced = true;
    }
  }
}

async function computeStage(
  stage: PlannedStage,
  lease: Lease,
  options: BringOptions,
): Promise<void> {
  const { launcher, machine, lock, signal, event } = options;
  event({ kind: "started", stage });
  const start = performance.now();
  try {
    await launcher.run(taskOf(stage, { ...options, output: lease.folder }), {
      signal,
      progress: (progress) => event({ kind: "progress", stage, progress }),
    });
    const seconds = Number(((performance.now() - start) / 1000).toFixed(3));
    await lease.commit(stage.key, { at: new Date().toISOString(), seconds, machine, lock });
  } catch (error) {
    await lease.abandon();
    throw error;
  }
}

/** What the launcher is to run, and which files it may read for that. */
function taskOf(
  { stage, id, key: { parameters }, inputs, data }: PlannedStage,
  { store, dataFolder, logs, output }: Pick<BringOptions, "store" | "dataFolder" | "logs"> & {
    readonly output: string;
  },
): Task {
  const { trains, readsData } = STAGES[stage];
  const folders = Object.fromEntries(
    Object.entries(inputs).map(([role, input]) => [role, store.folder(input.stage, input.id)]),
  );
  return {
    stage,
    parameters,
    inputs: folders,
    output,
    denied: trains
      ? Object.values(folders).flatMap((folder) => LABEL_FILES.map((name) => join(folder, name)))
      : [],
    dataFolder,
    // Parameters are as different as stages; those that read data without naming files name a dataset.
    data: data ?? (readsData ? datasetFolders(parameters as WindowsParameters, dataFolder) : []),
    log: join(logs, `${stage}-${id}.log`),
  };
}
