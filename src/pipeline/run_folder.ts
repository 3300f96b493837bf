/**
 * What a person reads of a run: the files of `results/<name>/` beside report and models.
 *
 * @module
 */
import { join } from "node:path";
import type { Summary } from "../evaluation/results.ts";
import { writeCsv } from "../formats/csv.ts";
import { writeYaml } from "../manifest/write.ts";
import type { Results } from "./collect.ts";
import type { Environment } from "./environment.ts";
import type { Experiment } from "./experiment.ts";
import type { PlannedStage } from "./plan.ts";
import type { CellOutcome, PreparedPoint } from "./run.ts";
import { cellsCsv, predictionsCsv, subjectsCsv } from "./run_tables.ts";
import { type Exposure, readJson } from "./stages/folders.ts";
import { removeIfThere, type Store } from "./store.ts";

/** What is written. */
export interface RunFiles {
  readonly experiment: Experiment;
  readonly results: Results;
  readonly outcomes: readonly CellOutcome[];
  readonly prepared: readonly PreparedPoint[];
  readonly environment: Environment;
  readonly timings: readonly StageTiming[];
  /** The reason given for using a split that leaks. */
  readonly leak: string | undefined;
}

/** How long a stage took, when it was computed. */
export interface StageTiming {
  readonly stage: string;
  readonly label: string;
  readonly id: string;
  readonly seconds: number;
}

/** What `begin` does not write anew. */
const RESULTS = [
  "split.json",
  "encoders.json",
  "cells.csv",
  "subjects.csv",
  "predictions.csv",
  "timings.csv",
  "summary.json",
  "report.html",
  "figures",
  "tables",
  "models",
];

/**
 * Writes what is known of a run before it starts: its resolved manifest, and where it runs.
 *
 * Results of another manifest of this name are removed: a folder tells of one experiment.
 */
export async function beginRunFolder(
  folder: string,
  { experiment, environment }: Pick<RunFiles, "experiment" | "environment">,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const path = join(folder, "manifest.yaml"), manifest = writeYaml(experiment.resolved);
  if (await readIfThere(path) !== manifest) {
    for (const name of RESULTS) await removeIfThere(join(folder, name));
    await Deno.writeTextFile(path, manifest);
  }
  await Deno.writeTextFile(join(folder, "environment.json"), json(environment));
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 1) + "\n";
}

/** Writes splits, given encoders where there are some, cells, predictions, timings and summary. */
export async function writeRunFolder(folder: string, store: Store, files: RunFiles): Promise<void> {
  const { results: { cells, summary }, outcomes, prepared, timings, leak } = files;
  const write = (name: string, text: string) => Deno.writeTextFile(join(folder, name), text);
  await write("split.json", splitJson(prepared, leak));
  const encoders = encodersJson(prepared, { store, leak });
  if (encoders !== undefined) await write("encoders.json", encoders);
  await write("cells.csv", cellsCsv(cells, { outcomes, leak }));
  await write("subjects.csv", subjectsCsv(outcomes, { store, leak }));
  await writePredictions(join(folder, "predictions.csv"), store, files);
  await write(
    "timings.csv",
    writeCsv(["stage", "label", "id", "seconds"], timings.map((row) => ({ ...row }))),
  );
  await write("summary.json", summaryJson(summary, leak));
}

/** How long every stage of a run took. */
export async function readTimings(stages: Iterable<PlannedStage>, store: Store): Promise<StageTiming[]> {
  const timings: StageTiming[] = [];
  for (const { stage, id, label } of new Set(stages)) {
    const record = await store.find(stage, id);
    if (record !== undefined) timings.push({ stage, label, id, seconds: record.computed.seconds });
  }
  return timings;
}

/** The distinct splits of the grid, each with its certificate; one alone is written as it is. */
export function splitJson(prepared: readonly PreparedPoint[], leak: string | undefined): string {
  const mark = leak === undefined ? {} : { leak };
  const splits = [...new Map(prepared.map((entry) => [entry.preparation.split.id, entry])).values()]
    .map(({ folds, checks, preparation }) => ({ ...mark, folds, checks, hash: preparation.split.id }));
  return json(splits.length === 1 ? splits[0] : splits);
}

/** The files of given encoders with where they come from; undefined where every encoder was pretrained here. */
function encodersJson(
  prepared: readonly PreparedPoint[],
  { store, leak }: { store: Store; leak: string | undefined },
): string | undefined {
  const mark = leak === undefined ? {} : { leak };
  const files = prepared.flatMap(({ point: { manifest: { pretext } }, preparation: { given } }) => {
    if (given === undefined || pretext.kind !== "given") return [];
    const { given: origin } = readJson<Exposure>(store.folder(given.stage, given.id), "exposure.json");
    return [[pretext.encoder, { ...mark, encoder: pretext.encoder, origin }] as const];
  });
  return files.length === 0 ? undefined : json([...new Map(files).values()]);
}

/** The summary, with the reason for a split that leaks in front. */
export function summaryJson(summary: Summary, leak: string | undefined): string {
  return json({ ...leak === undefined ? {} : { leak }, ...summary });
}

/** Written cell by cell: all predictions of a large run need not fit in memory. */
async function writePredictions(path: string, store: Store, files: RunFiles): Promise<void> {
  const { outcomes, results: { summary: { classes } }, leak } = files;
  using file = await Deno.open(path, { create: true, write: true, truncate: true });
  const encoder = new TextEncoder();
  const append = async (text: string) => {
    const bytes = encoder.encode(text);
    for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
  };
  const header = predictionsCsv([], { store, classes, leak });
  await append(header);
  for (const outcome of outcomes) {
    await append(predictionsCsv([outcome], { store, classes, leak }).slice(header.length));
  }
}
