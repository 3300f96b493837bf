/**
 * The size of the graph of a step.
 *
 * @module
 */
import { recordingBackend } from "../../src/onnx/backend.ts";
import type { Optimizer } from "../../src/onnx/step.ts";

/**
 * The same optimizer, and the nodes that were recorded up to the end of its update, the last thing in a step;
 * what no result needs is among them still.
 *
 * In a step of micro-batches these are the nodes of the update alone.
 */
export function countNodes(optimizer: Optimizer): { optimizer: Optimizer; nodes(): number } {
  let nodes = 0;
  return {
    optimizer: {
      create(variables) {
        const update = optimizer.create(variables);
        return (gradients, learningRate) => {
          update(gradients, learningRate);
          nodes = recordingBackend().trace.graph.nodes.length;
        };
      },
    },
    nodes: () => nodes,
  };
}
