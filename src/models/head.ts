/**
 * Dense heads: from features to logits.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** The size and shape of a head. */
export interface HeadOptions {
  /** Numbers that come in. */
  readonly features: number;
  /** Units of each hidden layer; none makes a linear head. */
  readonly hidden: readonly number[];
  /** Logits that go out. */
  readonly outputs: number;
  /** What follows each hidden layer. */
  readonly activation: "relu" | "leaky-relu";
  /** The share of hidden units that are dropped in training, from 0 to below 1. */
  readonly dropout: number;
  /** Put before the name of every layer, so that several heads can stand in one file. */
  readonly prefix?: string;
}

/** Slope of the leaky rectifier below zero. */
const LEAK = 0.2;

/**
 * Builds a dense head, `[batch, features]` to logits `[batch, outputs]`, with every weight zero.
 *
 * Each hidden layer is dense, then its activation (a leaky rectifier has slope 0.2 below zero), then dropout. The layers are
 * called `hidden1`, `hidden2`, ..., `logits`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const head = buildHead({ features: 128, hidden: [128, 128], outputs: 1, activation: "leaky-relu", dropout: 0.6 });
 * assert.equal(head.countParams(), 33_153);
 * ```
 */
export function buildHead(
  { features, hidden, outputs, activation, dropout, prefix = "" }: HeadOptions,
): tf.LayersModel {
  const head = tf.sequential({ name: `${prefix}head` });
  let inputShape: [number] | undefined = [features];
  hidden.forEach((units, index) => {
    const name = `${prefix}hidden${index + 1}`;
    head.add(tf.layers.dense({ name, units, inputShape, kernelInitializer: "zeros" }));
    head.add(
      activation === "relu"
        ? tf.layers.reLU({ name: `${name}_activation` })
        : tf.layers.leakyReLU({ name: `${name}_activation`, alpha: LEAK }),
    );
    if (dropout > 0) head.add(tf.layers.dropout({ name: `${name}_dropout`, rate: dropout }));
    inputShape = undefined;
  });
  head.add(
    tf.layers.dense({ name: `${prefix}logits`, units: outputs, inputShape, kernelInitializer: "zeros" }),
  );
  return head;
}
