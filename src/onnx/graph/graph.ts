/**
 * The ONNX graph that a recording writes: values, nodes and constants, each kept once.
 *
 * @module
 */
import { createHash } from "node:crypto";

/** The element types that occur in a graph. */
export type ElementType = "float32" | "float64" | "int32" | "int64" | "uint64" | "bool";

/** The array that holds elements of each type. */
export type Elements = Float32Array | Float64Array | Int32Array | BigInt64Array | BigUint64Array | Uint8Array;

/** An attribute of a node; numbers are whole unless the name is one of {@linkcode FLOAT_ATTRIBUTES}. */
export type Attribute = number | string | readonly number[];

/** Attributes that ONNX stores as floats. */
export const FLOAT_ATTRIBUTES: ReadonlySet<string> = new Set([
  "alpha",
  "beta",
  "gamma",
  "epsilon",
  "activation_params",
]);

/** One value of the graph: an input, a constant or an output of a node. */
export interface Value {
  /** Its place in the order of creation. */
  readonly id: number;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** The node that computes it; an input or a constant has none. */
  readonly producer?: Node;
  /** The elements of a constant, row-major. */
  readonly constant?: Elements;
  /** The name that a constant must keep. */
  readonly name?: string;
}

/** One operator. */
export interface Node {
  readonly operator: string;
  /** The set of operators that it is from, where that is not the standard. */
  readonly domain?: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** The operation that asked for it, for names and messages. */
  readonly scope: string;
  /** The path of the layer that asked for it, for the same; empty where nodes are not named after layers. */
  readonly layer: string;
}

/** What a node gives: one or several shapes, and the type where it is not that of the first input. */
export interface NodeOptions {
  readonly shape: readonly number[];
  readonly type?: ElementType;
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** The set of operators that it is from, where that is not the standard. */
  readonly domain?: string;
}

interface ElementArray {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): Elements;
  new (buffer: ArrayBuffer): Elements;
}

/** The array that holds elements of each type. */
export const ELEMENT_ARRAYS: Readonly<Record<ElementType, ElementArray>> = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
};

/** A graph that only grows: an operator on the same inputs with the same attributes is one node. */
export class Graph {
  readonly nodes: Node[] = [];
  readonly #scope: () => string;
  readonly #layer: () => string;
  readonly #known = new Map<string, readonly Value[]>();
  #count = 0;

  /** `scope` tells which operation is being recorded, and `layer` which layer. */
  constructor(scope: () => string = () => "", layer: () => string = () => "") {
    this.#scope = scope;
    this.#layer = layer;
  }

  /** A value that is given when the program runs. */
  input(type: ElementType, shape: readonly number[]): Value {
    return { id: this.#count++, type, shape };
  }

  /** A constant; equal constants are one value, except that a name sets one apart. */
  constant(
    elements: Elements,
    options: { readonly type: ElementType; readonly shape: readonly number[]; readonly name?: string },
  ): Value {
    const bytes = new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
    const content = bytes.length > 64 ? createHash("sha256").update(bytes).digest("hex") : bytes.join();
    const key = ["constant", options.type, options.shape.join(), options.name ?? "", content].join("|");
    return this.#once(key, () => [{ id: this.#count++, constant: elements, ...options }])[0];
  }

  /** A constant without axes. */
  scalar(value: number, type: ElementType = "float32"): Value {
    const elements = new ELEMENT_ARRAYS[type](1);
    if (elements instanceof BigInt64Array || elements instanceof BigUint64Array) elements[0] = BigInt(value);
    else elements[0] = value;
    return this.constant(elements, { type, shape: [] });
  }

  /** A constant vector of int64, which is how ONNX takes shapes, axes and positions. */
  integers(values: readonly number[]): Value {
    return this.constant(BigInt64Array.from(values, BigInt), { type: "int64", shape: [values.length] });
  }

  /** The first output of an operator. */
  emit(operator: string, inputs: readonly Value[], options: NodeOptions): Value {
    return this.emitSeveral(operator, inputs, [options])[0];
  }

  /** All outputs of an operator; the attributes and the domain are those of the first. */
  emitSeveral(operator: string, inputs: readonly Value[], outputs: readonly NodeOptions[]): readonly Value[] {
    const { attributes = {}, domain } = outputs[0];
    const key = [domain ?? "", operator, inputs.map((input) => input.id).join(), JSON.stringify(attributes)]
      .join("|");
    return this.#once(key, () => {
      const values: Value[] = [];
      const node = {
        operator,
        domain,
        inputs,
        outputs: values,
        attributes,
        scope: this.#scope(),
        layer: this.#layer(),
      };
      for (const { shape, type } of outputs) {
        values.push({ id: this.#count++, type: type ?? inputs[0].type, shape, producer: node });
      }
      this.nodes.push(node);
      return values;
    });
  }

  #once(key: string, create: () => readonly Value[]): readonly Value[] {
    let values = this.#known.get(key);
    if (values === undefined) this.#known.set(key, values = create());
    return values;
  }
}

/** How many elements a shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

/** Whether two shapes are equal. */
export function sameShape(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((length, axis) => length === right[axis]);
}
