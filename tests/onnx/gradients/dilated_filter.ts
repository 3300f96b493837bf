/** A program whose only question is the gradient of a filter with gaps: prints it without gaps, and with. */
import * as tf from "@tensorflow/tfjs";
import "../../../src/onnx/gradients/table.ts";

/** The gradient of the sum of a convolution of 1, 2, 3, 4, 5 with a filter of two taps, with respect to the filter. */
export function filterGradient(dilation: number): number[] {
  const x = tf.tensor([1, 2, 3, 4, 5], [1, 5, 1, 1]) as tf.Tensor4D;
  const convolved = (filter: tf.Tensor) =>
    tf.fused.conv2d({
      x,
      filter: filter as tf.Tensor4D,
      strides: 1,
      pad: "valid",
      dilations: [dilation, 1],
    });
  return Array.from(tf.grad((filter) => tf.sum(convolved(filter)))(tf.ones([2, 1, 1, 1])).dataSync());
}

if (import.meta.main) {
  for (const dilation of [1, 2]) {
    await Deno.stdout.write(new TextEncoder().encode(`[${filterGradient(dilation)}]\n`));
  }
}
