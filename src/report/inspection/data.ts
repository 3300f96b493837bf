/**
 * What a page about data is made from.
 *
 * @module
 */
import type { LabelRange } from "../../formats/window_table.ts";
import type { ExampleWindow } from "../data.ts";

/** A recording and what is known of it. */
export interface RecordingFacts {
  readonly id: string;
  readonly subject: string;
  readonly session: string;
  /** The stimulus or condition. */
  readonly stimulus: string;
  readonly seconds: number;
  readonly sampleRateHz: number;
  /** All leads with their units. */
  readonly leads: string;
  /** The lead that is used. */
  readonly lead: string;
  /** Its labels; null where one is missing. */
  readonly labels: Readonly<Record<string, number | string | null>>;
}

/** A window and what is known of it. */
export interface WindowFacts {
  readonly subject: string;
  /** The name of its class; null where it has none. */
  readonly class: string | null;
  /** `ok`, or what is wrong with its signal. */
  readonly verdict: string;
  /** Mean heart rate a minute; null where there are too few beats. */
  readonly perMinute: number | null;
}

/** A window as it was recorded, with its beats. */
export interface BeatExample {
  readonly window: string;
  readonly subject: string;
  readonly class: string | null;
  readonly verdict: string;
  readonly lead: { readonly name: string; readonly unit: string };
  readonly sampleRateHz: number;
  readonly samples: readonly number[];
  /** R-peaks that were detected, in seconds since its start. */
  readonly beats: readonly number[];
  /** What the dataset marks, in the same. */
  readonly marks: readonly { readonly seconds: number; readonly symbol: string }[];
}

/** Everything that the page shows. */
export interface InspectionData {
  readonly title: string;
  readonly question: string;
  readonly dataset: {
    readonly kind: string;
    readonly licence: string;
    readonly citation: string;
    readonly simulated: boolean;
    readonly notes: readonly string[];
    /** The labels of recordings, with their ranges. */
    readonly ranges: Readonly<Record<string, LabelRange>>;
  };
  /** The names of the classes. */
  readonly classes: readonly string[];
  readonly recordings: readonly RecordingFacts[];
  /** Labels that change over a recording: the mean within each window that is used, null where it is missing. */
  readonly ratings: Readonly<Record<string, readonly (number | null)[]>>;
  readonly windows: readonly WindowFacts[];
  /** Windows that got no class or are left out, by reason. */
  readonly discarded: readonly { readonly reason: string; readonly windows: number }[];
  readonly beatExamples: readonly BeatExample[];
  readonly transformations: readonly ExampleWindow[];
}
