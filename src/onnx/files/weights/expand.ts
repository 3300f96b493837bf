/**
 * Graphs of compressed files with float32 weights again.
 *
 * @module
 */
import type { GraphProto } from "onnx-buf";
import { WEIGHT_TYPES, type WeightFormat } from "./formats.ts";
import { readWeights } from "./read.ts";

/** The operators that make float32 numbers of a weight, in order; see `compressOnnx`. */
const STEPS: Readonly<Record<WeightFormat, readonly string[]>> = {
  float32: [],
  float16: ["Cast"],
  int8: ["Cast", "Mul"],
};

/** A weight on its way to float32. */
interface Wide {
  readonly name: string;
  readonly left: readonly string[];
}

/** Puts float32 numbers in the place of compressed ones and of the operators that make them: what `compressOnnx` does, undone but for the rounding. */
export function expandWeights(graph: GraphProto): void {
  const weights = readWeights(graph), made = new Map<string, Wide>();
  for (const tensor of graph.initializer) {
    const { format = "float32", values } = weights[tensor.name] ?? {};
    if (format === "float32" || values === undefined) continue;
    tensor.dataType = WEIGHT_TYPES.float32;
    tensor.rawData = new Uint8Array(values.slice().buffer);
    made.set(tensor.name, { name: tensor.name, left: STEPS[format] });
  }
  graph.node = graph.node.filter((node) => {
    const wide = made.get(node.input[0]);
    if (wide !== undefined && wide.left[0] === node.opType) {
      made.set(node.output[0], { name: wide.name, left: wide.left.slice(1) });
      return false;
    }
    node.input = node.input.map((name) => made.get(name)?.name ?? name);
    return true;
  });
}
