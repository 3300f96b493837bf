/**
 * Operations of TensorFlow.js without compiling, on ONNX Runtime.
 *
 * `deno run -A bench/peers/lazy_ops.ts OPERATIONS`; the first line of standard input is empty. A turn takes OPERATIONS of them and
 * gives the last result.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { useOnnxBackend } from "../../src/onnx/lazy/use.ts";
import { serve } from "./serve.ts";

const operations = Number(Deno.args[0]);
/** Operations between two reads. */
const CHAIN = 10;
/** More lengths than a program usually has: each is a graph, and so a session, of its own. */
const LENGTHS = 50;

await serve(async () => {
  await useOnnxBackend();
  let taken = 0;
  return {
    about: `version ${tf.version.tfjs}`,
    async turn() {
      let last = NaN;
      for (let done = 0; done < operations; done += CHAIN) {
        const length = 1000 * (1 + taken++ % LENGTHS);
        const result = tf.tidy(() => {
          const start: tf.Tensor = tf.linspace(0, 1, length);
          let value = start;
          for (let link = 1; link < CHAIN / 2; link++) value = tf.sin(tf.add(value, start));
          return tf.mean(value);
        });
        [last] = await result.data();
        result.dispose();
      }
      return [last];
    },
  };
});
