/**
 * TensorFlow.js's own generators while a program is recorded: they draw nothing, and say what they would have drawn.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Distribution } from "./distributions.ts";

/** What an operation of TensorFlow.js asked its generator for. */
export interface Asked {
  readonly distribution: Distribution;
  /** What the seed of the operation makes of a key; undefined for an operation without one. */
  readonly seed?: bigint;
}

/** What is known of the operation under way. */
interface Notes {
  /** Where the operation lies in the nest of operations. */
  readonly scope: object | null;
  /** Whether it took Math.random for want of a seed. */
  seedless: boolean;
  generator?: object;
  asked?: Asked;
}

let notes: Notes | undefined;

/** The operations whose generators take a seed from Math.random, or have one. */
const DRAWING = ["randomUniform", "randomNormal", "truncatedNormal", "randomGamma", "multinomial"];

/** Whether an operation of this name draws from a generator. */
export function drawsNumbers(operation: string | undefined): boolean {
  return operation !== undefined && DRAWING.includes(operation);
}

/** Notes that the operation under way has no seed, which is when it calls Math.random; gives the number that it makes a seed of. */
export function noteSeedless(): number {
  notesNow().seedless = true;
  return 0.5;
}

/** Whether the operation under way had no seed; asked once. */
export function wasSeedless(): boolean {
  const { seedless } = notesNow();
  notes = undefined;
  return seedless;
}

/** What the operation under way has drawn since it began, or undefined; told once. */
export function takeAsked(): Asked | undefined {
  const { asked } = notesNow();
  notes = undefined;
  return asked;
}

/** Runs `fn` while the generators of TensorFlow.js only say what they are asked for. */
export function withSilentGenerators<T>(fn: () => T): T {
  const held = generators().map(({ prototype, read }) => {
    const { nextValue } = prototype;
    prototype.nextValue = function () {
      const now = notesNow();
      if (now.generator !== this) {
        const number = (name: string) => Number(Reflect.get(this, name));
        const seed = now.seedless ? undefined : seedOf(this);
        now.generator = this;
        now.asked = { distribution: read(number, Reflect.get(this, "truncated") === true), seed };
      }
      return 0;
    };
    return { prototype, nextValue };
  });
  try {
    return fn();
  } finally {
    for (const { prototype, nextValue } of held) prototype.nextValue = nextValue;
    notes = undefined;
  }
}

function notesNow(): Notes {
  const scope = tf.engine().state.activeScope;
  if (notes === undefined || notes.scope !== scope) notes = { scope, seedless: false };
  return notes;
}

/** Two words that a generator draws first tell its seed. */
function seedOf(generator: object): bigint {
  const draw: unknown = Reflect.get(generator, "random") ?? Reflect.get(generator, "randu");
  if (typeof draw !== "function") {
    throw new TypeError("Cannot record a random operation: its generator must have a source, got none");
  }
  const word = () => BigInt(Math.floor(Number(draw()) * 2 ** 32));
  return (word() << 32n) | word();
}

/** What a number that is given as a seed makes of a key: its bits, spread by the golden ratio. */
export function seedFrom(seed: number): bigint {
  const [bits] = new BigUint64Array(Float64Array.of(seed).buffer);
  return BigInt.asUintN(64, bits * 0x9e3779b97f4a7c15n);
}

interface Generator {
  nextValue(): number;
}

interface GeneratorKind {
  readonly prototype: Generator;
  /** What a generator of the kind draws, by its fields. */
  read(number: (name: string) => number, truncated: boolean): Distribution;
}

let found: readonly GeneratorKind[] | undefined;

/** The generators of TensorFlow.js by a field that no other object gets while one is made. */
function generators(): readonly GeneratorKind[] {
  return found ??= [
    {
      prototype: prototypeWith("canReturnFloat", () => tf.randomUniform([1])),
      read: (number) => ({ kind: "uniform", from: number("min"), range: number("range") }),
    },
    {
      prototype: prototypeWith("truncated", () => tf.randomNormal([1])),
      read(number, truncated) {
        const mean = number("mean"), deviation = number("stdDev");
        if (truncated && !(deviation >= 0)) {
          throw new RangeError(
            `Cannot record truncatedNormal: its standard deviation must not be below 0, got ${deviation}`,
          );
        }
        return { kind: "normal", mean, deviation, truncated };
      },
    },
    {
      prototype: prototypeWith("randu", () => tf.randomGamma([1], 1)),
      read(number) {
        const alpha = number("alpha"), beta = 1 / number("beta");
        if (!(alpha > 0)) {
          throw new RangeError(`Cannot record randomGamma: alpha must be above 0, got ${alpha}`);
        }
        return { kind: "gamma", alpha, beta };
      },
    },
  ];
}

/**
 * The prototype of the generator that `use` makes, which gives it a field of this name.
 *
 * TensorFlow.js exports neither its generators nor what their arguments were. A field that an object lacks is first looked for on
 * Object.prototype, so that a setter there, for the time of one call, sees the object.
 */
function prototypeWith(field: string, use: () => tf.Tensor): Generator {
  let prototype: object | null = null;
  Object.defineProperty(Object.prototype, field, {
    configurable: true,
    set(value: unknown) {
      prototype = Object.getPrototypeOf(this);
      Object.defineProperty(this, field, { value, configurable: true, enumerable: true, writable: true });
    },
  });
  try {
    use().dispose();
  } finally {
    Reflect.deleteProperty(Object.prototype, field);
  }
  if (isGenerator(prototype)) return prototype;
  throw new TypeError(
    `Cannot record random operations: a generator of TensorFlow.js must have the field ${field}, got none ` +
      "(the version of @tensorflow/tfjs must be 4.22.0)",
  );
}

function isGenerator(prototype: object | null): prototype is Generator {
  return prototype !== null && typeof Reflect.get(prototype, "nextValue") === "function";
}
