/**
 * The learning rates of TensorFlow.js's own optimizers, which a program reads anew in each run.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** A number that a program reads when it runs. */
export interface LiveNumber {
  /** What it is, for messages. */
  readonly name: string;
  /** The number of now. */
  read(): unknown;
}

/** An optimizer that a program applies: after each run it has taken one step more. */
export interface Applied {
  readonly optimizer: tf.Optimizer;
  /** Steps in one run. */
  steps: number;
}

const OPTIMIZERS: readonly { readonly prototype: tf.Optimizer }[] = [
  tf.SGDOptimizer,
  tf.MomentumOptimizer,
  tf.AdagradOptimizer,
  tf.AdadeltaOptimizer,
  tf.AdamOptimizer,
  tf.AdamaxOptimizer,
  tf.RMSPropOptimizer,
];

/** What an optimizer computes with in place of its rate: a number that none has. */
const STAND_IN = Math.fround(-1.7320508e-27);

let rate: tf.Scalar | undefined;

/** The tensor that a scalar of this number stands for while an optimizer is applied, or undefined. */
export function liveScalar(values: tf.BackendValues, shape: readonly number[]): tf.Scalar | undefined {
  if (rate === undefined || shape.length > 0) return undefined;
  const number = Number(values[0]);
  if (number === STAND_IN) return rate;
  return number === -STAND_IN ? tf.neg(rate) : undefined;
}

/**
 * Runs `fn` while optimizers compute with a learning rate that `live` makes, in place of the number that they have now.
 *
 * Some make a constant of the rate when it is set, and some when they are applied. Both find the live one.
 */
export function withLiveLearningRates<T>(
  { live, applied }: { live: (number: LiveNumber) => () => tf.Scalar; applied: Map<tf.Optimizer, Applied> },
  fn: () => T,
): T {
  const rates = new Map<tf.Optimizer, () => tf.Scalar>();
  const rateOf = (optimizer: tf.Optimizer) => {
    let known = rates.get(optimizer);
    if (known === undefined) {
      const name = `the learning rate of ${optimizer.getClassName()}`;
      known = live({ name, read: () => Reflect.get(optimizer, "learningRate") });
      rates.set(optimizer, known);
    }
    return known();
  };
  const held = OPTIMIZERS.map(({ prototype }) => {
    const { applyGradients } = prototype;
    prototype.applyGradients = function (gradients) {
      const { iterations } = this;
      const learningRate: unknown = Reflect.get(this, "learningRate"),
        negative: unknown = Reflect.get(this, "c");
      const own = rateOf(this), outer = rate;
      rate = own;
      Reflect.set(this, "learningRate", STAND_IN);
      if (negative !== undefined) Reflect.set(this, "c", tf.neg(own));
      try {
        applyGradients.call(this, gradients);
      } finally {
        rate = outer;
        Reflect.set(this, "learningRate", learningRate);
        if (negative !== undefined) Reflect.set(this, "c", negative);
        // Recording is no step.
        Reflect.set(this, "iterations_", iterations);
      }
      const counted = applied.get(this);
      if (counted === undefined) applied.set(this, { optimizer: this, steps: 1 });
      else counted.steps++;
    };
    return { prototype, applyGradients };
  });
  try {
    return fn();
  } finally {
    for (const { prototype, applyGradients } of held) prototype.applyGradients = applyGradients;
  }
}

/** Counts the steps of a run. */
export function countSteps({ optimizer, steps }: Applied): void {
  Reflect.set(optimizer, "iterations_", optimizer.iterations + steps);
}
