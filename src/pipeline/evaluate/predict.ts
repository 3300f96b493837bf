/**
 * From windows to predictions, batch after batch.
 *
 * @module
 */
import { type EvaluatedModel, inputOf } from "./model.ts";
import type { Reply } from "./session_worker.ts";
import { openSessions } from "./sessions.ts";
import type { Place, PredictedWindow, ReadyWindow } from "./windows.ts";

/** How windows are predicted. */
export interface PredictWindowsOptions {
  readonly model: EvaluatedModel;
  /** Windows that a session sees at a time. */
  readonly batch: number;
  /** Sessions side by side, one thread each. */
  readonly threads: number;
}

/** Where the time went. */
export interface PredictionTimes {
  /** Sessions that ran side by side. */
  sessions: number;
  /** Seconds in ONNX Runtime, summed over the sessions. */
  inference: number;
}

/** Batches that wait for a session beside the one that it runs, so that none is idle while recordings are prepared. */
const AHEAD = 2;

/**
 * Predicts windows, in their order; a few batches are in memory at a time.
 *
 * The last batch is padded, so that a prediction does not depend on how many windows there are. `times` is added to on the way.
 * Throws RangeError where ONNX Runtime refuses the model or what it gives is not finite.
 */
export async function* predictWindows(
  windows: AsyncIterable<ReadyWindow>,
  { model, batch, threads, times }: PredictWindowsOptions & { times: PredictionTimes },
): AsyncGenerator<PredictedWindow[], void, undefined> {
  const { name: input, rowShape } = inputOf(model);
  await using sessions = openSessions({ model: model.bytes, input, rowShape, batch }, { threads });
  const sent: { places: readonly Place[]; reply: Promise<Reply> }[] = [];
  for await (const { places, values } of batches(windows, { batch, rowShape })) {
    sent.push({ places, reply: sessions.predict(values) });
    times.sessions = sessions.count;
    if (sent.length >= threads * (1 + AHEAD)) yield await next();
  }
  while (sent.length > 0) yield await next();

  async function next(): Promise<PredictedWindow[]> {
    const [{ places, reply }] = sent.splice(0, 1), predicted = await reply;
    if ("error" in predicted) throw new RangeError(predicted.error);
    times.inference += predicted.seconds;
    return rowsOf(places, predicted.probabilities);
  }
}

interface Batch {
  readonly places: readonly Place[];
  /** `[places.length, columns]` */
  readonly values: Float32Array<ArrayBuffer>;
}

async function* batches(
  windows: AsyncIterable<ReadyWindow>,
  { batch, rowShape }: { batch: number; rowShape: readonly number[] },
): AsyncGenerator<Batch, void, undefined> {
  const columns = rowShape.reduce((product, length) => product * length, 1);
  let places: Place[] = [], values = new Float32Array(batch * columns);
  for await (const { place, values: row } of windows) {
    values.set(row, places.length * columns);
    places.push(place);
    if (places.length < batch) continue;
    yield { places, values };
    [places, values] = [[], new Float32Array(batch * columns)];
  }
  if (places.length > 0) yield { places, values: values.slice(0, places.length * columns) };
}

function rowsOf(places: readonly Place[], probabilities: Float32Array): PredictedWindow[] {
  const classes = probabilities.length / places.length;
  return places.map((place, row) => {
    const own = Array.from(probabilities.subarray(row * classes, (row + 1) * classes));
    if (!own.every(Number.isFinite)) {
      throw new RangeError(
        `Cannot predict ${place.id}: the probabilities must be finite, got ${own.join(", ")}`,
      );
    }
    return { place, probabilities: own };
  });
}
