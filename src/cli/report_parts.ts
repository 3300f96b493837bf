/**
 * What a report shows of single cells and pretrainings, read from the store.
 *
 * @module
 */
import { join } from "node:path";
import { meanDefined } from "../evaluation/average.ts";
import type { Metric } from "../evaluation/results.ts";
import { readCsv } from "../formats/csv.ts";
import { canonicalJson } from "../manifest/canonical.ts";
import type { PlannedStage } from "../pipeline/plan.ts";
import type { CellOutcome } from "../pipeline/run.ts";
import { type Exposure as Seen, readJson } from "../pipeline/stages/folders.ts";
import { readScores } from "../pipeline/stages/predictions.ts";
import type { Store } from "../pipeline/store.ts";
import type { Confusion, Exposure, GivenEncoder, History, SubjectScore } from "../report/data.ts";
import { describeGiven } from "./report_given.ts";

/** Training curves drawn of each arm. */
const HISTORIES_PER_ARM = 1;

/** Predictions of an arm over its cells, counted by true and predicted class. */
export function confusionsOf(
  outcomes: readonly CellOutcome[],
  { store, classes }: { store: Store; classes: number },
): Confusion[] {
  return byArm(outcomes).map((own) => {
    const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
    for (const { stages: { score } } of own) {
      readScores(store.folder(score.stage, score.id)).confusion.forEach((row, truth) =>
        row.forEach((count, predicted) => counts[truth][predicted] += count)
      );
    }
    return { grid: own[0].cell.point.grid, arm: own[0].cell.arm, counts };
  });
}

/** Each person's score with each arm, mean over the cells that tested them. */
export function subjectScoresOf(
  outcomes: readonly CellOutcome[],
  { store, metric }: { store: Store; metric: Metric },
): SubjectScore[] {
  return byArm(outcomes).flatMap((own) => {
    const scores = own.flatMap(({ stages: { score } }) =>
      readScores(store.folder(score.stage, score.id)).subjects
    );
    return [...Map.groupBy(scores, ({ subject }) => subject)].map(([subject, cells]) => ({
      grid: own[0].cell.point.grid,
      arm: own[0].cell.arm,
      subject,
      score: meanDefined(cells.map(({ scores }) => scores[metric])),
    }));
  });
}

/** Whom the encoders saw in pretraining; null when nothing was pretrained. */
export function exposureOf(
  outcomes: readonly CellOutcome[],
  store: Store,
): Exposure | null {
  const pretrained = pretrainings(outcomes), given = givenEncoders(outcomes, store);
  if (pretrained.length === 0 && given.length === 0) return null;
  const folds = new Map(pretrained.map(({ cell, encoder }) => {
    const { subjects, recordings } = readExposure(encoder, store);
    return [cell.fold, { fold: cell.fold, subjects: subjects.length, recordings: recordings.length }];
  }));
  const kinds = new Set(pretrained.map(exposureKind));
  const others = pretrained.filter((entry) => exposureKind(entry) === "external")
    .map(({ encoder }) => readExposure(encoder, store).corpus).filter((corpus) => corpus !== "");
  return {
    kind: [...kinds, ...given.length === 0 ? [] : ["given"]].join(", "),
    external: kinds.has("external"),
    corpus: others.length === 0 ? null : [...new Set(others)].join(", "),
    transductive: kinds.has("transductive"),
    given,
    folds: [...folds.values()],
  };
}

/** The losses of every pretraining. */
export function pretextHistories(outcomes: readonly CellOutcome[], store: Store): History[] {
  return pretrainings(outcomes).map(({ cell, encoder }) => ({
    label: `fold ${cell.fold}, seed ${cell.seed}`,
    arm: "",
    lines: readHistory(encoder, store),
  }));
}

/** The losses of one cell of each arm. */
export function trainingHistories(outcomes: readonly CellOutcome[], store: Store): History[] {
  return byArm(outcomes).flatMap((own) =>
    own.slice(0, HISTORIES_PER_ARM).flatMap(({ cell, stages: { fit } }) => {
      const lines = readHistory(fit, store);
      return lines.length === 0 ? [] : [{ label: cell.cell, arm: cell.arm, lines }];
    })
  );
}

/** The outcomes of each arm at each grid point. */
function byArm(outcomes: readonly CellOutcome[]): CellOutcome[][] {
  return [...Map.groupBy(outcomes, ({ cell }) => canonicalJson([cell.point.grid, cell.arm])).values()];
}

/** Each finished pretraining once, with a cell that began with it. */
function pretrainings(outcomes: readonly CellOutcome[]) {
  return encodersOf(outcomes, "pretrain");
}

/** Each encoder of a stage once, with a cell that began with it. */
function encodersOf(outcomes: readonly CellOutcome[], stage: "pretrain" | "given-encoder") {
  const found = outcomes.flatMap(({ cell, stages: { encoder }, error }) =>
    error === null && encoder?.stage === stage ? [{ cell, encoder }] : []
  );
  return [...new Map(found.map((entry) => [entry.encoder.id, entry])).values()];
}

/** The encoders that were given as files. */
function givenEncoders(outcomes: readonly CellOutcome[], store: Store): GivenEncoder[] {
  return encodersOf(outcomes, "given-encoder").flatMap(({ cell: { point: { manifest } }, encoder }) => {
    const { given } = readExposure(encoder, store);
    if (given === undefined || manifest.pretext.kind !== "given") return [];
    return [describeGiven(given, { file: manifest.pretext.encoder, signal: manifest.signal })];
  });
}

/** Whose windows a pretraining saw, as its manifest says. */
function exposureKind({ cell: { point: { manifest: { pretext } } } }: Pick<CellOutcome, "cell">): string {
  return pretext.kind === "given" ? "given" : pretext.exposure;
}

function readExposure({ stage, id }: PlannedStage, store: Store): Seen {
  return readJson<Seen>(store.folder(stage, id), "exposure.json");
}

function readHistory({ stage, id }: PlannedStage, store: Store): History["lines"] {
  return readCsv(Deno.readTextFileSync(join(store.folder(stage, id), "history.csv"))).map((row) => ({
    epoch: Number(row.epoch),
    training: Number(row.trainLoss),
    validation: row.validationLoss === undefined ? null : Number(row.validationLoss),
  }));
}
