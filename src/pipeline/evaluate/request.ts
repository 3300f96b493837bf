/**
 * What a manifest and the command line say about the data of an evaluation: dataset, target and lead.
 *
 * @module
 */
import { basename } from "node:path";
import { z } from "zod";
import { DATASETS, type DatasetSpecification } from "../../datasets/table.ts";
import { knownDatabase } from "../../datasets/wfdb/databases.ts";
import { findRecords } from "../../datasets/wfdb/folder.ts";
import { choiceOf } from "../../manifest/choice.ts";
import { formatPath, getPath, isMap, parsePath, parsePathPrefix } from "../../manifest/paths.ts";
import { type ManifestSource, readManifest } from "../../manifest/read.ts";
import { validate } from "../../manifest/validate.ts";
import { TARGETS, type TargetSpecification } from "../../targets/table.ts";
import type { DataPlace } from "./data.ts";

/** What is said of the data. */
export interface DataRequest {
  /** The datasets, in the order of the folders. */
  readonly datasets: readonly DatasetSpecification[];
  /** Gives windows their classes; undefined where nobody asks for one. */
  readonly target?: TargetSpecification;
  /** Taken in place of the model's lead. */
  readonly lead?: LeadChoice;
}

/** A lead, and those to take where it is missing. */
export interface LeadChoice {
  readonly lead?: string;
  readonly leadFallback?: readonly string[];
}

/** Keys that an evaluation reads; the model says all else. */
const KEYS = ["dataset", "target", "signal.lead", "signal.leadFallback"];

const datasetSchema = choiceOf(DATASETS), targetSchema = choiceOf(TARGETS);
const leadSchema = z.strictObject({
  lead: z.string().min(1).optional(),
  leadFallback: z.array(z.string().min(1)).min(1).optional(),
});

/**
 * Reads what is said of the data, in a manifest where `manifest` names one and by overrides; a folder that was named takes the place
 * of the dataset's `path`.
 *
 * Throws ManifestError for what the schemas refuse, RangeError for an override that an evaluation does not read, a manifest that
 * sweeps what it reads, and when neither a folder nor a dataset is named.
 */
export async function readRequest(
  { manifest, set, places, readText, dataFolder }: {
    manifest: string | undefined;
    set: readonly string[];
    places: readonly DataPlace[];
    readText: (path: string) => string;
    dataFolder: string;
  },
): Promise<DataRequest> {
  refuseOthers(set);
  const source = manifest === undefined
    ? readManifest("", { readText: () => "{}", set })
    : readManifest(manifest, { readText, set });
  refuseSweeps(source);
  const folders = places.filter((place) => place.kind === "folder");
  const given = getPath(source.value, ["dataset"]), datasets: DatasetSpecification[] = [];
  for (const folder of folders) {
    const dataset = await atFolder(given, { folder, dataFolder, isManifest: manifest !== undefined });
    datasets.push(validateDataset(source, dataset));
  }
  if (places.length === 0) {
    if (given === undefined) {
      throw new RangeError(
        "Cannot evaluate: data must be named, a folder, a record or files of windows, or a manifest with a dataset, got none",
      );
    }
    datasets.push(validateDataset(source, given));
  }
  const target = getPath(source.value, ["target"]), lead = leadOf(source);
  return {
    datasets,
    ...target === undefined ? {} : { target: validate(targetSchema, source, { at: ["target"] }) },
    ...lead === undefined ? {} : { lead },
  };
}

function refuseOthers(set: readonly string[]): void {
  for (const text of set) {
    const path = parsePathPrefix(text).path;
    const isKnown = KEYS.some((key) => parsePath(key).every((part, index) => part === path[index]));
    // What is no override at all is refused by whoever reads it.
    if (isKnown || path.length === 0) continue;
    throw new RangeError(
      `--set ${text}: Cannot override this key in an evaluation: it must be one of ${
        KEYS.join(", ")
      }, for the model says how it was trained, got ${formatPath(path)}`,
    );
  }
}

function refuseSweeps(source: ManifestSource): void {
  const sweep = getPath(source.value, ["sweep"]);
  if (!isMap(sweep)) return;
  const zip = Array.isArray(sweep.zip) ? sweep.zip.filter(isMap) : [];
  const swept = [sweep, ...zip].flatMap(Object.keys).find((path) =>
    KEYS.some((key) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`))
  );
  if (swept === undefined) return;
  throw new RangeError(
    `${source.path}: Cannot evaluate with a manifest that sweeps its data: ${
      KEYS.join(", ")
    } must have one value, got several of ${swept}; ` +
      `results/<run>/manifest.yaml of one of them will do`,
  );
}

function validateDataset(source: ManifestSource, dataset: unknown): DatasetSpecification {
  const value = { ...isMap(source.value) ? source.value : {}, dataset };
  return validate(datasetSchema, { ...source, value }, { at: ["dataset"] });
}

/** The dataset that is given, or a WFDB database, in this folder. */
async function atFolder(
  given: unknown,
  { folder: { path, records }, dataFolder, isManifest }: {
    folder: DataPlace & { kind: "folder" };
    dataFolder: string;
    isManifest: boolean;
  },
): Promise<unknown> {
  const own = isMap(given) ? given : {}, kind = own.kind ?? "wfdb";
  const known = Object.entries(DATASETS).find(([name]) => name === kind)?.[1];
  // An unknown kind is for the schema to refuse.
  if (known !== undefined && !("path" in known.schema.shape)) {
    throw new RangeError(
      `Cannot read ${path}: the dataset must be read from a folder, got ${kind}, which is made`,
    );
  }
  const joined = isManifest || kind !== "wfdb" || "sameSubject" in own
    ? {}
    : { sameSubject: await knownPeople(path, dataFolder) };
  return { ...joined, ...own, kind, path, ...records === null ? {} : { records } };
}

/** Groups of records that are known to be one person's, of those that are there. */
async function knownPeople(path: string, dataFolder: string): Promise<string[][]> {
  const { sameSubject = [] } = knownDatabase(basename(path)) ?? {};
  if (sameSubject.length === 0) return [];
  const names = new Set((await findRecords(path, { dataFolder })).map(({ name }) => name));
  return sameSubject.map((group) => group.filter((name) => names.has(name))).filter(({ length }) =>
    length > 1
  );
}

function leadOf(source: ManifestSource): LeadChoice | undefined {
  const signal = getPath(source.value, ["signal"]);
  if (!isMap(signal)) return undefined;
  const said = Object.fromEntries(Object.entries(signal).filter(([key]) => key in leadSchema.shape));
  if (Object.keys(said).length === 0) return undefined;
  return validate(leadSchema, { ...source, value: { signal: said } }, { at: ["signal"] });
}
