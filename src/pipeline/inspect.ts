/**
 * A look at the data of an experiment, without training anything.
 *
 * @module
 */
import { join } from "node:path";
import { readCsv } from "../formats/csv.ts";
import type { WindowLabel } from "../targets/labels.ts";
import type { Experiment } from "./experiment.ts";
import { Plan, type PlannedStage } from "./plan.ts";
import { planPreparations, PreparationError, type RunOptions, runOthers } from "./run.ts";
import { openWindows, readJson, type WindowsFolder } from "./stages/folders.ts";
import type { InspectedExample, InspectedWindow } from "./stages/inspection.ts";
import { readLabels, type TargetFacts } from "./stages/labels.ts";

/** A recording as it was found. */
export interface InspectedRecording {
  readonly id: string;
  readonly subject: string;
  readonly session: string;
  readonly stimulus: string;
  readonly seconds: number;
  readonly sampleRateHz: number;
  /** All leads with their units. */
  readonly leads: string;
  /** The lead that is used. */
  readonly lead: string;
  /** Windows that it is cut into, those that are left out among them. */
  readonly windows: number;
}

/** What is in the data of an experiment. */
export interface Inspection {
  readonly recordings: readonly InspectedRecording[];
  /** Every window, those that are left out among them. */
  readonly inspected: readonly InspectedWindow[];
  readonly examples: readonly InspectedExample[];
  /** The windows that are used. */
  readonly windows: WindowsFolder;
  /** Where they lie. */
  readonly folder: string;
  readonly labels: readonly WindowLabel[];
  readonly target: TargetFacts;
}

/**
 * Brings windows, labels and what they are like of the manifest's first grid point into the store, and reads them.
 *
 * Throws PreparationError with the message of the stage that failed.
 */
export async function inspectData(experiment: Experiment, options: RunOptions): Promise<Inspection> {
  const plan = new Plan(), [point] = experiment.points;
  const [{ preparation: { windows, labels } }] = await planPreparations(new Plan(), {
    points: [point],
    context: options.context,
  });
  plan.include([windows, labels]);
  const { parameters } = windows.key;
  const inspection = plan.add("inspection", { parameters, inputs: { windows, labels }, label: "inspection" });
  const outcomes = await runOthers([windows, labels, inspection], { ...options, failFast: true });
  const failed = [...outcomes.values()].find((error) => error !== null);
  if (typeof failed === "string") throw new PreparationError(failed);
  const folderOf = ({ stage, id }: PlannedStage) => options.store.folder(stage, id);
  const folder = folderOf(inspection), windowsFolder = folderOf(windows);
  return {
    recordings: readTable(folder, "recordings.csv").map((row) => ({
      id: row.id,
      subject: row.subject,
      session: row.session,
      stimulus: row.stimulus,
      seconds: Number(row.seconds),
      sampleRateHz: Number(row.sampleRateHz),
      leads: row.leads,
      lead: row.lead,
      windows: Number(row.windows),
    })),
    inspected: readTable(folder, "windows.csv").map((row) => ({
      window: row.window,
      subject: row.subject,
      class: row.class || null,
      verdict: row.verdict as InspectedWindow["verdict"],
      perMinute: row.perMinute === "" ? null : Number(row.perMinute),
    })),
    examples: readJson<InspectedExample[]>(folder, "examples.json"),
    windows: openWindows(windowsFolder),
    folder: windowsFolder,
    ...readLabels(folderOf(labels)),
  };
}

function readTable(folder: string, name: string): Record<string, string>[] {
  return readCsv(Deno.readTextFileSync(join(folder, name)));
}
