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
import type { Provider } from "../../onnx/runtime/providers.ts";
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
export type PretrainParameters = PretrainSource & {
  readonly encoder: EncoderSpecification;
  readonly objective: ObjectiveSpecification;
  readonly seed: number;
  readonly threads: number;
  readonly provider: Provider;
  readonly microBatch: number;
};

/** Whose windows are seen: people of a fold, or those of a corpus less a share that is set aside for the scores. */
type PretrainSource = {
  readonly exposure: "training-fold" | "transductive";
  readonly fold: number;
  readonly scaleFold: number | null;
} | { readonly exposure: "external"; readonly setAside: number };

/** Windows to learn from, and those set aside for the scores, by position. */
interface Sides {
  readonly seen: Int32Array;
  readonly aside: Int32Array;
}

/** Pretrains. */
export const stage: Stage<PretrainParameters> = {
  async run({ parameters, inputs, output, progress }) {
    const { encoder, objective, seed, threads, provider, microBatch } = parameters;
    const isExternal = parameters.exposure === "external", windows = openWindows(inputs.windows);
    const { seen, aside } = isExternal
      ? sidesOfCorpus(windows, parameters)
      : sidesOfFold(windows, { ...parameters, split: inputs.split });
    const scale = isExternal ? null : openScale(inputs.split, parameters.scaleFold);
    const exposed = exposureOf(windows, seen);
    const result = await pretrain({
      encoder,
      objective,
      windows: windows.rows(scale),
      train: seen,
      validation: aside,
      sampleRateHz: windows.facts.sampleRateHz,
      stream: stream(seed, isExternal ? "corpus/pretext" : `fold/${parameters.fold + 1}/pretext`),
      initial: initialWeights(seed),
      threads,
      provider,
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

function sidesOfFold(
  windows: WindowsFolder,
  { exposure, fold, split }: { exposure: "training-fold" | "transductive"; fold: number; split: string },
): Sides {
  const { train, validation, test } = openFold(split, fold);
  const positions = (ids: readonly string[]) => Int32Array.from(ids, (id) => windows.position(id)).sort();
  return {
    seen: positions(exposure === "transductive" ? [...train, ...test] : train),
    aside: positions(validation),
  };
}

/** The people set aside are the same for every seed, as they are in a split. */
function sidesOfCorpus({ table }: WindowsFolder, { setAside }: { setAside: number }): Sides {
  const people = [...new Set(table.map(({ subject }) => subject))].sort(byCodePoint);
  if (setAside > 0 && people.length < 2) {
    throw new RangeError(
      `Cannot set people of the corpus aside for the pretext's scores: it must have two or more, got ${people.length}`,
    );
  }
  const wanted = setAside === 0 ? 0 : Math.max(1, Math.round(setAside * people.length));
  const aside = new Set(stream(1, "corpus/aside").shuffle(people).slice(0, wanted));
  const positions = (isAside: boolean) =>
    Int32Array.from(table.flatMap(({ subject }, index) => aside.has(subject) === isAside ? [index] : []));
  return { seen: positions(false), aside: positions(true) };
}

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
