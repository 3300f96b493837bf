/**
 * Images whose channels come before their rows.
 *
 * @module
 */
import { transpose } from "../graph/arrange.ts";
import type { Graph } from "../graph/graph.ts";
import {
  type Call,
  channelsFirst,
  channelsFirstValue,
  type Operand,
  plain,
  plainValue,
} from "../graph/operand.ts";

interface Attributes {
  readonly dataFormat?: string;
  readonly pad?: unknown;
  readonly inputShape?: readonly number[];
  readonly filterShape?: readonly number[];
}

/**
 * Lets a lowering for NHWC take NCHW, which costs nothing: it is the layout that ONNX wants.
 *
 * Throws RangeError for another data format.
 */
export function inEitherFormat<A extends Attributes>(
  lower: (call: Call<A>) => Operand,
): (call: Call<A>) => Operand {
  return (call) => {
    const { graph, inputs, attributes } = call;
    const { dataFormat = "NHWC" } = attributes;
    if (dataFormat === "NHWC") return lower(call);
    if (dataFormat !== "NCHW") {
      throw new RangeError(
        `Cannot record a convolution: its data format must be NHWC or NCHW, got ${dataFormat}`,
      );
    }
    const moved = Object.entries(inputs).map(([name, operand]) => {
      return [name, name === "filter" ? operand : channelsLast(graph, operand)];
    });
    const result = lower({
      graph,
      inputs: Object.fromEntries(moved),
      attributes: { ...attributes, dataFormat: "NHWC", ...channelsLastAttributes(attributes) },
    });
    // The gradient with respect to a filter is the same in both.
    return attributes.filterShape ? result : plain(channelsFirstValue(graph, result));
  };
}

/** An image or the weights of each of its elements; a vector has one number for each channel in either format. */
function channelsLast(graph: Graph, operand: Operand): Operand {
  const { shape } = operand;
  if (shape.length < 3) return operand;
  const value = plainValue(graph, operand);
  if (shape.length === 3) return plain(transpose(graph, value, [1, 2, 0]));
  return channelsFirst(value, lastShape(shape));
}

function channelsLastAttributes({ inputShape, pad }: Attributes): Partial<Attributes> {
  return {
    ...(inputShape && { inputShape: lastShape(inputShape) }),
    ...(Array.isArray(pad) && { pad: [pad[0], pad[2], pad[3], pad[1]] }),
  };
}

function lastShape([batch, channels, height, width]: readonly number[]): readonly number[] {
  return [batch, height, width, channels];
}
