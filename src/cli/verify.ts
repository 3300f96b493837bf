/**
 * `deno task verify`: computes cells of a finished run again, and compares every byte.
 *
 * @module
 */
import { join } from "node:path";
import { readManifest } from "../manifest/read.ts";
import { type Environment, readEnvironment } from "../pipeline/environment.ts";
import { openExperiment } from "../pipeline/experiment.ts";
import { localLauncher } from "../pipeline/launchers/local.ts";
import { removeIfThere, Store } from "../pipeline/store.ts";
import { environmentChanges } from "../pipeline/verify/environment.ts";
import { planVerification, secondsToVerify, type VerificationPlan } from "../pipeline/verify/plan.ts";
import type { EndedRun } from "../pipeline/verify/records.ts";
import { verify as verifyCells } from "../pipeline/verify/verify.ts";
import { colours } from "./colours.ts";
import { formatDuration } from "./estimate.ts";
import { openConsole } from "./console.ts";
import { EXIT, UsageError } from "./exit.ts";
import { dataFolder, makeWritable, readManifestText } from "./folders.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { complain, say } from "./output.ts";
import { requireProvider } from "./provider.ts";
import { isRunning } from "./run_lock.ts";
import { knownRun, readIfThere, resultsOfCall, runNames } from "./runs.ts";
import { describeCells, describeDifferences, describeVerification, verdict } from "./verify_text.ts";

/** What the command line says. */
export interface VerifyArguments {
  readonly name: string;
  readonly cell: readonly string[];
  readonly cells: number;
  readonly seed: number;
  readonly all: boolean;
  readonly keep: boolean;
  readonly results?: string;
  readonly workers?: number;
  readonly json: boolean;
}

/** Verifies a run; gives the exit code. */
export async function verify(call: VerifyArguments): Promise<number> {
  const results = resultsOfCall(call), run = await openRun(call.name, results);
  const { threads, provider } = run.experiment.manifest.compute;
  const workers = call.workers ?? Math.max(1, Math.floor(navigator.hardwareConcurrency / threads));
  const context = { dataFolder: dataFolder() };
  await requireProvider(provider);
  const plan = await planVerification(run, { choice: choiceOf(call), context });
  const environment = await readEnvironment({ threads, workers, provider });
  const changes = await changesSince(plan, environment);
  await makeWritable(results);

  const { tell, progress } = openConsole({ json: call.json, workers });
  for (const line of introduction(plan, { workers, changes })) tell(line);
  const interrupt = listenForInterrupt();
  // Beside the run: where its store found room, the same again finds it too.
  const folder = await Deno.makeTempDir({ dir: results, prefix: `.verify-${run.name}-` });
  let isKept = call.keep;
  try {
    const found = await verifyCells(plan, {
      again: new Store(folder),
      launcher: localLauncher,
      workers,
      dataFolder: context.dataFolder,
      environment,
      signal: interrupt.signal,
      begin: progress.begin,
      event: progress.event,
    });
    progress.end();
    const isSame = found.differences.length === 0;
    isKept ||= !isSame;
    if (call.json) {
      const { stages, files } = verdict(found), kept = isKept ? folder : null;
      const cells = plan.cells.map(({ cell }) => cell.cell), { differences } = found;
      say(JSON.stringify({ run: run.name, cells, stages, files, same: isSame, differences, changes, kept }));
    } else {
      for (const line of describeVerification(found)) tell(line);
      for (const line of describeDifferences(found)) tell(line);
      tell(`${plan.cells.length} cell${plan.cells.length === 1 ? "" : "s"}, ${verdict(found).text}`);
      if (isKept) tell(`what was computed again is kept in ${folder}`);
    }
    return isSame ? EXIT.done : EXIT.different;
  } catch (error) {
    progress.end();
    if (!interrupt.signal.aborted) throw error;
    complain("\nInterrupted. Nothing has been compared.");
    return EXIT.interrupted;
  } finally {
    interrupt.stop();
    if (!isKept) await removeIfThere(folder);
  }
}

async function openRun(given: string, results: string): Promise<EndedRun> {
  const name = knownRun(given, await runNames(results)), folder = join(results, name);
  if (await isRunning(folder)) {
    throw new UsageError(`Cannot verify ${name}: its run must have ended, got a process that is at it`);
  }
  const source = readManifest(join(folder, "manifest.yaml"), { readText: readManifestText });
  const experiment = openExperiment(source, { overridden: false });
  return { name, folder, store: new Store(join(results, "store")), experiment };
}

function choiceOf({ cell, cells, seed, all }: VerifyArguments) {
  if (all) return "all";
  return cell.length > 0 ? { named: cell } : { count: cells, seed };
}

/** What is other than in the run; without its environment only the machines of its stages tell. */
async function changesSince(
  { run: { folder }, records }: VerificationPlan,
  now: Environment,
): Promise<string[]> {
  const text = await readIfThere(join(folder, "environment.json"));
  const then: Environment = text === undefined ? now : JSON.parse(text);
  const machines = [...records.values()].map(({ computed }) => computed.machine);
  return environmentChanges(then, { now, machines });
}

function introduction(
  plan: VerificationPlan,
  { workers, changes }: { workers: number; changes: readonly string[] },
): string[] {
  const { run: { name }, cells, rows, stages } = plan;
  return [
    `${colours.bold(name)}  ${cells.length} of ${rows.length} cells`,
    ...describeCells(cells.map(({ cell }) => cell.cell)),
    ...changes.map((change) => `${colours.yellow("other than in the run")}  ${change}`),
    ...changes.length === 0
      ? []
      : ["bits are promised for the same CPU model and the same package versions only"],
    `${stages.length} stages, about ${formatDuration(secondsToVerify(plan, workers))} with ${workers} worker${
      workers === 1 ? "" : "s"
    }, from how long they took in the run`,
  ];
}
