/** Recorded programs, and what they give as they are and optimized. */
import type * as tf from "@tensorflow/tfjs";
import { encode } from "../../../src/onnx/files/encode.ts";
import type { Node } from "../../../src/onnx/graph/graph.ts";
import { reachable } from "../../../src/onnx/graph/program.ts";
import type { Program } from "../../../src/onnx/graph/program.ts";
import { record } from "../../../src/onnx/recording/recording.ts";
import { openSession } from "../../../src/onnx/runtime/session.ts";
import { floatsOf } from "../reference.ts";

type Shapes = Readonly<Record<string, readonly number[]>>;
type Run = (inputs: Record<string, tf.Tensor>) => Record<string, tf.Tensor>;

/** A recorded function of inputs that have names. */
export interface Recorded {
  readonly program: Program;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export function recorded(run: Run, shapes: Shapes): Recorded {
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, { shape, dtype: "float32" as const }]),
  );
  const recording = record(run, { inputs, random: false });
  return {
    program: {
      nodes: recording.graph.nodes,
      inputs: recording.inputs.map(({ value }) => value),
      outputs: recording.outputs.map(({ value }) => value),
    },
    inputs: recording.inputs.map(({ name }) => name),
    outputs: recording.outputs.map(({ name }) => name),
  };
}

/** The nodes that a program needs. */
export function nodesOf({ nodes, outputs }: Program): readonly Node[] {
  return reachable(nodes, outputs).nodes;
}

/** How many nodes of an operator a program has. */
export function count(program: Program, operator: string): number {
  return nodesOf(program).filter((node) => node.operator === operator).length;
}

/** What a program gives for spread numbers, or for those that are given. */
export async function run(
  { inputs, outputs }: Recorded,
  program: Program,
  options: { readonly feeds?: Readonly<Record<string, Float32Array>>; readonly threads?: number } = {},
): Promise<Record<string, ArrayLike<number>>> {
  const bytes = encode(program.nodes, {
    inputs: inputs.map((name, index) => ({ name, value: program.inputs[index] })),
    outputs: outputs.map((name, index) => ({ name: `${name}/out`, value: program.outputs[index] })),
  });
  const session = await openSession(bytes, { threads: options.threads });
  const feeds = Object.fromEntries(inputs.map((name, index) => {
    const { shape } = program.inputs[index];
    return [name, {
      values: options.feeds?.[name] ?? floatsOf({ shape, from: -1 - 0.1 * index, to: 1 }),
      shape,
    }];
  }));
  try {
    const results = await session.run(feeds);
    return Object.fromEntries(
      outputs.map((name) => [name, Array.from(results[`${name}/out`].values, Number)]),
    );
  } finally {
    await session.dispose();
  }
}
