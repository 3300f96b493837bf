/**
 * What a report is made from: plain data, gathered by whoever ran the experiment.
 *
 * @module
 */
import type { Summary } from "../evaluation/results.ts";
import type { Verdict } from "../evaluation/verdicts.ts";
import type { LabelRange } from "../formats/window_table.ts";
import type { Check } from "../splits/certificate.ts";
import type { BudgetUnit } from "../targets/unit.ts";

/** One way to learn, as the manifest declares it. */
export interface ReportArm {
  /** Its name in the manifest. */
  readonly name: string;
  /** What it does, in words: `encoder pretrained, all layers trained`. */
  readonly description: string;
  /** True where labels change nothing (the majority class): drawn as a rule, not as a curve. */
  readonly rule: boolean;
}

/** How much of one class there is. */
export interface ClassCount {
  /** The name of the class. */
  readonly class: string;
  /** Windows with this class. */
  readonly windows: number;
  /** Subjects with a window of this class. */
  readonly subjects: number;
}

/** What is known of one person's windows. */
export interface PersonCount {
  /** The person. */
  readonly subject: string;
  /** Windows of each class. */
  readonly windows: readonly number[];
  /** Hard negatives among them. */
  readonly hardNegatives: number;
}

/** Windows that were left out for one reason. */
export interface DiscardCount {
  /** Why. */
  readonly reason: string;
  /** Whose windows they were. */
  readonly subject: string;
  /** How many. */
  readonly windows: number;
}

/** The size of one side of a split. */
export interface SideCount {
  /** Windows on this side. */
  readonly windows: number;
  /** Subjects on this side. */
  readonly subjects: number;
}

/** The sizes of one fold. */
export interface FoldCount {
  /** What is learned from. */
  readonly train: SideCount;
  /** Training people set aside for the pretext's scores. */
  readonly validation: SideCount;
  /** What is scored. */
  readonly test: SideCount;
}

/** An encoder that was given as a file, and what the file says of it. */
export interface GivenEncoder {
  /** The file as the manifest names it. */
  readonly file: string;
  /** Of the file, in hexadecimal. */
  readonly sha256: string;
  /** What was taken from what: `an encoder alone`, `the encoder of a model of finetuned`. */
  readonly part: string;
  /** Whom it has seen, dataset by dataset, with labels or without; null where the file does not say. */
  readonly saw:
    | readonly { readonly dataset: string; readonly subjects: number; readonly labels: boolean }[]
    | null;
  /** What else a reader must know of it, in sentences. */
  readonly remarks: readonly string[];
}

/** What the encoder saw in pretraining. */
export interface Exposure {
  /** As the manifest says: `training-fold`, `external`, `transductive`, `given`; all of them where it is swept. */
  readonly kind: string;
  /** True when it saw another dataset. */
  readonly external: boolean;
  /** The other dataset; null where there is none, or nobody named it. */
  readonly corpus: string | null;
  /** True when it saw unlabelled windows of people who are tested. */
  readonly transductive: boolean;
  /** Encoders that were given as files; none where all were pretrained here. */
  readonly given: readonly GivenEncoder[];
  /** For each fold, from 1, how many people and recordings it saw; an external corpus is the same for all. */
  readonly folds: readonly {
    readonly fold: number;
    readonly subjects: number;
    readonly recordings: number;
  }[];
}

/** Predictions against truth, over the cells of an arm's point at the largest budget. */
export interface Confusion {
  /** The values of the swept keys other than the budget. */
  readonly grid: Readonly<Record<string, unknown>>;
  /** The arm that predicted. */
  readonly arm: string;
  /** `[true class][predicted class]`, counts of predictions. */
  readonly counts: readonly (readonly number[])[];
}

/** A person's primary score with one arm at the largest budget, mean over draws and seeds. */
export interface SubjectScore {
  /** The values of the swept keys other than the budget. */
  readonly grid: Readonly<Record<string, unknown>>;
  /** The arm that predicted. */
  readonly arm: string;
  /** The person. */
  readonly subject: string;
  /** The score; null where it is undefined. */
  readonly score: number | null;
}

/** A loss during one fit. */
export interface History {
  /** Says which fit: `fold 1, seed 2`, or a cell's name. */
  readonly label: string;
  /** The arm; empty for a pretext. */
  readonly arm: string;
  /** The losses, evaluation by evaluation; null where one was not computed. */
  readonly lines: readonly {
    /** Passes over the training rows until then, perhaps a fraction. */
    readonly epoch: number;
    readonly training: number | null;
    readonly validation: number | null;
  }[];
}

/** A window and what the transformations make of it. */
export interface ExampleWindow {
  /** Whose window it is. */
  readonly subject: string;
  /** The window's class. */
  readonly class: string;
  /** Samples a second. */
  readonly sampleRateHz: number;
  /** The window as the network sees it. */
  readonly samples: ArrayLike<number>;
  /** What each transformation makes of the window, as many samples. */
  readonly transformations: readonly { readonly name: string; readonly samples: ArrayLike<number> }[];
}

/** An exported model and what was checked of it. */
export interface ReportModel {
  /** The arm that the model belongs to. */
  readonly arm: string;
  /** Its path in the run's folder. */
  readonly file: string;
  /** The cell that trained it. */
  readonly cell: string;
  /** The size of the file. */
  readonly bytes: number;
  /** What was checked of the file. */
  readonly certificate: {
    /** Largest difference of a probability to TensorFlow.js, and over how many windows. */
    readonly tfjs: { readonly windows: number; readonly largestDifference: number };
    /** The same to other batch sizes. */
    readonly batches: readonly {
      readonly batch: number;
      readonly windows: number;
      readonly largestDifference: number;
    }[];
  };
}

/** Where a run was computed: what a report needs of `environment.json`. */
export interface ReportEnvironment {
  /** The version of the runtime. */
  readonly deno: string;
  /** Versions by package name. */
  readonly packages: Readonly<Record<string, string>>;
  /** SHA-256 of `deno.lock`. */
  readonly lock: string;
  /** Operating system and architecture. */
  readonly system: string;
  /** The processor's model. */
  readonly cpu: string;
  /** Threads of one stage. */
  readonly threads: number;
  /** ONNX Runtime's execution provider. */
  readonly provider: string;
  /** Null outside a git checkout. */
  readonly git: { readonly commit: string; readonly dirty: boolean } | null;
}

/** Where the time went, in seconds. */
export interface ReportTimings {
  /** From the first stage to the last. */
  readonly totalSeconds: number;
  /** For each kind of stage, how often it ran and how long, summed over workers. */
  readonly stages: readonly { readonly stage: string; readonly runs: number; readonly seconds: number }[];
  /** One entry for each cell that was computed. */
  readonly cellSeconds: readonly number[];
}

/** Everything that a report shows. */
export interface ReportData {
  /** The run's name. */
  readonly title: string;
  /** The manifest's question; the title stands in for an empty one. */
  readonly question: string;
  /** Hash of the resolved manifest. */
  readonly manifestHash: string;
  /** The resolved manifest, YAML. */
  readonly manifest: string;
  /** The command that makes this run again. */
  readonly command: string;
  /** The reason given to `--allow-leak`; empty where no leak was allowed. */
  readonly leak: string;
  /** The labels of recordings, with their units and ranges. */
  readonly labels: Readonly<Record<string, LabelRange>>;
  /** The dataset's notes, printed above the curve. */
  readonly notes: readonly string[];
  /** What the numbers show and what they don't. */
  readonly verdicts: readonly Verdict[];
  /** The arms, in the manifest's order. */
  readonly arms: readonly ReportArm[];
  /** The scores. */
  readonly summary: Summary;
  /** In the order of the classes. */
  readonly classCounts: readonly ClassCount[];
  /** Windows that are easily taken for the positive class, in the target's words; null where it names none. */
  readonly hardNegatives: {
    readonly name: string;
    readonly windows: number;
    readonly subjects: number;
  } | null;
  /** Everybody with a window that has a class, sorted by name. */
  readonly people: readonly PersonCount[];
  /** What a budget counts. */
  readonly labelUnit: BudgetUnit;
  /** How the people were divided, and what was checked of it. */
  readonly split: {
    readonly kind: string;
    readonly folds: readonly FoldCount[];
    readonly checks: readonly Check[];
  };
  /** Null when nothing was pretrained. */
  readonly exposure: Exposure | null;
  /** Over what the signal was scaled, and whether unlabelled samples of tested people took part. */
  readonly normalization: { readonly scope: string; readonly transductive: boolean };
  /** One for each arm and grid point. */
  readonly confusions: readonly Confusion[];
  /** One for each person, arm and grid point. */
  readonly subjectScores: readonly SubjectScore[];
  /** One for each fold and seed. */
  readonly pretextHistories: readonly History[];
  /** Fits of chosen cells. */
  readonly trainingHistories: readonly History[];
  /** A few windows to look at. */
  readonly examples: readonly ExampleWindow[];
  /** One for each arm. */
  readonly models: readonly ReportModel[];
  /** Windows left out, by reason and person. */
  readonly discarded: readonly DiscardCount[];
  /** Cells without a result. */
  readonly failedCells: readonly { readonly cell: string; readonly reason: string }[];
  /** Where it was computed. */
  readonly environment: ReportEnvironment;
  /** How long it took. */
  readonly timings: ReportTimings;
  /** Whose data they are. */
  readonly dataset: {
    readonly name: string;
    readonly licence: string;
    readonly citation: string;
    readonly simulated: boolean;
  };
}
