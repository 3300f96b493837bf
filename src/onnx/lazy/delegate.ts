/**
 * Kernels that ONNX Runtime does not compute, given to the `cpu` backend of TensorFlow.js with the values of their inputs.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** A tensor outside any backend. Complex numbers have their real and imaginary parts in turns. */
export interface Values {
  readonly values: tf.BackendValues;
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
}

/** What a kernel is called with. */
export interface KernelCall {
  readonly inputs: tf.NamedTensorInfoMap;
  readonly attributes: tf.NamedAttrMap;
}

/** Where the kernel that is delegated comes from. */
export interface Delegated extends KernelCall {
  /** What a tensor of the caller's backend holds. */
  read(tensor: tf.TensorInfo): Values;
}

/** Computes a kernel at once, and gives one result or a list as the kernel does. Throws what the kernel throws. */
export function delegate(kernelName: string, { inputs, attributes, read }: Delegated): Values | Values[] {
  const backend = tf.findBackend("cpu"), written: tf.TensorInfo[] = [];
  // Kernels get tensors by name, several as an array, and some an array of tensors under one name.
  const moved = (input: unknown): unknown => {
    if (Array.isArray(input)) return input.map(moved);
    if (!isTensor(input)) return input;
    const copy = write(backend, read(input));
    written.push(copy);
    return copy;
  };
  try {
    const copies = Array.isArray(inputs)
      ? inputs.map(moved)
      : Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, moved(input)]));
    const result = run(kernelName, { inputs: copies as tf.NamedTensorInfoMap, attrs: attributes, backend });
    written.push(...[result].flat());
    const values = ({ dataId, shape, dtype }: tf.TensorInfo) => {
      return { values: backend.readSync(dataId), shape, dtype };
    };
    return Array.isArray(result) ? result.map(values) : values(result);
  } finally {
    for (const { dataId } of written) backend.disposeData(dataId, true);
  }
}

function run(kernelName: string, call: Parameters<tf.KernelFunc>[0]): tf.TensorInfo | tf.TensorInfo[] {
  return tf.getKernel(kernelName, "cpu").kernelFunc(call);
}

function isTensor(input: unknown): input is tf.TensorInfo {
  return typeof input === "object" && input !== null && "dataId" in input;
}

/** Some kernels read the rank, which TensorFlow.js's own interface of a tensor does not name. */
function write(backend: tf.KernelBackend, values: Values): tf.TensorInfo & { readonly rank: number } {
  return { ...written(backend, values), rank: values.shape.length };
}

function written(backend: tf.KernelBackend, { values, shape, dtype }: Values): tf.TensorInfo {
  const place = [...shape];
  if (dtype !== "complex64") return { dataId: backend.write(values, place, dtype), shape: place, dtype };
  const parts = tf.backend_util.splitRealAndImagArrays(Float32Array.from(values as Float32Array));
  const real = written(backend, { values: parts.real, shape, dtype: "float32" });
  const imag = written(backend, { values: parts.imag, shape, dtype: "float32" });
  const [result] = [run(tf.Complex, { inputs: { real, imag }, backend })].flat();
  for (const { dataId } of [real, imag]) backend.disposeData(dataId, true);
  return result;
}
