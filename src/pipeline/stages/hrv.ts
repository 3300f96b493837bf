/**
 * The stage `hrv`: the heart-rate variability of every window, for arms that learn from it.
 *
 * Files: `features.f32` [windows, features] in the order of the windows, NaN where there are too few beats.
 *
 * @module
 */
import { join } from "node:path";
import { centreByGroup, HRV_COLUMNS, hrvFeatures } from "../../arms/hrv_features.ts";
import type { Stage } from "../stage.ts";
import { openWindows, writeAll } from "./folders.ts";

/** What decides the files of this stage. */
export interface HrvParameters {
  readonly centre: "none" | "subject";
}

/** Finds the beats of every window. */
export const stage: Stage<HrvParameters> = {
  run({ parameters: { centre }, inputs, output, progress }) {
    const windows = openWindows(inputs.windows), total = windows.table.length;
    // The detector does not care about offset and scale, so the normalisation of a fold is left out.
    const features = hrvFeatures(windows.rows(null), {
      sampleRateHz: windows.facts.sampleRateHz,
      progress: (done) => progress({ done, total }),
    });
    const groups = windows.table.map(({ subject }) => subject);
    const centred = centre === "none"
      ? features
      : centreByGroup(features, { columns: HRV_COLUMNS.length, groups });
    using file = Deno.openSync(join(output, "features.f32"), { create: true, write: true });
    writeAll(file, centred);
    return Promise.resolve();
  },
};
