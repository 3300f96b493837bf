/**
 * Pretraining of an encoder.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { RowReader } from "../formats/rows.ts";
import { type Architecture, ARCHITECTURE_KEY } from "../models/architecture.ts";
import { forward } from "../models/forward.ts";
import { initializeWeights } from "../models/initialize.ts";
import { buildEncoder, type EncoderSpecification } from "../models/table.ts";
import { namedWeights } from "../models/weights.ts";
import { exportOnnx } from "../onnx/files/export.ts";
import { createRandom } from "../onnx/random/random.ts";
import type { Provider } from "../onnx/runtime/providers.ts";
import type { Objective, RecognitionScore } from "../pretext/objective.ts";
import { loadObjective, type ObjectiveSpecification } from "../pretext/table.ts";
import type { Stream } from "../random/stream.ts";
import { shuffledBatches } from "./batches.ts";
import { fit, type FitProgress } from "./fit.ts";
import { loadOptimizer } from "./optimizers/table.ts";
import { buildPretextNetwork, type PretextNetwork } from "./pretext_network.ts";
import { compilePretextStep } from "./pretext_step.ts";
import { scoreRecognition } from "./recognition.ts";
import { scheduleFactor } from "./schedules.ts";
import { type PretextFit, pretextFitSchema } from "./schema.ts";

/** What is pretrained, on what, and how. */
export interface PretrainOptions {
  /** What is pretrained. */
  readonly encoder: EncoderSpecification;
  /** The objective with its `fit`; null leaves the encoder with its first weights. */
  readonly objective: ObjectiveSpecification | null;
  /** `[windows, samples]`; read by rows, a batch at a time. */
  readonly windows: RowReader;
  /** Positions of the windows to learn from. */
  readonly train: Int32Array;
  /** Positions of the windows set aside for the scores. */
  readonly validation: Int32Array;
  /** The rate of the windows. */
  readonly sampleRateHz: number;
  /** Named for fold and seed: batches, transformations, dropout and the first weights of the heads. */
  readonly stream: Stream;
  /** For the first weights of the encoder: the same for every arm of a seed. */
  readonly initial: Stream;
  /** Threads of one operator. */
  readonly threads: number;
  /** Where ONNX Runtime computes. Default `cpu`. */
  readonly provider?: Provider;
  /** Rows that are in memory at a time. */
  readonly microBatch: number;
  /** Goes into both files, beside the architecture. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Told after every optimizer step. */
  readonly progress?: (progress: FitProgress) => void;
}

/** A pretrained encoder. */
export interface Pretraining {
  /** ONNX, `windows` [batch, time, 1] to `features` [batch, features]. */
  readonly encoder: Uint8Array;
  /** ONNX, `windows` to the `logits` of all heads side by side; empty without an objective. */
  readonly state: Uint8Array;
  /** A line an epoch; see {@linkcode fit}. */
  readonly history: Record<string, number>[];
  /** On the windows set aside, dropout off; empty without an objective. */
  readonly scores: readonly RecognitionScore[];
}

/**
 * Trains an encoder, with the heads of a pretext objective on it, for the epochs of the objective's `fit`.
 *
 * The loss of a step is the mean over its rows, plus the L2 penalty on the kernels of encoder and heads. Every window of an epoch is
 * transformed anew; those set aside are transformed once.
 *
 * Throws RangeError when there is nothing to train on, or when a loss is not finite.
 */
export async function pretrain(options: PretrainOptions): Promise<Pretraining> {
  const samples = options.windows.columns;
  const architecture: Architecture = {
    encoder: options.encoder,
    samples,
    sampleRateHz: options.sampleRateHz,
  };
  const encoder = await buildEncoder(options.encoder, architecture);
  initializeWeights(encoder, options.initial);
  const save = (
    compute: (windows: tf.Tensor) => Record<string, tf.Tensor>,
    weights: Readonly<Record<string, tf.Variable>>,
  ) =>
    exportOnnx(({ windows }) => compute(windows), {
      inputs: { windows: [null, samples, 1] },
      weights,
      metadata: { ...options.metadata, [ARCHITECTURE_KEY]: JSON.stringify(architecture) },
    });
  const saveEncoder = () => save((rows) => ({ features: forward(encoder, { rows }) }), namedWeights(encoder));
  if (options.objective === null) {
    return { encoder: saveEncoder(), state: new Uint8Array(0), history: [], scores: [] };
  }

  const { fit: plan, ...specification } = options.objective;
  const objective = await loadObjective(specification);
  const network = buildPretextNetwork(encoder, { objective, stream: options.stream.child("heads") });
  const history = await train(network, { ...options, objective, plan: pretextFitSchema.parse(plan ?? {}) });
  const state = save(
    (windows) => ({ logits: network.logits(windows, { training: false }) }),
    network.weights,
  );
  const scores = await scoreRecognition(state, {
    objective,
    windows: options.windows,
    positions: options.validation,
    stream: options.stream.child("validation"),
    threads: options.threads,
    provider: options.provider,
  });
  return { encoder: saveEncoder(), state, history, scores };
}

/** Trains all weights of the network; gives the history. */
async function train(
  network: PretextNetwork,
  options: Omit<PretrainOptions, "objective"> & { objective: Objective; plan: PretextFit },
): Promise<Record<string, number>[]> {
  const { objective, plan, windows, stream } = options;
  const batches = shuffledBatches(options.train, { batch: plan.batch, stream: stream.child("batches") });
  const { stepsPerEpoch } = batches, steps = plan.epochs * stepsPerEpoch;
  const step = await compilePretextStep(network, {
    objective,
    samples: windows.columns,
    optimizer: await loadOptimizer(plan.optimizer),
    windows: Math.min(plan.batch, options.train.length),
    microBatch: options.microBatch,
    threads: options.threads,
    provider: options.provider,
    random: createRandom(stream.child("dropout").key()),
    batchStatistics: plan.batchStatistics,
  });
  const { history } = await fit({
    step,
    steps,
    stepsPerEpoch,
    every: stepsPerEpoch,
    rows(index) {
      const positions = batches.at(index);
      const made = objective.rows(windows.read(positions), {
        count: positions.length,
        stream: stream.child(`step/${index}`),
      });
      return {
        inputs: { windows: made.windows, targets: made.targets },
        weights: new Float32Array(made.rows).fill(1 / made.rows),
      };
    },
    learningRate: (index) =>
      plan.optimizer.learningRate * scheduleFactor(plan.schedule, { step: index, steps }),
    progress: options.progress,
  });
  await step.dispose();
  return history;
}
