/**
 * Models as ONNX files, whose first axis can have any length.
 *
 * @module
 */
import { fromBinary } from "@bufbuild/protobuf";
import type * as tf from "@tensorflow/tfjs";
import { ModelProtoSchema, type ValueInfoProto } from "onnx-buf";
import { reachable } from "../graph/program.ts";
import { type InputSignature, type Program, record, type Recording } from "../recording/recording.ts";
import type { Dimension } from "./batch_axis.ts";
import { dimensionsOf, encode } from "./encode.ts";
import { generalize } from "./generalize.ts";
import { readWeights, type StoredWeight } from "./weights/read.ts";

export type { Dimension } from "./batch_axis.ts";
export type { StoredWeight } from "./weights/read.ts";

/** What is exported. */
export interface ExportOptions {
  /** The shape of each input, float32 unless a type is given too; null is the batch, which may have any length. */
  readonly inputs: Readonly<Record<string, OpenShape | OpenSignature>>;
  /** The variables that the function reads, by the name that each gets in the file. */
  readonly weights: Readonly<Record<string, tf.Variable>>;
  /** Texts that travel with the model. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Layers whose nodes are named after them: `conv1/Conv`. Nodes of others are named after weights and operations. */
  readonly layers?: ReadonlyMap<tf.layers.Layer, string>;
  /** What the graph is called. Default `program`. */
  readonly name?: string;
  /** What the model is, in a sentence or more, for those who open it in a viewer. */
  readonly description?: string;
}

/** The length of each axis; null is the batch. */
export type OpenShape = readonly (number | null)[];

/** The shape and type of an input. */
export interface OpenSignature {
  /** The length of each axis; null is the batch. */
  readonly shape: OpenShape;
  /** The type of its elements. */
  readonly dtype: InputSignature["dtype"];
}

/** Two lengths of the batch that no layer is likely to have. */
const LENGTHS = [11, 13] as const;

/**
 * The bytes of an ONNX model (opset 17, IR version 8) of a function; equal models give equal bytes.
 *
 * The function is recorded at two lengths of the batch. Both must give the same graph but for shapes in which the batch occurs, which
 * then come from the input. The file says the shape of every value that is fixed but for the batch or a multiple of it. Throws when they differ otherwise, when a variable has no name in `weights`, changes, or is not read.
 */
export function exportOnnx(fn: Program, options: ExportOptions): Uint8Array {
  const names = Object.keys(options.weights).sort();
  const constants = new Map(names.map((name) => [options.weights[name], name]));
  const [short, long] = LENGTHS.map((length) => recordAt(fn, { ...options, constants, length }));
  const { graph, outputs, inputs, shapes } = generalize(short, long, LENGTHS);
  const { metadata, name, description } = options;
  return encode(graph.nodes, { inputs, outputs, shapes, metadata, name, description });
}

interface RecordAt extends ExportOptions {
  readonly constants: ReadonlyMap<tf.Variable, string>;
  readonly length: number;
}

function signatureOf(given: OpenShape | OpenSignature): OpenSignature {
  return "shape" in given ? given : { shape: given, dtype: "float32" };
}

function recordAt(fn: Program, { inputs, constants, layers, length }: RecordAt): Recording {
  const signatures = Object.entries(inputs).map(([name, given]) => {
    const { shape, dtype } = signatureOf(given);
    return [name, { shape: shape.map((axis) => axis ?? length), dtype }];
  });
  const recording = record(fn, { inputs: Object.fromEntries(signatures), random: false, constants, layers });
  const { needed } = reachable(recording.graph.nodes, recording.outputs.map((output) => output.value));
  for (const { variable, input, output } of recording.state) {
    if (constants.has(variable)) {
      if (input === undefined || !needed.has(input)) {
        throw new Error(
          `Cannot export the model: each of the weights must be read, got "${
            constants.get(variable)
          }", which is not`,
        );
      }
      continue;
    }
    if (output !== undefined || (input !== undefined && needed.has(input))) {
      throw new Error(
        `Cannot export the model: each variable that it uses must be one of the weights, got "${variable.name}"`,
      );
    }
  }
  return recording;
}

/** What is in a model. */
export interface OnnxContents {
  /** The texts that travel with it. */
  readonly metadata: Readonly<Record<string, string>>;
  /** What wrote it. */
  readonly producer: string;
  /** The floating-point constants by name, as float32 whatever the file holds them as. */
  readonly weights: Readonly<Record<string, StoredWeight>>;
  /** The shape of each input by name. */
  readonly inputs: Readonly<Record<string, readonly Dimension[]>>;
  /** The shape of each output by name. */
  readonly outputs: Readonly<Record<string, readonly Dimension[]>>;
}

/** Reads an ONNX model: its texts, its floating-point constants, and the shapes of what goes in and out. Throws for bytes that are no model. */
export function readOnnx(bytes: Uint8Array): OnnxContents {
  const model = fromBinary(ModelProtoSchema, bytes);
  if (model.graph === undefined) {
    throw new SyntaxError("Cannot read the model: it must hold a graph, got none");
  }
  return {
    metadata: Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value])),
    producer: model.producerName,
    weights: readWeights(model.graph),
    inputs: shapesOf(model.graph.input),
    outputs: shapesOf(model.graph.output),
  };
}

function shapesOf(infos: readonly ValueInfoProto[]): Record<string, readonly Dimension[]> {
  return Object.fromEntries(infos.map((info) => [info.name, dimensionsOf(info) ?? []]));
}
