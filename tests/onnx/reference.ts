/** What the `cpu` backend of TensorFlow.js gives, beside what the compiled program gives. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile } from "../../src/onnx/programs/compile.ts";
import type { Provider } from "../../src/onnx/runtime/providers.ts";

/** Evenly spread numbers of an interval in a scattered order; the type is float32 unless given. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly from?: number;
  readonly to?: number;
  readonly dtype?: "float32" | "int32" | "bool";
  /** Numbers given one by one, in place of the interval. */
  readonly values?: readonly number[];
}

export type Operation = (inputs: Record<string, tf.Tensor>) => tf.Tensor | tf.Tensor[];

/** One operation on small inputs. */
export interface Case {
  readonly inputs: Readonly<Record<string, Numbers>>;
  readonly run: Operation;
  /** Why there is no gradient to compare. */
  readonly noGradient?: string;
  /** The largest relative difference, with the reason where it is not 1e-4. */
  readonly tolerance?: { readonly relative: number; readonly why: string };
}

/** The numbers of an input. */
export function numbersOf({ shape, from = -2, to = 2, dtype = "float32", values }: Numbers) {
  const size = shape.reduce((product, length) => product * length, 1);
  // Multiples of the golden ratio are spread evenly over the interval and never equal.
  const spread = Array.from(
    { length: size },
    (_, index) => from + (to - from) * ((0.31 + index * 0.618034) % 1),
  );
  const numbers = values ?? (dtype === "bool" ? spread.map((number) => Number(number > 0)) : spread);
  const array = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[dtype];
  return array.from(numbers);
}

/** The same as float32. */
export function floatsOf(numbers: Omit<Numbers, "dtype">): Float32Array {
  return Float32Array.from(numbersOf(numbers));
}

/** The operation and the gradients of its weighted sum, as a function of named tensors. */
export function withGradients({ inputs, run, noGradient }: Case) {
  const names = Object.keys(inputs).filter((name) => (inputs[name].dtype ?? "float32") === "float32");
  return (tensors: Record<string, tf.Tensor>): Record<string, tf.Tensor> => {
    const results = [run(tensors)].flat();
    const named = Object.fromEntries(results.map((result, index) => [`result ${index}`, result]));
    if (noGradient !== undefined) return named;
    const weighted = (...points: tf.Tensor[]) => {
      const moved = {
        ...tensors,
        ...Object.fromEntries(points.map((point, index) => [names[index], point])),
      };
      return [run(moved)].flat().map((result) => {
        const weights = tf.tensor(numbersOf({ shape: result.shape }), result.shape);
        return tf.sum(tf.mul(weights, result)) as tf.Tensor;
      }).reduce((sum, part) => tf.add(sum, part));
    };
    const gradients = tf.grads(weighted)(names.map((name) => tensors[name]));
    return {
      ...named,
      ...Object.fromEntries(gradients.map((gradient, index) => [`gradient ${names[index]}`, gradient])),
    };
  };
}

/** What the `cpu` backend gives, and the kernels that it used. */
export async function eager(one: Case) {
  const program = withGradients(one);
  const results: Record<string, { shape: number[]; values: ArrayLike<number> }> = {};
  const profile = await tf.profile(() => {
    tf.tidy(() => {
      const tensors = Object.entries(one.inputs).map(([name, numbers]) => {
        return [name, tf.tensor(numbersOf(numbers), [...numbers.shape], numbers.dtype)];
      });
      for (const [name, tensor] of Object.entries(program(Object.fromEntries(tensors)))) {
        results[name] = { shape: tensor.shape, values: tensor.dataSync() };
      }
    });
    return tf.scalar(0);
  });
  return { results, kernels: profile.kernelNames };
}

/** What the compiled program gives, on the processor unless another provider is named. */
export async function compiled(one: Case, { provider }: { provider?: Provider } = {}) {
  const inputs = Object.entries(one.inputs).map((
    [name, { shape, dtype = "float32" }],
  ) => [name, { shape, dtype }]);
  const program = await compile(withGradients(one), { inputs: Object.fromEntries(inputs), provider });
  const feeds = Object.entries(one.inputs).map(([name, numbers]) => [name, numbersOf(numbers)]);
  const results = await program.run(Object.fromEntries(feeds));
  await program.dispose();
  return results;
}

/** Throws unless each number is within the relative difference, or within that of the rounding of the largest one. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative = 1e-4, absolute = 0, what = "numbers" }: {
    relative?: number;
    absolute?: number;
    what?: string;
  } = {},
): void {
  assert.equal(actual.length, expected.length, `${what}: length`);
  const finite = Array.from(expected).filter(Number.isFinite).map(Math.abs);
  const rounding = absolute + 2e-6 * Math.max(1e-3, ...finite);
  for (let index = 0; index < expected.length; index++) {
    const a = Number(actual[index]), b = Number(expected[index]);
    const close = Object.is(a, b) || a === b || Math.abs(a - b) <= relative * Math.abs(b) + rounding;
    assert.ok(close, `${what}: element ${index} must be ${b}, got ${a}`);
  }
}
