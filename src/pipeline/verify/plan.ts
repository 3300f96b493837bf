/**
 * What is computed again to verify a run, and whether that can be done.
 *
 * @module
 */
import { join } from "node:path";
import type { DatasetContext } from "../../datasets/dataset.ts";
import { readCsv } from "../../formats/csv.ts";
import { type CellSpecification, listCells } from "../cells.ts";
import type { GridPoint } from "../grid_points.ts";
import { type ChosenModel, planCertificate } from "../models.ts";
import { Plan, type PlannedStage } from "../plan.ts";
import type { Preparation } from "../preparation.ts";
import { type CellOutcome, planPreparations } from "../run.ts";
import { planCell } from "../stages_of_cell.ts";
import type { StageRecord } from "../store.ts";
import { type CellChoice, type CellRow, chooseCells } from "./choose.ts";
import { type EndedRun, findRecords } from "./records.ts";

/** What is computed again. */
export interface VerificationPlan {
  readonly run: EndedRun;
  /** The rows of `cells.csv`. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** The chosen cells, as they will be when their stages have been computed again. */
  readonly cells: readonly CellOutcome[];
  readonly preparations: readonly { readonly point: GridPoint; readonly preparation: Preparation }[];
  /** Models in the run's folder that were made from chosen cells. */
  readonly models: readonly ChosenModel[];
  /** Every stage once, in the order in which they are to run. */
  readonly stages: readonly PlannedStage[];
  /** What the run's store says of each. */
  readonly records: ReadonlyMap<PlannedStage, StageRecord>;
  /** Whether these are all cells of the run, so that what is made of all of them can be compared as well. */
  readonly isWhole: boolean;
}

/**
 * Plans from the data on; reads the data to identify them, computes nothing.
 *
 * Throws RangeError when the run has not ended, a cell is unknown, the store no longer holds a stage, or what the stages are made of
 * (the data, the manifest, the program, packages) is no longer what it was, with the part that changed.
 */
export async function planVerification(
  run: EndedRun,
  { choice, context }: { choice: CellChoice; context: DatasetContext },
): Promise<VerificationPlan> {
  const { experiment: { points, hash } } = run;
  const rows = await readRows(run), names = chooseCells(rows, { choice, hash });
  const specifications = specificationsOf(names, { rows, points, run });
  const used = new Set(specifications.map(({ point }) => point));
  const plan = new Plan();
  const preparations = await planPreparations(plan, {
    points: points.filter((point) => used.has(point)),
    context,
  });
  const preparationOf = new Map(preparations.map(({ point, preparation }) => [point, preparation]));
  const cells = specifications.map((cell): CellOutcome => ({
    cell,
    stages: planCell(plan, { cell, preparation: preparationOf.get(cell.point)! }),
    error: null,
  }));
  const sources = await modelSources(run.folder);
  const models = cells.flatMap((outcome): ChosenModel[] => {
    const { cell } = outcome, preparation = preparationOf.get(cell.point)!;
    if (sources.get(cell.arm) !== cell.cell) return [];
    return [{ arm: cell.arm, outcome, certificate: planCertificate(plan, { ...outcome, preparation }) }];
  });
  const records = await findRecords(plan.stages, { run, dataFolder: context.dataFolder });
  const isWhole = choice === "all" && names.length === rows.length;
  return { run, rows, cells, preparations, models, stages: plan.longestFirst(), records, isWhole };
}

/** Seconds until all is computed: the work shared by the workers, or the longest chain of stages where that takes longer. */
export function secondsToVerify(
  { stages, records }: Pick<VerificationPlan, "stages" | "records">,
  workers: number,
): number {
  const secondsOf = (stage: PlannedStage) => records.get(stage)?.computed.seconds ?? 0;
  const ends = new Map<PlannedStage, number>();
  const endOf = (stage: PlannedStage): number => {
    const end = ends.get(stage) ?? secondsOf(stage) + Math.max(0, ...Object.values(stage.inputs).map(endOf));
    ends.set(stage, end);
    return end;
  };
  const work = stages.reduce((sum, stage) => sum + secondsOf(stage), 0);
  return Math.max(work / workers, ...stages.map(endOf));
}

async function readRows({ name, folder }: EndedRun): Promise<(CellRow & Record<string, string>)[]> {
  let text: string;
  try {
    text = await Deno.readTextFile(join(folder, "cells.csv"));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new RangeError(
      `Cannot verify ${name}: its run must have ended, got no cells.csv; the command that began it goes on with it`,
    );
  }
  return readCsv(text).map(({ cell = "", arm = "", status = "", error = "", ...row }) => ({
    ...row,
    cell,
    arm,
    status,
    error,
  }));
}

/** The cells of these names, in the order of a run. The table alone tells folds: the split that makes them is yet to be computed. */
function specificationsOf(
  names: readonly string[],
  { rows, points, run }: {
    rows: readonly Readonly<Record<string, string>>[];
    points: readonly GridPoint[];
    run: EndedRun;
  },
): CellSpecification[] {
  const folds = rows.map(({ fold }) => Number(fold)).filter((fold) => fold > 0 && fold <= rows.length);
  const most = folds.reduce((left, right) => Math.max(left, right), 0);
  const known = new Map(
    listCells(points, new Map(points.map((point) => [point, most]))).map((cell) => [cell.cell, cell]),
  );
  const stranger = names.find((name) => !known.has(name));
  if (stranger !== undefined) {
    throw new RangeError(
      `Cannot verify ${run.name}: cells.csv must be of the experiment in manifest.yaml, got the cell "${stranger}"`,
    );
  }
  const chosen = new Set(names);
  return [...known.values()].filter(({ cell }) => chosen.has(cell));
}

/** The cell that each model in the run's folder was made from, by arm. */
async function modelSources(folder: string): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  const models = join(folder, "models");
  try {
    for await (const { name } of Deno.readDir(models)) {
      if (!name.endsWith(".json")) continue;
      const { arm, cell } = JSON.parse(await Deno.readTextFile(join(models, name)));
      sources.set(arm, cell);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return sources;
}
