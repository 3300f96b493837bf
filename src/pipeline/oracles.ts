/**
 * What somebody who knows the latent state of simulated windows would score.
 *
 * @module
 */
import { join } from "node:path";
import { thresholdOracle } from "../evaluation/oracle.ts";
import type { Oracle } from "../evaluation/results.ts";
import { readCsv } from "../formats/csv.ts";
import type { PreparedPoint } from "./run.ts";
import { openWindows } from "./stages/folders.ts";
import { readLabels } from "./stages/labels.ts";
import type { Store } from "./store.ts";

/**
 * The oracles of a run's first grid point: one for each column of `truth.csv` that is defined in every labelled window,
 * and that does not define the classes.
 *
 * None where nobody knows the truth.
 */
export function oracles(prepared: readonly PreparedPoint[], store: Store): Oracle[] {
  const { preparation, folds, point } = prepared[0];
  const folderOf = (stage: "windows" | "labels") => store.folder(stage, preparation[stage].id);
  const path = join(folderOf("windows"), "truth.csv");
  const windows = openWindows(folderOf("windows")), { labels, target } = readLabels(folderOf("labels"));
  if (!windows.facts.hasTruth) return [];
  const rows = new Map(readCsv(Deno.readTextFileSync(path)).map((row) => [row.window, row]));
  const known = labels.map((label) => ({ label, row: rows.get(label.window) })).filter(({ row }) =>
    row !== undefined
  );
  const indexOf = new Map(known.map(({ label }, index) => [label.window, index]));
  const side = (ids: readonly string[]) =>
    ids.map((id) => indexOf.get(id)).filter((index) => index !== undefined);
  const columns = Object.keys(known[0]?.row ?? {}).filter((column) => column !== "window");
  return columns.flatMap((name) => {
    const state = known.map(({ row }) => row?.[name] === "" ? NaN : Number(row?.[name]));
    if (!state.every(Number.isFinite)) return [];
    const scores = thresholdOracle({
      state,
      truth: known.map(({ label }) => label.class),
      windows: known.map(({ label }) => label.window),
      hardNegatives: known.map(({ label }) => label.isHardNegative),
      subjects: known.map(({ label }) => windows.table[windows.position(label.window)].subject),
      folds: folds.map(({ train, test }) => ({ train: side(train), test: side(test) })),
      classes: target.classes,
      minPerClass: point.manifest.score.minWindowsPerClass,
    });
    // A state that the classes were made from is no ruler.
    return scores.accuracy === 1 ? [] : [{ name, scores }];
  });
}
