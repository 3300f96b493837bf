/**
 * What a model sees of a window: its samples, or features of them.
 *
 * @module
 */
import { centreByGroup, HRV_COLUMNS, hrvFeatures } from "../../arms/hrv_features.ts";
import { rowsInMemory } from "../../formats/rows.ts";
import type { EvaluatedModel } from "./model.ts";
import type { ReadyWindow, SourceWindow } from "./windows.ts";

/**
 * The windows whose samples are good, as the model reads them; `refused` is told of the others.
 *
 * Features that are centred on a person are held back until all windows of the person are there.
 */
export async function* readyWindows(
  windows: AsyncIterable<SourceWindow>,
  { model, refused }: { model: EvaluatedModel; refused: (window: SourceWindow) => void },
): AsyncGenerator<ReadyWindow, void, undefined> {
  const { features } = model;
  let person: ReadyWindow[] = [];
  for await (const window of windows) {
    const { place, samples } = window;
    if (samples === null) {
      refused(window);
      continue;
    }
    if (features === null) {
      yield { place, values: samples };
      continue;
    }
    const ready = { place, values: featuresOf(samples, model) };
    if (features.centre === "none") {
      yield ready;
      continue;
    }
    if (person.length > 0 && person[0].place.subject !== place.subject) {
      yield* centred(person);
      person = [];
    }
    person.push(ready);
  }
  yield* centred(person);
}

function featuresOf(samples: Float32Array, { samples: columns, signal }: EvaluatedModel): Float32Array {
  return hrvFeatures(rowsInMemory(samples, columns), { sampleRateHz: signal.resample });
}

function* centred(person: readonly ReadyWindow[]): Generator<ReadyWindow, void, undefined> {
  const columns = HRV_COLUMNS.length, values = new Float32Array(person.length * columns);
  person.forEach((window, row) => values.set(window.values, row * columns));
  const groups = person.map(({ place }) => place.subject);
  const less = centreByGroup(values, { columns, groups });
  for (const [row, { place }] of person.entries()) {
    yield { place, values: less.slice(row * columns, (row + 1) * columns) };
  }
}
