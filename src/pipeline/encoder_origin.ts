/**
 * Where an encoder out of a file comes from, as far as the file says.
 *
 * @module
 */
import { z } from "zod";
import { type ArmNeeds, ARMS } from "../arms/table.ts";
import type { EncoderFile } from "../models/encoder_file.ts";
import { saidAsJson } from "../models/onnx_file.ts";
import type { WeightFormat } from "../onnx/files/weights/formats.ts";
import { type SignalParameters, signalSchema } from "../signal/schema.ts";
import type { SeenSubjects } from "../splits/encoder_apart.ts";

/** People of one dataset whom an encoder has seen, and how. */
export interface SeenByEncoder extends SeenSubjects {
  /** Whether their labels were learned. */
  readonly labels: boolean;
  /** Identity of the dataset's content; null where the file does not say. */
  readonly content: string | null;
}

/** Where a given encoder comes from. */
export interface EncoderOrigin {
  /** Of the file, in hexadecimal. */
  readonly sha256: string;
  /** The program that wrote it; "" where it does not say. */
  readonly producer: string;
  /** The arm whose whole model the file holds; null for an encoder alone, or a model of another program. */
  readonly arm: string | null;
  /** The cell and the identity of the manifest that it comes from; null where the file does not say. */
  readonly cell: string | null;
  readonly manifest: string | null;
  /** How the file holds the weights. */
  readonly format: WeightFormat;
  /** Names of weights in the file that were not taken. */
  readonly left: readonly string[];
  /** How its windows were made; null where the file does not say. */
  readonly signal: SignalParameters | null;
  /** Whom it has seen; null where the file does not say. */
  readonly saw: readonly SeenByEncoder[] | null;
  /** Why its run used a split that leaks; null where none does, or the file does not say. */
  readonly leak: string | null;
}

/** The key of a model's metadata that tells of the given encoder that it began with, as JSON. */
const GIVEN_ENCODER_KEY = "givenEncoder";
/** The key of an encoder's metadata that holds the identity of the content of the dataset that it was pretrained on. */
export const PRETRAINING_CONTENT_KEY = "pretrainingContent";

const names = z.array(z.string());
const givenSchema = z.object({
  sha256: z.string(),
  saw: z.array(z.object({
    dataset: z.string(),
    subjects: names,
    labels: z.boolean(),
    content: z.string().nullable(),
  })).nullable(),
});

/** What a model's metadata hold of the given encoder that it began with; undefined for one that began otherwise. */
export function givenEncoderOf(
  metadata: Readonly<Record<string, string>>,
): Pick<EncoderOrigin, "sha256" | "saw"> | undefined {
  return saidAsJson(metadata[GIVEN_ENCODER_KEY], givenSchema);
}

/** What a model's metadata tell of the given encoder that it began with. */
export function givenEncoderFacts({ sha256, saw }: EncoderOrigin): Record<string, string> {
  return { [GIVEN_ENCODER_KEY]: JSON.stringify({ sha256, saw }) };
}

/** Reads the metadata of a file. */
export function originOf(
  { metadata, producer, left, format }: Pick<EncoderFile, "metadata" | "producer" | "left" | "format">,
  { sha256 }: { sha256: string },
): EncoderOrigin {
  const { arm = null, cell = null, manifest = null, leak = null } = metadata;
  const signal = saidAsJson(metadata.signal, signalSchema) ?? null;
  return { sha256, producer, arm, cell, manifest, format, left, signal, saw: sawOf(metadata), leak };
}

/** Null where one of its trainings does not say whom it saw: what is known alone would pass for all. */
function sawOf(metadata: Readonly<Record<string, string>>): SeenByEncoder[] | null {
  const before = givenEncoderOf(metadata);
  const pretraining = before === undefined
    ? people(metadata, { dataset: "pretrainingDataset", subjects: "pretrainingSubjects", labels: false })
    : before.saw;
  const training = learnsLabels(metadata)
    ? people(metadata, { dataset: "dataset", subjects: "trainingSubjects", labels: true })
    : [];
  return pretraining === null || training === null ? null : [...pretraining, ...training];
}

/** Whether labels changed the weights of the encoder: an arm that trains a head alone leaves them. */
function learnsLabels({ arm, trainingSubjects }: Readonly<Record<string, string>>): boolean {
  const needs: ArmNeeds | undefined = Object.entries(ARMS).find(([kind]) => kind === arm)?.[1].needs;
  return needs === undefined ? trainingSubjects !== undefined : needs.encoder !== "none" && !needs.features;
}

function people(
  metadata: Readonly<Record<string, string>>,
  keys: { dataset: string; subjects: string; labels: boolean },
): SeenByEncoder[] | null {
  const dataset = metadata[keys.dataset], subjects = saidAsJson(metadata[keys.subjects], names);
  if (subjects === undefined) return null;
  if (subjects.length === 0) return [];
  // Names without a dataset may be anybody's.
  if (dataset === undefined || dataset === "") return null;
  const content = keys.labels ? null : metadata[PRETRAINING_CONTENT_KEY] ?? null;
  return [{ dataset, subjects, labels: keys.labels, content }];
}
