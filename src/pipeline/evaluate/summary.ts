/**
 * `summary.json` of an evaluation.
 *
 * @module
 */
import { firstNames } from "../../manifest/show.ts";
import type { EvaluatedModel } from "./model.ts";
import type { EvaluationScores } from "./scores.ts";
import type { SeenPeople } from "./seen_people.ts";
import type { OpenedSource } from "./sources.ts";
import type { SourceTally } from "./tally.ts";

/** What came out of an evaluation. */
export interface EvaluationSummary {
  readonly model: {
    readonly file: string;
    readonly sha256: string;
    readonly arm: string;
    readonly classes: readonly string[];
    /** The dataset that it was trained on. */
    readonly dataset: string;
    readonly cell: string | null;
    readonly manifest: string | null;
    readonly leak: string | null;
  };
  /** Each folder and file with what it gave. */
  readonly data: readonly {
    readonly name: string;
    readonly windows: number;
    readonly recordings: number;
    readonly subjects: number;
    readonly discarded: Readonly<Record<string, number>>;
  }[];
  /** Windows that were predicted. */
  readonly windows: number;
  /** Recordings, or files of windows, that gave some. */
  readonly recordings: number;
  /** People of the recordings. */
  readonly subjects: number;
  /** Windows that were left out, by what is wrong with their samples. */
  readonly discarded: Readonly<Record<string, number>>;
  /** Windows by the class that was predicted. */
  readonly predicted: Readonly<Record<string, number>>;
  /** People that the model has seen. */
  readonly seen: SeenPeople;
  /** What a reader of the predictions must know. */
  readonly warnings: readonly string[];
  /** What was taken for granted, or chosen otherwise than in training. */
  readonly notes: readonly string[];
  /** Absent without labels. */
  readonly scores?: EvaluationScores;
  /** Windows that got no class, by the reason; absent without labels. */
  readonly unlabelled?: Readonly<Record<string, number>>;
  readonly performance: {
    readonly seconds: number;
    readonly windowsPerSecond: number;
    /** Sessions of ONNX Runtime side by side, one thread each. */
    readonly sessions: number;
    /** Seconds in ONNX Runtime, summed over the sessions. */
    readonly inferenceSeconds: number;
    /** Windows that a session saw at a time. */
    readonly batch: number;
  };
}

/** Names that a warning lists. */
const MOST_NAMES = 20;

/** What the summary says of a model. */
export function modelFacts(model: EvaluatedModel, file: string): EvaluationSummary["model"] {
  const { sha256, arm, classes, training: { dataset }, cell, manifest, leak } = model;
  return { file, sha256, arm, classes, dataset, cell, manifest, leak };
}

/** Counts over all sources. */
export function totalsOf(
  sources: readonly OpenedSource[],
): Pick<EvaluationSummary, "data" | "windows" | "recordings" | "subjects" | "discarded"> {
  const tallies = sources.map(({ tally }) => tally);
  const data = sources.map(({ source: { name }, tally: { windows, recordings, people, discarded } }) => ({
    name,
    windows,
    recordings: recordings.size,
    subjects: people.size,
    discarded: Object.fromEntries(discarded),
  }));
  const sum = (key: "windows" | "recordings" | "subjects") =>
    data.reduce((total, source) => total + source[key], 0);
  const discarded: Record<string, number> = {};
  for (const [reason, count] of tallies.flatMap((tally) => [...tally.discarded])) {
    discarded[reason] = (discarded[reason] ?? 0) + count;
  }
  return {
    data,
    windows: sum("windows"),
    recordings: sum("recordings"),
    subjects: sum("subjects"),
    discarded,
  };
}

/** Warnings of people whom the model knows, of recordings without a window, and of a run with a leak. */
export function warningsOf(
  { training, pretraining }: SeenPeople,
  { tallies, model: { leak, given } }: {
    tallies: readonly SourceTally[];
    model: Pick<EvaluatedModel, "leak" | "given">;
  },
): string[] {
  const only = pretraining.filter((subject) => !training.includes(subject));
  const subjects = tallies.reduce((sum, { people }) => sum + people.size, 0);
  const empty = tallies.flatMap(({ read, recordings }) => [...read.difference(recordings)]);
  return [
    ...leak === null ? [] : [`the model comes from a run whose split leaks, allowed because: ${leak}`],
    ...given !== null ? [] : [
      "the model began with an encoder out of a file that does not say whom it had seen: subjects can't be told to be unseen",
    ],
    ...training.length === 0 ? [] : [
      `${training.length} of ${subjects} subjects were among those that the model was trained on: ${
        names(training)
      }`,
    ],
    ...only.length === 0 ? [] : [
      `${only.length} of ${subjects} subjects ${
        were(only)
      } among those that the model was pretrained on, without labels: ${names(only)}`,
    ],
    ...empty.length === 0
      ? []
      : [`${empty.length} recordings gave no window, being too short, flat or full of gaps: ${names(empty)}`],
  ];
}

function were({ length }: readonly string[]): string {
  return length === 1 ? "was" : "were";
}

function names(all: readonly string[]): string {
  return firstNames(all, { most: MOST_NAMES });
}
