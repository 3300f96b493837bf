/**
 * Uniform random numbers of 24 bits, which only a program can draw.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { plain } from "../graph/operand.ts";
import { drawUnit } from "../random/distributions.ts";
import { recordingBackend } from "./backend.ts";

/**
 * Numbers from [0, 1), of 24 random bits, drawn by the program each time it runs.
 *
 * Throws outside a program that is being compiled with the option `random`.
 */
export function randomUniform(shape: readonly number[]): tf.Tensor {
  const backend = recordingBackend();
  if (!backend.isRecording) {
    throw new Error("Cannot draw random numbers: a program must be being compiled, got none");
  }
  const { trace } = backend;
  return backend.tensorOf(plain(drawUnit(trace.graph, { source: trace.draws().source(), shape })));
}
