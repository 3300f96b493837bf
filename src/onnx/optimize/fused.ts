/**
 * What a convolution on blocks does to its sums before it writes them.
 *
 * @module
 */
import { type Attribute, sameShape, type Value } from "../graph/graph.ts";
import type { Consumers } from "../graph/program.ts";
import type { Layouts } from "./layouts.ts";
import { asksForSign } from "./slopes.ts";

/** A sum and an activation behind a convolution, either or both. */
export interface Fused {
  /** What is added. */
  readonly added?: Value;
  /** The activation, as the convolution takes it. */
  readonly activation?: Readonly<Record<string, Attribute>>;
  /** The values that need no node of their own, and that nobody asks for anything in which they differ from the last of them. */
  readonly outputs: readonly Value[];
}

/** What may be done to the output of a convolution before it is written. */
export function fusedBehind(
  output: Value,
  { consumers, outputs, layouts }: {
    readonly consumers: Consumers;
    /** What somebody else reads. */
    readonly outputs: readonly Value[];
    readonly layouts: Layouts;
  },
): Fused {
  if (outputs.includes(output)) return { outputs: [] };
  const sum = sumBehind(output, { consumers, layouts }), summed = sum?.output ?? output;
  const activation = outputs.includes(summed) ? undefined : activationBehind(summed, consumers);
  return {
    added: sum?.added,
    activation: activation?.attributes,
    outputs: [sum, activation].flatMap((fused) => fused?.output ?? []),
  };
}

/** The sum that alone reads a value, where its other part is there in blocks. */
function sumBehind(
  value: Value,
  { consumers, layouts }: { readonly consumers: Consumers; readonly layouts: Layouts },
): { readonly output: Value; readonly added: Value } | undefined {
  const [sum, ...others] = consumers.get(value) ?? [];
  if (sum?.operator !== "Add" || others.length > 0) return undefined;
  const added = sum.inputs.find((input) => input !== value);
  if (added === undefined || !sameShape(added.shape, value.shape) || !layouts.isBlocked(added)) {
    return undefined;
  }
  return { output: sum.outputs[0], added };
}

/** The activation that alone reads a value; its gradient may ask for the sign, which the activation keeps. */
function activationBehind(
  value: Value,
  consumers: Consumers,
): { readonly output: Value; readonly attributes: Readonly<Record<string, Attribute>> } | undefined {
  const readers = consumers.get(value) ?? [];
  const activations = readers.filter(({ operator }) => operator === "LeakyRelu" || operator === "Relu");
  const others = readers.filter((reader) => !activations.includes(reader));
  if (activations.length !== 1 || !others.every(asksForSign)) return undefined;
  const [{ operator, attributes, outputs: [output] }] = activations;
  if (operator === "Relu") return { output, attributes: { activation: "Relu" } };
  const alpha = Number(attributes.alpha);
  if (!(alpha > 0)) return undefined;
  return { output, attributes: { activation: "LeakyRelu", "activation_params": [alpha] } };
}
