/**
 * Features of windows by a trained encoder.
 *
 * @module
 */
import type { RowReader } from "../formats/rows.ts";
import { openModel } from "../onnx/inference/open_model.ts";
import { predictRows } from "../onnx/inference/predict.ts";
import type { Provider } from "../onnx/runtime/providers.ts";

/**
 * Computes the features of every window, in the order of the rows, with an encoder from a file.
 *
 * `write` gets the features of some windows at a time, `[count, features]`. Windows are read and computed in batches of 64, the last one
 * padded, so neither memory nor the bits of a feature depend on how many windows there are.
 */
export async function computeFeatures(
  encoder: Uint8Array,
  windows: RowReader,
  { threads, provider, write }: {
    threads: number;
    provider?: Provider;
    write: (values: Float32Array) => void;
  },
): Promise<void> {
  const model = await openModel(encoder, { threads, provider });
  const chunks = predictRows(model, windows, {
    rowShape: [windows.columns, 1],
    input: "windows",
    output: "features",
  });
  for await (const { values } of chunks) write(values);
  await model.dispose();
}
