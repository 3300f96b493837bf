/**
 * What a report shows, gathered from a finished run and the store.
 *
 * @module
 */
import { type ArmNeeds, ARMS } from "../arms/table.ts";
import { type Verdict, verdicts } from "../evaluation/verdicts.ts";
import { writeYaml } from "../manifest/write.ts";
import type { Environment } from "../pipeline/environment.ts";
import type { FinishedRun } from "../pipeline/experiment.ts";
import type { StageTiming } from "../pipeline/run_folder.ts";
import { openWindows, type WindowsFolder } from "../pipeline/stages/folders.ts";
import { readLabels } from "../pipeline/stages/labels.ts";
import type { Store } from "../pipeline/store.ts";
import type { Exposure, FoldCount, ReportData, ReportTimings } from "../report/data.ts";
import { mayKnowLabels } from "../report/given_encoder.ts";
import type { Fold } from "../splits/split.ts";
import { isWholeBudget } from "../targets/budget.ts";
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
  const { facts } = windows;
  const corpusStage = prepared.map(({ preparation }) => preparation.corpus).find((stage) =>
    stage !== undefined
  );
  const corpus = corpusStage && openWindows(store.folder("windows", corpusStage.id)).facts;
  const needsOf = (arm: string): ArmNeeds => ARMS[manifest.arms[arm].kind].needs;
  const arms = Object.keys(manifest.arms);
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
    notes: facts.notes,
    verdicts: [
      ...verdicts(summary, {
        simulated: facts.simulated,
        notes: [],
        // Whether self-supervision wins can't be told by encoders that learned labels.
        pretrained: exposure?.given.some(mayKnowLabels)
          ? []
          : arms.filter((arm) => needsOf(arm).encoder === "pretrained"),
        // Features that are centred per person know of all their windows what a network is never shown.
        handMade: arms.filter((arm) =>
          needsOf(arm).input === "hrv" && manifest.arms[arm].centre !== "subject"
        ),
        baselines: arms.filter((arm) => manifest.arms[arm].kind === "majority"),
      }),
      ...transductiveArms(manifest.arms),
    ],
    arms: arms.map((arm) => ({
      name: arm,
      description: describeArm(manifest.arms[arm], exposure),
      rule: manifest.arms[arm].kind === "majority",
    })),
    summary,
    ...labelCounts(labels, { windows, target }),
    labelUnit: manifest.labels.unit,
    split: {
      kind: manifest.split.kind,
      folds: first.folds.map((fold) => countFold(fold, windows)),
      checks: first.checks,
    },
    exposure,
    normalization: {
      scope: facts.signal.normalize.scope,
      transductive: facts.signal.normalize.scope === "subject" ||
        facts.signal.normalize.scope === "recording",
    },
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
    failedCells: cells.filter(({ status }) => status === "failed").map(({ cell, error }) => ({
      cell,
      reason: error,
    })),
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

/** What the data ask for, and the corpus that encoders were pretrained on, where it is another. */
function withCorpus(ofData: string, ofCorpus: string | undefined): string {
  return ofCorpus === undefined || ofCorpus === ofData ? ofData : `${ofData}; of the corpus: ${ofCorpus}`;
}

/** `encoder pretrained, head trained`, from the fields that say what the arm is, with the corpus where that is another. */
function describeArm(
  { kind, ...fields }: Readonly<Record<string, unknown>>,
  exposure: Exposure | null,
): string {
  const { encoder, train, augment, features, classifier, centre } = fields;
  if (features !== undefined) {
    return `${features} features of the beats${
      centre === "subject" ? ", centred per person" : ""
    }, ${classifier} regression`;
  }
  if (encoder === undefined) return `${kind}`;
  const trained = train === "head" ? "head trained on its features" : "all layers trained";
  return `encoder ${encoder === "pretrained" ? pretrainedEncoder(exposure) : encoder}, ${trained}${
    augment === undefined ? "" : `, windows augmented as in the ${augment}`
  }`;
}

/** `pretrained`, with the corpus where that is another, or the file that it is. */
function pretrainedEncoder(exposure: Exposure | null): string {
  if (exposure?.kind === "given") return `out of ${exposure.given.map(({ file }) => file).join(", ")}`;
  return exposure?.kind === "external"
    ? `pretrained on ${exposure.corpus ?? "another dataset"}`
    : "pretrained";
}

/** Arms whose features of test people rest on all windows of those people. */
function transductiveArms(arms: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Verdict[] {
  return Object.entries(arms).filter(([, { centre }]) => centre === "subject").map(([name]) => ({
    level: "warning",
    text:
      `${name} centres its features per person, which is transductive: unlabelled windows of tested people take part.`,
  }));
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
