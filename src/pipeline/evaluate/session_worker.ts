/**
 * A thread with one session of ONNX Runtime: its calls block the thread that they are made on.
 *
 * @module
 */
import { parentPort, workerData } from "node:worker_threads";
import { rowsInMemory } from "../../formats/rows.ts";
import { type OnnxModel, openModel } from "../../onnx/inference/open_model.ts";
import { predictRows } from "../../onnx/inference/predict.ts";

/** What a thread is started with. */
export interface SessionData {
  readonly model: Uint8Array;
  readonly input: string;
  readonly rowShape: readonly number[];
  /** Rows that the model sees at a time; what is sent holds no more. */
  readonly batch: number;
  /** Whether the model is made faster for this machine; see `openModel`. Default true. */
  readonly optimized?: boolean;
}

/** Rows that are to be predicted, `[rows, columns]`. */
export interface Rows {
  readonly values: Float32Array<ArrayBuffer>;
}

/** What comes back for rows, in the order in which they were sent. */
export type Reply =
  | {
    readonly probabilities: Float32Array;
    /** How long ONNX Runtime took. */
    readonly seconds: number;
  }
  | { readonly error: string };

if (parentPort !== null) serve(parentPort, workerData);

function serve(port: NonNullable<typeof parentPort>, data: SessionData): void {
  const opened = open(data);
  // A session must not be run while it runs.
  let turn: Promise<void> = Promise.resolve();
  port.on("message", (rows: Rows) => {
    turn = turn.then(async () => port.postMessage(await answer(opened, rows, data)));
  });
}

/** A model that measures its own runs; what keeps it from opening is told to whoever asks first. */
async function open(
  { model: bytes, batch, optimized }: SessionData,
): Promise<{ model: OnnxModel; seconds: () => number } | Error> {
  try {
    const model = await openModel(bytes, { batch, optimized, threads: 1 });
    let total = 0;
    return {
      model: {
        ...model,
        async run(feeds) {
          const start = performance.now();
          const results = await model.run(feeds);
          total += (performance.now() - start) / 1000;
          return results;
        },
      },
      seconds: () => total,
    };
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function answer(
  opened: ReturnType<typeof open>,
  { values }: Rows,
  { input, rowShape }: SessionData,
): Promise<Reply> {
  try {
    const state = await opened;
    if (state instanceof Error) throw state;
    const { model, seconds } = state, before = seconds();
    const columns = rowShape.reduce((product, length) => product * length, 1);
    const predicted = predictRows(model, rowsInMemory(values, columns), {
      input,
      rowShape,
      output: "probabilities",
    });
    const parts: number[] = [];
    for await (const part of predicted) parts.push(...part.values);
    return { probabilities: Float32Array.from(parts), seconds: seconds() - before };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
