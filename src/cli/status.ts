/**
 * `deno task status`: runs, cells done, missing, failed and why.
 *
 * @module
 */
import { join } from "node:path";
import { colours } from "./colours.ts";
import { readCsv } from "../formats/csv.ts";
import { ManifestError } from "../manifest/problem.ts";
import { readManifest } from "../manifest/read.ts";
import { openExperiment } from "../pipeline/experiment.ts";
import { planCells, preparedFromStore } from "../pipeline/run.ts";
import { Store } from "../pipeline/store.ts";
import { EXIT } from "./exit.ts";
import { say } from "./output.ts";
import { dataFolder, readManifestText } from "./folders.ts";
import { isRunning } from "./run_lock.ts";
import { knownRun, readIfThere, resultsOfCall, runNames } from "./runs.ts";

/** What the command line says. */
export interface StatusArguments {
  readonly name?: string;
  readonly results?: string;
  readonly watch: boolean;
  readonly json: boolean;
}

/** How far a run is. */
export interface RunStatus {
  readonly run: string;
  readonly cells: number;
  readonly done: number;
  /** Cells that failed when they were last tried, with the reason. */
  readonly failed: readonly { readonly cell: string; readonly reason: string }[];
  readonly missing: number;
  /** Whether a process is at it now. */
  readonly running: boolean;
  /** Why nothing can be said of its cells: its data have gone, its manifest is of another version. */
  readonly problem?: string;
}

const WATCH_MILLISECONDS = 2000;
/** Empties a terminal and goes to its first line. */
const CLEAR = "\x1b[2J\x1b[H";

/** Prints the status of one run or of all; gives the exit code. */
export async function status(call: StatusArguments): Promise<number> {
  const results = resultsOfCall(call);
  const isTerminal = Deno.stdout.isTerminal();
  while (true) {
    const known = await runNames(results);
    const names = call.name === undefined ? known : [knownRun(call.name, known)];
    const found = await Promise.all(names.map((name) => statusOf(name, results)));
    if (call.json) say(JSON.stringify(found));
    else {
      if (call.watch && isTerminal) say(CLEAR);
      if (found.length === 0) say(`no runs in ${results}`);
      for (const line of found.flatMap(describe)) say(line);
    }
    if (!call.watch || found.every(({ running }) => !running)) return EXIT.done;
    await new Promise((resolve) => setTimeout(resolve, WATCH_MILLISECONDS));
  }
}

/** One run that can't be read must not hide the others. */
async function statusOf(name: string, results: string): Promise<RunStatus> {
  try {
    return await readStatus(name, results);
  } catch (error) {
    if (!(error instanceof ManifestError || error instanceof RangeError || error instanceof SyntaxError)) {
      throw error;
    }
    const running = await isRunning(join(results, name));
    return { run: name, cells: 0, done: 0, failed: [], missing: 0, running, problem: error.message };
  }
}

async function readStatus(name: string, results: string): Promise<RunStatus> {
  const folder = join(results, name), store = new Store(join(results, "store"));
  const source = readManifest(join(folder, "manifest.yaml"), { readText: readManifestText });
  const { points } = openExperiment(source, { overridden: false });
  const prepared = await preparedFromStore(points, { store, context: { dataFolder: dataFolder() } });
  const { cells } = planCells(prepared);
  const reasons = await lastFailures(folder);
  const open: string[] = [];
  for (const { cell, stages: { score } } of cells) {
    if (await store.find("score", score.id) === undefined) open.push(cell.cell);
  }
  const failed = open.filter((cell) => reasons.has(cell)).map((cell) => ({
    cell,
    reason: reasons.get(cell) ?? "",
  }));
  return {
    run: name,
    cells: cells.length,
    done: cells.length - open.length,
    failed,
    missing: open.length - failed.length,
    running: await isRunning(folder),
  };
}

/** Why cells failed when the run last ended. */
async function lastFailures(folder: string): Promise<Map<string, string>> {
  const text = await readIfThere(join(folder, "cells.csv"));
  const rows = text === undefined ? [] : readCsv(text);
  return new Map(rows.filter((row) => row.status === "failed").map((row) => [row.cell, row.error]));
}

function describe({ run, cells, done, failed, missing, running, problem }: RunStatus): string[] {
  if (problem !== undefined) return [`${colours.bold(run)}  ${colours.red("unreadable")}  ${problem}`];
  const isDone = cells > 0 && done === cells;
  const state = running ? colours.cyan("running") : isDone ? colours.green("done") : "stopped";
  return [
    `${
      colours.bold(run)
    }  ${state}  ${done}/${cells} cells done, ${missing} missing, ${failed.length} failed`,
    ...failed.map(({ cell, reason }) => `  ${colours.red("failed")}  ${cell}: ${reason}`),
  ];
}
