/**
 * The models that a run hands out: of each arm, the full-budget cell that is best on validation, never on test.
 *
 * @module
 */
import { join } from "node:path";
import { identity } from "../manifest/canonical.ts";
import { addMetadata } from "../onnx/metadata.ts";
import { isWholeBudget } from "../targets/budget.ts";
import type { FitSummary } from "../training/fit.ts";
import { Plan, type PlannedStage } from "./plan.ts";
import type { CellOutcome, PreparedPoint } from "./run.ts";
import type { Certificate } from "./stages/certificate.ts";
import { readJson } from "./stages/folders.ts";
import { emptyFolder, type Store } from "./store.ts";

/** A cell whose model is handed out, with the stage that certifies it. */
export interface ChosenModel {
  readonly arm: string;
  readonly outcome: CellOutcome;
  readonly certificate: PlannedStage;
}

/** A model as it lies in `models/`. */
export interface WrittenModel {
  readonly arm: string;
  readonly cell: string;
  /** Its path in the run's folder. */
  readonly file: string;
  readonly bytes: number;
  readonly certificate: Certificate;
}

/** Chooses a model for every arm that has a finished cell with all labels, and plans its certificate. */
export function chooseModels(
  outcomes: readonly CellOutcome[],
  { prepared, store }: { prepared: readonly PreparedPoint[]; store: Store },
): ChosenModel[] {
  const plan = new Plan();
  const done = outcomes.filter(({ error, cell: { point } }) =>
    error === null && isWholeBudget(point.manifest.labels)
  );
  return [...Map.groupBy(done, ({ cell }) => cell.arm)].map(([arm, candidates]) => {
    const outcome = candidates.reduce((best, candidate) =>
      validationLoss(candidate, store) < validationLoss(best, store) ? candidate : best
    );
    const { cell, stages: { fit, hrv } } = outcome;
    const entry = prepared.find(({ point }) => point === cell.point);
    if (entry === undefined) {
      throw new RangeError(`Cannot certify a model: its grid point must be prepared, got ${cell.cell}`);
    }
    const { windows, split } = entry.preparation, { signal, compute } = cell.point.manifest;
    const fold = cell.fold - 1;
    return {
      arm,
      outcome,
      certificate: plan.add("certificate", {
        parameters: {
          fold,
          scaleFold: signal.normalize.scope === "training-fold" ? fold : null,
          threads: compute.threads,
        },
        inputs: { windows, split, fit, ...hrv === undefined ? {} : { features: hrv } },
        label: `certificate of ${arm}`,
      }),
    };
  });
}

/** A cell without validation labels comes after all that have some. */
function validationLoss({ stages: { fit } }: CellOutcome, store: Store): number {
  return readJson<FitSummary>(store.folder(fit.stage, fit.id), "fit.json").validationLoss ?? Infinity;
}

/** Writes the chosen models and their certificates to `models/`, with what only the run knows added to their metadata. */
export async function writeModels(
  chosen: readonly ChosenModel[],
  { store, folder, leak }: { store: Store; folder: string; leak: string | undefined },
): Promise<WrittenModel[]> {
  const mark: Record<string, string> = leak === undefined ? {} : { leak };
  await emptyFolder(join(folder, "models"));
  return await Promise.all(
    chosen.map(async ({ arm, outcome: { cell, stages: { fit } }, certificate: stage }) => {
      const bytes = addMetadata(await Deno.readFile(join(store.folder(fit.stage, fit.id), "model.onnx")), {
        cell: cell.cell,
        manifest: identity(cell.point.manifest),
        ...mark,
      });
      const file = join("models", `${arm}.onnx`);
      const certificate = readJson<Certificate>(store.folder(stage.stage, stage.id), "certificate.json");
      await Deno.writeFile(join(folder, file), bytes);
      await Deno.writeTextFile(
        join(folder, "models", `${arm}.json`),
        JSON.stringify({ ...mark, arm, cell: cell.cell, certificate }, null, 1) + "\n",
      );
      return { arm, cell: cell.cell, file, bytes: bytes.length, certificate };
    }),
  );
}
