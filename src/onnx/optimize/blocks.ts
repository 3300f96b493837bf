/**
 * Convolutions, and what stands between them, on blocks of channels.
 *
 * @module
 */
import type { Node } from "../graph/graph.ts";
import { blockNormalization } from "./normalization.ts";
import { consumersOf, copyNode, type Program, rewrite } from "../graph/program.ts";
import { blockConcat, blockPad, blockReshape, blockSlice, unblockTranspose } from "./arrangement.ts";
import { blockAveragePooling } from "./average_pooling.ts";
import { blockConvolution } from "./convolution.ts";
import { blockElementwise } from "./elementwise.ts";
import { filterGradient } from "./filter_gradient.ts";
import { fusedBehind } from "./fused.ts";
import { Layouts } from "./layouts.ts";
import { blockMaxPooling, maxPoolingGradient } from "./max_pooling.ts";
import { blockReduction } from "./reduction.ts";

/** Writes a node in a way of its own; false where it has none. */
type Rule = (node: Node, layouts: Layouts) => boolean;

const RULES: Readonly<Record<string, Rule>> = {
  AveragePool: blockAveragePooling,
  BatchNormalization: blockNormalization,
  Concat: blockConcat,
  MaxPool: blockMaxPooling,
  Pad: blockPad,
  ReduceMax: blockReduction,
  ReduceMean: blockReduction,
  ReduceMin: blockReduction,
  ReduceSum: blockReduction,
  Reshape: blockReshape,
  ScatterElements: maxPoolingGradient,
  Slice: blockSlice,
  Transpose: unblockTranspose,
};

/**
 * Computes convolutions on blocks of channels, and leaves activations in blocks between them; a value is reordered only where an operator
 * needs the other layout. Without blocks the filter gradients alone are written in other ways.
 */
export function blockChannels(program: Program, { block }: { readonly block: number | undefined }): Program {
  const consumers = consumersOf(program);
  let layouts: Layouts;
  return rewrite(program, {
    begin(graph, inputs) {
      layouts = new Layouts(graph, block);
      for (const [old, input] of inputs) layouts.set(old, { plain: input });
    },
    visit(node) {
      if (node.domain !== undefined) return copy(node);
      // A sum or an activation that its convolution has in it.
      if (node.outputs.every((output) => layouts.isKnown(output))) return;
      if (node.operator === "Conv") {
        if (filterGradient(node, layouts)) return;
        const fused = fusedBehind(node.outputs[0], { consumers, outputs: program.outputs, layouts });
        if (blockConvolution(node, layouts, fused)) return;
      }
      const rule = RULES[node.operator] ?? blockElementwise;
      if (!rule(node, layouts)) copy(node);
    },
    finish: (output) => layouts.plain(output),
  });

  function copy(node: Node): void {
    const outputs = copyNode(layouts.graph, node, node.inputs.map((input) => layouts.plain(input)));
    node.outputs.forEach((output, index) => layouts.set(output, { plain: outputs[index] }));
  }
}
