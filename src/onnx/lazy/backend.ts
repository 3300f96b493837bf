/**
 * A backend of TensorFlow.js whose kernels only note what is asked for; values are computed by ONNX Runtime when they are read.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { sameShape, type Value } from "../graph/graph.ts";
import { knownElements, type Lowering, type Operand, operandType, plainValue } from "../graph/operand.ts";
import { reshape } from "../lowerings/shape.ts";
import { delegate, type KernelCall, type Values } from "./delegate.ts";
import { PendingGraph, type Runtime } from "./pending.ts";
import type { Elements } from "./session.ts";
import { SessionCache } from "./session_cache.ts";

/** The name under which TensorFlow.js knows the backend. */
export const BACKEND_NAME = "onnx";

/** One training step of most networks is smaller; opening a session takes longer per node in a large graph. */
const MOST_NODES = 5000;
/** Inputs that were disposed are held by the graph until it is computed. */
const MOST_BYTES = 2 ** 28;
/** A step of six convolutions on 32 windows of 2560 samples has 650 MB of results, of which its session keeps a third. */
const MOST_OPEN = { sessions: 64, bytes: 2 ** 32 };

/** What a tensor holds: values, one number everywhere, what is still to be computed, or why it cannot be. */
type Content =
  | { readonly kind: "values"; readonly values: tf.BackendValues }
  | { readonly kind: "filled" | "pending"; readonly operand: Operand }
  | { readonly kind: "failed"; readonly reason: unknown };

interface Entry {
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
  content: Content;
  references: number;
}

/** Keeps an entry for each tensor, and the graph of what is still to be computed. */
export class LazyBackend extends tf.KernelBackend {
  readonly #entries = new tf.DataStorage<Entry>(this, tf.engine());
  readonly #pending = new Set<Entry>();
  readonly #sessions = new SessionCache(MOST_OPEN);
  #graph = new PendingGraph();
  #runtime: Runtime;

  /** Throws RangeError unless threads are a whole number from 1 up. */
  constructor(runtime: Runtime) {
    super();
    this.#runtime = checked(runtime);
  }

  /** How values are computed from now on. Throws RangeError unless threads are a whole number from 1 up. */
  set runtime(runtime: Runtime) {
    if (checked(runtime).threads !== this.#runtime.threads) this.#sessions.clear();
    this.#runtime = runtime;
  }

  /** How many sessions are open. */
  get sessionCount(): number {
    return this.#sessions.size;
  }

  /** Whether the values of a tensor are known. */
  holds({ dataId }: tf.TensorInfo): boolean {
    return this.#entryOf(dataId).content.kind === "values";
  }

  /** Notes a kernel that has a lowering. */
  note(lower: Lowering, { inputs, attributes }: KernelCall): tf.TensorInfo | tf.TensorInfo[] {
    this.#cut(inputs);
    const operands: Record<string, Operand> = {};
    for (const [name, tensor] of Object.entries(inputs)) {
      if (tensor !== undefined && tensor !== null) operands[name] = this.#operandOf(tensor);
    }
    const result = lower({ graph: this.#graph.graph, inputs: operands, attributes });
    const alias = Object.keys(operands).find((name) => operands[name] === result);
    if (alias !== undefined) return this.share(inputs[alias]!, inputs[alias]!.shape);
    return Array.isArray(result) ? result.map((operand) => this.#store(operand)) : this.#store(result);
  }

  /** Computes a kernel that has none. */
  compute(kernelName: string, { inputs, attributes }: KernelCall): tf.TensorInfo | tf.TensorInfo[] {
    const read = ({ dataId, shape, dtype }: tf.TensorInfo): Values => {
      return { values: this.readSync(dataId), shape, dtype };
    };
    const kept = ({ values, shape, dtype }: Values): tf.TensorInfo => {
      return { dataId: this.#keep(values, shape, dtype), shape: [...shape], dtype };
    };
    const results = delegate(kernelName, { inputs, attributes, read });
    return Array.isArray(results) ? results.map(kept) : kept(results);
  }

  /** The same data seen as another shape. */
  share({ dataId, dtype }: tf.TensorInfo, shape: readonly number[]): tf.TensorInfo {
    this.incRef(dataId);
    return { dataId, shape: [...shape], dtype };
  }

  /** Computes everything that is pending and that a tensor still refers to: no more than a backend that never waits. */
  evaluate(): void {
    const { graph } = this.#graph, values = new Map<Entry, Value>();
    for (const entry of this.#pending) {
      if (entry.content.kind === "pending") values.set(entry, plainValue(graph, entry.content.operand));
    }
    this.#settle(values);
    this.#begin();
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    // The caller may fill the array with other numbers before these are used.
    return this.#keep(values.slice(), shape, dtype);
  }

  override move(
    dataId: tf.DataId,
    values: tf.BackendValues,
    shape: number[],
    dtype: tf.DataType,
    references: number,
  ): void {
    const content = { kind: "values", values: typed(values, dtype) } as const;
    this.#entries.set(dataId, { shape, dtype, content, references });
  }

  override readSync(dataId: tf.DataId): tf.BackendValues {
    const entry = this.#entryOf(dataId);
    if (entry.content.kind === "pending") this.evaluate();
    if (entry.content.kind === "filled") {
      const elements = knownElements(entry.content.operand);
      if (elements !== undefined) entry.content = { kind: "values", values: elements };
    }
    return valuesOf(entry.content);
  }

  override read(dataId: tf.DataId): Promise<tf.BackendValues> {
    return new Promise((resolve) => resolve(this.readSync(dataId)));
  }

  override incRef(dataId: tf.DataId): void {
    this.#entryOf(dataId).references++;
  }

  override refCount(dataId: tf.DataId): number {
    return this.#entries.has(dataId) ? this.#entries.get(dataId).references : 0;
  }

  override disposeData(dataId: tf.DataId, force = false): boolean {
    if (!this.#entries.has(dataId)) return true;
    const entry = this.#entries.get(dataId);
    entry.references--;
    if (!force && entry.references > 0) return false;
    this.#entries.delete(dataId);
    // What nobody can read any more is never computed.
    if (this.#pending.delete(entry) && this.#pending.size === 0) this.#begin();
    return true;
  }

  override numDataIds(): number {
    return this.#entries.numDataIds();
  }

  override async time(run: () => void): Promise<{ kernelMs: number }> {
    this.evaluate();
    const start = tf.util.now();
    run();
    this.evaluate();
    return await Promise.resolve({ kernelMs: tf.util.now() - start });
  }

  override timerAvailable(): boolean {
    return true;
  }

  override memory(): { unreliable: boolean; reasons: string[] } {
    const reasons = [
      "The memory of ONNX Runtime's open sessions and of values still to be computed is not counted",
    ];
    return { unreliable: true, reasons };
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override dispose(): void {
    this.#sessions.clear();
    this.#begin();
  }

  /**
   * A pending graph must not grow without end. It is computed when it is large, and when a variable is read whose value is pending:
   * there one step of a training loop ends, so that each step has the same graph and finds its session open.
   */
  #cut(inputs: tf.NamedTensorInfoMap): void {
    const large = this.#graph.graph.nodes.length > MOST_NODES || this.#graph.bytes > MOST_BYTES;
    const stepEnded = () =>
      Object.values(inputs).some((tensor) =>
        tensor instanceof tf.Variable && this.#entryOf(tensor.dataId).content.kind === "pending"
      );
    if (large || stepEnded()) this.evaluate();
  }

  #settle(values: ReadonlyMap<Entry, Value>): void {
    try {
      const runtime = { ...this.#runtime, sessions: this.#sessions };
      const results = this.#graph.evaluate([...values.values()], runtime);
      const given = new Set<Elements>();
      for (const [entry, value] of values) {
        const elements = results.get(value)!;
        entry.content = { kind: "values", values: given.has(elements) ? elements.slice() : elements };
        given.add(elements);
      }
    } catch (reason) {
      // One tensor that cannot be computed must not keep the others from it; it says so when it is read.
      if (values.size > 1) { for (const one of values) this.#settle(new Map([one])); }
      else for (const entry of values.keys()) entry.content = { kind: "failed", reason };
    }
  }

  #begin(): void {
    this.#graph = new PendingGraph();
    this.#pending.clear();
  }

  #operandOf({ dataId, shape }: tf.TensorInfo): Operand {
    const { content, dtype, shape: own } = this.#entryOf(dataId);
    const operand = content.kind === "filled" || content.kind === "pending"
      ? content.operand
      : this.#graph.input(valuesOf(content) as Elements, own, operandType(dtype));
    if (sameShape(operand.shape, shape)) return operand;
    return reshape({ graph: this.#graph.graph, inputs: { x: operand }, attributes: { shape: [...shape] } });
  }

  #store(operand: Operand): tf.TensorInfo {
    const { shape, dtype, content } = operand, dataId = {};
    const entry: Entry = { shape, dtype, references: 1, content: { kind: "pending", operand } };
    if (content.kind === "filled") entry.content = { kind: "filled", operand };
    else if (content.kind === "constant") entry.content = { kind: "values", values: content.elements };
    else this.#pending.add(entry);
    this.#entries.set(dataId, entry);
    return { dataId, shape: [...shape], dtype };
  }

  #keep(values: tf.BackendValues, shape: readonly number[], dtype: tf.DataType): tf.DataId {
    const dataId = {}, content = { kind: "values", values: typed(values, dtype) } as const;
    this.#entries.set(dataId, { shape, dtype, content, references: 1 });
    return dataId;
  }

  #entryOf(dataId: tf.DataId): Entry {
    if (!this.#entries.has(dataId) && !tf.engine().state.tensorInfo.has(dataId)) {
      throw new Error("Cannot use a tensor: it must hold values still, got one that is disposed");
    }
    // Of a tensor that another backend holds, the storage has the values moved here.
    return this.#entries.get(dataId);
  }
}

function checked(runtime: Runtime): Runtime {
  const { threads } = runtime;
  if (Number.isInteger(threads) && threads >= 1) return runtime;
  throw new RangeError(`Cannot compute: threads must be a whole number from 1 up, got ${threads}`);
}

function valuesOf(content: Content): tf.BackendValues {
  if (content.kind === "values") return content.values;
  const got = content.kind === "failed" && content.reason instanceof Error
    ? content.reason.message
    : content.kind;
  throw new Error(`Cannot compute a tensor: ONNX Runtime must be able to run its graph, got "${got}"`);
}

const ARRAYS = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
  complex64: Float32Array,
} as const;

/** Values in the array of their type; strings stay as they are. */
function typed(values: tf.BackendValues, dtype: tf.DataType): tf.BackendValues {
  if (dtype === "string") return values;
  const array = ARRAYS[dtype as keyof typeof ARRAYS];
  return values instanceof array ? values : array.from(values as ArrayLike<number>);
}
