/**
 * The stage `pretrain`: an encoder that has learned the pretext objective in one fold.
 *
 * Files: `encoder.onnx`; `state.bin`, the whole pretext network with its heads, ONNX; `history.csv`; `scores.csv` on the people
 * set aside; `exposure.json`.
 *
 * @module
 */
import { join } from "node:path";
import { writeCsv } from "../../formats/csv.ts";
import { byCodePoint } from "../../formats/window_table.ts";
import type { EncoderSpecification } from "../../models/table.ts";
import type { ObjectiveSpecification } from "../../pretext/table.ts";
import { stream } from "../../random/stream.ts";
import { pretrain } from "../../training/pretrain.ts";
import type { Stage } from "../stage.ts";
import {
  datasetName,
  type Exposure,
  openFold,
  openScale,
  openWindows,
  type WindowsFolder,
  writeJson,
} from "./folders.ts";
import { initialWeights } from "./initialize.ts";

/** What decides the files of this stage. */
export interface PretrainParameters {
  readonly encoder: EncoderSpecification;
  readonly objective: ObjectiveSpecification;
  readonly exposure: "training-fold" | "transductive";
  readonly fold: number;
  readonly scaleFold: number | null;
  readonly seed: number;
  readonly threads: number;
  readonly microBatch: number;
}

/** Pretrains. */
export const stage: Stage<PretrainParameters> = {
  async run({ parameters, inputs, output, progress }) {
    const { encoder, objective, exposure, fold, scaleFold, seed, threads, microBatch } = parameters;
    const windows = openWindows(inputs.windows), { train, validation, test } = openFold(inputs.split, fold);
    const positions = (ids: readonly string[]) => Int32Array.from(ids, (id) => windows.position(id)).sort();
    const seen = positions(exposure === "transductive" ? [...train, ...test] : train);
    const exposed = exposureOf(windows, seen);
    const result = await pretrain({
      encoder,
      objective,
      windows: windows.rows(openScale(inputs.split, scaleFold)),
      train: seen,
      validation: positions(validation),
      sampleRateHz: windows.facts.sampleRateHz,
      stream: stream(seed, `fold/${fold + 1}/pretext`),
      initial: initialWeights(seed),
      threads,
      microBatch,
      metadata: { pretrainingSubjects: JSON.stringify(exposed.subjects) },
      progress: ({ step, steps, loss }) =>
        progress({ done: step, total: steps, note: `loss ${loss.toFixed(3)}` }),
    });
    Deno.writeFileSync(join(output, "encoder.onnx"), result.encoder);
    Deno.writeFileSync(join(output, "state.bin"), result.state);
    writeTable(join(output, "history.csv"), result.history);
    writeTable(join(output, "scores.csv"), result.scores.map((score) => ({ ...score })));
    writeJson(output, "exposure.json", exposed);
  },
};

function exposureOf(windows: WindowsFolder, positions: Int32Array): Exposure {
  const distinct = (values: string[]) => [...new Set(values)].sort(byCodePoint);
  const rows = [...positions].map((position) => windows.table[position]);
  return {
    corpus: datasetName(windows),
    subjects: distinct(rows.map(({ subject }) => subject)),
    recordings: distinct(rows.map(({ recording }) => recording)),
  };
}

/** Writes rows that share their keys; no rows make an empty file. */
export function writeTable(path: string, rows: readonly Record<string, string | number | null>[]): void {
  Deno.writeTextFileSync(path, rows.length === 0 ? "" : writeCsv(Object.keys(rows[0]), rows));
}
