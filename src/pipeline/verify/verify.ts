/**
 * Verifying a run: its cells are computed again, and every byte is compared.
 *
 * @module
 */
import { join } from "node:path";
import { runStages } from "../coordinator.ts";
import type { Environment } from "../environment.ts";
import type { Launcher } from "../launchers/launcher.ts";
import type { PlannedStage } from "../plan.ts";
import { stagesOf } from "../preparation.ts";
import type { CellOutcome } from "../run.ts";
import type { StageEvent } from "../stage_event.ts";
import type { Outcomes } from "../stage_outcomes.ts";
import type { Store } from "../store.ts";
import type { Difference } from "./difference.ts";
import type { VerificationPlan } from "./plan.ts";
import { compareRunFiles, type FileComparison } from "./run_files.ts";
import { compareStage, type StageComparison } from "./stages.ts";

/** How stages are computed again, and who is told. */
export interface VerifyOptions {
  /** An empty store, which takes what is computed again. */
  readonly again: Store;
  readonly launcher: Launcher;
  readonly workers: number;
  readonly dataFolder: string;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  begin(stages: readonly PlannedStage[], finishesCell: ReadonlyMap<PlannedStage, number>): void;
  event(event: StageEvent): void;
}

/** What came of it. */
export interface Verification {
  /** Stages that were computed again, in the order in which they were planned. */
  readonly stages: readonly StageComparison[];
  /** Files of the run's folder that tell of the cells. */
  readonly files: readonly FileComparison[];
  /** All of them; none where every byte is the same. */
  readonly differences: readonly Difference[];
}

/** Computes every stage of the plan, each in a fresh process, and compares. Rejects with the reason of `signal` when that aborts. */
export async function verify(
  plan: VerificationPlan,
  { again, environment, begin, ...options }: VerifyOptions,
): Promise<Verification> {
  const { stages, cells, models, run: { store } } = plan;
  const finishes = new Map<PlannedStage, number>();
  for (const { stages: { score } } of cells) finishes.set(score, (finishes.get(score) ?? 0) + 1);
  begin(stages, finishes);
  const outcomes = await runStages(stages, {
    ...options,
    store: again,
    machine: `${environment.cpu}, ${environment.system}`,
    lock: environment.lock,
    fresh: false,
    failureEnds: "none",
    check: () => Promise.resolve(),
  });
  const computed = new Set(stages.filter((stage) => outcomes.get(stage) === null));
  const compared: StageComparison[] = [];
  for (const stage of computed) compared.push(await compareStage(stage, { store, again }));
  const same = new Set(compared.filter(({ same, files }) => same === files).map(({ stage }) => stage));
  const rests = new Map(cells.map((cell) => [cell, restsOn(cell, plan)]));
  const restsWithin = (cell: CellOutcome, known: ReadonlySet<PlannedStage>) =>
    rests.get(cell)?.isSubsetOf(known) ?? false;
  const files = await compareRunFiles(plan, {
    cells: cells.filter((cell) => restsWithin(cell, computed)),
    models: models.filter(({ certificate }) => computed.has(certificate)),
    again,
    isSame: (cell) => restsWithin(cell, same),
  });
  return {
    stages: compared,
    files,
    differences: [
      ...failures(stages, outcomes),
      ...compared.flatMap(({ differences }) => differences),
      ...files.flatMap(({ differences }) => differences),
    ],
  };
}

/** Every stage that a cell rests on. */
function restsOn(
  { cell, stages: { score } }: CellOutcome,
  { preparations }: VerificationPlan,
): Set<PlannedStage> {
  const found = new Set<PlannedStage>();
  const add = (stage: PlannedStage) => {
    if (found.has(stage)) return;
    found.add(stage);
    Object.values(stage.inputs).forEach(add);
  };
  add(score);
  for (const { point, preparation } of preparations) {
    if (point === cell.point) stagesOf(preparation).forEach(add);
  }
  return found;
}

/** Stages that end with an error now; those that only wait for them are not told. */
function failures(stages: readonly PlannedStage[], outcomes: Outcomes): Difference[] {
  return stages.flatMap((stage): Difference[] => {
    const error = outcomes.get(stage) ?? null;
    const isFirst = Object.values(stage.inputs).every((input) => outcomes.get(input) === null);
    if (error === null || !isFirst) return [];
    const file = join("store", stage.stage, stage.id);
    return [{ kind: "failed", file, of: stage.label, hashes: {}, detail: error }];
  });
}
