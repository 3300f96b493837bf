/**
 * What a stage is to the code that implements it: parameters and input folders in, files out.
 *
 * @module
 */

/** How far a stage has come; `done` of `total` in its own unit. */
export interface StageProgress {
  readonly done: number;
  readonly total: number;
  readonly note?: string;
}

/** One run of a stage, as its worker sees it. */
export interface StageJob<Parameters> {
  readonly parameters: Parameters;
  /** Folders of the stages that it reads, by role. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The folder that takes its files. */
  readonly output: string;
  /** The folder that relative paths of datasets start from. */
  readonly dataFolder: string;
  /** What it may read outside the store, by path: the folder of a dataset, a given file. */
  readonly data: readonly string[];
  progress(progress: StageProgress): void;
}

/** The implementation of a stage. */
export interface Stage<Parameters> {
  run(job: StageJob<Parameters>): Promise<void>;
}
