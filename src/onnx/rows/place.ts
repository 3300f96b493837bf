/**
 * Where the rows of a batch lie in a tensor.
 *
 * @module
 */

/**
 * Where the rows lie: the element at position i, counted through all axes, belongs to row ⌊i / stride⌋ mod rows.
 *
 * A reshape changes nothing of it, also where it joins the batch with another axis.
 */
export interface Rows {
  /** How many rows there are. */
  readonly rows: number;
  /** Elements from one row to the next. */
  readonly stride: number;
}

/** The axis that rows lie on, and how many of its places in a row belong to one of them. */
export interface RowAxis {
  readonly axis: number;
  readonly inner: number;
}

/** The axis on which the rows lie; undefined when a reshape has spread them over several. */
export function axisOf(shape: readonly number[], { rows, stride }: Rows): RowAxis | undefined {
  let behind = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis];
    if (stride >= behind && stride < behind * length) {
      const inner = stride / behind;
      return Number.isInteger(inner) && length % (rows * inner) === 0 ? { axis, inner } : undefined;
    }
    behind *= length;
  }
  return undefined;
}

/** The rows on an axis of a tensor of this shape. */
export function rowsAt(shape: readonly number[], { axis, inner }: RowAxis, rows: number): Rows {
  return { rows, stride: shape.slice(axis + 1).reduce((size, length) => size * length, inner) };
}

/** Whether rows lie in the same way on the same axis. */
export function samePlace(left: RowAxis | undefined, right: RowAxis): boolean {
  return left?.axis === right.axis && left.inner === right.inner;
}
