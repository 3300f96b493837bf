/**
 * The stages of a run, by name.
 *
 * @module
 */
import { unknownName } from "../../manifest/choice.ts";
import type { Stage, StageJob } from "../stage.ts";

/** One kind of stage. */
interface StageEntry {
  /** Raised whenever the stage's files change for equal inputs; a test holds it. */
  readonly version: number;
  /** The packages whose versions can change its files. */
  readonly packages: readonly string[];
  /** Whether it opens a dataset, and so may read the data folder. */
  readonly readsData: boolean;
  /** Whether it trains, and so may read no label but those of its budget. */
  readonly trains: boolean;
  load(): Promise<{ stage: Stage<never> }>;
}

/** What reads and writes tables, and hashes folds. */
const TABLES = ["canonicalize", "csv-parse", "csv-stringify"];
const ENGINE = [...TABLES, "@tensorflow/tfjs", "onnx-buf", "onnxruntime-node", "pure-rand"];

/** Every stage, in the order in which data goes through them. */
export const STAGES = {
  windows: {
    version: 6,
    packages: [...TABLES, "fft.js", "pure-rand"],
    readsData: true,
    trains: false,
    load: () => import("./windows.ts"),
  },
  labels: {
    version: 2,
    packages: TABLES,
    readsData: false,
    trains: false,
    load: () => import("./labels.ts"),
  },
  inspection: {
    version: 1,
    packages: [...TABLES, "pure-rand"],
    readsData: true,
    trains: false,
    load: () => import("./inspection.ts"),
  },
  split: {
    version: 1,
    packages: [...TABLES, "pure-rand"],
    readsData: false,
    trains: false,
    load: () => import("./split.ts"),
  },
  "training-labels": {
    version: 1,
    packages: [...TABLES, "pure-rand"],
    readsData: false,
    trains: false,
    load: () => import("./training_labels.ts"),
  },
  "sealed-labels": {
    version: 2,
    packages: TABLES,
    readsData: false,
    trains: false,
    load: () => import("./sealed_labels.ts"),
  },
  initialize: {
    version: 4,
    packages: ENGINE,
    readsData: false,
    trains: true,
    load: () => import("./initialize.ts"),
  },
  "given-encoder": {
    version: 1,
    packages: ENGINE,
    readsData: false,
    trains: true,
    load: () => import("./given_encoder.ts"),
  },
  pretrain: {
    version: 4,
    packages: ENGINE,
    readsData: false,
    trains: true,
    load: () => import("./pretrain.ts"),
  },
  features: {
    version: 2,
    packages: ENGINE,
    readsData: false,
    trains: true,
    load: () => import("./features.ts"),
  },
  hrv: { version: 1, packages: TABLES, readsData: false, trains: true, load: () => import("./hrv.ts") },
  fit: { version: 4, packages: ENGINE, readsData: false, trains: true, load: () => import("./fit.ts") },
  score: {
    version: 3,
    packages: [...TABLES, "onnx-buf", "onnxruntime-node"],
    readsData: false,
    trains: false,
    load: () => import("./score.ts"),
  },
  certificate: {
    version: 2,
    packages: ENGINE,
    readsData: false,
    trains: false,
    load: () => import("./certificate.ts"),
  },
} as const satisfies Record<string, StageEntry>;

/** The name of a stage. */
export type StageName = keyof typeof STAGES;

/** Runs the stage of that name. Throws RangeError for an unknown one. */
export async function runStage(name: string, job: StageJob<unknown>): Promise<void> {
  const entry = Object.entries(STAGES).find(([known]) => known === name)?.[1];
  if (entry === undefined) throw unknownName({ what: "stage", name, known: Object.keys(STAGES) });
  const { stage } = await entry.load();
  // The coordinator wrote the parameters from a manifest that its schema had checked.
  await stage.run(job as StageJob<never>);
}
