/**
 * `deno task inspect`: what is in the data of a manifest, in pictures.
 *
 * @module
 */
import { join } from "node:path";
import type { WindowRating } from "../formats/window_table.ts";
import { isMap } from "../manifest/paths.ts";
import { type ManifestSource, readManifest } from "../manifest/read.ts";
import { readEnvironment } from "../pipeline/environment.ts";
import { type Experiment, openExperiment } from "../pipeline/experiment.ts";
import { inspectData, type Inspection } from "../pipeline/inspect.ts";
import { localLauncher } from "../pipeline/launchers/local.ts";
import { readRatings, readRecordings } from "../pipeline/stages/folders.ts";
import { emptyFolder, Store } from "../pipeline/store.ts";
import type { InspectionData } from "../report/inspection/data.ts";
import { renderInspection, summaryOf } from "../report/inspection/page.ts";
import { classesTable, qualityTable, stimuliTable } from "../report/inspection/tables.ts";
import { labelsTable } from "../report/tables/label_ranges.ts";
import { colours } from "./colours.ts";
import { openConsole } from "./console.ts";
import { EXIT } from "./exit.ts";
import { dataFolder, makeWritable, manifestPath, readManifestText, resultsFolder } from "./folders.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { complain, say } from "./output.ts";
import { examplesOf } from "./report_examples.ts";
import { plainTable } from "./plain_table.ts";

/** What the command line says. */
export interface InspectArguments {
  readonly manifest: string;
  readonly set: readonly string[];
  readonly results?: string;
  readonly json: boolean;
}

/** Looks at the data of a manifest; gives the exit code. */
export async function inspect(call: InspectArguments): Promise<number> {
  const source = readManifest(manifestPath(call.manifest), {
    readText: readManifestText,
    set: call.set,
  });
  const experiment = openExperiment(withUnread(source), { overridden: call.set.length > 0 });
  const results = resultsFolder(call.results);
  await makeWritable(results);
  const workers = 1, { threads, provider } = experiment.manifest.compute;
  const { tell, progress } = openConsole({ json: call.json, workers });
  tell(`${colours.bold(experiment.name)}  ${experiment.manifest.question}`);
  const interrupt = listenForInterrupt();
  try {
    const inspection = await inspectData(experiment, {
      store: new Store(join(results, "store")),
      launcher: localLauncher,
      workers,
      context: { dataFolder: dataFolder() },
      environment: await readEnvironment({ threads, workers, provider }),
      signal: interrupt.signal,
      fresh: false,
      failFast: true,
      allowLeak: undefined,
      begin: progress.begin,
      // What fails ends the call, and its error is told then.
      event: (event) => event.kind === "failed" ? undefined : progress.event(event),
    });
    progress.end();
    const data = dataOf(experiment, { inspection, folder: inspection.folder });
    const page = await writePage(data, join(results, "inspect", experiment.name));
    if (call.json) {
      const { ranges: labels, notes } = data.dataset;
      say(JSON.stringify({ manifest: experiment.name, page, ...countsOf(data), labels, notes }));
    } else {
      tell(`\n${summaryOf(data)}`);
      for (const note of data.dataset.notes) tell(`note  ${note}`);
      const tables = [
        stimuliTable(data),
        labelsTable(data.dataset.ranges),
        classesTable(data),
        qualityTable(data),
      ];
      for (const table of tables.filter(({ rows }) => rows.length > 0)) tell(`\n${plainTable(table)}`);
      tell(`\npage  ${page}`);
    }
    return EXIT.done;
  } catch (error) {
    progress.end();
    if (!interrupt.signal.aborted) throw error;
    complain("\nInterrupted. What is finished is kept: the same command goes on from here.");
    return EXIT.interrupted;
  } finally {
    interrupt.stop();
  }
}

/** What a look at data never reads: somebody who hasn't seen them yet need not choose it. */
const UNREAD = { encoder: { kind: "sarkar-cnn" }, arms: { majority: {} } };

function withUnread(source: ManifestSource): ManifestSource {
  return isMap(source.value) ? { ...source, value: { ...UNREAD, ...source.value } } : source;
}

/** What there is how often. */
function countsOf({ recordings, windows, classes, discarded }: InspectionData) {
  return {
    recordings: recordings.length,
    subjects: new Set(recordings.map(({ subject }) => subject)).size,
    windows: windows.length,
    classes: Object.fromEntries(
      classes.map((name) => [name, windows.filter((window) => window.class === name).length]),
    ),
    discarded: Object.fromEntries(discarded.map(({ reason, windows: count }) => [reason, count])),
    quality: Object.fromEntries(
      [...Map.groupBy(windows, ({ verdict }) => verdict)].map(([verdict, own]) => [verdict, own.length]),
    ),
  };
}

function dataOf(
  { name, manifest }: Experiment,
  { inspection, folder }: { inspection: Inspection; folder: string },
): InspectionData {
  const { windows, labels, target, recordings, inspected, examples } = inspection, { facts } = windows;
  const labelsOf = new Map(readRecordings(folder).map((row) => [row.id, row.labels]));
  const changing = readRatings(folder) ?? new Map<string, ReadonlyMap<string, WindowRating>>();
  const reasons = [
    ...target.discarded,
    ...facts.discarded.map(({ reason, ...more }) => ({ reason: `signal: ${reason}`, ...more })),
  ];
  return {
    title: name,
    question: manifest.question,
    dataset: { kind: manifest.dataset.kind, ...facts },
    classes: target.classes,
    recordings: recordings.map((recording) => ({
      ...recording,
      labels: labelsOf.get(recording.id) ?? {},
    })),
    ratings: Object.fromEntries(
      [...changing].map(([label, byWindow]) =>
        [label, windows.table.map(({ id }) => byWindow.get(id)?.mean ?? null)] as const
      ),
    ),
    windows: inspected,
    discarded: [...Map.groupBy(reasons, ({ reason }) => reason)].map(([reason, own]) => ({
      reason,
      windows: own.reduce((sum, { windows: count }) => sum + count, 0),
    })),
    beatExamples: examples,
    transformations: examplesOf(manifest.pretext, { windows, labels, classes: target.classes }),
  };
}

/** Writes `inspect.html` and `figures/`; gives the path of the page. */
async function writePage(data: InspectionData, folder: string): Promise<string> {
  const { html, figures } = renderInspection(data), drawn = join(folder, "figures");
  await emptyFolder(drawn);
  for (const [name, text] of Object.entries(figures)) await Deno.writeTextFile(join(drawn, name), text);
  const page = join(folder, "inspect.html");
  await Deno.writeTextFile(page, html);
  return page;
}
