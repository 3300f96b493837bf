/**
 * The stage `features`: what an encoder makes of every window, computed once for all arms that keep it frozen.
 *
 * Files: `features.f32` [windows, features] in the order of the windows.
 *
 * @module
 */
import { join } from "node:path";
import type { Provider } from "../../onnx/runtime/providers.ts";
import { computeFeatures } from "../../training/features.ts";
import type { Stage } from "../stage.ts";
import { openScale, openWindows, writeAll } from "./folders.ts";

/** What decides the files of this stage. */
export interface FeaturesParameters {
  readonly scaleFold: number | null;
  readonly threads: number;
  readonly provider: Provider;
}

/** Runs the encoder over all windows. */
export const stage: Stage<FeaturesParameters> = {
  async run({ parameters: { scaleFold, threads, provider }, inputs, output, progress }) {
    const windows = openWindows(inputs.windows), scale = openScale(inputs.split, scaleFold);
    const encoder = Deno.readFileSync(join(inputs.encoder, "encoder.onnx"));
    using file = Deno.openSync(join(output, "features.f32"), { create: true, write: true });
    let chunks = 0;
    await computeFeatures(encoder, windows.rows(scale), {
      threads,
      provider,
      write(values) {
        writeAll(file, values);
        chunks++;
        progress({ done: Math.min(64 * chunks, windows.table.length), total: windows.table.length });
      },
    });
  },
};
