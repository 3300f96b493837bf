/**
 * What a report shows, gathered from a finished run and the store.
 *
 * @module
 */
import { writeYaml } from "../manifest/write.ts";
import type { Results } from "../pipeline/collect.ts";
import type { Environment } from "../pipeline/environment.ts";
import type { FinishedRun } from "../pipeline/experiment.ts";
import type { PreparedPoint } from "../pipeline/run.ts";
import type { StageTiming } from "../pipeline/run_folder.ts";
import { openWindows, type WindowsFolder } from "../pipeline/stages/folders.ts";
import { readLabels } from "../pipeline/stages/labels.ts";
import type { Store } from "../pipeline/store.ts";
import type { FoldCount, ReportData, ReportTimings } from "../report/data.ts";
import type { Fold } from "../splits/split.ts";
import { isWholeBudget } from "../targets/budget.ts";
import { armVerdicts, describeArms } from "./report_arms.ts";
import { labelCounts } from "./report_counts.ts";
import { examplesOf } from "./report_examples.ts";
import {
  confusionsOf,
  exposureOf,
  pretextHistories,
  subjectScoresOf,
  trainingHistories,
} from "./report_parts.ts";

/** What a run does not know of itself. */
export interface ReportOptions {
  readonly store: Store;
  readonly environment: Environment;
  readonly command: string;
  readonly leak: string | undefined;
}

/** Gathers everything. */
export function reportData(run: FinishedRun, options: ReportOptions): ReportData {
  const { experiment: { name, manifest, resolved, hash }, results: { summary, cells }, prepared, outcomes } =
    run;
  const { store, environment } = options;
  const first = prepared[0], windows = openWindows(store.folder("windows", first.preparation.windows.id));
  const { labels, target } = readLabels(store.folder("labels", first.preparation.labels.id));
  const { facts } = windows, { scope } = facts.signal.normalize;
  const corpus = corpusFacts(prepared, store);
  const exposure = exposureOf(outcomes, store);
  const whole = outcomes.filter(({ cell, error }) =>
    error === null && isWholeBudget(cell.point.manifest.labels)
  );
  return {
    title: name,
    question: manifest.question,
    manifestHash: hash,
    manifest: writeYaml(resolved),
    command: options.command,
    leak: options.leak ?? "",
    labels: facts.ranges,
    notes: facts.notes,
    verdicts: armVerdicts(summary, { arms: manifest.arms, exposure, simulated: facts.simulated }),
    arms: describeArms(manifest.arms, exposure),
    summary,
    ...labelCounts(labels, { windows, target }),
    labelUnit: manifest.labels.unit,
    split: {
      kind: manifest.split.kind,
      folds: first.folds.map((fold) => countFold(fold, windows)),
      checks: first.checks,
    },
    exposure,
    normalization: { scope, transductive: scope === "subject" || scope === "recording" },
    confusions: confusionsOf(whole, { store, classes: target.classes.length }),
    subjectScores: subjectScoresOf(whole, { store, metric: summary.primary }),
    pretextHistories: pretextHistories(outcomes, store),
    trainingHistories: trainingHistories(whole, store),
    examples: examplesOf(manifest.pretext, { windows, labels, classes: target.classes }),
    models: run.models,
    discarded: [
      ...target.discarded,
      ...facts.discarded.map(({ reason, ...more }) => ({ reason: `signal: ${reason}`, ...more })),
    ],
    failedCells: failedCells(cells),
    environment,
    timings: timingsOf(run.timings),
    dataset: {
      name: manifest.dataset.kind,
      licence: withCorpus(facts.licence, corpus?.licence),
      citation: withCorpus(facts.citation, corpus?.citation),
      simulated: facts.simulated,
    },
  };
}

/** What is known of the corpus that encoders were pretrained on; undefined where that is the dataset itself. */
function corpusFacts(prepared: readonly PreparedPoint[], store: Store): WindowsFolder["facts"] | undefined {
  const corpus = prepared.map(({ preparation }) => preparation.corpus).find((stage) => stage !== undefined);
  return corpus && openWindows(store.folder("windows", corpus.id)).facts;
}

function failedCells(cells: Results["cells"]): ReportData["failedCells"] {
  return cells.filter(({ status }) => status === "failed").map(({ cell, error }) => ({
    cell,
    reason: error,
  }));
}

/** What the data ask for, and the corpus that encoders were pretrained on, where it is another. */
function withCorpus(ofData: string, ofCorpus: string | undefined): string {
  return ofCorpus === undefined || ofCorpus === ofData ? ofData : `${ofData}; of the corpus: ${ofCorpus}`;
}

function subjectsOf(ids: readonly string[], windows: WindowsFolder): number {
  return new Set(ids.map((id) => windows.table[windows.position(id)].subject)).size;
}

function countFold(fold: Fold, windows: WindowsFolder): FoldCount {
  const count = (ids: readonly string[]) => ({ windows: ids.length, subjects: subjectsOf(ids, windows) });
  return { train: count(fold.train), validation: count(fold.validation), test: count(fold.test) };
}

function timingsOf(timings: readonly StageTiming[]): ReportTimings {
  const total = (own: readonly StageTiming[]) => own.reduce((sum, { seconds }) => sum + seconds, 0);
  return {
    totalSeconds: total(timings),
    stages: [...Map.groupBy(timings, ({ stage }) => stage)].map(([stage, own]) => ({
      stage,
      runs: own.length,
      seconds: total(own),
    })),
    cellSeconds: timings.filter(({ stage }) => stage === "fit").map(({ seconds }) => seconds),
  };
}
