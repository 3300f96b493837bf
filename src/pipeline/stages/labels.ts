/**
 * The stage `labels`: a class for every window, and what got none.
 *
 * Files: `labels.csv` (window, class as a number, whether it is a hard negative: 1 or 0); `target.json` with the classes and what was discarded. No process
 * that trains may read this folder: it holds the labels of test people.
 *
 * @module
 */
import { join } from "node:path";
import { readCsv, writeCsv } from "../../formats/csv.ts";
import { type Discard, labelWindows, type WindowLabel } from "../../targets/labels.ts";
import { prepareTarget, type TargetSpecification } from "../../targets/table.ts";
import type { Stage } from "../stage.ts";
import { openWindows, readJson, readMarks, readRatings, readRecordings, writeJson } from "./folders.ts";

/** What decides the files of this stage. */
export interface LabelsParameters {
  readonly target: TargetSpecification;
}

/** What the target made of the windows; `target.json`. */
export interface TargetFacts {
  readonly classes: readonly string[];
  readonly constantOver: "recording" | "window";
  readonly discarded: readonly Discard[];
  /** What is easily taken for the positive class, and how many windows that is; null where the target names none. */
  readonly hardNegatives: { readonly name: string; readonly windows: number } | null;
}

/** Gives windows their classes. */
export const stage: Stage<LabelsParameters> = {
  async run({ parameters, inputs, output }) {
    const { table, facts: { ranges } } = openWindows(inputs.windows);
    const recordings = readRecordings(inputs.windows);
    const marks = readMarks(inputs.windows), ratings = readRatings(inputs.windows);
    const target = await prepareTarget(parameters.target, { recordings, ranges, marks, ratings });
    const { labels, discarded } = labelWindows(target, { windows: table, recordings });
    Deno.writeTextFileSync(
      join(output, "labels.csv"),
      writeCsv(
        ["window", "class", "hardNegative"],
        labels.map(({ window, class: index, isHardNegative }) => ({
          window,
          class: index,
          hardNegative: Number(isHardNegative),
        })),
      ),
    );
    const { classes, constantOver } = target, hard = labels.filter(({ isHardNegative }) => isHardNegative);
    const hardNegatives = target.hardNegatives === undefined
      ? null
      : { name: target.hardNegatives, windows: hard.length };
    writeJson(
      output,
      "target.json",
      { classes, constantOver, discarded, hardNegatives } satisfies TargetFacts,
    );
  },
};

/** Reads the labels of all windows. */
export function readLabels(folder: string): { labels: WindowLabel[]; target: TargetFacts } {
  const rows = readCsv(Deno.readTextFileSync(join(folder, "labels.csv")));
  return {
    labels: rows.map((row) => ({
      window: row.window,
      class: Number(row.class),
      isHardNegative: row.hardNegative === "1",
    })),
    target: readJson<TargetFacts>(folder, "target.json"),
  };
}
