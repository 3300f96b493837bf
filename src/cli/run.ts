/**
 * `deno task experiment`: plans, runs what is missing, reports.
 *
 * @module
 */
import { join } from "node:path";
import { colours } from "./colours.ts";
import { type ManifestSource, readManifest } from "../manifest/read.ts";
import { readEnvironment } from "../pipeline/environment.ts";
import {
  type Experiment,
  type FinishedRun,
  openExperiment,
  runExperiment,
  runFolder,
} from "../pipeline/experiment.ts";
import { localLauncher } from "../pipeline/launchers/local.ts";
import { Store } from "../pipeline/store.ts";
import { summaryTable } from "../report/terminal.ts";
import { openConsole } from "./console.ts";
import { formatDuration } from "./estimate.ts";
import { EXIT } from "./exit.ts";
import { dataFolder, makeWritable, manifestPath, readManifestText, resultsFolder } from "./folders.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { printPlan } from "./plan.ts";
import { complain, say } from "./output.ts";
import { requireProvider } from "./provider.ts";
import { writeReport } from "./report_files.ts";
import { lockRun } from "./run_lock.ts";

/** What the command line says. */
export interface RunArguments {
  readonly manifest: string;
  readonly set: readonly string[];
  readonly workers?: number;
  readonly results?: string;
  readonly plan: boolean;
  readonly fresh: boolean;
  readonly failFast: boolean;
  readonly json: boolean;
  readonly allowLeak?: string;
}

/** Runs a manifest; gives the exit code. */
export async function run(call: RunArguments): Promise<number> {
  const source = readSource(call);
  const experiment = openExperiment(source, { overridden: call.set.length > 0 });
  const results = resultsFolder(call.results), store = new Store(join(results, "store"));
  const { threads, provider } = experiment.manifest.compute;
  const workers = call.workers ?? Math.max(1, Math.floor(navigator.hardwareConcurrency / threads));
  const context = { dataFolder: dataFolder() };
  if (call.plan) {
    await printPlan(experiment, { store, context, workers, json: call.json });
    return EXIT.done;
  }
  await requireProvider(provider);
  await makeWritable(results);
  const folder = runFolder(results, experiment);
  await Deno.mkdir(folder, { recursive: true });
  await using _lock = await lockRun(folder, { name: experiment.name });
  const environment = await readEnvironment({ threads, workers, provider });

  const { isTerminal, columns, tell, progress } = openConsole({ json: call.json, workers });
  introduce(experiment, { workers, tell });
  const interrupt = listenForInterrupt();
  const start = performance.now();
  try {
    const finished = await runExperiment(experiment, {
      store,
      launcher: localLauncher,
      workers,
      context,
      environment,
      signal: interrupt.signal,
      fresh: call.fresh,
      failFast: call.failFast,
      allowLeak: call.allowLeak,
      begin: progress.begin,
      event: progress.event,
      folder,
    });
    progress.end();
    const report = await writeReport(finished, {
      store,
      environment,
      command: commandOf(call),
      leak: finished.leak,
    });
    const failed = finished.outcomes.filter(({ error }) => error !== null).length;
    if (call.json) tellProgram(finished, { folder, failed, report });
    else {
      const seconds = (performance.now() - start) / 1000;
      tellPerson(finished, {
        tell,
        table: { width: columns(), colour: isTerminal },
        failed,
        seconds,
        report,
      });
    }
    return failed === 0 && finished.uncertified.length === 0 ? EXIT.done : EXIT.cellsFailed;
  } catch (error) {
    progress.end();
    if (!interrupt.signal.aborted) throw error;
    complain("\nInterrupted. What is finished is kept: the same command goes on from here.");
    return EXIT.interrupted;
  } finally {
    interrupt.stop();
  }
}

function readSource({ manifest, set }: RunArguments): ManifestSource {
  return readManifest(manifestPath(manifest), { readText: readManifestText, set });
}

function introduce(
  { name, manifest, points }: Experiment,
  { workers, tell }: { workers: number; tell: (line: string) => void },
): void {
  tell(`${colours.bold(name)}  ${manifest.question}`);
  const budgets = [...new Set(points.map(({ budget }) => budget))].join(", ");
  tell(colours.dim(
    `arms ${Object.keys(manifest.arms).join(", ")}; budgets ${budgets}; draws ${manifest.labels.draws}; ` +
      `seeds ${manifest.seeds.join(", ")}; ${workers} worker${workers === 1 ? "" : "s"}`,
  ));
}

function tellProgram(
  { experiment, outcomes, uncertified, leak }: FinishedRun,
  { folder, failed, report }: { folder: string; failed: number; report: string },
): void {
  const run = experiment.name, cells = outcomes.length, summary = join(folder, "summary.json");
  say(JSON.stringify({ run, folder, cells, failed, uncertified, leak, report, summary }));
}

function tellPerson(
  { results, leak }: FinishedRun,
  { tell, table, failed, seconds, report }: {
    tell: (line: string) => void;
    table: { width: number; colour: boolean };
    failed: number;
    seconds: number;
    report: string;
  },
): void {
  tell("");
  tell(summaryTable(results.summary, { ...table, leak }));
  const end = failed === 0 ? "done" : `${failed} cell${failed === 1 ? "" : "s"} failed`;
  tell(`\n${end} in ${formatDuration(seconds)}`);
  tell(`report  ${report}`);
}

/** The command that makes this run again. */
function commandOf({ manifest, set, allowLeak }: RunArguments): string {
  const quote = (text: string) => /^[\w./=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
  return [
    "deno task experiment",
    quote(manifest),
    ...set.map((override) => `--set ${quote(override)}`),
    ...allowLeak === undefined ? [] : [`--allow-leak ${quote(allowLeak)}`],
  ].join(" ");
}
