/**
 * One optimizer step of a pretext network.
 *
 * @module
 */
import { kernelPenalty } from "../models/penalty.ts";
import { compileStep, type Step } from "../onnx/programs/step.ts";
import type { Optimizer } from "../onnx/programs/step_options.ts";
import type { Random } from "../onnx/random/random.ts";
import type { Provider } from "../onnx/runtime/providers.ts";
import { type Objective, outputsOf } from "../pretext/objective.ts";
import type { PretextNetwork } from "./pretext_network.ts";

/** How a pretext network is stepped. */
export interface PretextStepOptions {
  /** What is learned. */
  readonly objective: Objective;
  /** How weights follow their gradients. */
  readonly optimizer: Optimizer;
  /** Samples in a window. */
  readonly samples: number;
  /** Windows of a step at most; each becomes several rows. */
  readonly windows: number;
  /** Rows that are in memory at a time. */
  readonly microBatch: number;
  /** Threads of one operator. */
  readonly threads: number;
  /** Where ONNX Runtime computes. Default `cpu`. */
  readonly provider?: Provider;
  /** Where dropout takes its numbers from. */
  readonly random: Random;
  /** What windows that look at each other learn from where there are several micro-batches; see `compileStep`. */
  readonly batchStatistics?: "micro-batch";
}

/**
 * Compiles a step on all weights of the network: `windows` [rows, samples, 1] and `targets` [rows, outputs].
 *
 * With weights of 1 / rows the loss is the mean over rows, plus the L2 penalty on the kernels of encoder and heads.
 */
export function compilePretextStep(
  network: PretextNetwork,
  { objective, optimizer, samples, windows, microBatch, threads, provider, random, batchStatistics }:
    PretextStepOptions,
): Promise<Step> {
  const outputs = outputsOf(objective);
  return compileStep({
    loss: ({ windows, targets }, weights) => {
      const logits = network.logits(windows, { training: true });
      return objective.loss(logits, { targets: targets.as2D(targets.shape[0], outputs), weights });
    },
    penalty: () => kernelPenalty(network.weights, { l2: objective.l2 }),
    variables: Object.values(network.weights),
    optimizer,
    inputs: { windows: [samples, 1], targets: [outputs] },
    batch: windows * objective.rowsPerWindow,
    microBatch,
    threads,
    provider,
    random,
    batchStatistics,
  });
}
