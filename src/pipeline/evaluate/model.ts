/**
 * The model that is evaluated: what its file says of itself.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { HRV_COLUMNS } from "../../arms/hrv_features.ts";
import { CLASSES_KEY } from "../../arms/save.ts";
import { FEATURES_KEY } from "../../arms/tabular.ts";
import { contentsOf } from "../../models/onnx_file.ts";
import type { OnnxContents } from "../../onnx/files/export.ts";
import type { Statistics } from "../../signal/normalize.ts";
import { type SignalParameters, signalSchema } from "../../signal/schema.ts";
import { givenEncoderOf } from "../encoder_origin.ts";

/** A model that a run has written, and how windows are made for it. */
export interface EvaluatedModel {
  readonly bytes: Uint8Array;
  /** Of the file, in hexadecimal. */
  readonly sha256: string;
  readonly arm: string;
  /** The names of the classes, in the order of the probabilities. */
  readonly classes: readonly string[];
  /** From a lead to windows. */
  readonly signal: SignalParameters;
  /** Samples in a window. */
  readonly samples: number;
  /** What windows are normalised by where that is the training fold and the model reads windows; else null. */
  readonly scale: Statistics | null;
  /** What the model reads in place of windows; null where it reads windows. */
  readonly features: Features | null;
  readonly training: Seen;
  readonly pretraining: Seen;
  /** Whom the encoder saw that was given as a file; null where the file did not say, none where there was none. */
  readonly given: readonly (Seen & { readonly labels: boolean })[] | null;
  /** The cell and the identity of the manifest that it comes from; null for a model out of the store. */
  readonly cell: string | null;
  readonly manifest: string | null;
  /** Why the run used a split that leaks; null where none does. */
  readonly leak: string | null;
}

/** Features of windows. */
export interface Features {
  readonly kind: "hrv";
  readonly columns: readonly string[];
  /** Whether they are taken less their mean over all windows of the person. */
  readonly centre: "none" | "subject";
}

/** People that a model has seen. */
export interface Seen {
  /** The dataset that they are of; "" where nobody was seen. */
  readonly dataset: string;
  readonly subjects: readonly string[];
}

const inJson = <Schema extends z.ZodType>(schema: Schema) =>
  z.string().transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      context.addIssue({ code: "custom", message: "must be JSON" });
      return z.NEVER;
    }
  }).pipe(schema);

/** What runs write into a model; its keys beside these are for others. */
const metadataSchema = z.object({
  arm: z.string(),
  dataset: z.string(),
  signal: inJson(signalSchema),
  [CLASSES_KEY]: inJson(z.array(z.string()).min(2)),
  windowSamples: z.coerce.number().int().positive(),
  normalization: inJson(z.object({ mean: z.number().optional(), deviation: z.number().optional() })),
  trainingSubjects: inJson(z.array(z.string())),
  pretrainingDataset: z.string(),
  pretrainingSubjects: inJson(z.array(z.string())),
  [FEATURES_KEY]: inJson(
    z.object({ kind: z.literal("hrv"), columns: z.array(z.string()), centre: z.enum(["none", "subject"]) }),
  ).optional(),
  cell: z.string().default("").transform((text) => text === "" ? null : text),
  manifest: z.string().default("").transform((text) => text === "" ? null : text),
  leak: z.string().default("").transform((text) => text === "" ? null : text),
});

/**
 * Reads a model; `file` is what messages call it.
 *
 * Throws SyntaxError for what is no ONNX file, and RangeError for a model that no run of this project wrote, or one of a version
 * that did not say how windows are made.
 */
export function readModel(bytes: Uint8Array, { file }: { file: string }): EvaluatedModel {
  const contents = contentsOf(bytes, { file, action: "read the model" }),
    facts = factsOf(contents.metadata, file);
  const { mean, deviation } = facts.normalization, features = facts[FEATURES_KEY] ?? null;
  const model: EvaluatedModel = {
    bytes,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    arm: facts.arm,
    classes: facts[CLASSES_KEY],
    signal: facts.signal,
    samples: facts.windowSamples,
    // Runs take features from windows as they are before a fold normalises them.
    scale: mean === undefined || deviation === undefined || features !== null ? null : { mean, deviation },
    features,
    training: { dataset: facts.dataset, subjects: facts.trainingSubjects },
    pretraining: { dataset: facts.pretrainingDataset, subjects: facts.pretrainingSubjects },
    given: givenOf(contents.metadata),
    cell: facts.cell,
    manifest: facts.manifest,
    leak: facts.leak,
  };
  checkInput(model, contents, file);
  return model;
}

function givenOf(metadata: Readonly<Record<string, string>>): EvaluatedModel["given"] {
  const given = givenEncoderOf(metadata);
  return given === undefined ? [] : given.saw;
}

/** What the model reads of a window, and its shape. */
export function inputOf({ features, samples }: EvaluatedModel): { name: string; rowShape: number[] } {
  return features === null
    ? { name: "windows", rowShape: [samples, 1] }
    : { name: "features", rowShape: [features.columns.length] };
}

function factsOf(metadata: Readonly<Record<string, string>>, file: string) {
  const parsed = metadataSchema.safeParse(metadata);
  if (parsed.success) return parsed.data;
  const keys = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))];
  const missing = keys.filter((key) => metadata[key] === undefined);
  if (missing.length === 0) {
    throw new RangeError(
      `${file}: Cannot evaluate the model: its metadata must be as a run writes them, got another ${
        keys.join(", ")
      }`,
    );
  }
  const remedy = metadata.arm === undefined
    ? "evaluated are the models of deno task experiment, results/<run>/models/*.onnx"
    : "it is of an earlier version; run its experiment again";
  throw new RangeError(
    `${file}: Cannot evaluate the model: its metadata must say how it was trained, got none of ${
      missing.join(", ")
    }; ${remedy}`,
  );
}

/** The metadata and the graph must tell the same. */
function checkInput(model: EvaluatedModel, { inputs, outputs }: OnnxContents, file: string): void {
  const { name, rowShape } = inputOf(model), shape = inputs[name]?.slice(1) ?? [];
  const classes = outputs.probabilities?.[1];
  if (shape.length === rowShape.length && shape.every((length, axis) => length === rowShape[axis])) {
    if (classes === undefined || classes === null || classes === model.classes.length) {
      if (model.features === null || model.features.columns.join() === HRV_COLUMNS.join()) return;
    }
  }
  throw new RangeError(
    `${file}: Cannot evaluate the model: it must go from ${name} [batch, ${
      rowShape.join(", ")
    }] to probabilities [batch, ${model.classes.length}] as its metadata say, got ${describe(inputs)} to ${
      describe(outputs)
    }`,
  );
}

function describe(values: OnnxContents["inputs"]): string {
  return Object.entries(values).map(([name, shape]) => `${name} [${shape.join(", ")}]`).join(", ") ||
    "nothing";
}
