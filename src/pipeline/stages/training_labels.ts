/**
 * The stage `training-labels`: the labels that one budget and draw allow in one fold.
 *
 * Files: `labels.csv` (window, subject, class, role: train or validation); `budget.json`; `classes.json`.
 *
 * @module
 */
import { join } from "node:path";
import { writeCsv } from "../../formats/csv.ts";
import { stream } from "../../random/stream.ts";
import { type BudgetParameters, checkBudgetUnit, drawBudget } from "../../targets/budget.ts";
import type { Stage } from "../stage.ts";
import { LABEL_COLUMNS, openFold, openWindows, writeJson } from "./folders.ts";
import { readLabels } from "./labels.ts";

/** What decides the files of this stage. */
export interface TrainingLabelsParameters {
  readonly fold: number;
  readonly draw: number;
  readonly labels: Omit<BudgetParameters, "draws">;
}

/** How large the budget turned out; `budget.json`. */
export interface BudgetFacts {
  readonly units: number;
  readonly train: number;
  readonly validation: number;
  /** What training and validation labels do not share. */
  readonly dividedBy: string;
}

/** Draws the budget. */
export const stage: Stage<TrainingLabelsParameters> = {
  run({ parameters: { fold, draw, labels: budget }, inputs, output }) {
    const windows = openWindows(inputs.windows), { labels, target } = readLabels(inputs.labels);
    checkBudgetUnit({ ...budget, constantOver: target.constantOver });
    const train = new Set(openFold(inputs.split, fold).train);
    const candidates = labels.filter(({ window }) => train.has(window)).map(({ window, class: index }) => {
      const { subject, recording } = windows.table[windows.position(window)];
      return { id: window, subject, recording, class: index };
    });
    const drawn = drawBudget({
      ...budget,
      windows: candidates,
      draw,
      stream: stream(budget.seed, `fold/${fold + 1}/labels`),
      classes: target.classes,
    });
    const roles = new Map([
      ...drawn.train.map((id) => [id, "train"] as const),
      ...drawn.validation.map((id) => [id, "validation"] as const),
    ]);
    const rows = candidates.filter(({ id }) => roles.has(id)).map(({ id, subject, class: index }) => ({
      window: id,
      subject,
      class: index,
      role: roles.get(id),
    }));
    Deno.writeTextFileSync(join(output, "labels.csv"), writeCsv(LABEL_COLUMNS, rows));
    writeJson(output, "classes.json", target.classes);
    const facts: BudgetFacts = {
      units: drawn.units,
      train: drawn.train.length,
      validation: drawn.validation.length,
      dividedBy: drawn.dividedBy,
    };
    writeJson(output, "budget.json", facts);
    return Promise.resolve();
  },
};
