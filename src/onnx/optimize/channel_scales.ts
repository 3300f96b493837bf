/**
 * Scales and offsets of channels, as part of the convolutions before them.
 *
 * @module
 */
import { pointwise, reshape } from "../graph/arrange.ts";
import { type Graph, type Node, sizeOf, type Value } from "../graph/graph.ts";
import { consumersOf, copyNode, type Program, rewriteValues } from "../graph/program.ts";

/** Convolutions, what is done to each channel of them, and an activation. */
interface Scaled {
  readonly convolutions: readonly Node[];
  /** Puts the convolutions side by side, where there are several. */
  readonly concatenation?: Node;
  /** Normalizations, and sums, differences, products and quotients with a number for each channel, one after another. */
  readonly steps: readonly Node[];
  readonly activation?: Node;
  /** What comes out of the last of them. */
  readonly output: Value;
}

/**
 * Does what batch normalization does after training to the weights of the convolution before it: `(h * x + b) s + o` is
 * `(h s) * x + (b s + o)`. Channels that come from several convolutions are done in each, and so is the activation behind.
 */
export function scaleWeights(program: Program): Program {
  const consumers = consumersOf(program), outputs = new Set(program.outputs);
  const readerOf = (value: Value) => {
    const readers = consumers.get(value) ?? [];
    return readers.length === 1 && !outputs.has(value) ? readers[0] : undefined;
  };
  const found = program.nodes.flatMap((node) => scaledFrom(node, readerOf) ?? []);
  if (found.length === 0) return program;
  const byOutput = new Map(found.map((scaled) => [scaled.output, scaled]));
  const absorbed = new Set(
    found.flatMap(({ convolutions, concatenation, steps, activation }) => [
      ...convolutions,
      concatenation,
      ...steps,
      activation,
    ]),
  );
  return rewriteValues(program, (node, { graph, of }) => {
    const scaled = byOutput.get(node.outputs[0]);
    if (scaled !== undefined) return [emit(graph, scaled, of)];
    // The last of them writes them: nobody else reads what they give.
    return absorbed.has(node) ? [] : undefined;
  });
}

type ReaderOf = (value: Value) => Node | undefined;

function scaledFrom(node: Node, readerOf: ReaderOf): Scaled | undefined {
  const convolutions = node.operator === "Concat" ? concatenated(node, readerOf) : [node];
  if (convolutions === undefined || !convolutions.every(isConvolution)) return undefined;
  const steps: Node[] = [];
  let [output] = node.outputs;
  for (let reader = readerOf(output); reader !== undefined; reader = readerOf(output)) {
    if (!isNormalization(reader, output) && operandOf(reader, output) === undefined) break;
    steps.push(reader);
    [output] = reader.outputs;
  }
  if (steps.length === 0) return undefined;
  const concatenation = node.operator === "Concat" ? node : undefined, next = readerOf(output);
  const isActivation = next?.operator === "Relu" || next?.operator === "LeakyRelu";
  const activation = concatenation !== undefined && isActivation ? next : undefined;
  return { convolutions, concatenation, steps, activation, output: activation?.outputs[0] ?? output };
}

/** The nodes whose outputs a concatenation of channels puts side by side, and which nobody else reads. */
function concatenated(node: Node, readerOf: ReaderOf): readonly Node[] | undefined {
  const { attributes, inputs, outputs: [{ shape }] } = node;
  const producers = inputs.flatMap((input) => readerOf(input) === node ? input.producer ?? [] : []);
  const isOfChannels = shape.length === 4 && (Number(attributes.axis) + 4) % 4 === 1;
  return isOfChannels && producers.length === inputs.length ? producers : undefined;
}

function isConvolution({ operator, domain, attributes }: Node): boolean {
  return operator === "Conv" && domain === undefined && (attributes.group ?? 1) === 1;
}

/** What a node does to each channel of a value, if that is all it does. */
function operandOf({ operator, inputs, outputs: [output] }: Node, value: Value): Value | undefined {
  const [left, right] = inputs, channels = value.shape[1];
  const operand = left === value ? right : left;
  const isFirst = left === value && right !== value;
  const isKnown = operator === "Add" || operator === "Mul"
    ? left !== right
    : (operator === "Sub" || operator === "Div") && isFirst;
  if (!isKnown || output.shape.length !== 4 || operand.type !== "float32") return undefined;
  const shape = [1, 1, 1, 1, ...operand.shape].slice(-4), size = sizeOf(operand.shape);
  const isFlat = operand.shape.length <= 4 && (size === 1 || (size === channels && shape[1] === channels));
  return isFlat ? operand : undefined;
}

function isNormalization({ operator, inputs, outputs }: Node, value: Value): boolean {
  return operator === "BatchNormalization" && inputs[0] === value && outputs.length === 1;
}

/** A number for each channel to multiply by, and one to add afterwards. */
interface Scale {
  readonly factor?: Value;
  readonly offset?: Value;
}

/** What a step does to the channels; operands are given for the channels in question. */
function scaleOf(graph: Graph, { operator, attributes }: Node, operands: readonly Value[]): Scale {
  if (operator === "BatchNormalization") {
    return normalizationScale(graph, operands, attributes);
  }
  const [operand] = operands;
  if (operator === "Add") return { offset: operand };
  if (operator === "Sub") return { offset: pointwise(graph, "Neg", [operand]) };
  if (operator === "Mul") return { factor: operand };
  return { factor: pointwise(graph, "Reciprocal", [operand]) };
}

/** `(x - mean) / sqrt(variance + epsilon) scale + offset` as a product and a sum. */
export function normalizationScale(
  graph: Graph,
  [scale, offset, mean, variance]: readonly Value[],
  { epsilon = 1e-5 }: Node["attributes"],
): { readonly factor: Value; readonly offset: Value } {
  const deviation = pointwise(graph, "Sqrt", [
    pointwise(graph, "Add", [variance, graph.scalar(Number(epsilon))]),
  ]);
  const factor = pointwise(graph, "Div", [scale, deviation]);
  return { factor, offset: pointwise(graph, "Sub", [offset, pointwise(graph, "Mul", [mean, factor])]) };
}

function emit(
  graph: Graph,
  { convolutions, concatenation, steps, activation }: Scaled,
  of: (old: Value) => Value,
): Value {
  const widths = convolutions.map(({ outputs: [{ shape }] }) => shape[1]);
  const parts = convolutions.map((convolution, place) => {
    const begin = widths.slice(0, place).reduce((sum, width) => sum + width, 0), channels = widths[place];
    const [x, weights, bias] = convolution.inputs.map(of);
    let kernels = weights;
    let sums = bias ?? graph.constant(new Float32Array(channels), { type: "float32", shape: [channels] });
    let value = (concatenation ?? convolution).outputs[0];
    for (const step of steps) {
      const operands = step.inputs.filter((input) => input !== value).map((input) =>
        channelsOf(graph, of(input), { begin, channels })
      );
      const { factor, offset } = scaleOf(graph, step, operands);
      if (factor !== undefined) {
        sums = pointwise(graph, "Mul", [sums, factor]);
        kernels = pointwise(graph, "Mul", [kernels, reshape(graph, factor, [...factor.shape, 1, 1, 1])]);
      }
      if (offset !== undefined) sums = pointwise(graph, "Add", [sums, offset]);
      [value] = step.outputs;
    }
    const [scaled] = copyNode(graph, convolution, [x, kernels, sums]);
    return activation === undefined
      ? scaled
      : copyNode(graph, { ...activation, outputs: [scaled] }, [scaled])[0];
  });
  return concatenation === undefined ? parts[0] : copyNode(graph, concatenation, parts)[0];
}

/** The numbers of some channels, or the one for all of them, as a vector. */
function channelsOf(
  graph: Graph,
  operand: Value,
  { begin, channels }: { readonly begin: number; readonly channels: number },
): Value {
  const size = sizeOf(operand.shape), flat = reshape(graph, operand, [size]);
  if (size === 1 || size === channels) return flat;
  const limits = [[begin], [begin + channels], [0]].map((limit) => graph.integers(limit));
  return graph.emit("Slice", [flat, ...limits], { shape: [channels] });
}
