/**
 * What a split is: which windows train, validate and test.
 *
 * @module
 */
import { z } from "zod";
import type { RecordingRow } from "../formats/window_table.ts";

/** A window as a splitter sees it. */
export interface SplitWindow {
  /** The id of the window. */
  readonly id: string;
  /** Who was recorded. */
  readonly subject: string;
  /** The id of the recording. */
  readonly recording: string;
  /** Index into the classes, or null for a window without a label: it goes where its people go. */
  readonly class: number | null;
}

/** The sides of a fold. */
export const SIDES = ["train", "validation", "test"] as const;

/** A side of a fold. */
export type Side = (typeof SIDES)[number];

/** One fold: window ids by side, each by code point. */
export interface Fold {
  /** Windows to learn from. */
  readonly train: readonly string[];
  /** Windows of training people set aside for the pretext's scores; no label of theirs is used. */
  readonly validation: readonly string[];
  /** Windows to be scored. */
  readonly test: readonly string[];
}

/** What is split. */
export interface SplitContext {
  /** Every window, in any order. */
  readonly windows: readonly SplitWindow[];
  /** The names of the classes, by index. */
  readonly classes: readonly string[];
  /** The labels of recordings, by id; none where they are not known. */
  readonly labels?: ReadonlyMap<string, RecordingRow["labels"]>;
}

/** The implementation of a splitter. */
export interface Splitter<Parameters> {
  /** The folds; they depend on the parameters and the windows, not on the order of the windows. */
  split(parameters: Parameters, context: SplitContext): Fold[];
}

/** The parameters that every splitter has. */
export const splitParameters = {
  seed: z.int().default(1).describe("Seed of the split; it is not the seed of training."),
  validation: z.number().min(0).max(0.5).default(0.1).describe(
    "Share of the training people set aside for the pretext's scores, at least one; 0 is none. Their labels go unused.",
  ),
};
