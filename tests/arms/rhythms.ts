/** A small task that can be learned: two rhythms in noise, and a network that is trained on it in a second. */
import { rowsInMemory } from "../../src/formats/rows.ts";
import type { ArmRequest } from "../../src/arms/arm.ts";
import { transferSchema } from "../../src/arms/schema.ts";
import { stream } from "../../src/random/stream.ts";
import { computeFeatures } from "../../src/training/features.ts";
import { pretrain, type PretrainOptions } from "../../src/training/pretrain.ts";

export const SAMPLES = 64;
export const WINDOWS = 48;

export const ENCODER = {
  kind: "cnn",
  blocks: [{ filters: 4, kernel: 8, layers: 1 }, { filters: 8, kernel: 4, layers: 1 }],
  pool: { size: 4, stride: 2 },
} as const;

/** Windows of 64 samples; even positions hold a slow sine (class 0), odd ones a fast one (class 1), phases and noise random. */
export function rhythms() {
  const numbers = stream(1, "rhythms"), values = new Float32Array(WINDOWS * SAMPLES);
  for (let window = 0; window < WINDOWS; window++) {
    const period = window % 2 === 0 ? 32 : 8, phase = numbers.uniform();
    for (let sample = 0; sample < SAMPLES; sample++) {
      values[window * SAMPLES + sample] = Math.sin(2 * Math.PI * (sample / period + phase)) +
        0.1 * numbers.normal();
    }
  }
  return rowsInMemory(values, SAMPLES);
}

export const positions = (from: number, to: number) =>
  Int32Array.from({ length: to - from }, (_, index) => from + index);

/** A pretraining on the rhythms, with a fast schedule. */
export function pretraining(options: Partial<PretrainOptions> = {}): PretrainOptions {
  return {
    encoder: ENCODER,
    objective: {
      kind: "transformation-recognition",
      transformations: { negate: {}, scale: { factor: 3 } },
      head: { hidden: [8], dropout: 0.1 },
      fit: { epochs: 2, batch: 8, optimizer: { kind: "adam", learningRate: 0.01 } },
    },
    windows: rhythms(),
    train: positions(0, 36),
    validation: positions(36, 48),
    sampleRateHz: 32,
    stream: stream(1, "pretext"),
    initial: stream(1, "encoder"),
    threads: 1,
    microBatch: 16,
    metadata: {},
    ...options,
  };
}

/** An encoder with its first weights, as a file. */
export async function firstEncoder(seed = 1): Promise<Uint8Array> {
  const { encoder } = await pretrain(pretraining({ objective: null, initial: stream(seed, "encoder") }));
  return encoder;
}

/** What an arm is asked: 24 windows train and 12 choose, unless `validation` is false. */
export async function request(
  { fit = {}, validation = true, ...transfer }: Record<string, unknown> & { validation?: boolean } = {},
  changes: Partial<ArmRequest> = {},
): Promise<ArmRequest> {
  const rows = positions(0, validation ? 36 : 24), windows = changes.windows ?? rhythms();
  const encoderOnnx = changes.encoderOnnx ?? await firstEncoder();
  const features: number[] = [];
  await computeFeatures(encoderOnnx, windows, { threads: 1, write: (values) => features.push(...values) });
  return {
    transfer: transferSchema.parse({
      head: [8],
      fit: {
        batch: 8,
        minSteps: 40,
        maxEpochs: 20,
        patience: 3,
        optimizer: { kind: "adam", learningRate: 0.01 },
        ...fit as Record<string, unknown>,
      },
      ...transfer,
    }),
    encoder: ENCODER,
    encoderOnnx,
    windows,
    features: rowsInMemory(Float32Array.from(features), features.length / WINDOWS),
    labels: {
      rows,
      classes: rows.map((row) => row % 2),
      role: Uint8Array.from(rows, (row) => row < 24 ? 0 : 1),
    },
    classes: ["slow", "fast"],
    sampleRateHz: 32,
    stream: stream(1, "fit"),
    threads: 1,
    microBatch: 16,
    metadata: { arm: "test" },
    ...changes,
  };
}
