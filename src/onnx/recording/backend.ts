/**
 * A backend of TensorFlow.js that computes nothing: its kernels append nodes to the graph that is being recorded.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Graph } from "../graph/graph.ts";
import { known, knownElements, type Operand, operandType, plain, plainValue } from "../graph/operand.ts";
import { registerKernels } from "../lowerings/kernels.ts";
import { cannotRecord } from "../lowerings/unsupported.ts";
import { drawFrom, drawOutcomes } from "../random/distributions.ts";
import type { Draws } from "../random/draws.ts";
import { seedFrom, takeAsked, wasSeedless } from "../random/generators.ts";
import { refuseFrozenNumbers } from "./frozen.ts";
import { liveScalar } from "./learning_rates.ts";
import { operation } from "./scopes.ts";

/** The name under which TensorFlow.js knows the backend. */
export const BACKEND_NAME = "onnx-recording";

/** The recording that is under way. */
export interface Trace {
  /** What the kernels write to. */
  readonly graph: Graph;
  /** Makes a variable that is read an input of the program. */
  adopt(variable: tf.Variable): void;
  /** Where the numbers come from that the program draws each time it runs. Throws when it may not draw. */
  draws(): Draws;
  /** The variable that was read last, for messages. */
  nearest?: string;
}

interface Entry {
  readonly operand: Operand;
  references: number;
}

/** Keeps an operand for each tensor. */
export class RecordingBackend extends tf.KernelBackend {
  readonly #entries = new Map<object, Entry>();
  #trace: Trace | undefined;

  /** The recording that is under way. Throws when there is none. */
  get trace(): Trace {
    if (this.#trace === undefined) {
      throw new Error("Cannot record an operation: a recording must be under way");
    }
    return this.#trace;
  }

  /** Whether a recording is under way. */
  get isRecording(): boolean {
    return this.#trace !== undefined;
  }

  /** Starts a recording, or ends it when there is no trace. Throws when one is under way already. */
  setTrace(trace: Trace | undefined): void {
    if (trace !== undefined && this.#trace !== undefined) {
      throw new Error(
        "Cannot record a program: another recording must have ended, got one that is under way",
      );
    }
    this.#trace = trace;
    if (trace === undefined) this.#entries.clear();
  }

  /** Keeps an operand and gives the handle that TensorFlow.js makes a tensor of. */
  store(operand: Operand): tf.TensorInfo {
    const dataId = {};
    this.#entries.set(dataId, { operand, references: 1 });
    return { dataId, shape: [...operand.shape], dtype: operand.dtype };
  }

  /** A tensor that stands for an operand. */
  tensorOf(operand: Operand): tf.Tensor {
    return tf.engine().makeTensorFromTensorInfo(this.store(operand));
  }

  /** What is known of a tensor; the numbers of a tensor made before the recording are constants of the program. */
  operandOf(tensor: tf.TensorInfo): Operand {
    if (tensor instanceof tf.Variable) {
      this.trace.adopt(tensor);
      this.trace.nearest = tensor.name;
    }
    return this.lookUp(tensor);
  }

  /** The same without the effect that reading a variable has. */
  lookUp(tensor: tf.TensorInfo): Operand {
    const entry = this.#entries.get(tensor.dataId);
    if (entry !== undefined) return entry.operand;
    if (!tf.engine().state.tensorInfo.has(tensor.dataId)) {
      throw new Error("Cannot record a tensor: it must hold numbers still, got one that is disposed");
    }
    return known(numbersOf(tf.engine().readSync(tensor.dataId)), tensor.shape, operandType(tensor.dtype));
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    const type = operandType(dtype);
    const live = liveScalar(values, shape);
    if (live !== undefined) return this.store(this.lookUp(live)).dataId;
    const asked = takeAsked();
    if (asked !== undefined) {
      const { graph } = this.trace, source = this.trace.draws().source(asked.seed);
      return this.store(plain(drawFrom(graph, asked.distribution, { source, shape, dtype: type }))).dataId;
    }
    refuseFrozenNumbers();
    return this.store(known(numbersOf(values), [...shape], type)).dataId;
  }

  override move(
    dataId: tf.DataId,
    values: tf.BackendValues,
    shape: number[],
    dtype: tf.DataType,
    references: number,
  ): void {
    const operand = known(numbersOf(values), [...shape], operandType(dtype));
    this.#entries.set(dataId, { operand, references });
  }

  override readSync(dataId: tf.DataId): tf.BackendValues {
    const entry = this.#entries.get(dataId);
    if (entry === undefined) {
      throw new Error(
        "Cannot read a tensor: its program must be being recorded still, got a tensor of a program that is not; " +
          "return it as an output of the program and read it there",
      );
    }
    const elements = knownElements(entry.operand);
    if (elements === undefined) {
      throw new Error(
        `Cannot read a tensor while a program is recorded${operation()}: its numbers exist only when the program runs; ` +
          "return the tensor as an output of the program and read it there",
      );
    }
    return elements;
  }

  override read(dataId: tf.DataId): Promise<tf.BackendValues> {
    return new Promise((resolve) => resolve(this.readSync(dataId)));
  }

  override incRef(dataId: tf.DataId): void {
    const entry = this.#entries.get(dataId);
    if (entry !== undefined) entry.references++;
    // A variable can be given a tensor that another backend holds.
    else tf.engine().state.tensorInfo.get(dataId)?.backend.incRef(dataId);
  }

  override refCount(dataId: tf.DataId): number {
    return this.#entries.get(dataId)?.references ?? 0;
  }

  override disposeData(dataId: tf.DataId, force = false): boolean {
    const entry = this.#entries.get(dataId);
    if (entry === undefined) return true;
    entry.references--;
    if (!force && entry.references > 0) return false;
    this.#entries.delete(dataId);
    return true;
  }

  override numDataIds(): number {
    return this.#entries.size;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override timerAvailable(): boolean {
    return false;
  }

  override dispose(): void {
    this.#entries.clear();
  }
}

function numbersOf(values: tf.BackendValues): ArrayLike<number> {
  if (values.length > 0 && typeof values[0] !== "number") {
    throw new TypeError("Cannot record a tensor: its elements must be numbers, got strings");
  }
  return values as ArrayLike<number>;
}

/** Multinomial is no lowering like the others: it draws. */
function drawnOutcomes(logits: tf.TensorInfo, attributes: tf.NamedAttrMap): tf.TensorInfo {
  const { graph } = backend.trace;
  const seed = wasSeedless() ? undefined : seedFrom(Number(attributes.seed));
  const outcomes = drawOutcomes(graph, plainValue(graph, backend.operandOf(logits)), {
    samples: Number(attributes.numSamples),
    normalized: attributes.normalized === true,
    source: backend.trace.draws().source(seed),
  });
  return backend.store(plain(outcomes));
}

const backend = new RecordingBackend();

/** The one recording backend. */
export function recordingBackend(): RecordingBackend {
  return backend;
}

tf.registerBackend(BACKEND_NAME, () => backend, 0);
registerKernels(BACKEND_NAME, {
  lowered: (_, lower) => ({ inputs, attrs }) => {
    const operands: Record<string, Operand> = {};
    for (const [name, tensor] of Object.entries(inputs)) {
      if (tensor !== undefined && tensor !== null) operands[name] = backend.operandOf(tensor);
    }
    const result = lower({ graph: backend.trace.graph, inputs: operands, attributes: attrs ?? {} });
    return Array.isArray(result) ? result.map((operand) => backend.store(operand)) : backend.store(result);
  },
  other: (kernelName) => ({ inputs, attrs }) => {
    if (kernelName === tf.Multinomial && inputs.logits) return drawnOutcomes(inputs.logits, attrs ?? {});
    const near = backend.trace.nearest;
    throw cannotRecord(kernelName, `${operation()}${near ? `, after the variable "${near}"` : ""}`);
  },
});
