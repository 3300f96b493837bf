/**
 * An experiment: a manifest that has been read and found valid, and its run from data to a folder of results.
 *
 * @module
 */
import { join } from "node:path";
import { identity } from "../manifest/canonical.ts";
import { didYouMean } from "../manifest/choice.ts";
import { formatPath, parsePath, type Path, removePath } from "../manifest/paths.ts";
import { ManifestError, type Problem, problemAt } from "../manifest/problem.ts";
import type { ManifestSource } from "../manifest/read.ts";
import { collect, type Results } from "./collect.ts";
import { type GridPoint, gridPoints } from "./grid_points.ts";
import { chooseModels, writeModels, type WrittenModel } from "./models.ts";
import { stagesOf } from "./preparation.ts";
import {
  type CellOutcome,
  prepare,
  type PreparedPoint,
  runCells,
  type RunOptions,
  runOthers,
} from "./run.ts";
import { beginRunFolder, readTimings, type StageTiming, writeRunFolder } from "./run_folder.ts";
import type { Manifest } from "./schema.ts";

/** A valid manifest. */
export interface Experiment {
  /** The name of its folder of results. */
  readonly name: string;
  /** That of the first grid point. */
  readonly manifest: Manifest;
  /** With every default, without the keys that are swept: what is written beside the results. */
  readonly resolved: unknown;
  /** Identity of the resolved manifest. */
  readonly hash: string;
  readonly points: readonly GridPoint[];
}

/** What a run leaves behind. */
export interface FinishedRun {
  readonly experiment: Experiment;
  readonly folder: string;
  readonly prepared: readonly PreparedPoint[];
  readonly outcomes: readonly CellOutcome[];
  readonly results: Results;
  readonly models: readonly WrittenModel[];
  /** Arms whose model could not be certified, and is not handed out. */
  readonly uncertified: readonly string[];
  readonly timings: readonly StageTiming[];
  /** Why a split that leaks was used; undefined where none does. */
  readonly leak: string | undefined;
}

/**
 * Validates a manifest and names its run: after its file, and after its content too where the command line changed it.
 *
 * Throws ManifestError with every problem at once.
 */
export function openExperiment(source: ManifestSource, { overridden }: { overridden: boolean }): Experiment {
  const points = gridPoints(source), { manifest, coordinates } = points[0];
  refuseUnknownHypotheses(points, source);
  refuseSweptRun(points, source);
  refuseIdleCorpus(points, source);
  const resolved = Object.keys(coordinates).reduce(
    (value: unknown, path) => removePath(value, parsePath(path)),
    manifest,
  );
  const hash = identity(resolved);
  return {
    name: overridden ? `${source.name}--${hash.slice(0, 8)}` : source.name,
    manifest,
    resolved,
    hash,
    points,
  };
}

/** Runs what is missing and writes the results. Throws as preparing does; cells that fail are in the outcomes. */
export async function runExperiment(
  experiment: Experiment,
  { folder, ...options }: RunOptions & { folder: string },
): Promise<FinishedRun> {
  const { store, allowLeak, environment } = options;
  await beginRunFolder(folder, { experiment, environment });
  const prepared = await prepare(experiment.points, options);
  const outcomes = await runCells(prepared, options);
  const chosen = chooseModels(outcomes, { prepared, store });
  const certificates = await runOthers(chosen.map(({ certificate }) => certificate), options);
  const certified = chosen.filter(({ certificate }) => certificates.get(certificate) === null);
  const results = collect(outcomes, { prepared, store });
  const stages = [
    ...prepared.flatMap(({ preparation }) => stagesOf(preparation)),
    ...outcomes.flatMap((outcome) => Object.values(outcome.stages)).filter((stage) => stage !== undefined),
    ...certified.map(({ certificate }) => certificate),
  ];
  const timings = await readTimings(stages, store);
  const leaks = prepared.some(({ checks }) => checks.some(({ outcome }) => outcome === "fail"));
  const leak = leaks ? allowLeak : undefined;
  await writeRunFolder(folder, store, {
    experiment,
    results,
    outcomes,
    prepared,
    environment,
    timings,
    leak,
  });
  const models = await writeModels(certified, { store, folder, leak });
  const uncertified = chosen.filter((model) => !certified.includes(model)).map(({ arm }) => arm);
  return { experiment, folder, prepared, outcomes, results, models, uncertified, timings, leak };
}

/** Where the results of a run lie. */
export function runFolder(results: string, { name }: Experiment): string {
  return join(results, name);
}

/** What a run has once: its curves would otherwise be drawn, and its hypotheses tested, by those of the first grid point. */
const OF_A_RUN = ["question", "source", "score", "hypotheses"];

function refuseSweptRun([{ coordinates }]: readonly GridPoint[], source: ManifestSource): void {
  const swept = Object.keys(coordinates).filter((path) => OF_A_RUN.includes(String(parsePath(path)[0])));
  if (swept.length === 0) return;
  throw new ManifestError(swept.map((path) =>
    problemAt(source.locate(["sweep", path]), {
      path: formatPath(["sweep", path]),
      message: `Cannot sweep this key: it must be none that holds for the whole run (${
        OF_A_RUN.join(", ")
      }), got ${path}`,
    })
  ));
}

/** A corpus that no encoder sees would be taken for one that did. */
function refuseIdleCorpus(points: readonly GridPoint[], source: ManifestSource): void {
  const pretexts = points.flatMap(({ manifest: { pretext } }) => pretext.kind === "given" ? [] : [pretext]);
  if (pretexts.every(({ corpus }) => corpus === undefined)) return;
  if (pretexts.some(({ exposure }) => exposure === "external")) return;
  const path = ["pretext", "corpus"];
  throw new ManifestError([problemAt(source.locate(path), {
    path: formatPath(path),
    message: `Cannot use a corpus: pretext.exposure must be external, got ${pretexts[0].exposure}`,
  })]);
}

function refuseUnknownHypotheses(points: readonly GridPoint[], source: ManifestSource): void {
  const { arms, hypotheses, labels } = points[0].manifest;
  const budgets = new Set(points.map(({ budget }) => budget));
  const problems: Problem[] = [];
  const refuse = (path: Path, message: string) =>
    problems.push(problemAt(source.locate(path), { path: formatPath(path), message }));
  hypotheses.forEach(({ arm, against, budget }, index) => {
    for (const [key, name] of [["arm", arm], ["against", against]] as const) {
      if (Object.hasOwn(arms, name)) continue;
      refuse(
        ["hypotheses", index, key],
        `Cannot compare: it must be an arm of this manifest (${Object.keys(arms).join(", ")}), got "${name}"${
          didYouMean(name, Object.keys(arms))
        }`,
      );
    }
    const whole = budget === 1 && labels.count === undefined ? "all" : budget;
    if (budgets.has(whole)) return;
    refuse(
      ["hypotheses", index, "budget"],
      `Cannot compare: it must be one of the budgets ${[...budgets].join(", ")}, got ${budget}`,
    );
  });
  if (problems.length > 0) throw new ManifestError(problems);
}
