/**
 * The models that a run hands out: of each arm, the full-budget cell that is best on validation, never on test.
 *
 * @module
 */
import { join } from "node:path";
import { identity } from "../manifest/canonical.ts";
import { addMetadata } from "../onnx/files/metadata.ts";
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
    const { cell, stages } = outcome;
    const entry = prepared.find(({ point }) => point === cell.point);
    if (entry === undefined) {
      throw new RangeError(`Cannot certify a model: its grid point must be prepared, got ${cell.cell}`);
    }
    return { arm, outcome, certificate: planCertificate(plan, { cell, stages, ...entry }) };
  });
}

/** Plans what certifies the model of a cell. */
export function planCertificate(
  plan: Plan,
  { cell, stages: { fit, hrv }, preparation: { windows, split } }:
    & Pick<CellOutcome, "cell" | "stages">
    & Pick<PreparedPoint, "preparation">,
): PlannedStage {
  const { signal, compute } = cell.point.manifest, fold = cell.fold - 1;
  return plan.add("certificate", {
    parameters: {
      fold,
      scaleFold: signal.normalize.scope === "training-fold" ? fold : null,
      threads: compute.threads,
      provider: compute.provider,
    },
    inputs: { windows, split, fit, ...hrv === undefined ? {} : { features: hrv } },
    label: `certificate of ${cell.arm}`,
  });
}

/** A cell without validation labels comes after all that have some. */
function validationLoss({ stages: { fit } }: CellOutcome, store: Store): number {
  return readJson<FitSummary>(store.folder(fit.stage, fit.id), "fit.json").validationLoss ?? Infinity;
}

/** Writes the chosen models and their certificates to `models/`. */
export async function writeModels(
  chosen: readonly ChosenModel[],
  { store, folder, leak }: { store: Store; folder: string; leak: string | undefined },
): Promise<WrittenModel[]> {
  await emptyFolder(join(folder, "models"));
  return await Promise.all(chosen.map(async (model) => {
    const { onnx, text, certificate } = await readModel(model, { store, leak });
    const { arm, outcome: { cell } } = model, file = join("models", `${arm}.onnx`);
    await Deno.writeFile(join(folder, file), onnx);
    await Deno.writeTextFile(join(folder, "models", `${arm}.json`), text);
    return { arm, cell: cell.cell, file, bytes: onnx.length, certificate };
  }));
}

/** The files of a model that is handed out: what only the run knows is added to the metadata, and to the certificate. */
export async function readModel(
  { arm, outcome: { cell, stages: { fit } }, certificate: stage }: ChosenModel,
  { store, leak }: { store: Store; leak: string | undefined },
): Promise<{ onnx: Uint8Array; text: string; certificate: Certificate }> {
  const mark: Record<string, string> = leak === undefined ? {} : { leak };
  const onnx = addMetadata(await Deno.readFile(join(store.folder(fit.stage, fit.id), "model.onnx")), {
    cell: cell.cell,
    manifest: identity(cell.point.manifest),
    ...mark,
  });
  const certificate = readJson<Certificate>(store.folder(stage.stage, stage.id), "certificate.json");
  const text = JSON.stringify({ ...mark, arm, cell: cell.cell, certificate }, null, 1) + "\n";
  return { onnx, text, certificate };
}
