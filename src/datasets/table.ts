/**
 * The datasets.
 *
 * @module
 */
import type { z } from "zod";
import { loadPlugin, type Plugin, type Specification } from "../manifest/plugin.ts";
import type { Dataset, DatasetContext, DatasetSource } from "./dataset.ts";
import { amigosSchema } from "./amigos/schema.ts";
import { beatsSchema } from "./beats/schema.ts";
import { caseSchema } from "./case/schema.ts";
import { dreamerSchema } from "./dreamer/schema.ts";
import { edfSchema } from "./edf/schema.ts";
import { popaneSchema } from "./popane/schema.ts";
import { swellSchema } from "./swell/schema.ts";
import { csvSchema } from "./csv/schema.ts";
import { npySchema } from "./npy/schema.ts";
import { syntheticSchema } from "./synthetic/schema.ts";
import { wesadSchema } from "./wesad/schema.ts";
import { wfdbSchema } from "./wfdb/schema.ts";
import { yaadSchema } from "./yaad/schema.ts";

/** Every dataset by its kind: the schema of its part of the manifest, and how to load it. */
export const DATASETS = {
  amigos: {
    schema: amigosSchema,
    load: async () => (await import("./amigos/source.ts")).amigos,
  },
  beats: {
    schema: beatsSchema,
    load: async () => (await import("./beats/source.ts")).beats,
  },
  case: {
    schema: caseSchema,
    load: async () => (await import("./case/source.ts")).caseDataset,
  },
  dreamer: {
    schema: dreamerSchema,
    load: async () => (await import("./dreamer/source.ts")).dreamer,
  },
  edf: {
    schema: edfSchema,
    load: async () => (await import("./edf/source.ts")).edf,
  },
  popane: {
    schema: popaneSchema,
    load: async () => (await import("./popane/source.ts")).popane,
  },
  swell: {
    schema: swellSchema,
    load: async () => (await import("./swell/source.ts")).swell,
  },
  csv: {
    schema: csvSchema,
    load: async () => (await import("./csv/source.ts")).csv,
  },
  npy: {
    schema: npySchema,
    load: async () => (await import("./npy/source.ts")).npy,
  },
  synthetic: {
    schema: syntheticSchema,
    load: async () => (await import("./synthetic/source.ts")).synthetic,
  },
  wesad: {
    schema: wesadSchema,
    load: async () => (await import("./wesad/source.ts")).wesad,
  },
  wfdb: {
    schema: wfdbSchema,
    load: async () => (await import("./wfdb/source.ts")).wfdb,
  },
  yaad: {
    schema: yaadSchema,
    load: async () => (await import("./yaad/source.ts")).yaad,
  },
} as const satisfies Record<string, Plugin<z.ZodObject, DatasetSource<never>>>;

/** The name of a dataset. */
export type DatasetKind = keyof typeof DATASETS;

/** A dataset as a manifest gives it: its kind and its own parameters. */
export type DatasetSpecification = Specification<DatasetKind>;

/** Opens the dataset that a manifest asks for. Throws where the dataset does: a folder that is not there, a broken file. */
export async function openDataset(
  specification: DatasetSpecification,
  context: DatasetContext,
): Promise<Dataset> {
  const { implementation, parameters } = await loadDataset(specification);
  return implementation.open(parameters, context);
}

/** What identifies the content of the dataset that a manifest asks for. */
export async function datasetIdentity(
  specification: DatasetSpecification,
  context: DatasetContext,
): Promise<unknown> {
  const { implementation, parameters } = await loadDataset(specification);
  return implementation.identity(parameters, context);
}

function loadDataset(specification: DatasetSpecification) {
  return loadPlugin<DatasetSource<unknown>>(DATASETS, { what: "dataset", specification });
}
