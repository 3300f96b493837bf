/**
 * Files whose weights take less room: half-precision or eight-bit numbers, from which float32 ones are made when the file is opened.
 *
 * @module
 */
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  StringStringEntryProtoSchema,
  type TensorProto,
  TensorProtoSchema,
} from "onnx-buf";
import { isConstantName, uniqueName } from "../../graph/names.ts";
import { WEIGHT_FORMATS, WEIGHT_TYPES, type WeightFormat, WEIGHTS_KEY } from "./formats.ts";
import { quantize } from "./quantize.ts";

/** Smaller weights (biases, scales) are left as they are: they save nothing. */
const LEAST_NUMBERS = 64;

/**
 * The same model with its weights in another format; the arithmetic stays in float32, and the same bytes come out each time.
 *
 * - `float16`: each weight rounded to the nearest half-precision number, half the size;
 * - `int8`: each weight of two or more axes as round(w / s) from -127 to 127, a quarter of the size, where s = max |w| / 127 over all
 *   that leads to one output; see {@linkcode quantize}.
 *
 * Weights of fewer than 64 numbers, and constants that are no weights, stay float32. `Cast`, and `Mul` by s, make float32 numbers again;
 * ONNX Runtime does so once, when the file is opened, and then runs as fast as before. (`DequantizeLinear` it would run each time, and
 * not block the convolutions.) Activations are not quantized: that would let a row's result depend on the rows beside it, and
 * `ConvInteger` takes several times as long as `Conv`.
 *
 * Throws RangeError for a weight that the format can't hold (above 65504, or not finite), a model without weights that are large
 * enough, one that is compressed already, and an unknown format.
 */
export function compressOnnx(bytes: Uint8Array, { weights }: { weights: WeightFormat }): Uint8Array {
  if (!WEIGHT_FORMATS.includes(weights)) {
    throw new RangeError(
      `Cannot compress the model: weights must be ${WEIGHT_FORMATS.join(", ")}, got ${weights}`,
    );
  }
  const model = fromBinary(ModelProtoSchema, bytes), { graph } = model;
  if (graph === undefined) {
    throw new SyntaxError("Cannot compress the model: it must hold a graph, got none");
  }
  const now = formatOf(model);
  if (now === weights) return bytes;
  if (now !== "float32" || weights === "float32") {
    throw new RangeError(`Cannot compress the model: its weights must be float32, got ${now}`);
  }
  compress(graph, weights);
  model.metadataProps.push(create(StringStringEntryProtoSchema, { key: WEIGHTS_KEY, value: weights }));
  return toBinary(ModelProtoSchema, model);
}

/** The format of a file's weights, from its metadata. */
function formatOf({ metadataProps }: ModelProto): WeightFormat {
  const value = metadataProps.find(({ key }) => key === WEIGHTS_KEY)?.value ?? "float32";
  const format = WEIGHT_FORMATS.find((known) => known === value);
  if (format !== undefined) return format;
  throw new RangeError(
    `Cannot read the format of the weights: it must be ${WEIGHT_FORMATS.join(", ")}, got ${value}`,
  );
}

function compress(graph: GraphProto, format: Exclude<WeightFormat, "float32">): void {
  const chosen = graph.initializer.filter((weight) => isCompressible(weight, format));
  if (chosen.length === 0) {
    throw new RangeError(
      `Cannot compress the model: it must have weights of at least ${LEAST_NUMBERS} numbers${
        format === "int8" ? " and two axes" : ""
      }, got none`,
    );
  }
  const taken = new Map([
    ...graph.initializer.map(({ name }) => [name, 2] as const),
    ...graph.node.flatMap(({ output }) => output.map((name) => [name, 2] as const)),
  ]);
  const wide = new Map<string, string>(), nodes: NodeProto[] = [], scales: TensorProto[] = [];
  for (const weight of chosen) {
    const { name } = weight, output = uniqueName(`${name}/float32`, taken);
    const values = floatsOf(weight);
    wide.set(name, output);
    if (format === "float16") {
      weight.dataType = WEIGHT_TYPES.float16;
      weight.rawData = bytesOf(halves(values, name));
      nodes.push(castNode(name, output));
      continue;
    }
    const { integers, scale, axis } = quantize(values, { shape: weight.dims.map(Number), name });
    const integersName = uniqueName(`${name}/integers`, taken),
      scaleName = uniqueName(`${name}/scale`, taken);
    weight.dataType = WEIGHT_TYPES.int8;
    weight.rawData = bytesOf(integers);
    scales.push(create(TensorProtoSchema, {
      name: scaleName,
      dims: weight.dims.map((length, place) => place === axis ? length : 1n),
      dataType: WEIGHT_TYPES.float32,
      rawData: bytesOf(scale),
    }));
    nodes.push(castNode(name, integersName), mulNode([integersName, scaleName], output));
  }
  for (const node of graph.node) node.input = node.input.map((name) => wide.get(name) ?? name);
  graph.node.unshift(...nodes);
  graph.initializer.push(...scales);
}

function isCompressible({ name, dims, dataType }: TensorProto, format: WeightFormat): boolean {
  const size = dims.reduce((product, length) => product * Number(length), 1);
  return dataType === WEIGHT_TYPES.float32 && size >= LEAST_NUMBERS && !isConstantName(name) &&
    (format === "float16" || dims.length > 1);
}

/** The numbers of a float32 tensor; a copy, because the bytes of a message need not lie at a multiple of four. */
export function floatsOf({ rawData }: TensorProto): Float32Array<ArrayBuffer> {
  return new Float32Array(rawData.slice().buffer);
}

/** Rounded to the nearest, ties to even. */
function halves(values: Float32Array, name: string): Float16Array<ArrayBuffer> {
  const rounded = Float16Array.from(values);
  const place = rounded.findIndex((value) => !Number.isFinite(value));
  if (place === -1) return rounded;
  throw new RangeError(
    `Cannot store the weight "${name}" as float16: its numbers must lie within 65504, got ${values[place]}`,
  );
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function castNode(input: string, output: string): NodeProto {
  const { INT } = AttributeProto_AttributeType;
  return create(NodeProtoSchema, {
    opType: "Cast",
    name: `${output}/Cast`,
    input: [input],
    output: [output],
    attribute: [create(AttributeProtoSchema, { name: "to", type: INT, i: BigInt(WEIGHT_TYPES.float32) })],
  });
}

function mulNode(input: string[], output: string): NodeProto {
  return create(NodeProtoSchema, { opType: "Mul", name: `${output}/Mul`, input, output: [output] });
}
