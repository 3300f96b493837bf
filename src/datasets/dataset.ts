/**
 * What a dataset gives: recordings, one subject and one condition each.
 *
 * @module
 */
import type { LabelRange } from "../formats/window_table.ts";
import type { Track } from "./tracks.ts";

/** One channel of a recording. */
export interface Lead {
  readonly name: string;
  /** The unit of the samples, `mV` for an electrocardiogram. */
  readonly unit: string;
  readonly samples: Float64Array;
}

/** A mark that an expert or a program set in a recording, such as a beat or a change of rhythm. */
export interface Annotation {
  /** Position from 0 at the recording's own sampling rate, whatever rate its windows are brought to. */
  readonly sample: number;
  /** The kind of mark by its WFDB symbol: `N` a normal beat, `V` a ventricular one, `+` a change of rhythm. */
  readonly symbol: string;
  /** What is written beside it, such as the rhythm `(AFIB`; "" for nothing. */
  readonly text: string;
}

/** One stretch of signal of one subject under one condition. */
export interface Recording {
  /** `dataset/subject/session/name`. */
  readonly id: string;
  /** The file that it was read from, which a message names; undefined for a recording that is made. */
  readonly file?: string;
  readonly subject: string;
  readonly session: string;
  /** The stimulus or condition. */
  readonly stimulus: string;
  readonly sampleRateHz: number;
  readonly leads: readonly Lead[];
  /** Labels that hold for the whole recording; null where one is missing. */
  readonly labels: Readonly<Record<string, number | string | null>>;
  /** Marks in the order of time, where the dataset has them; an empty list says that there are none. */
  readonly annotations?: readonly Annotation[];
  /** Labels that change over the recording, by name; those that some recording has have a range among the dataset's labels. */
  readonly tracks?: Readonly<Record<string, Track>>;
  /** The latent state of a stretch, where it is known because the signal was simulated. */
  readonly truth?: (fromSeconds: number, seconds: number) => Record<string, number>;
}

/** An opened dataset. */
export interface Dataset {
  /** True when no person stands behind the signals. */
  readonly simulated: boolean;
  readonly licence: string;
  readonly citation: string;
  /** The labels that recordings carry, with their ranges. */
  readonly labels: Readonly<Record<string, LabelRange>>;
  /** What a reader of a result must know; the report prints it above the curve. */
  readonly notes: readonly string[];
  /** The recordings, by id in code-point order, one at a time. */
  recordings(): AsyncIterable<Recording> | Iterable<Recording>;
}

/** Where a dataset finds its files. */
export interface DatasetContext {
  /** The folder that relative paths start from. */
  readonly dataFolder: string;
}

/** The implementation of a dataset. */
export interface DatasetSource<Parameters> {
  /**
   * What identifies the content: parameters alone where they decide it, hashes of the files otherwise.
   * It goes into the hash of every stage that reads the dataset.
   */
  identity(parameters: Parameters, context: DatasetContext): Promise<unknown>;
  open(parameters: Parameters, context: DatasetContext): Promise<Dataset>;
}
