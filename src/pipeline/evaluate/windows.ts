/**
 * Windows on their way to a model, and where each comes from.
 *
 * @module
 */
import type { WindowVerdict } from "../stages/judge.ts";

/** Where a window comes from. */
export interface Place {
  /** `<recording>@<first>+<length>`; of files of windows `<file>@<row>+1`. */
  readonly id: string;
  /** The id of the recording, or the name of the file of windows. */
  readonly recording: string;
  /** The person, by the name that the dataset gives; "" where nobody knows. */
  readonly subject: string;
  readonly session: string;
  /** The dataset, or the name of the file. */
  readonly dataset: string;
  /** First sample and number of samples in the recording, at the resampled rate; null in files of windows. */
  readonly span: { readonly first: number; readonly length: number } | null;
}

/** A window as a source gives it. */
export interface SourceWindow {
  readonly place: Place;
  readonly verdict: WindowVerdict;
  /** Normalised, `[samples]`; null where the verdict refuses it. */
  readonly samples: Float32Array | null;
}

/** A window that can be predicted: its samples, or the features that the model reads in their place. */
export interface ReadyWindow {
  readonly place: Place;
  readonly values: Float32Array;
}

/** What a model says of a window. */
export interface PredictedWindow {
  readonly place: Place;
  /** One for each class. */
  readonly probabilities: readonly number[];
}

/** A piece of the data that a model is evaluated on. */
export interface Source {
  /** The name of the dataset, or of the file of windows. */
  readonly name: string;
  /** Whether its windows come from recordings, whose people are known. */
  readonly hasPeople: boolean;
  /** The windows in order, those of a subject one after another, no more than a subject in memory. */
  windows(): AsyncIterable<SourceWindow>;
}
