/**
 * A run: from a manifest to finished cells in the store.
 *
 * @module
 */
import type { DatasetContext } from "../datasets/dataset.ts";
import { datasetIdentity, type DatasetSpecification } from "../datasets/table.ts";
import { subjectIn } from "../datasets/wfdb/same_person.ts";
import { canonicalJson, identity } from "../manifest/canonical.ts";
import type { GivenParameters } from "../pretext/given_schema.ts";
import type { Check } from "../splits/certificate.ts";
import { certifyCorpus } from "../splits/corpus.ts";
import { certifyEncoder } from "../splits/encoder_apart.ts";
import type { Fold } from "../splits/split.ts";
import { failedChecks } from "../splits/split_file.ts";
import { checkBudgetUnit } from "../targets/budget.ts";
import { type CellSpecification, listCells } from "./cells.ts";
import { type FailureEnds, runStages, StopRun } from "./coordinator.ts";
import { type EncoderFilePlace, findEncoderFile } from "./encoder_files.ts";
import type { Environment } from "./environment.ts";
import type { GridPoint } from "./grid_points.ts";
import type { Launcher } from "./launchers/launcher.ts";
import { Plan, type PlannedStage } from "./plan.ts";
import { planPreparation, type Preparation, stagesOf } from "./preparation.ts";
import type { StageEvent } from "./stage_event.ts";
import type { Outcomes } from "./stage_outcomes.ts";
import {
  datasetName,
  type Exposure,
  openSplit,
  openWindows,
  readJson,
  type WindowsFolder,
} from "./stages/folders.ts";
import type { TargetFacts } from "./stages/labels.ts";
import type { WindowsParameters } from "./stages/windows.ts";
import { type CellStages, planCell } from "./stages_of_cell.ts";
import type { Store } from "./store.ts";

/** How stages are run, and who is told. */
export interface RunOptions {
  readonly store: Store;
  readonly launcher: Launcher;
  readonly workers: number;
  readonly context: DatasetContext;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly fresh: boolean;
  readonly failFast: boolean;
  /** Why a split that leaks is used all the same; undefined refuses it. */
  readonly allowLeak: string | undefined;
  begin(stages: readonly PlannedStage[], finishesCell: ReadonlyMap<PlannedStage, number>): void;
  event(event: StageEvent): void;
}

/** A grid point whose windows, labels and split are in the store. */
export interface PreparedPoint {
  readonly point: GridPoint;
  readonly preparation: Preparation;
  readonly folds: readonly Fold[];
  readonly checks: readonly Check[];
}

/** A cell with its stages and how they ended. */
export interface CellOutcome {
  readonly cell: CellSpecification;
  readonly stages: CellStages;
  /** Null when the cell is done, else why it is not. */
  readonly error: string | null;
}

/** The data of a run can't be prepared; its message is for the user. */
export class PreparationError extends Error {
  override name = "PreparationError";
}

/** A split shares what it must not, and nobody allowed it. */
export class LeakError extends StopRun {
  override name = "LeakError";
}

/**
 * Brings windows, labels and split of every grid point into the store.
 *
 * Throws PreparationError with the message of a stage that fails, LeakError when a check of a split fails: of several, that which
 * one worker would meet first, however many there are.
 */
export async function prepare(points: readonly GridPoint[], options: RunOptions): Promise<PreparedPoint[]> {
  const plan = new Plan();
  const preparations = await planPreparations(plan, { points, context: options.context });
  // A file that does not fit is refused before anything is computed, however many workers there are.
  const given = new Set(preparations.flatMap(({ preparation }) => preparation.given ?? []));
  await bringPreparation([...given], options);
  await bringPreparation(plan.stages.filter((stage) => !given.has(stage)), options);
  refuseUnequalClasses(preparations, options.store);
  const prepared = preparations.map(({ point, preparation }) => {
    const { constantOver } = readTarget(preparation.labels, options.store);
    checkBudgetUnit({ ...point.manifest.labels, constantOver });
    return preparedPoint(point, { preparation, store: options.store });
  });
  for (const { checks } of prepared) refuseLeak(checks, options);
  return prepared;
}

async function bringPreparation(stages: readonly PlannedStage[], options: RunOptions): Promise<void> {
  const outcomes = await bring(stages, new Map(), {
    ...options,
    failureEnds: "later",
    check: (stage) => refuseLeakySplit(stage, options),
    // What fails here ends the run, and the error that does so tells it.
    event: (event) => event.kind === "failed" ? undefined : options.event(event),
  });
  const [error] = stages.map((stage) => outcomes.get(stage)).filter((error) => typeof error === "string");
  if (error !== undefined) throw new PreparationError(error);
}

/** A point whose preparation is in the store; the certificate of its split tells of its corpus too. */
export function preparedPoint(
  point: GridPoint,
  { preparation, store }: { preparation: Preparation; store: Store },
): PreparedPoint {
  const { folds, checks } = openSplit(folderOf(preparation.split, store)), { corpus, given } = preparation;
  if (corpus === undefined && given === undefined) return { point, preparation, folds, checks };
  const windows = openWindows(folderOf(preparation.windows, store)), { table } = windows;
  const more: Check[] = [], name = datasetName(windows);
  if (corpus !== undefined) {
    const folder = openWindows(folderOf(corpus, store)), dataset = datasetName(folder);
    more.push(certifyCorpus({
      corpus: folder.table,
      windows: table,
      nameInTask: ({ subject }) => subjectIn(name, { dataset, subject }),
    }));
  }
  if (given !== undefined) {
    const exposure = readJson<Exposure>(folderOf(given, store), "exposure.json");
    const { content } = preparation.windows.key.parameters as WindowsParameters;
    const taskContent = identity(content);
    more.push(certifyEncoder({
      saw: exposure.given?.saw ?? null,
      nameInTask: (subject, seen) =>
        // A folder can have been renamed.
        seen.content === taskContent ? subject : subjectIn(name, { dataset: seen.dataset, subject }),
      tested: testedSubjects(folds, windows),
    }));
  }
  return { point, preparation, folds, checks: [...checks, ...more] };
}

/** Who is tested, and in which fold, from 1, first. */
function testedSubjects(folds: readonly Fold[], { table, position }: WindowsFolder): Map<string, number> {
  const found = new Map<string, number>();
  folds.forEach(({ test }, index) => {
    for (const id of test) {
      const { subject } = table[position(id)];
      if (!found.has(subject)) found.set(subject, index + 1);
    }
  });
  return found;
}

/** Plans windows, labels and split of every point; what identifies a dataset is asked once, for it reads every byte. */
export async function planPreparations(
  plan: Plan,
  { points, context }: { points: readonly GridPoint[]; context: DatasetContext },
): Promise<{ point: GridPoint; preparation: Preparation }[]> {
  const files = new Map<string, EncoderFilePlace>();
  for (const { manifest: { pretext } } of points) {
    // Before the data: to find that a file is missing takes no time.
    if (pretext.kind === "given") files.set(canonicalJson(pretext), await findEncoderFile(pretext, context));
  }
  const contents = new Map<string, unknown>();
  for (const { manifest: { dataset, pretext } } of points) {
    const corpus = pretext.kind === "given" ? undefined : pretext.corpus;
    for (const read of corpus === undefined ? [dataset] : [dataset, corpus.dataset]) {
      const key = canonicalJson(read);
      if (!contents.has(key)) contents.set(key, await datasetIdentity(read, context));
    }
  }
  const contentOf = (dataset: DatasetSpecification) => contents.get(canonicalJson(dataset));
  const encoderFileOf = (pretext: GivenParameters) => files.get(canonicalJson(pretext))!;
  return points.map((point) => ({
    point,
    preparation: planPreparation(plan, { point, contentOf, encoderFileOf }),
  }));
}

/** Points with the folds that the store, or the manifest alone, tells; none where neither does. */
export async function preparedFromStore(
  points: readonly GridPoint[],
  { store, context }: { store: Store; context: DatasetContext },
): Promise<PreparedPoint[]> {
  const preparations = await planPreparations(new Plan(), { points, context });
  return await Promise.all(preparations.map(async ({ point, preparation }) => {
    const found = await Promise.all(stagesOf(preparation).map(({ stage, id }) => store.find(stage, id)));
    if (!found.includes(undefined)) return preparedPoint(point, { preparation, store });
    const { split } = preparation;
    if (await store.find("split", split.id) !== undefined) {
      return { point, preparation, ...openSplit(folderOf(split, store)) };
    }
    const count = "folds" in point.manifest.split ? Number(point.manifest.split.folds) : 0;
    const folds = Array.from({ length: count || 0 }, (): Fold => ({ train: [], validation: [], test: [] }));
    return { point, preparation, folds, checks: [] };
  }));
}

/** Plans the cells of prepared points. */
export function planCells(
  prepared: readonly PreparedPoint[],
): { plan: Plan; cells: { cell: CellSpecification; stages: CellStages }[] } {
  const plan = new Plan();
  const byPoint = new Map(prepared.map((entry) => [entry.point, entry]));
  const folds = new Map(prepared.map(({ point, folds }) => [point, folds.length]));
  for (const { preparation } of prepared) plan.include(stagesOf(preparation));
  const cells = listCells(prepared.map(({ point }) => point), folds).map((cell) => ({
    cell,
    stages: planCell(plan, { cell, preparation: byPoint.get(cell.point)!.preparation }),
  }));
  return { plan, cells };
}

/** Runs every stage of the cells that is not in the store yet. */
export async function runCells(
  prepared: readonly PreparedPoint[],
  options: RunOptions,
): Promise<CellOutcome[]> {
  const { plan, cells } = planCells(prepared);
  const finishes = new Map<PlannedStage, number>();
  for (const { stages: { score } } of cells) finishes.set(score, (finishes.get(score) ?? 0) + 1);
  const prepares = new Set(prepared.flatMap(({ preparation }) => stagesOf(preparation)));
  const stages = plan.longestFirst().filter((stage) => !prepares.has(stage));
  const outcomes = await bring(stages, finishes, { ...options, check: () => Promise.resolve() });
  return cells.map(({ cell, stages }) => ({ cell, stages, error: outcomes.get(stages.score) ?? null }));
}

/** Runs some more stages, which finish no cell. */
export async function runOthers(stages: readonly PlannedStage[], options: RunOptions): Promise<Outcomes> {
  return await bring(stages, new Map(), { ...options, check: () => Promise.resolve() });
}

async function bring(
  stages: readonly PlannedStage[],
  finishes: ReadonlyMap<PlannedStage, number>,
  options: RunOptions & { failureEnds?: FailureEnds; check: (stage: PlannedStage) => Promise<void> },
): Promise<Outcomes> {
  const { context, environment, failFast, begin } = options;
  begin(stages, finishes);
  return await runStages(stages, {
    failureEnds: failFast ? "all" : "none",
    ...options,
    dataFolder: context.dataFolder,
    machine: `${environment.cpu}, ${environment.system}`,
    lock: environment.lock,
  });
}

/** One curve, one table of predictions and one confusion matrix can't be of different classes. */
function refuseUnequalClasses(
  preparations: readonly { readonly preparation: Preparation }[],
  store: Store,
): void {
  const classes = preparations.map(({ preparation }) =>
    readTarget(preparation.labels, store).classes.join(", ")
  );
  const other = classes.find((names) => names !== classes[0]);
  if (other === undefined) return;
  throw new PreparationError(
    `Cannot compare grid points: all must have the same classes, got ${classes[0]} and ${other}`,
  );
}

function readTarget(labels: PlannedStage, store: Store): TargetFacts {
  return readJson(folderOf(labels, store), "target.json");
}

function folderOf({ stage, id }: PlannedStage, store: Store): string {
  return store.folder(stage, id);
}

/** A split that leaks ends the run before what is planned after it, which is every cell. */
function refuseLeakySplit(stage: PlannedStage, options: RunOptions): Promise<void> {
  if (stage.stage === "split") refuseLeak(openSplit(folderOf(stage, options.store)).checks, options);
  return Promise.resolve();
}

function refuseLeak(checks: readonly Check[], { allowLeak }: RunOptions): void {
  const failed = failedChecks({ checks });
  if (allowLeak !== undefined || failed.length === 0) return;
  throw new LeakError(
    "Cannot use this split: no side may share anything with another, got\n" +
      failed.map(({ name, evidence }) => `  ${name}: ${evidence}`).join("\n") +
      "\nTo go on all the same, with every output marked: --allow-leak REASON",
  );
}
