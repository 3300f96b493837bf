/**
 * What a report is made from: plain data, gathered by whoever ran the experiment.
 *
 * @module
 */
import type { Summary } from "../evaluation/results.ts";
import type { Verdict } from "../evaluation/verdicts.ts";

/** One way to learn, as the manifest declares it. */
export interface ReportArm {
  readonly name: string;
  /** What it does, in words: `encoder pretrained, all layers trained`. */
  readonly description: string;
  /** True where labels change nothing (the majority class): drawn as a rule, not as a curve. */
  readonly rule: boolean;
}

/** How much of one class there is. */
export interface ClassCount {
  readonly class: string;
  readonly windows: number;
  readonly subjects: number;
}

/** The size of one side of a split. */
export interface SideCount {
  readonly windows: number;
  readonly subjects: number;
}

/** The sizes of one fold. */
export interface FoldCount {
  readonly train: SideCount;
  /** Training people set aside for the pretext's scores. */
  readonly validation: SideCount;
  readonly test: SideCount;
}

/** One check of a split's certificate. */
export interface SplitCheck {
  readonly name: string;
  /** `passed`, `failed`, or why neither can be said (`not applicable`). */
  readonly outcome: string;
  /** What was counted or compared. */
  readonly evidence: string;
}

/** What the encoder saw in pretraining. */
export interface Exposure {
  /** As the manifest says: `training-fold`, `external`, `transductive`. */
  readonly kind: string;
  /** True when it saw unlabelled windows of people who are tested. */
  readonly transductive: boolean;
  readonly folds: readonly {
    readonly fold: number;
    readonly subjects: number;
    readonly recordings: number;
  }[];
}

/** Predictions against truth, over the cells of an arm's point at the largest budget. */
export interface Confusion {
  readonly grid: Readonly<Record<string, unknown>>;
  readonly arm: string;
  /** `[true class][predicted class]`, counts of predictions. */
  readonly counts: readonly (readonly number[])[];
}

/** A person's primary score with one arm at the largest budget, mean over draws and seeds. */
export interface SubjectScore {
  readonly grid: Readonly<Record<string, unknown>>;
  readonly arm: string;
  readonly subject: string;
  readonly score: number | null;
}

/** A loss during one fit. */
export interface History {
  /** Says which fit: `fold 1, seed 2`, or a cell's name. */
  readonly label: string;
  /** The arm; empty for a pretext. */
  readonly arm: string;
  readonly epochs: readonly {
    readonly epoch: number;
    readonly training: number | null;
    readonly validation: number | null;
  }[];
}

/** A window and what the transformations make of it. */
export interface ExampleWindow {
  readonly subject: string;
  readonly class: string;
  readonly sampleRateHz: number;
  readonly samples: ArrayLike<number>;
  readonly transformations: readonly { readonly name: string; readonly samples: ArrayLike<number> }[];
}

/** An exported model and what was checked of it. */
export interface ReportModel {
  readonly arm: string;
  /** Its path in the run's folder. */
  readonly file: string;
  readonly cell: string;
  readonly bytes: number;
  readonly certificate: {
    /** Largest difference of a probability to the TensorFlow.js reference. */
    readonly tfjsDifference: number;
    /** Largest difference of a probability between batch sizes. */
    readonly batchDifference: number;
    /** Windows on which the reference ran. */
    readonly windows: number;
  };
}

/** Where a run was computed: what a report needs of `environment.json`. */
export interface ReportEnvironment {
  readonly deno: string;
  /** Versions by package name. */
  readonly packages: Readonly<Record<string, string>>;
  /** SHA-256 of `deno.lock`. */
  readonly lock: string;
  readonly system: string;
  readonly cpu: string;
  readonly threads: number;
  /** ONNX Runtime's execution provider. */
  readonly provider: string;
  /** Null outside a git checkout. */
  readonly git: { readonly commit: string; readonly dirty: boolean } | null;
}

/** Where the time went, in seconds. */
export interface ReportTimings {
  readonly totalSeconds: number;
  readonly stages: readonly { readonly stage: string; readonly runs: number; readonly seconds: number }[];
  readonly cellSeconds: readonly number[];
}

/** Everything that a report shows. */
export interface ReportData {
  /** The run's name. */
  readonly title: string;
  readonly question: string;
  readonly manifestHash: string;
  /** The resolved manifest, YAML. */
  readonly manifest: string;
  /** The command that makes this run again. */
  readonly command: string;
  /** The reason given to `--allow-leak`; empty where no leak was allowed. */
  readonly leak: string;
  /** The dataset's notes, printed above the curve. */
  readonly notes: readonly string[];
  readonly verdicts: readonly Verdict[];
  /** The arms, in the manifest's order. */
  readonly arms: readonly ReportArm[];
  readonly summary: Summary;
  /** What guessing scores on the primary score; null where it is unknown. */
  readonly chance: number | null;
  readonly classCounts: readonly ClassCount[];
  /** What a budget counts. */
  readonly labelUnit: "window" | "recording" | "subject";
  readonly split: {
    readonly kind: string;
    readonly folds: readonly FoldCount[];
    readonly checks: readonly SplitCheck[];
  };
  /** Null when nothing was pretrained. */
  readonly exposure: Exposure | null;
  readonly normalization: { readonly scope: string; readonly transductive: boolean };
  readonly confusions: readonly Confusion[];
  readonly subjectScores: readonly SubjectScore[];
  readonly pretextHistories: readonly History[];
  readonly trainingHistories: readonly History[];
  readonly examples: readonly ExampleWindow[];
  readonly models: readonly ReportModel[];
  readonly discarded: readonly { readonly reason: string; readonly windows: number }[];
  readonly failedCells: readonly { readonly cell: string; readonly reason: string }[];
  readonly environment: ReportEnvironment;
  readonly timings: ReportTimings;
  readonly dataset: {
    readonly name: string;
    readonly licence: string;
    readonly citation: string;
    readonly simulated: boolean;
  };
}
