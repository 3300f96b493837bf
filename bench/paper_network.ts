/**
 * The training step that the benchmarks measure: the published encoder with a dense classifier, and one batch.
 *
 * `deno run -A bench/paper_network.ts PATH BATCH` writes the first weights and the batch, for peers in any language.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { z } from "zod";
import { type Architecture, buildNetwork, type Network } from "../src/models/architecture.ts";
import { initializeWeights } from "../src/models/initialize.ts";
import { loadWeights, namedWeights, type WeightValues } from "../src/models/weights.ts";
import { stream } from "../src/random/stream.ts";
import { OPTIMIZERS } from "../src/training/optimizers/table.ts";

/** Samples in a window, at {@linkcode SAMPLE_RATE_HZ}. */
export const SAMPLES = 2560;

/** The rate of the windows. */
export const SAMPLE_RATE_HZ = 256;

/** Classes that the network tells apart. */
export const CLASSES = 7;

/** Adam, as every engine follows it; the values are the defaults of PyTorch too. */
export const ADAM: z.output<typeof OPTIMIZERS.adam.schema> = OPTIMIZERS.adam.schema.parse({});

const ARCHITECTURE: Architecture = {
  encoder: { kind: "sarkar-cnn" },
  samples: SAMPLES,
  sampleRateHz: SAMPLE_RATE_HZ,
  head: { hidden: [128], dropout: 0, classes: CLASSES },
};

/** First weights and a batch, the same for every engine. */
export interface Problem {
  /** The network, with its first weights. */
  readonly network: Network;
  /** Its weights by name. */
  readonly weights: Readonly<Record<string, tf.Variable>>;
  /** `[batch, time]`. */
  readonly windows: Float32Array;
  /** One-hot, `[batch, class]`. */
  readonly targets: Float32Array;
}

/**
 * Writes a problem as little-endian float32, one after another: each weight in the order of the layers (kernel `[taps, in, out]` or
 * `[in, out]`, then bias), the windows `[batch, time]`, the class of each.
 */
export async function writeProblem(path: string, { batch }: { batch: number }): Promise<void> {
  const network = await buildNetwork(ARCHITECTURE), random = stream(1, "bench/step");
  initializeWeights(network.encoder, random.child("encoder"));
  initializeWeights(network.head, random.child("head"));
  const weights = Object.values(weightsOf(network)).map((variable) =>
    Float32Array.from(variable.dataSync<"float32">())
  );
  const noise = random.child("windows");
  const windows = Float32Array.from({ length: batch * SAMPLES }, () => noise.normal());
  const classes = Float32Array.from({ length: batch }, (_, row) => row % CLASSES);
  await Deno.writeFile(path, new Blob([...weights, windows, classes]).stream());
}

/** Reads a problem, of its windows the first `batch`; the network gets its weights. */
export async function readProblem(path: string, { batch }: { batch: number }): Promise<Problem> {
  const numbers = new Float32Array((await Deno.readFile(path)).buffer);
  const network = await buildNetwork(ARCHITECTURE), weights = weightsOf(network);
  const values: Record<string, WeightValues> = {};
  let offset = 0;
  for (const [name, { shape, size }] of Object.entries(weights)) {
    values[name] = { shape, values: numbers.subarray(offset, offset += size) };
  }
  loadWeights(network.encoder, values);
  loadWeights(network.head, values);
  const rows = (numbers.length - offset) / (SAMPLES + 1);
  const windows = numbers.slice(offset, offset + batch * SAMPLES);
  const classes = numbers.subarray(offset + rows * SAMPLES).subarray(0, batch);
  const targets = new Float32Array(batch * CLASSES);
  classes.forEach((own, row) => targets[row * CLASSES + own] = 1);
  return { network, weights, windows, targets };
}

function weightsOf({ encoder, head }: Network): Record<string, tf.Variable> {
  return { ...namedWeights(encoder), ...namedWeights(head) };
}

if (import.meta.main) await writeProblem(Deno.args[0], { batch: Number(Deno.args[1]) });
