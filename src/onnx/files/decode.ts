/**
 * The bytes of an exported model as a program at one batch size, the opposite of `encode`.
 *
 * @module
 */
import { fromBinary } from "@bufbuild/protobuf";
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  TensorProto_DataLocation,
  type ValueInfoProto,
} from "onnx-buf";
import { ELEMENT_TYPES } from "../graph/arrange.ts";
import {
  type Attribute,
  ELEMENT_ARRAYS,
  type ElementType,
  FLOAT_ATTRIBUTES,
  Graph,
  sizeOf,
  type Value,
} from "../graph/graph.ts";
import { isConstantName } from "../graph/names.ts";
import type { Named, Program } from "../graph/program.ts";
import { lengthAt } from "./batch_axis.ts";
import { dimensionsOf, OPSET, PRODUCER } from "./encode.ts";
import { foldIntegers } from "./fold_integers.ts";
import { expandWeights } from "./weights/expand.ts";

/** A model at one batch size. */
export interface Decoded {
  readonly program: Program;
  /** The inputs of the program by their names in the file. */
  readonly inputs: readonly Named[];
  /** The outputs of the program by their names in the file. */
  readonly outputs: readonly Named[];
}

/** Why a file is no program. */
export interface Undecoded {
  /** What it must have or be, and what it has or is. */
  readonly reason: string;
}

interface ValueType {
  readonly type: ElementType;
  readonly shape: readonly number[];
}

const TYPES = new Map(Object.entries(ELEMENT_TYPES).map(([type, number]) => [number, type as ElementType]));

/**
 * Reads a model as a program for batches of one size.
 *
 * Whatever follows from the size is a constant: vectors that are computed from the shape of an input, and lengths of -1. Weights are
 * float32 numbers however the file holds them. Nodes keep the paths of their layers, and weights their names.
 *
 * Gives a reason, and no program, for a file of another producer, and for one that says no shape or type of a value, or has types,
 * attributes or operators that no recorded program has. Throws for bytes that are no model.
 */
export function decode(bytes: Uint8Array, { batch }: { readonly batch: number }): Decoded | Undecoded {
  const model = fromBinary(ModelProtoSchema, bytes), { graph } = model;
  if (graph === undefined) throw new SyntaxError("Cannot decode the model: it must hold a graph, got none");
  expandWeights(graph);
  const types = new Map(
    [...graph.input, ...graph.valueInfo, ...graph.output].flatMap((info) => {
      const type = typeOf(info, batch);
      return type === undefined ? [] : [[info.name, type]];
    }),
  );
  const reason = obstacle(model, graph, types);
  return reason === undefined ? programOf(graph, types) : { reason };
}

/** What keeps a file from being a program. */
function obstacle(
  { producerName, opsetImport, functions }: ModelProto,
  { input, output, initializer, sparseInitializer, node }: GraphProto,
  types: ReadonlyMap<string, ValueType>,
): string | undefined {
  const isStandard = opsetImport.every(({ domain, version }) => domain === "" && Number(version) === OPSET);
  if (producerName !== PRODUCER) return `it must be written by ${PRODUCER}, got "${producerName}"`;
  if (!isStandard || functions.length > 0) return `its operators must be those of opset ${OPSET}`;
  if (sparseInitializer.length > 0) return "its constants must be dense";
  for (const { name, dims, dataType, rawData, dataLocation } of initializer) {
    const type = TYPES.get(dataType);
    if (type === undefined) return `the constant "${name}" must be of a known type, got ${dataType}`;
    const size = sizeOf(dims.map(Number)) * ELEMENT_ARRAYS[type].BYTES_PER_ELEMENT;
    if (rawData.length !== size || dataLocation === TensorProto_DataLocation.EXTERNAL) {
      return `the constant "${name}" must lie in the file`;
    }
  }
  const known = new Set([...initializer, ...input].map(({ name }) => name));
  for (const { name } of input) if (!types.has(name)) return untyped(name);
  for (const { opType, attribute, input: operands, output: results } of node) {
    const missing = operands.find((name) => !known.has(name));
    if (missing !== undefined) return `each operand must be there, got "${missing}" of ${opType}`;
    for (const name of results) {
      if (!types.has(name)) return untyped(name);
      known.add(name);
    }
    const other = attribute.find((one) => attributeOf(one) === undefined);
    if (other !== undefined) return `attributes must be numbers or texts, got "${other.name}" of ${opType}`;
  }
  const missing = output.find(({ name }) => !known.has(name));
  return missing && `each output must be computed, got "${missing.name}"`;
}

function untyped(name: string): string {
  return `the shape and the type of each value must be known, got none for "${name}"`;
}

function programOf(graph: GraphProto, types: ReadonlyMap<string, ValueType>): Decoded {
  let layer = "";
  const written = new Graph(() => "", () => layer), values = new Map<string, Value>();
  const inputs = graph.input.map(({ name }) => {
    const { type, shape } = types.get(name)!, value = written.input(type, shape);
    values.set(name, value);
    return { name, value };
  });
  for (const { name, dims, dataType, rawData } of graph.initializer) {
    const type = TYPES.get(dataType)!;
    // The bytes of a message need not lie at a multiple of an element's size.
    const elements = new ELEMENT_ARRAYS[type](rawData.slice().buffer);
    const given = isConstantName(name) ? {} : { name };
    values.set(name, written.constant(elements, { type, shape: dims.map(Number), ...given }));
  }
  for (const node of graph.node) {
    const operands = node.input.map((name) => values.get(name)!);
    // The end of a graph that is its beginning or a constant.
    if (node.opType === "Identity") {
      values.set(node.output[0], operands[0]);
      continue;
    }
    layer = node.name.slice(0, Math.max(0, node.name.lastIndexOf("/")));
    const results = node.output.map((name) => types.get(name)!);
    const made = foldIntegers(written, node.opType, operands) ?? emit(written, node, { operands, results });
    node.output.forEach((name, index) => values.set(name, made[index]));
  }
  const outputs = graph.output.map(({ name }) => ({ name, value: values.get(name)! }));
  const [starts, ends] = [inputs, outputs].map((named) => named.map(({ value }) => value));
  return { program: { nodes: written.nodes, inputs: starts, outputs: ends }, inputs, outputs };
}

function emit(
  graph: Graph,
  { opType, attribute }: NodeProto,
  { operands, results }: { operands: readonly Value[]; results: readonly ValueType[] },
): readonly Value[] {
  const [{ shape }] = results;
  if (opType === "Reshape") {
    const attributes = shape.includes(0) ? { allowzero: 1 } : undefined;
    return [graph.emit(opType, [operands[0], graph.integers(shape)], { shape, attributes })];
  }
  const attributes = Object.fromEntries(attribute.map((one) => [one.name, attributeOf(one)!]));
  return graph.emitSeveral(opType, operands, results.map((result) => ({ ...result, attributes })));
}

function attributeOf({ name, type, f, i, s, floats, ints }: AttributeProto): Attribute | undefined {
  const { FLOAT, FLOATS, INT, INTS, STRING } = AttributeProto_AttributeType;
  if (type === STRING) return new TextDecoder().decode(s);
  if (FLOAT_ATTRIBUTES.has(name)) return type === FLOAT ? f : type === FLOATS ? floats : undefined;
  return type === INT ? Number(i) : type === INTS ? ints.map(Number) : undefined;
}

/** The type and shape that a file gives to a value at one size of the batch. */
function typeOf(info: ValueInfoProto, batch: number): ValueType | undefined {
  const tensor = info.type?.value.case === "tensorType" ? info.type.value.value : undefined;
  const type = TYPES.get(tensor?.elemType ?? 0);
  const shape = dimensionsOf(info)?.map((dimension) => lengthAt(dimension, batch));
  if (type === undefined || shape === undefined || shape.includes(undefined)) return undefined;
  return { type, shape: shape.map(Number) };
}
