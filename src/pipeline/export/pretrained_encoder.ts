/**
 * The encoder that a model of a run began with, as it was pretrained, to be begun with elsewhere.
 *
 * @module
 */
import { basename, join } from "node:path";
import { identity } from "../../manifest/canonical.ts";
import { readOnnx } from "../../onnx/files/export.ts";
import { addMetadata } from "../../onnx/files/metadata.ts";
import { givenEncoderFacts, PRETRAINING_CONTENT_KEY } from "../encoder_origin.ts";
import { type Exposure, readJson } from "../stages/folders.ts";
import type { PretrainParameters } from "../stages/pretrain.ts";
import type { WindowsParameters } from "../stages/windows.ts";
import type { StageRecord, Store } from "../store.ts";
import { findScoredCell } from "./scored_cell.ts";

/** An encoder with all that is known of its pretraining in its metadata. */
export interface PretrainedEncoder {
  readonly bytes: Uint8Array;
  /** Whom it has seen without labels; the dataset is "" where that is not known. */
  readonly seen: Pick<Exposure, "corpus" | "subjects">;
}

/** What of a model's metadata holds for the encoder too. */
const OF_MODEL = ["cell", "manifest", "leak"];

/**
 * Finds the encoder that a model of a run began with, before it learned any label.
 *
 * Throws RangeError where the run's folder or the store no longer tells.
 */
export async function pretrainedEncoder(
  model: Uint8Array,
  { arm, folder, store }: { arm: string; folder: string; store: Store },
): Promise<PretrainedEncoder> {
  const { inputs } = await findScoredCell(model, { arm, folder, store, action: "export the encoder" });
  const fit = await store.record("fit", basename(inputs.fit)), id = fit?.inputs.encoder ?? "";
  const [pretrain, given] = await Promise.all(
    ["pretrain", "given-encoder"].map((stage) => store.find(stage, id)),
  );
  const record = pretrain ?? given;
  if (record === undefined) {
    throw new RangeError(
      `Cannot export the encoder: the store must hold the one that ${arm} began with, got none in ${store.root}; ` +
        "the command of the run computes what is missing",
    );
  }
  const place = store.folder(record.stage, id), exposure = readJson<Exposure>(place, "exposure.json");
  const bytes = await Deno.readFile(join(place, "encoder.onnx"));
  const facts = pretrain === undefined
    ? factsOfGiven(exposure)
    : await factsOf(pretrain, { exposure, store });
  const ofModel = Object.entries(readOnnx(model).metadata).filter(([key]) => OF_MODEL.includes(key));
  const known = readOnnx(bytes).metadata;
  const added = Object.entries({ ...facts, ...Object.fromEntries(ofModel) }).filter(([key]) =>
    !(key in known)
  );
  return { bytes: addMetadata(bytes, Object.fromEntries(added)), seen: exposure };
}

/** How it was pretrained, and on what. */
async function factsOf(
  { parameters, inputs }: StageRecord,
  { exposure: { corpus, subjects }, store }: { exposure: Exposure; store: Store },
): Promise<Record<string, string>> {
  const { exposure, objective, seed } = parameters as PretrainParameters;
  const windows = await store.record("windows", inputs.windows);
  if (windows === undefined) {
    throw new RangeError(
      `Cannot export the encoder: the store must hold the windows that it was pretrained on, got none in ${store.root}`,
    );
  }
  const { content, signal } = windows.parameters as WindowsParameters;
  return {
    pretrainingDataset: corpus,
    pretrainingSubjects: JSON.stringify(subjects),
    pretrainingExposure: exposure,
    [PRETRAINING_CONTENT_KEY]: identity(content),
    objective: JSON.stringify(objective),
    signal: JSON.stringify(signal),
    seed: String(seed),
  };
}

function factsOfGiven({ given }: Exposure): Record<string, string> {
  if (given === undefined) return {};
  const { signal } = given;
  return { ...givenEncoderFacts(given), ...signal === null ? {} : { signal: JSON.stringify(signal) } };
}
