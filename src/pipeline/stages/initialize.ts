/**
 * The stage `initialize`: an encoder's first weights, the same for every arm of a seed.
 *
 * Files: `encoder.onnx`; `exposure.json`, which names nobody.
 *
 * @module
 */
import { join } from "node:path";
import { rowsInMemory } from "../../formats/rows.ts";
import type { EncoderSpecification } from "../../models/table.ts";
import { stream } from "../../random/stream.ts";
import { pretrain } from "../../training/pretrain.ts";
import type { Stage } from "../stage.ts";
import { type Exposure, writeJson } from "./folders.ts";

/** What decides the files of this stage. */
export interface InitializeParameters {
  readonly encoder: EncoderSpecification;
  readonly sampleRateHz: number;
  readonly samples: number;
  readonly seed: number;
}

/** Draws the first weights. */
export const stage: Stage<InitializeParameters> = {
  async run({ parameters: { encoder, sampleRateHz, samples, seed }, output }) {
    const { encoder: model } = await pretrain({
      encoder,
      objective: null,
      windows: rowsInMemory(new Float32Array(samples), samples),
      train: new Int32Array(0),
      validation: new Int32Array(0),
      sampleRateHz,
      stream: stream(seed, "initialize"),
      initial: initialWeights(seed),
      threads: 1,
      microBatch: 1,
      metadata: {},
    });
    Deno.writeFileSync(join(output, "encoder.onnx"), model);
    writeJson(output, "exposure.json", { corpus: "", subjects: [], recordings: [] } satisfies Exposure);
  },
};

/** The stream of an encoder's first weights: pretrained encoders and random ones of a seed begin alike. */
export function initialWeights(seed: number) {
  return stream(seed, "encoder");
}
