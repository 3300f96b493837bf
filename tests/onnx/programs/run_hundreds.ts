/** Runs a compiled program four hundred times in a process of its own; prints the memory after the hundredth and the last. */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../src/onnx/programs/compile.ts";
import { residentBytes } from "../resident_bytes.ts";

const state = tf.variable(tf.zeros([1 << 18]));
const program = await compile(({ x }) => {
  state.assign(tf.add(state, x));
  return { copy: tf.mul(state, 2) };
}, { inputs: { x: [1 << 18] } });
const x = new Float32Array(1 << 18).fill(1);
const run = async (times: number) => {
  for (let index = 0; index < times; index++) await program.run({ x });
  return residentBytes();
};
const early = await run(100), late = await run(300);
const found = { early, late, state: state.dataSync()[0] };
await program.dispose();
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(found)));
