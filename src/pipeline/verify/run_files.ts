/**
 * What a run's folder says of the cells that were computed again.
 *
 * @module
 */
import { join } from "node:path";
import { sha256 } from "../../manifest/canonical.ts";
import { listCells } from "../cells.ts";
import { cellOf, classesOf, collect } from "../collect.ts";
import { type ChosenModel, readModel } from "../models.ts";
import { type CellOutcome, type PreparedPoint, preparedPoint } from "../run.ts";
import { splitJson, summaryJson } from "../run_folder.ts";
import { cellsCsv, predictionsCsv, subjectsCsv } from "../run_tables.ts";
import type { Store } from "../store.ts";
import type { Difference } from "./difference.ts";
import type { VerificationPlan } from "./plan.ts";
import { compareRows, type ExpectedRows, recordSplitter } from "./rows.ts";

/** How a file of the run's folder compares. */
export interface FileComparison {
  /** Its path in the run's folder. */
  readonly file: string;
  /** Cells whose part of it was compared. */
  readonly cells: number;
  /** Those of which every byte is the same. */
  readonly same: number;
  readonly differences: readonly Difference[];
}

/** What is compared with. */
export interface RecomputedCells {
  /** Cells of which every stage was computed again. */
  readonly cells: readonly CellOutcome[];
  /** Models in the run's folder whose certificate was computed again. */
  readonly models: readonly ChosenModel[];
  /** The store that holds these stages. */
  readonly again: Store;
  /** Whether a cell's stages gave the bytes that the run's store tells of; then what differs here was changed here. */
  isSame(cell: CellOutcome): boolean;
}

/** Where bytes come from, for messages. */
const WRITTEN = "on disk", AGAIN = "computed again";

/**
 * Compares the rows of the cells in `cells.csv`, `subjects.csv` and `predictions.csv`, and the models that were made from them,
 * with what the run would write; where these are all cells of the run, its summary and its split too.
 */
export async function compareRunFiles(
  plan: VerificationPlan,
  { cells, models, again, isSame }: RecomputedCells,
): Promise<FileComparison[]> {
  if (cells.length === 0) return [];
  const { run: { name, folder }, rows, isWhole } = plan;
  const points = new Set(cells.map(({ cell }) => cell.point));
  const prepared = plan.preparations.filter(({ point }) => points.has(point)).map(({ point, preparation }) =>
    preparedPoint(point, { preparation, store: again })
  );
  const leaks = prepared.some(({ checks }) => checks.some(({ outcome }) => outcome === "fail"));
  // The reason is a person's; that there is one is not.
  const leak = leaks ? rows[0].leak ?? "" : undefined;
  const kindOf = (own: readonly CellOutcome[]) => own.every(isSame) ? "changed" : "different";

  const compareTable = async (file: string, expected: ExpectedRows): Promise<FileComparison> => {
    const found = await compareRows(join(folder, file), expected);
    const differences = found.map(({ cell, written, again, detail }): Difference => ({
      kind: kindOf(cell === undefined ? [] : cells.filter((own) => own.cell.cell === cell)),
      file: join(name, file),
      of: cell ?? "the header",
      hashes: { [WRITTEN]: written, [AGAIN]: again },
      detail,
    }));
    const differing = found.filter(({ cell }) => cell !== undefined).length;
    return { file, cells: cells.length, same: cells.length - differing, differences };
  };
  const compareWhole = async (
    file: string,
    { bytes, of }: { bytes: Uint8Array | string; of: readonly CellOutcome[] },
  ): Promise<FileComparison> => {
    const written = await hashOf(join(folder, file)), hash = sha256(bytes), isEqual = written === hash;
    const difference: Difference = {
      kind: kindOf(of),
      file: join(name, file),
      of: of.length === 1 ? of[0].cell.cell : "all cells",
      hashes: { [WRITTEN]: written, [AGAIN]: hash },
      detail: written === null ? "the file is gone" : "",
    };
    return {
      file,
      cells: of.length,
      same: isEqual ? of.length : 0,
      differences: isEqual ? [] : [difference],
    };
  };

  const classes = classesOf(prepared, again), options = { store: again, classes, leak };
  const table = await compareTable("cells.csv", expectedCells(cells, options));
  const missing = missingRows(plan, prepared);
  const compared = [
    { ...table, differences: [...table.differences, ...missing] },
    await compareTable("subjects.csv", rowsOfEach(cells, (own) => subjectsCsv(own, options))),
    await compareTable("predictions.csv", rowsOfEach(cells, (own) => predictionsCsv(own, options))),
  ];
  for (const model of models.filter(({ outcome }) => cells.includes(outcome))) {
    const { onnx, text } = await readModel(model, { store: again, leak }), of = [model.outcome];
    compared.push(await compareWhole(join("models", `${model.arm}.onnx`), { bytes: onnx, of }));
    compared.push(await compareWhole(join("models", `${model.arm}.json`), { bytes: text, of }));
  }
  if (isWhole && cells.length === plan.cells.length && missing.length === 0) {
    const { summary } = collect(cells, { prepared, store: again });
    compared.push(await compareWhole("split.json", { bytes: splitJson(prepared, leak), of: cells }));
    compared.push(await compareWhole("summary.json", { bytes: summaryJson(summary, leak), of: cells }));
  }
  return compared;
}

function expectedCells(
  cells: readonly CellOutcome[],
  { store, leak }: { store: Store; leak: string | undefined },
): ExpectedRows {
  const text = cellsCsv(cells.map((outcome) => cellOf(outcome, store)), { outcomes: cells, leak });
  const split = recordSplitter(), [header, ...rows] = split.push(text).map((record) => record.text);
  return { header, rowsOf: new Map(cells.map(({ cell }, index) => [cell.cell, () => rows[index]])) };
}

/** A table that is written cell by cell, so that one cell's rows are in memory at a time. */
function rowsOfEach(
  cells: readonly CellOutcome[],
  write: (cells: readonly CellOutcome[]) => string,
): ExpectedRows {
  const header = write([]);
  return {
    header,
    rowsOf: new Map(cells.map((outcome) => [outcome.cell.cell, () => write([outcome]).slice(header.length)])),
  };
}

/** Cells that the recomputed splits ask for, and `cells.csv` does not tell of. */
function missingRows({ run, rows }: VerificationPlan, prepared: readonly PreparedPoint[]): Difference[] {
  const listed = new Set(rows.map(({ cell }) => cell));
  const folds = new Map(prepared.map(({ point, folds }) => [point, folds.length]));
  return listCells([...folds.keys()], folds).filter(({ cell }) => !listed.has(cell)).map(({ cell }) => ({
    kind: "changed",
    file: join(run.name, "cells.csv"),
    of: cell,
    hashes: {},
    detail: "the row is gone",
  }));
}

async function hashOf(path: string): Promise<string | null> {
  try {
    return sha256(await Deno.readFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
