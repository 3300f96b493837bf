/**
 * What an arm is: one way to learn labels, from windows and some of their labels to a model.
 *
 * @module
 */
import type { RowReader } from "../formats/rows.ts";
import type { EncoderSpecification } from "../models/table.ts";
import type { Provider } from "../onnx/runtime/providers.ts";
import type { ObjectiveSpecification } from "../pretext/table.ts";
import type { Stream } from "../random/stream.ts";
import type { FitProgress, FitSummary } from "../training/fit.ts";
import type { Transfer } from "./schema.ts";

/** The labels that an arm may see. */
export interface ArmLabels {
  /** Positions of the labelled windows. */
  readonly rows: Int32Array;
  /** The class of each, an index into the names of the classes. */
  readonly classes: Int32Array;
  /** What each is for: 0 trains, 1 chooses the model. */
  readonly role: Uint8Array;
}

/** What an arm learns from. */
export interface ArmRequest {
  /** What all arms share. */
  readonly transfer: Transfer;
  /** The encoder of networks; `encoderOnnx` holds its weights. */
  readonly encoder: EncoderSpecification;
  /** The pretext objective, for arms that augment with its transformations. */
  readonly pretext?: ObjectiveSpecification | null;
  /** The encoder's file, with first or pretrained weights; every arm with a network needs one. */
  readonly encoderOnnx?: Uint8Array;
  /** `[windows, samples]`. */
  readonly windows: RowReader;
  /** The arm's own fields of the manifest, for arms that have a choice in them; their defaults where it is left out. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /**
   * Features of the same windows, `[windows, features]`: the encoder's for arms that train a head alone, those that
   * `needs.input` names for arms whose model reads features.
   */
  readonly features?: RowReader;
  /** The labels of the budget. */
  readonly labels: ArmLabels;
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** The rate of the windows. */
  readonly sampleRateHz: number;
  /** The same for all arms of a cell's seed, so that their heads begin with equal weights and meet equal batches. */
  readonly stream: Stream;
  /** Threads of one operator. */
  readonly threads: number;
  /** Where ONNX Runtime computes. Default `cpu`. */
  readonly provider?: Provider;
  /** Rows that are in memory at a time. */
  readonly microBatch: number;
  /** Goes into the model's file, beside architecture and classes. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Told after every optimizer step. */
  readonly progress?: (progress: FitProgress) => void;
}

/** A trained model. */
export interface ArmFit {
  /** ONNX, `windows` [batch, time, 1] or `features` [batch, features], as `needs.input` says, to `probabilities` [batch, classes]. */
  readonly model: Uint8Array;
  /** See the history of a fit; empty where nothing is iterated. */
  readonly history: Record<string, number>[];
  /** How training went. */
  readonly summary: FitSummary;
}

/** The implementation of an arm. */
export interface Arm {
  /**
   * Learns. Throws RangeError when no label trains, when a class is not among the names, or when something the arm needs is not given.
   */
  fit(request: ArmRequest): Promise<ArmFit>;
}
