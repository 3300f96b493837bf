/**
 * Encoders out of ONNX files: weights for the network of a manifest, wherever they were trained.
 *
 * @module
 */
import { z } from "zod";
import { canonicalJson } from "../manifest/canonical.ts";
import { firstNames } from "../manifest/show.ts";
import { exportOnnx, type OnnxContents, type StoredWeight } from "../onnx/files/export.ts";
import { WEIGHT_FORMATS, type WeightFormat } from "../onnx/files/weights/formats.ts";
import { isConstantName } from "../onnx/graph/names.ts";
import { openSession } from "../onnx/runtime/session.ts";
import { stream } from "../random/stream.ts";
import { type Architecture, ARCHITECTURE_KEY, featuresOf } from "./architecture.ts";
import { forward } from "./forward.ts";
import { contentsOf, saidAsJson } from "./onnx_file.ts";
import { buildEncoder, ENCODERS, type EncoderSpecification } from "./table.ts";
import { assignWeights, namedWeights } from "./weights.ts";

/** An encoder that was read from a file. */
export interface EncoderFile {
  /** The encoder alone with float32 weights, ONNX, `windows` [batch, time, 1] to `features` [batch, features]. */
  readonly onnx: Uint8Array;
  /** The texts of the file. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The program that wrote the file; "" where it does not say. */
  readonly producer: string;
  /** How many weights were taken, all that the encoder has. */
  readonly taken: number;
  /** The names of weights that belong to something else, such as a classifier. */
  readonly left: readonly string[];
  /** How the file holds the weights that were taken; the least exact of several. */
  readonly format: WeightFormat;
}

/** What the encoder must be, and the name of the file in messages. */
export type EncoderFileOptions = Pick<Architecture, "encoder" | "samples" | "sampleRateHz"> & {
  readonly file: string;
};

/** How {@linkcode EncoderFile} was built, as far as a file says it. */
interface SaidArchitecture {
  readonly encoder?: EncoderSpecification;
  readonly samples?: number;
  readonly sampleRateHz?: number;
}

/** Where the weights of an encoder stand in a file: by their own names, or those of a part of a model that is called so. */
const PREFIXES = ["", "encoder/"];
const NAMED = 8;
/** Windows whose features are compared. */
const WINDOWS = 4;
/** The largest difference, relative to the largest feature, that summing in another order can make. */
const CLOSE = 1e-3;

const architectureSchema = z.object({
  encoder: z.looseObject({ kind: z.enum(Object.keys(ENCODERS) as (keyof typeof ENCODERS)[]) }),
  samples: z.number(),
  sampleRateHz: z.number(),
});

/**
 * Reads the weights of an encoder from a file: of the encoder alone, or of a whole model by their names; what else is in it is left.
 *
 * Files of runs (`models/<arm>.onnx`, `deno task export`) and of `exportModel` will do; weights that are stored as float16 or int8 become
 * float32. The network must be the one asked for: each weight of it by name and shape; length and rate of the windows, and how the
 * network is built, where the file says so; and the features of a few windows, where the file is an encoder alone.
 *
 * Throws SyntaxError for what is no ONNX file, RangeError for windows, weights or a network that are others, with the first that is.
 */
export async function readEncoderFile(
  bytes: Uint8Array,
  { file, ...architecture }: EncoderFileOptions,
): Promise<EncoderFile> {
  const refuse = (rule: string) => new RangeError(`${file}: Cannot use the encoder: ${rule}`);
  const contents = contentsOf(bytes, { file, action: "use the encoder" }), said = saidArchitecture(contents);
  refuseOtherWindows(said, { architecture, refuse });
  const model = await buildEncoder(architecture.encoder, architecture), variables = namedWeights(model);
  const names = Object.keys(variables), { weights } = contents;
  const prefix = PREFIXES.find((prefix) => names.some((name) => prefix + name in weights)) ?? "";
  const found = Object.fromEntries(names.map((name) => [name, weights[prefix + name]]));
  refuseOtherWeights(found, { shapes: variables, known: Object.keys(weights), refuse });
  const taken = new Set(names.map((name) => prefix + name));
  const left = Object.keys(weights).filter((name) => !taken.has(name) && !isConstantName(name));
  refuseFurtherLayers(left, { taken, refuse });
  refuseOtherNetwork(said, { architecture, refuse });
  assignWeights(variables, found);
  const { samples } = architecture;
  const onnx = exportOnnx(({ windows }) => ({ features: forward(model, { rows: windows }) }), {
    inputs: { windows: [null, samples, 1] },
    weights: variables,
    metadata: { [ARCHITECTURE_KEY]: JSON.stringify(architecture) },
  });
  if (left.length === 0) {
    await refuseOtherFeatures(bytes, { contents, onnx, samples, features: featuresOf(model), refuse });
  }
  return {
    onnx,
    metadata: contents.metadata,
    producer: contents.producer,
    taken: names.length,
    left,
    format:
      WEIGHT_FORMATS.findLast((format) => Object.values(found).some((weight) => weight.format === format)) ??
        "float32",
  };
}

type Refuse = (rule: string) => RangeError;

/** What the metadata say, or else the shape of the one input. */
function saidArchitecture({ metadata, inputs }: OnnxContents): SaidArchitecture {
  const architecture = saidAsJson(metadata[ARCHITECTURE_KEY], architectureSchema);
  if (architecture !== undefined) return architecture;
  const [shape = [], ...others] = Object.values(inputs), [, samples, channels] = shape;
  const rate = Number(metadata.sampleRateHz);
  const isWindow = others.length === 0 && shape.length === 3 && channels === 1;
  return {
    ...isWindow && typeof samples === "number" ? { samples } : {},
    ...rate > 0 ? { sampleRateHz: rate } : {},
  };
}

function refuseOtherWindows(
  { samples, sampleRateHz }: SaidArchitecture,
  { architecture, refuse }: { architecture: Omit<EncoderFileOptions, "file">; refuse: Refuse },
): void {
  const isSame = (samples ?? architecture.samples) === architecture.samples &&
    (sampleRateHz ?? architecture.sampleRateHz) === architecture.sampleRateHz;
  if (isSame) return;
  throw refuse(
    `it must read windows of ${architecture.samples} samples at ${architecture.sampleRateHz} Hz, as signal says, got ${
      samples === undefined ? "windows" : `${samples} samples`
    }${sampleRateHz === undefined ? "" : ` at ${sampleRateHz} Hz`}`,
  );
}

function refuseOtherWeights(
  found: Readonly<Record<string, StoredWeight | undefined>>,
  { shapes, known, refuse }: {
    shapes: Readonly<Record<string, { readonly shape: readonly number[] }>>;
    known: readonly string[];
    refuse: Refuse;
  },
): void {
  const all = Object.entries(shapes).map(([name, { shape }]) => ({ name, shape, weight: found[name] }));
  const others = all.filter(({ shape, weight }) => weight?.shape.join() !== shape.join());
  if (others.length > 0) {
    const [{ name, shape, weight }] = others;
    const got = weight === undefined
      ? `none of that name, only ${listed(known)}`
      : `[${weight.shape.join(", ")}]`;
    throw refuse(
      `its weight ${name} must be there with the shape [${
        shape.join(", ")
      }] of the manifest's encoder, got ${got}; ${others.length} of ${all.length} weights are missing or of another shape`,
    );
  }
  for (const { name, weight } of all) {
    const strange = weight?.values.find((value) => !Number.isFinite(value));
    if (strange !== undefined) throw refuse(`its weight ${name} must hold finite numbers, got ${strange}`);
  }
}

function listed(names: readonly string[]): string {
  return firstNames(names, { most: NAMED }) || "no weights at all";
}

/** A deeper network of the same kind has further layers of like names; those of a classifier are called otherwise. */
function refuseFurtherLayers(
  left: readonly string[],
  { taken, refuse }: { taken: ReadonlySet<string>; refuse: Refuse },
): void {
  const stem = (name: string) => name.replaceAll(/\d+/g, "#"), stems = new Set([...taken].map(stem));
  const further = left.find((name) => stems.has(stem(name)));
  if (further === undefined) return;
  throw refuse(`it must have no more layers than the manifest's encoder, got the weight ${further} as well`);
}

/** Strides and slopes are in no weight. */
function refuseOtherNetwork(
  { encoder }: SaidArchitecture,
  { architecture, refuse }: { architecture: Omit<EncoderFileOptions, "file">; refuse: Refuse },
): void {
  if (encoder === undefined) return;
  const [own, other] = [architecture.encoder, encoder].map(completed);
  const key = Object.keys({ ...own, ...other }).find((key) => json(own[key]) !== json(other[key]));
  if (key === undefined) return;
  throw refuse(`its encoder.${key} must be ${json(own[key])}, as in the manifest, got ${json(other[key])}`);
}

/** A file of an earlier version may lack a parameter that has a default since; what its kind does not know stays and differs. */
function completed({ kind, ...parameters }: EncoderSpecification): Readonly<Record<string, unknown>> {
  const parsed = ENCODERS[kind].schema.safeParse(parameters);
  return { kind, ...parsed.success ? parsed.data : parameters };
}

function json(value: unknown): string {
  return value === undefined ? "nothing" : canonicalJson(value);
}

/** A network of the same weights that computes something else is found by what it computes. */
async function refuseOtherFeatures(
  bytes: Uint8Array,
  { contents: { inputs, outputs }, onnx, samples, features, refuse }: {
    contents: OnnxContents;
    onnx: Uint8Array;
    samples: number;
    features: number;
    refuse: Refuse;
  },
): Promise<void> {
  const [[input, shape] = ["", []], ...more] = Object.entries(inputs),
    [output, ...others] = Object.entries(outputs);
  if (shape.slice(1).join() !== [samples, 1].join() || more.length > 0) return;
  if (output === undefined || output[1].slice(1).join() !== String(features) || others.length > 0) return;
  const draw = stream(1, "encoder file");
  const windows = Float32Array.from({ length: WINDOWS * samples }, () => draw.normal());
  const compute = async (file: Uint8Array, { input, output }: { input: string; output: string }) => {
    const session = await openSession(file);
    const results = await session.run({ [input]: { values: windows, shape: [WINDOWS, samples, 1] } });
    await session.dispose();
    return Array.from(results[output].values, Number);
  };
  const got = await compute(bytes, { input, output: output[0] });
  const wanted = await compute(onnx, { input: "windows", output: "features" });
  const most = CLOSE * wanted.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const place = got.findIndex((value, index) => !(Math.abs(value - wanted[index]) <= most));
  if (place === -1) return;
  throw refuse(
    `its features must be those that the manifest's encoder computes with its weights, got ${
      got[place].toPrecision(4)
    } in place of ${
      wanted[place].toPrecision(4)
    }; its layers differ in what no weight shows, such as strides or activations`,
  );
}
