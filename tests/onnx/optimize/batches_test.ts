import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../src/onnx/compile.ts";
import { floatsOf } from "../reference.ts";

// The filter gradient takes rows for channels, of which blocks hold whole blocks or less than one.
for (const batch of [7, 8, 15, 16, 17, 24, 36]) {
  Deno.test(`optimize() gives the filter gradient of a batch of ${batch}`, async () => {
    const shapes = { x: [batch, 301, 16], kernel: [9, 16, 32] };
    const feeds = { x: floatsOf({ shape: shapes.x }), kernel: floatsOf({ shape: shapes.kernel }) };
    const [plain, fast] = await Promise.all([false, true].map(async (optimized) => {
      const program = await compile(({ x, kernel }) => ({
        gradient: tf.grad((k) => tf.sum(tf.square(tf.conv1d(x as tf.Tensor3D, k as tf.Tensor3D, 1, "same"))))(
          kernel,
        ),
      }), { inputs: shapes, optimized });
      const { gradient } = await program.run(feeds);
      await program.dispose();
      return gradient;
    }));
    const expected = Array.from(plain), largest = Math.max(...expected.map(Math.abs));
    const difference = Math.max(...expected.map((value, index) => Math.abs(value - fast[index])));
    // Sums of some ten thousand float32 products, in another order.
    assert.ok(difference <= 1e-4 * largest, `${difference} of ${largest}`);
  });
}
