/**
 * The stage `sealed-labels`: the labels of one fold's test windows, which no process that trains may read.
 *
 * Files: `labels.csv` (window, subject, class, role, hardNegative).
 *
 * @module
 */
import { join } from "node:path";
import { writeCsv } from "../../formats/csv.ts";
import type { Stage } from "../stage.ts";
import { LABEL_COLUMNS, openFold, openWindows, writeJson } from "./folders.ts";
import { readLabels } from "./labels.ts";

/** What decides the files of this stage. */
export interface SealedLabelsParameters {
  readonly fold: number;
}

/** Sets the test labels apart. */
export const stage: Stage<SealedLabelsParameters> = {
  run({ parameters, inputs, output }) {
    const windows = openWindows(inputs.windows), { labels, target } = readLabels(inputs.labels);
    const test = new Set(openFold(inputs.split, parameters.fold).test);
    const rows = labels.filter(({ window }) => test.has(window)).map((
      { window, class: index, isHardNegative },
    ) => ({
      window,
      subject: windows.table[windows.position(window)].subject,
      class: index,
      role: "test",
      hardNegative: Number(isHardNegative),
    }));
    Deno.writeTextFileSync(join(output, "labels.csv"), writeCsv([...LABEL_COLUMNS, "hardNegative"], rows));
    writeJson(output, "classes.json", target.classes);
    return Promise.resolve();
  },
};
