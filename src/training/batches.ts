/**
 * Batches of row positions, shuffled anew for each epoch.
 *
 * @module
 */
import type { Stream } from "../random/stream.ts";

/** The batches of a training, addressed by optimizer step. */
export interface Batches {
  /** Batches in one pass over the positions; the last may be smaller. */
  readonly stepsPerEpoch: number;
  /** The positions of the batch at a step, from 0; epochs follow each other without end. */
  at(step: number): Int32Array;
}

/**
 * Divides positions into batches; every epoch has each position once, in an order of its own.
 *
 * The order of an epoch depends on the stream's name and the epoch alone. The last batch of an epoch is what is left.
 *
 * Throws RangeError without positions.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "../random/stream.ts";
 * const batches = shuffledBatches(Int32Array.of(5, 6, 7), { batch: 2, stream: stream(1, "batches") });
 * assert.equal(batches.stepsPerEpoch, 2);
 * assert.deepEqual([...batches.at(0), ...batches.at(1)].toSorted(), [5, 6, 7]);
 * ```
 */
export function shuffledBatches(
  positions: Int32Array,
  { batch, stream }: { batch: number; stream: Stream },
): Batches {
  if (positions.length === 0) {
    throw new RangeError("Cannot make batches: there must be rows to train on, got none");
  }
  const stepsPerEpoch = Math.ceil(positions.length / batch);
  let epoch = -1, order = new Int32Array(0);
  return {
    stepsPerEpoch,
    at(step) {
      const wanted = Math.floor(step / stepsPerEpoch);
      if (wanted !== epoch) {
        epoch = wanted;
        order = Int32Array.from(stream.child(`epoch/${epoch}`).shuffle(positions));
      }
      const first = (step % stepsPerEpoch) * batch;
      return order.subarray(first, first + batch);
    },
  };
}
