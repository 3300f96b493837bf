/**
 * Where the store keeps what a model that a run handed out was scored by.
 *
 * @module
 */
import { join } from "node:path";
import { readCsv } from "../../formats/csv.ts";
import { readOnnx } from "../../onnx/files/export.ts";
import { addMetadata } from "../../onnx/files/metadata.ts";
import type { Store } from "../store.ts";

/** The folders of the stage `score` that scored a model. */
export interface ScoredCell {
  /** What the stage was told. */
  readonly parameters: unknown;
  /** Its files, of the run itself. */
  readonly scored: string;
  /** What it read, by role: windows, sealed labels, features where the model reads these. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** What only the run knows, and adds to the model that the store holds. */
const OF_THE_RUN = ["cell", "manifest", "leak"];

/**
 * Finds the cell that a model of a run comes from: the one whose stored model is the same to the last byte.
 *
 * Throws RangeError where the run's folder or the store no longer tells.
 */
export async function findScoredCell(
  model: Uint8Array,
  { arm, folder, store, action = "measure what the weights lose" }: {
    arm: string;
    folder: string;
    store: Store;
    /** What it is wanted for, as messages say it. */
    action?: string;
  },
): Promise<ScoredCell> {
  const missing = (what: string) =>
    new RangeError(
      `Cannot ${action}: the store must hold ${what}, got none in ${store.root}; ` +
        "the command of the run computes what is missing, and a whole model of float32 weights needs no store",
    );
  const { metadata } = readOnnx(model);
  const added = Object.fromEntries(
    OF_THE_RUN.flatMap((key) => key in metadata ? [[key, metadata[key]]] : []),
  );
  for (const id of await scoresOf(arm, folder)) {
    const record = await store.find("score", id);
    if (record === undefined) continue;
    const { inputs } = record,
      stored = await readIfThere(join(store.folder("fit", inputs.fit), "model.onnx"));
    if (stored === undefined || !isSame(addMetadata(stored, added), model)) continue;
    const folders = Object.entries(inputs).map(async ([role, id]) => {
      // Features of heart rate are the one input that is called otherwise than its stage.
      const stage = role === "features" ? "hrv" : role;
      if (await store.find(stage, id) === undefined) throw missing(`the ${role} of the cell`);
      return [role, store.folder(stage, id)];
    });
    return {
      parameters: record.parameters,
      scored: store.folder("score", id),
      inputs: Object.fromEntries(await Promise.all(folders)),
    };
  }
  throw missing(`the cell that ${arm} comes from`);
}

/** The stages that scored an arm with all labels, of a run. */
async function scoresOf(arm: string, folder: string): Promise<string[]> {
  const text = await readIfThere(join(folder, "timings.csv"));
  if (text === undefined) return [];
  return readCsv(new TextDecoder().decode(text))
    .filter(({ stage, label }) => stage === "score" && label.startsWith(`score ${arm}, `))
    .map(({ id }) => id);
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, place) => byte === right[place]);
}
