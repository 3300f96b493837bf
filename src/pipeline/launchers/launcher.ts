/**
 * What a launcher does: run one stage in a fresh process and report how it goes.
 *
 * @module
 */
import type { StageProgress } from "../stage.ts";

/** One stage to run. */
export interface Task {
  readonly stage: string;
  readonly parameters: unknown;
  readonly inputs: Readonly<Record<string, string>>;
  readonly output: string;
  /** Files among the inputs that this stage may not read. */
  readonly denied: readonly string[];
  /** The folder that relative paths of datasets start from. */
  readonly dataFolder: string;
  /** What a stage that opens a dataset, or is given a file, reads outside the store; empty for the others, which may not. */
  readonly data: readonly string[];
  /** The file that takes the worker's standard error. */
  readonly log: string;
}

/** Runs stages, one fresh process each. */
export interface Launcher {
  /**
   * Runs one stage to its end. Throws Error with the worker's own message when the stage fails.
   * When `signal` aborts, the worker is killed and the promise rejects with the signal's reason.
   */
  run(
    task: Task,
    options: { signal: AbortSignal; progress: (progress: StageProgress) => void },
  ): Promise<void>;
}
