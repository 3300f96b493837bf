/**
 * The dropout masks of recurrent cells, which a cell keeps from one call to the next.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

const MASKS = ["dropoutMask", "recurrentDropoutMask"] as const;

/**
 * Runs `fn` while every recurrent layer makes the masks of its cells anew each time it is applied, and leaves none behind.
 *
 * TensorFlow.js forgets those of `lstm`, `gru` and `simpleRNN` when they are called again, those of cells in `rnn` never: they would drop
 * the same units for ever, and a mask that one recording left would be of no use in the next.
 */
export function withFreshMasks<T>(fn: () => T): T {
  const { prototype } = tf.layers.Layer, { apply } = prototype;
  prototype.apply = function (inputs, kwargs) {
    const cells = cellsOf(this);
    cells.forEach(forgetMasks);
    try {
      return apply.call(this, inputs, kwargs);
    } finally {
      cells.forEach(forgetMasks);
    }
  };
  try {
    return fn();
  } finally {
    prototype.apply = apply;
  }
}

/** The cell of a recurrent layer, and the cells that are stacked in it. */
function cellsOf(layer: object): object[] {
  const cell: unknown = Reflect.get(layer, "cell");
  if (typeof cell !== "object" || cell === null) return [];
  const stacked: unknown = Reflect.get(cell, "cells");
  return [cell, ...Array.isArray(stacked) ? stacked : []];
}

function forgetMasks(cell: object): void {
  for (const name of MASKS) {
    const masks: unknown = Reflect.get(cell, name);
    for (const mask of [masks].flat()) if (mask instanceof tf.Tensor) mask.dispose();
    if (masks !== undefined) Reflect.set(cell, name, null);
  }
}
