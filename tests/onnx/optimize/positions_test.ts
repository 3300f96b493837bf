/** Gradients of max-poolings without positions are those with positions. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { withoutPositions } from "../../../src/onnx/optimize/positions.ts";
import { assertClose } from "../reference.ts";
import { count, type Recorded, recorded, run } from "./programs.ts";

type Pad = "same" | "valid" | number;
type Pair = [number, number];

function gradientOfPooling(shape: readonly number[], kernel: Pair, stride: Pair, pad: Pad): Recorded {
  const pooled = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, kernel, stride, pad);
  return recorded(({ x }) => {
    // Each maximum has a gradient of its own.
    const weighted = (x: tf.Tensor) => {
      const y = pooled(x), weights = tf.reshape(tf.range(1, y.size + 1), y.shape);
      return tf.sum(tf.mul(y, weights));
    };
    return { pooled: pooled(x), gradient: tf.grad(weighted)(x) };
  }, { x: shape });
}

Deno.test("withoutPositions() changes no gradient of a pooling along one axis", async () => {
  for (const shape of [[2, 13, 1, 3], [2, 3, 16, 2]]) {
    for (
      const [kernel, stride, pad] of [[8, 2, "same"], [4, 4, "valid"], [3, 2, "same"], [5, 1, 0]] as const
    ) {
      const along = (length: number): Pair => shape[2] === 1 ? [length, 1] : [1, length];
      const whole = gradientOfPooling(shape, along(kernel), along(stride), pad);
      const program = withoutPositions(whole.program);
      assert.deepEqual([count(whole.program, "ScatterElements"), count(program, "ScatterElements")], [1, 0]);
      const size = shape.reduce((product, length) => product * length);
      // Few values, so that windows have several maxima.
      const ties = Float32Array.from({ length: size }, (_, index) => (index * 7) % 3);
      for (const feeds of [undefined, { x: ties }]) {
        const expected = await run(whole, whole.program, { feeds }),
          actual = await run(whole, program, { feeds });
        for (const name of whole.outputs) {
          assertClose(actual[name], expected[name], { relative: 1e-6, what: name });
        }
      }
    }
  }
});

Deno.test("withoutPositions() leaves the pooling of an image as it is", () => {
  const { program } = gradientOfPooling([1, 6, 6, 2], [2, 3], [2, 2], "same");
  assert.equal(count(withoutPositions(program), "ScatterElements"), 1);
});
