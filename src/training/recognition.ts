/**
 * Scores of a pretext network on people set aside.
 *
 * @module
 */
import type { RowReader } from "../formats/rows.ts";
import { openModel } from "../onnx/inference/open_model.ts";
import type { Provider } from "../onnx/runtime/providers.ts";
import { type Objective, outputsOf, type RecognitionScore } from "../pretext/objective.ts";
import type { Stream } from "../random/stream.ts";

/** Windows that are read and transformed at a time. */
const WINDOWS_AT_ONCE = 8;

/**
 * Scores a pretext network, from its file, on windows that it has not learned from, each transformed once.
 *
 * The network reads `windows` and gives `logits`.
 */
export async function scoreRecognition(
  network: Uint8Array,
  { objective, windows, positions, stream, threads, provider }: {
    objective: Objective;
    windows: RowReader;
    positions: Int32Array;
    stream: Stream;
    threads: number;
    provider?: Provider;
  },
): Promise<readonly RecognitionScore[]> {
  const columns = outputsOf(objective);
  const size = positions.length * objective.rowsPerWindow * columns;
  const logits = new Float32Array(size), targets = new Float32Array(size);
  const batch = WINDOWS_AT_ONCE * objective.rowsPerWindow;
  const model = await openModel(network, { batch, threads, provider });
  for (let first = 0; first < positions.length; first += WINDOWS_AT_ONCE) {
    const some = positions.subarray(first, first + WINDOWS_AT_ONCE);
    const made = objective.rows(windows.read(some), {
      count: some.length,
      stream: stream.child(String(first)),
    });
    // The last batch is padded: the network is open for whole ones.
    const values = new Float32Array(batch * windows.columns);
    values.set(made.windows);
    const results = await model.run({ windows: { values, shape: [batch, windows.columns, 1] } });
    const offset = first * objective.rowsPerWindow * columns;
    logits.set(Array.from(results.logits.values, Number).slice(0, made.rows * columns), offset);
    targets.set(made.targets, offset);
  }
  await model.dispose();
  return objective.scores(logits, { targets });
}
