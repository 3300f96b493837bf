/** Trains for a thousand steps in a process of its own; prints what is open, and the memory, after the hundredth and the last. */
import * as tf from "@tensorflow/tfjs";
import { residentBytes } from "../resident_bytes.ts";
import { onOnnx } from "./lazy_backend.ts";

await onOnnx(async (backend) => {
  const x = tf.randomNormal([32, 512]) as tf.Tensor2D, optimizer = tf.train.adam(0.001);
  const weights = tf.variable(tf.randomNormal([512, 256]) as tf.Tensor2D);
  const loss = () => tf.mean(tf.square(tf.matMul(x, weights))).asScalar();
  const found = [];
  for (let step = 1; step <= 1000; step++) {
    optimizer.minimize(loss);
    if (step !== 100 && step !== 1000) continue;
    const open = [tf.memory().numTensors, backend.numDataIds(), backend.sessionCount];
    found.push({ open, bytes: residentBytes() });
  }
  await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(found)));
});
