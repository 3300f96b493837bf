/**
 * A recorded graph as the bytes of an ONNX model: opset 17, IR version 8.
 *
 * @module
 */
import { create, toBinary } from "@bufbuild/protobuf";
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from "onnx-buf";
import { ELEMENT_TYPES } from "../graph/arrange.ts";
import { type Attribute, FLOAT_ATTRIBUTES, type Node, type Value } from "../graph/graph.ts";
import { CONSTANT, uniqueName } from "../graph/names.ts";
import { type Named, reachable } from "../graph/program.ts";
import type { Dimension } from "./batch_axis.ts";

/** The operator set of every graph that the project writes. */
export const OPSET = 17;
const IR_VERSION = 8;
/** What every file says that it was written by. */
export const PRODUCER = "einthoven";

/** What becomes a model. */
export interface Model {
  readonly inputs: readonly Named[];
  readonly outputs: readonly Named[];
  readonly metadata?: Readonly<Record<string, string>>;
  /**
   * Shapes in place of those of the values. Where it is given, the file says the shapes of all values between the ends too, except those
   * with a null.
   */
  readonly shapes?: ReadonlyMap<Value, readonly Dimension[]>;
  /** What the graph is called. Default `program`. */
  readonly name?: string;
  /** What the model is, for those who open it in a viewer. */
  readonly description?: string;
}

/** The bytes of a model; equal models give equal bytes. */
export function encode(nodes: readonly Node[], model: Model): Uint8Array {
  const { nodes: kept, needed } = reachable(nodes, model.outputs.map((output) => output.value));
  const names = nameValues(kept, model), takenByNodes = new Map<string, number>();
  const written = kept.map((node) => {
    const outputs = outputsOf(node, needed, names);
    return nodeProto(node, {
      name: node.layer === "" ? outputs[0] : uniqueName(`${node.layer}/${node.operator}`, takenByNodes),
      inputs: node.inputs.map((input) => names.get(input) ?? ""),
      outputs,
    });
  });
  for (const { name, value } of model.outputs) {
    // An output that is an input, a constant or another output too needs a node of its own.
    if (names.get(value) === name) continue;
    written.push(create(NodeProtoSchema, {
      opType: "Identity",
      name: `${name}/Identity`,
      input: [names.get(value) ?? ""],
      output: [name],
    }));
  }
  const constants = [...needed].filter((value) => value.constant !== undefined).sort((a, b) => a.id - b.id);
  const graph = create(GraphProtoSchema, {
    name: model.name ?? "program",
    node: written,
    initializer: constants.map((value) => tensorProto(value, names.get(value) ?? "")),
    input: model.inputs.map((named) => valueInfo(named, model.shapes)),
    output: model.outputs.map((named) => valueInfo(named, model.shapes)),
    valueInfo: model.shapes === undefined ? [] : knownShapes(kept, { names, needed, model }),
  });
  const entries = Object.entries(model.metadata ?? {}).sort(([a], [b]) => a < b ? -1 : 1);
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: BigInt(IR_VERSION),
      producerName: PRODUCER,
      docString: model.description,
      opsetImport: [
        create(OperatorSetIdProtoSchema, { domain: "", version: BigInt(OPSET) }),
        ...domainsOf(kept).map((domain) => create(OperatorSetIdProtoSchema, { domain, version: 1n })),
      ],
      metadataProps: entries.map(([key, value]) => create(StringStringEntryProtoSchema, { key, value })),
      graph,
    }),
  );
}

/** Names for all values: those of inputs, outputs and weights are given, the others come from the weight or operation that they stand behind. */
function nameValues(nodes: readonly Node[], model: Model): Map<Value, string> {
  const names = new Map<Value, string>(), taken = new Map<string, number>();
  const give = (value: Value, wish: string) => {
    if (names.has(value)) return;
    names.set(value, uniqueName(wish, taken));
  };
  for (const { name, value } of model.inputs) give(value, name);
  for (const { name, value } of model.outputs) {
    if (value.producer !== undefined) give(value, name);
    taken.set(name, taken.get(name) ?? 2);
  }
  const families = new Map<Value, string>();
  for (const node of nodes) {
    for (const input of node.inputs) {
      if (input.name !== undefined) {
        give(input, input.name);
        families.set(input, input.name.includes("/") ? input.name.slice(0, input.name.lastIndexOf("/")) : "");
      }
    }
    const family = node.inputs.findLast((input) => families.has(input) && input.name !== undefined) ??
      node.inputs.find((input) => families.has(input));
    const place = node.layer === ""
      ? [family && families.get(family), node.scope, node.operator].filter(Boolean).join("/")
      : `${node.layer}/${node.operator}`;
    for (const input of node.inputs) if (input.constant !== undefined) give(input, `${place}/${CONSTANT}`);
    for (const output of node.outputs) {
      if (family !== undefined) families.set(output, families.get(family)!);
      give(output, place);
    }
  }
  for (const { name, value } of model.outputs) {
    if (value.constant !== undefined) give(value, `${name}/${CONSTANT}`);
  }
  return names;
}

/** The sets of operators beside the standard; each has one version. */
function domainsOf(nodes: readonly Node[]): string[] {
  return [...new Set(nodes.flatMap(({ domain }) => domain ?? []))].sort();
}

/** The outputs of a node by name. An optional one at the end is left out; the ones before it have names whether they are read or not. */
function outputsOf(node: Node, needed: ReadonlySet<Value>, names: ReadonlyMap<Value, string>): string[] {
  const isOptional = node.operator !== "TopK";
  const count = isOptional
    ? node.outputs.findLastIndex((output) => needed.has(output)) + 1
    : node.outputs.length;
  return node.outputs.slice(0, count).map((output) => names.get(output) ?? "");
}

function nodeProto(
  node: Node,
  { name, inputs, outputs }: { name: string; inputs: string[]; outputs: string[] },
) {
  return create(NodeProtoSchema, {
    opType: node.operator,
    domain: node.domain,
    name,
    input: inputs,
    output: outputs,
    attribute: Object.entries(node.attributes).map(([name, value]) => attributeProto(name, value)),
  });
}

function attributeProto(name: string, value: Attribute) {
  const { FLOAT, FLOATS, INT, INTS, STRING } = AttributeProto_AttributeType;
  if (typeof value === "string") {
    return create(AttributeProtoSchema, { name, type: STRING, s: new TextEncoder().encode(value) });
  }
  if (typeof value !== "number") {
    if (FLOAT_ATTRIBUTES.has(name)) {
      return create(AttributeProtoSchema, { name, type: FLOATS, floats: [...value] });
    }
    return create(AttributeProtoSchema, { name, type: INTS, ints: value.map(BigInt) });
  }
  if (FLOAT_ATTRIBUTES.has(name)) return create(AttributeProtoSchema, { name, type: FLOAT, f: value });
  return create(AttributeProtoSchema, { name, type: INT, i: BigInt(value) });
}

function tensorProto(value: Value, name: string) {
  const { buffer, byteOffset, byteLength } = value.constant!;
  return create(TensorProtoSchema, {
    name,
    dims: value.shape.map(BigInt),
    dataType: ELEMENT_TYPES[value.type],
    rawData: new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength),
  });
}

/** What is known of the values between the ends. */
function knownShapes(
  nodes: readonly Node[],
  { names, needed, model: { outputs, shapes } }: {
    readonly names: ReadonlyMap<Value, string>;
    readonly needed: ReadonlySet<Value>;
    readonly model: Model;
  },
): ValueInfoProto[] {
  const ends = new Set(outputs.map(({ name }) => name));
  return nodes.flatMap((node) =>
    outputsOf(node, needed, names).flatMap((name, index) => {
      const value = node.outputs[index];
      return ends.has(name) || shapes?.get(value)?.includes(null) ? [] : [valueInfo({ name, value }, shapes)];
    })
  );
}

function valueInfo({ name, value }: Named, shapes: Model["shapes"]): ValueInfoProto {
  const dimensions: readonly Dimension[] = shapes?.get(value) ?? value.shape;
  const dim = dimensions.map((dimension) =>
    create(TensorShapeProto_DimensionSchema, {
      value: dimension === null
        ? undefined
        : typeof dimension === "string"
        ? { case: "dimParam", value: dimension }
        : { case: "dimValue", value: BigInt(dimension) },
    })
  );
  const shape = create(TensorShapeProtoSchema, { dim });
  const tensorType = create(TypeProto_TensorSchema, { elemType: ELEMENT_TYPES[value.type], shape });
  return create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, { value: { case: "tensorType", value: tensorType } }),
  });
}

/** The shape that a file gives to a value, or undefined where it gives none. */
export function dimensionsOf({ type }: ValueInfoProto): readonly Dimension[] | undefined {
  const shape = type?.value.case === "tensorType" ? type.value.value.shape : undefined;
  return shape?.dim.map(({ value }) =>
    value.case === "dimValue" ? Number(value.value) : value.case === "dimParam" ? value.value : null
  );
}
