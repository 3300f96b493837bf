/**
 * What a person reads of a run: the files of `results/<name>/` beside report and models.
 *
 * @module
 */
import { join } from "node:path";
import { type Cell, METRICS } from "../evaluation/results.ts";
import { type CsvValue, writeCsv } from "../formats/csv.ts";
import { writeYaml } from "../manifest/write.ts";
import type { Results } from "./collect.ts";
import type { Environment } from "./environment.ts";
import type { Experiment } from "./experiment.ts";
import type { PlannedStage } from "./plan.ts";
import type { CellOutcome, PreparedPoint } from "./run.ts";
import { probabilityColumn, readPredictions, readScores } from "./stages/predictions.ts";
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
  }
  await Deno.writeTextFile(path, manifest);
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

/** Writes splits, cells, predictions, timings and summary. */
export async function writeRunFolder(folder: string, store: Store, files: RunFiles): Promise<void> {
  const { results: { cells, summary }, outcomes, prepared, timings, leak } = files;
  const write = (name: string, text: string) => Deno.writeTextFile(join(folder, name), text);
  await write("split.json", json(splitsOf(prepared, leak)));
  await write("cells.csv", cellsCsv(cells, { outcomes, leak }));
  await write("subjects.csv", subjectsCsv(files, store));
  await writePredictions(join(folder, "predictions.csv"), store, files);
  await write(
    "timings.csv",
    writeCsv(["stage", "label", "id", "seconds"], timings.map((row) => ({ ...row }))),
  );
  await write("summary.json", json({ ...leak === undefined ? {} : { leak }, ...summary }));
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
function splitsOf(prepared: readonly PreparedPoint[], leak: string | undefined): unknown {
  const mark = leak === undefined ? {} : { leak };
  const splits = [...new Map(prepared.map((entry) => [entry.preparation.split.id, entry])).values()]
    .map(({ folds, checks, preparation }) => ({ ...mark, folds, checks, hash: preparation.split.id }));
  return splits.length === 1 ? splits[0] : splits;
}

/** A row a cell, in the order of the plan. */
export function cellsCsv(
  cells: readonly Cell[],
  { outcomes, leak }: Pick<RunFiles, "outcomes" | "leak">,
): string {
  const grid = [...new Set(cells.flatMap((cell) => Object.keys(cell.grid)))];
  const columns = [
    "cell",
    ...grid,
    "arm",
    "budget",
    "unit",
    "units",
    "labels",
    "trainLabels",
    "validationLabels",
    "draw",
    "fold",
    "seed",
    "status",
    "error",
    "steps",
    "converged",
    ...METRICS,
    ...leak === undefined ? [] : ["leak"],
  ];
  return writeCsv(
    columns,
    cells.map((cell, index): Record<string, CsvValue> => ({
      cell: cell.cell,
      ...Object.fromEntries(Object.entries(cell.grid).map(([path, value]) => [path, gridValue(value)])),
      arm: cell.arm,
      budget: cell.budget,
      unit: outcomes[index].cell.point.manifest.labels.unit,
      units: cell.units,
      labels: cell.trainLabels + cell.validationLabels,
      trainLabels: cell.trainLabels,
      validationLabels: cell.validationLabels,
      draw: cell.draw,
      fold: cell.fold,
      seed: cell.seed,
      status: cell.status,
      error: cell.error,
      steps: cell.steps,
      converged: cell.converged,
      ...cell.scores,
      leak,
    })),
  );
}

/** A row for each person in each finished cell; a score is empty where the person lacks a class. */
function subjectsCsv({ outcomes, leak }: RunFiles, store: Store): string {
  const columns = ["cell", "subject", "windows", ...METRICS, ...leak === undefined ? [] : ["leak"]];
  const done = outcomes.filter(({ error }) => error === null);
  return writeCsv(
    columns,
    done.flatMap(({ cell, stages: { score } }) =>
      readScores(store.folder(score.stage, score.id)).subjects.map(({ subject, windows, scores }) => ({
        cell: cell.cell,
        subject,
        windows,
        ...scores,
        leak,
      }))
    ),
  );
}

function gridValue(value: unknown): CsvValue {
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean"
    ? value
    : JSON.stringify(value);
}

/** Written cell by cell: all predictions of a large run need not fit in memory. */
async function writePredictions(path: string, store: Store, files: RunFiles): Promise<void> {
  const { outcomes, results: { summary: { classes } }, leak } = files;
  const columns = [
    "cell",
    "window",
    "subject",
    "class",
    ...classes.map(probabilityColumn),
    ...leak === undefined ? [] : ["leak"],
  ];
  using file = await Deno.open(path, { create: true, write: true, truncate: true });
  const encoder = new TextEncoder();
  const append = async (text: string) => {
    const bytes = encoder.encode(text);
    for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
  };
  const header = writeCsv(columns, []);
  await append(header);
  for (const { cell, stages, error } of outcomes) {
    if (error !== null) continue;
    const [scored, sealed] = [stages.score, stages.sealedLabels].map(({ stage, id }) =>
      store.folder(stage, id)
    );
    const rows = readPredictions(scored, sealed).map(({ window, subject, truth, probabilities }) => ({
      cell: cell.cell,
      window,
      subject,
      class: classes[truth],
      ...Object.fromEntries(classes.map((name, index) => [probabilityColumn(name), probabilities[index]])),
      leak,
    }));
    await append(writeCsv(columns, rows).slice(header.length));
  }
}
