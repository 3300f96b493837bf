/**
 * Scoring rows of a table with a model, batch by batch.
 *
 * @module
 */
import type { RowReader } from "../../formats/rows.ts";
import type { OnnxModel } from "./open_model.ts";

/** What to score and how. */
export interface PredictOptions {
  /** The positions of the rows, all of them in order unless given. */
  readonly positions?: ArrayLike<number>;
  /** The shape that the model gives to one row. */
  readonly rowShape: readonly number[];
  /** The name of the model's input. */
  readonly input: string;
  /** The name of the model's output; its first axis is the batch. */
  readonly output: string;
}

/** The predictions of some rows. */
export interface Predictions {
  /** The positions of these rows in the table. */
  readonly positions: Int32Array;
  /** `[positions.length, columns]` */
  readonly values: Float32Array;
  /** Numbers of a row. */
  readonly columns: number;
}

/**
 * Scores rows in batches of the size that the model was opened for.
 *
 * The last batch is padded with zeros, and its padding cut off, so that the bits of a prediction do not depend on how many rows there
 * are. Throws TypeError when the rows do not have the given shape or the output is not one float32 row for each of them.
 */
export async function* predictRows(
  model: OnnxModel,
  rows: RowReader,
  options: PredictOptions,
): AsyncIterable<Predictions> {
  const { rowShape, input, output } = options, { batch } = model;
  const width = rowShape.reduce((size, length) => size * length, 1);
  if (width !== rows.columns) {
    throw new TypeError(
      `Cannot predict: rows of shape [${rowShape.join(", ")}] hold ${width} numbers, got ${rows.columns}`,
    );
  }
  const positions = options.positions ?? { length: rows.rows };
  const all = Int32Array.from(positions, (position, index) => position ?? index);
  for (let first = 0; first < all.length; first += batch) {
    const part = all.slice(first, first + batch);
    const values = new Float32Array(batch * width);
    values.set(rows.read(part));
    const { [output]: result } = await model.run({ [input]: { values, shape: [batch, ...rowShape] } });
    if (!(result?.values instanceof Float32Array) || result.shape[0] !== batch) {
      const got = result === undefined ? model.outputNames.join(", ") : `shape [${result.shape.join(", ")}]`;
      throw new TypeError(
        `Cannot predict: the output "${output}" must hold ${batch} rows of float32, got ${got}`,
      );
    }
    const columns = result.values.length / batch;
    yield { positions: part, values: result.values.slice(0, part.length * columns), columns };
  }
}
