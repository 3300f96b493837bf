/**
 * What the chest device recorded: from the pickle, with labels, or from its own text.
 *
 * @module
 */
import type { ByteSource } from "../../formats/bytes.ts";
import { readOpenSignals } from "../../formats/open_signals.ts";
import {
  isKind,
  type NdArray,
  type NdValues,
  type PickleValue,
  readArray,
  readPickle,
} from "../../formats/pickle/pickle.ts";

/** The rate of the chest device, which the pickle does not hold. */
export const SAMPLE_RATE_HZ = 700;

/** The range of the device's input. */
const RANGE_MILLIVOLTS = 3;

/** The electrocardiogram of the chest in mV, and the labels at the same rate. */
export interface LabelledChest {
  readonly ecg: Float64Array;
  readonly labels: NdValues;
}

/**
 * Reads the electrocardiogram and the labels of a pickle, and nothing else of it.
 *
 * Throws, with the file, TypeError for another layout and RangeError for another person's file; and as {@link readPickle} does.
 */
export function readChest(source: ByteSource, { subject }: { subject: string }): LabelledChest {
  const { file } = source, root = readPickle(source);
  const own = valueAt(root, ["subject"]);
  if (own !== subject) {
    throw new RangeError(
      `${file}: Cannot read the recording: its subject must be ${subject}, got ${String(own)}`,
    );
  }
  const label = arrayAt(root, { path: ["label"], file }), [samples] = label.shape;
  const ecg = arrayAt(root, { path: ["signal", "chest", "ECG"], file });
  const isColumn = ecg.shape.length <= 2 && (ecg.shape[1] ?? 1) === 1 && ecg.shape[0] === samples;
  const isFloat = ecg.dtype.name === "f8" || ecg.dtype.name === "f4";
  if (label.shape.length !== 1 || !isColumn || !isFloat) {
    const got = [ecg, label].map(({ shape, dtype }) => `(${shape.join(", ")}) of ${dtype.name}`);
    throw new TypeError(
      `${file}: Cannot read the recording: signal.chest.ECG must be a column of floating-point numbers as long as label, got ` +
        got.join(" and "),
    );
  }
  const values = readArray(ecg);
  return {
    ecg: values instanceof Float64Array ? values : Float64Array.from(values, Number),
    labels: readArray(label),
  };
}

/**
 * Reads the electrocardiogram of the chest device's text, in mV: `(count / 2^bits - 1/2) * 3`.
 *
 * Source: the readme of WESAD, as public code has it.
 */
export function readRespiban(source: ByteSource): { ecg: Float64Array; sampleRateHz: number } {
  const { counts, bits, sampleRateHz } = readOpenSignals(source, { sensor: "ECG" });
  return { ecg: counts.map((count) => (count / 2 ** bits - 0.5) * RANGE_MILLIVOLTS), sampleRateHz };
}

function valueAt(root: PickleValue, path: readonly string[]): PickleValue | undefined {
  return path.reduce<PickleValue | undefined>(
    (value, key) => value instanceof Map ? value.get(key) : undefined,
    root,
  );
}

function arrayAt(root: PickleValue, { path, file }: { path: readonly string[]; file: string }): NdArray {
  const value = valueAt(root, path);
  if (isKind(value, "ndarray")) return value;
  const got = value === undefined ? "none" : "something else";
  throw new TypeError(
    `${file}: Cannot read the recording: it must have an array ${path.join(".")}, got ${got}`,
  );
}
