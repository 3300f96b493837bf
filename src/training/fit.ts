/**
 * The loop of optimizer steps.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { setVariable } from "../models/weights.ts";
import type { Step } from "../onnx/programs/step.ts";
import { finalLoss, hasConverged } from "./converged.ts";
import { earlyStopping } from "./early_stopping.ts";

/** Rows for one optimizer step. */
export interface StepRows {
  /** The rows of each input, one after another. */
  readonly inputs: Readonly<Record<string, Float32Array>>;
  /** The weight of each row's loss; 1 / rows each makes the mean. */
  readonly weights: Float32Array;
}

/** Where training is. */
export interface FitProgress {
  /** Optimizer steps done. */
  readonly step: number;
  /** Optimizer steps at most. */
  readonly steps: number;
  /** The training loss of the last step. */
  readonly loss: number;
  /** The last validation loss; null before the first, and without validation. */
  readonly validation: number | null;
}

/** What chooses the weights to keep. */
export interface Validation {
  /** The loss with the weights of now. */
  loss(): Promise<number>;
  /** The weights that are kept where the loss is lowest. */
  readonly variables: readonly tf.Variable[];
  /** Evaluations without a lower loss that end training. */
  readonly patience: number;
  /** Optimizer steps before which no evaluation is counted. */
  readonly minSteps: number;
}

/** A training. */
export interface FitOptions {
  /** The compiled step. */
  readonly step: Step;
  /** Optimizer steps at most; exactly so many without validation. */
  readonly steps: number;
  /** Optimizer steps in one pass over the training rows. */
  readonly stepsPerEpoch: number;
  /** Optimizer steps from one line of history, and one evaluation, to the next. */
  readonly every: number;
  /** The rows of a step, from 0. */
  rows(step: number): StepRows;
  /** The learning rate of a step, from 0. */
  learningRate(step: number): number;
  /** What chooses the weights to keep; without it the last ones are kept. */
  readonly validation?: Validation;
  /** Told after every step. */
  readonly progress?: (progress: FitProgress) => void;
}

/** Why a training ended: validation loss stopped falling, its limit came first, or its steps were fixed. */
export type Stopped = "patience" | "limit" | "fixed";

/** How a training went. */
export interface FitSummary {
  /** Optimizer steps done. */
  readonly steps: number;
  /** Passes over the training rows, the last one perhaps in part. */
  readonly epochs: number;
  /** See `hasConverged`. */
  readonly converged: boolean;
  /** Why it ended. */
  readonly stopped: Stopped;
  /** The step after which the weights were best on validation; the last one without validation. */
  readonly bestStep: number;
  /** Mean over the last tenth of the steps. */
  readonly trainLoss: number;
  /** The lowest one; null without validation. */
  readonly validationLoss: number | null;
}

/** A finished training; its variables hold the weights to keep. */
export interface Fit {
  /** How it went, in a few numbers. */
  readonly summary: FitSummary;
  /** `step`, `epoch`, `learningRate`, `trainLoss` (mean since the line before) and, with validation, `validationLoss`. */
  readonly history: Record<string, number>[];
}

/**
 * Runs optimizer steps until patience, or the limit, ends it, and leaves the weights that were best on validation.
 *
 * Without validation it takes all `steps` and leaves the last weights. Throws RangeError when a loss is not finite.
 */
export async function fit(options: FitOptions): Promise<Fit> {
  const { step: optimizer, steps, stepsPerEpoch, every, validation, progress } = options;
  const stopping = validation && earlyStopping(validation);
  const losses: number[] = [], history: Record<string, number>[] = [];
  let kept: Float32Array[] = [], lastLine = 0, stopped: Stopped = validation ? "limit" : "fixed";
  let validationLoss: number | null = null;
  while (losses.length < steps && stopped !== "patience") {
    const learningRate = options.learningRate(losses.length);
    const { inputs, weights } = options.rows(losses.length);
    const loss = finite((await optimizer.run({ inputs, weights, learningRate })).loss, losses.length + 1);
    losses.push(loss);
    const step = losses.length;
    if (step % every === 0 || step === steps) {
      const since = losses.slice(lastLine);
      lastLine = step;
      const line: Record<string, number> = {
        step,
        epoch: step / stepsPerEpoch,
        learningRate,
        trainLoss: since.reduce((sum, value) => sum + value, 0) / since.length,
      };
      if (validation && stopping) {
        validationLoss = line.validationLoss = finite(await validation.loss(), step);
        const { best, stop } = stopping.observe(validationLoss, { step });
        if (best) kept = validation.variables.map((variable) => Float32Array.from(variable.dataSync()));
        if (stop) stopped = "patience";
      }
      history.push(line);
    }
    progress?.({ step, steps, loss, validation: validationLoss });
  }
  validation?.variables.forEach((variable, index) => setVariable(variable, kept[index]));
  const best = stopping?.best;
  const watched = validation && stopping && best && {
    lowest: best.loss,
    sinceLowest: stopping.sinceBest,
    patience: validation.patience,
  };
  return {
    summary: {
      steps: losses.length,
      epochs: losses.length / stepsPerEpoch,
      converged: hasConverged(losses, watched),
      stopped,
      bestStep: best?.step ?? losses.length,
      trainLoss: finalLoss(losses),
      validationLoss: best?.loss ?? null,
    },
    history,
  };
}

function finite(loss: number, step: number): number {
  if (Number.isFinite(loss)) return loss;
  throw new RangeError(`Cannot go on training: the loss must be finite, got ${loss} at step ${step}`);
}
