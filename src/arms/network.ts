/**
 * How the arms with a network learn; they differ in the first weights of the encoder and in what is trained.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type Architecture, buildNetwork, type Network } from "../models/architecture.ts";
import { initializeWeights } from "../models/initialize.ts";
import { kernelPenalty } from "../models/penalty.ts";
import { loadWeights, namedWeights } from "../models/weights.ts";
import { readOnnx } from "../onnx/files/export.ts";
import { compileStep } from "../onnx/programs/step.ts";
import { createRandom } from "../onnx/random/random.ts";
import type { Objective } from "../pretext/objective.ts";
import { loadObjective } from "../pretext/table.ts";
import { shuffledBatches } from "../training/batches.ts";
import { fit, type StepRows } from "../training/fit.ts";
import { loadOptimizer } from "../training/optimizers/table.ts";
import { scheduleFactor } from "../training/schedules.ts";
import type { ArmFit, ArmRequest } from "./arm.ts";
import { classWeights } from "./class_weights.ts";
import { type LabelledRows, rowsOfRole } from "./labelled_rows.ts";
import { headAlone, type Learner, wholeNetwork } from "./learner.ts";
import { saveClassifier } from "./save.ts";
import { compileValidation } from "./validation.ts";

/** Evaluations while training takes its fewest steps. */
const EVALUATIONS = 20;

/**
 * Trains a classifier, encoder and head, or its head alone on the encoder's features.
 *
 * The loss of a step is the mean over its rows of class weight · -log softmax(logits)[class], plus the L2 penalty on the hidden kernels
 * of the head. Training takes at most max(minSteps, maxEpochs · steps of an epoch) steps. With validation labels, it evaluates every
 * max(1 epoch, minSteps / 20) steps, stops by patience (counted after minSteps alone) and keeps the best weights; without, it takes
 * all of these steps and keeps the last.
 *
 * Softmax and cross-entropy serve two classes too, where the published code has two sigmoids.
 */
export async function fitNetwork(
  request: ArmRequest,
  { train, augment = false }: { train: "all" | "head"; augment?: boolean },
): Promise<ArmFit> {
  const { transfer, windows, stream } = request;
  const architecture: Architecture = {
    encoder: request.encoder,
    samples: windows.columns,
    sampleRateHz: request.sampleRateHz,
    head: { hidden: transfer.head, dropout: transfer.dropout, classes: request.classes.length },
  };
  const network = await buildNetwork(architecture);
  loadWeights(network.encoder, readOnnx(given(request.encoderOnnx, "an encoder")).weights);
  initializeWeights(network.head, stream.child("head"));
  const learner = train === "all"
    ? wholeNetwork(network, windows)
    : headAlone(network, given(request.features, "features"));
  const objective = augment ? await augmentation(request) : undefined;
  const { history, summary } = await learn(learner, { request, network, objective });
  return { model: saveClassifier(network, { architecture, request }), history, summary };
}

async function learn(
  learner: Learner,
  { request, network, objective }: { request: ArmRequest; network: Network; objective?: Objective },
) {
  const { transfer, labels, stream, threads, provider } = request;
  const { fit: plan, classWeights: rule, l2 } = transfer;
  const classes = request.classes.length;
  const training = rowsOfRole(labels, "train"), validating = rowsOfRole(labels, "validation");
  const positions = Int32Array.from(training.rows.keys());
  const batches = shuffledBatches(positions, { batch: plan.batch, stream: stream.child("batches") });
  const { stepsPerEpoch } = batches, steps = Math.max(plan.minSteps, plan.maxEpochs * stepsPerEpoch);
  const hidden = Object.entries(namedWeights(network.head)).filter(([name]) => name.startsWith("hidden"));
  const weights = classWeights(training.classes, { classes, rule });
  const step = await compileStep({
    loss: ({ rows, targets }, weights) => {
      const logits = learner.logits(rows, { training: true });
      return tf.logSoftmax(logits).mul(targets).sum(1).mul(weights).sum().neg().asScalar();
    },
    penalty: l2 === 0 ? undefined : () => kernelPenalty(Object.fromEntries(hidden), { l2 }),
    variables: learner.variables,
    optimizer: await loadOptimizer(plan.optimizer),
    inputs: { rows: learner.rowShape, targets: [classes] },
    batch: Math.min(plan.batch, positions.length),
    microBatch: request.microBatch,
    batchStatistics: plan.batchStatistics,
    threads,
    provider,
    random: createRandom(stream.child("dropout").key()),
  });
  const validation = validating.rows.length === 0
    ? undefined
    : await compileValidation(learner, { labelled: validating, classes, rule, threads, provider });
  const result = await fit({
    step,
    steps,
    stepsPerEpoch,
    every: Math.max(stepsPerEpoch, Math.ceil(plan.minSteps / EVALUATIONS)),
    rows(index) {
      const made = stepRows(learner, { training, batch: batches.at(index), weights });
      if (objective) {
        changeEach(made.inputs.rows, {
          columns: learner.rows.columns,
          change: objective.augment,
          stream: stream.child(`augment/${index}`),
        });
      }
      return made;
    },
    learningRate: (index) =>
      plan.optimizer.learningRate * scheduleFactor(plan.schedule, { step: index, steps }),
    validation: validation && {
      loss: validation.compute,
      variables: learner.variables,
      patience: plan.patience,
      minSteps: plan.minSteps,
    },
    progress: request.progress,
  });
  await step.dispose();
  await validation?.dispose();
  return result;
}

/** The rows of a batch with one-hot targets; `weights` are those of the classes. */
function stepRows(
  learner: Learner,
  { training, batch, weights }: { training: LabelledRows; batch: Int32Array; weights: readonly number[] },
): StepRows {
  const targets = new Float32Array(batch.length * weights.length);
  batch.forEach((index, row) => targets[row * weights.length + training.classes[index]] = 1);
  return {
    inputs: { rows: learner.rows.read(batch.map((index) => training.rows[index])), targets },
    weights: Float32Array.from(batch, (index) => weights[training.classes[index]] / batch.length),
  };
}

/** Replaces every row by a changed one. */
function changeEach(
  rows: Float32Array,
  { columns, change, stream }: {
    columns: number;
    change: Objective["augment"];
    stream: ArmRequest["stream"];
  },
): void {
  for (let offset = 0; offset < rows.length; offset += columns) {
    rows.set(change(rows.subarray(offset, offset + columns), { stream }), offset);
  }
}

/** The objective whose transformations augment; its `fit` is of no use here. */
function augmentation({ pretext }: ArmRequest): Promise<Objective> {
  const { fit: _, ...specification } = given(pretext ?? undefined, "a pretext objective to augment with");
  return loadObjective(specification);
}

function given<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new RangeError(`Cannot fit this arm: it must be given ${what}, got none`);
  return value;
}
