/**
 * What operators that keep, move or look along axes do to the rows of a batch.
 *
 * @module
 */
import type { Node, Value } from "../graph/graph.ts";
import { type Argument, integersOf, isRows, type Rule } from "./dependence.ts";
import { axisOf, type RowAxis, rowsAt, samePlace } from "./place.ts";

/** An operator on one tensor that is a sum where that is, and else moves the axis of the rows as `move` says. */
export const moving = (
  move: (place: RowAxis, node: Node, given: readonly Argument[], output: Value) => RowAxis | undefined,
): Rule =>
(node, given, output) => {
  const [{ value, depends }, ...others] = given;
  if (others.some((other) => other.depends !== "none")) return "mixed";
  if (!isRows(depends)) return depends;
  const place = axisOf(value.shape, depends);
  const moved = place && move(place, node, given, output);
  return moved === undefined ? "mixed" : rowsAt(output.shape, moved, depends.rows);
};

/** An operator that is not linear, and looks along an axis. */
export const along =
  (axisIn: (node: Node, given: readonly Argument[]) => number): Rule => (node, given, output) => {
    if (given[0].depends === "sum") return "mixed";
    const rank = given[0].value.shape.length, axis = (axisIn(node, given) + rank) % rank;
    return moving((place) => {
      if (place.axis === axis) return undefined;
      const dropped = output.shape.length < rank && axis < place.axis ? 1 : 0;
      return { ...place, axis: place.axis - dropped };
    })(node, given, output);
  };

/** A norm over all axes from one on, with parameters that no row changes. */
export const fromAxisOn: Rule = (node, given, output) => {
  if (given[0].depends === "sum") return "mixed";
  const rank = given[0].value.shape.length, first = (Number(node.attributes.axis ?? -1) + rank) % rank;
  return moving((place) => place.axis < first ? place : undefined)(node, given, output);
};

/** Operators on pictures and signals, one of the first axis at a time, with parameters that no row changes. */
export const perFirstAxis: Rule = (node, given, output) => {
  if (given[0].depends === "sum") return "mixed";
  return moving((place) => place.axis === 0 ? place : undefined)(node, given, output);
};

/** Pieces with rows on the same axis. */
export const concatenation: Rule = (node, given, output) => {
  if (given.every(({ depends }) => depends === "sum")) return "sum";
  if (given.some(({ depends }) => depends === "sum")) return "mixed";
  const rows = given.flatMap(({ value, depends }) => isRows(depends) ? [axisOf(value.shape, depends)] : []);
  const [place] = rows,
    axis = Number(node.attributes.axis),
    { rows: count } = given.map(({ depends }) => depends).find(isRows)!;
  if (place === undefined || rows.some((other) => !samePlace(other, place))) return "mixed";
  // Pieces that begin in the middle of the rows would shift those behind them.
  const whole = given.every(({ value }) => value.shape[axis] % (count * place.inner) === 0);
  return axis !== place.axis || whole ? rowsAt(output.shape, place, count) : "mixed";
};

/** A part keeps the rows apart unless it takes some of them and leaves others. */
export const part: Rule = moving((place, _, given, output) => {
  const rank = given[0].value.shape.length, length = output.shape[place.axis];
  const [starts, , axes, steps] = given.slice(1).map(({ value }) => integersOf(value));
  const listed = (axes ?? starts?.map((_, axis) => axis))?.map((axis) => (axis + rank) % rank);
  const at = listed?.indexOf(place.axis);
  if (starts === undefined || at === undefined) return undefined;
  if (at === -1 || length === given[0].value.shape[place.axis] && (steps?.[at] ?? 1) === 1) return place;
  const { depends } = given[0], period = isRows(depends) ? depends.rows * place.inner : 0;
  return (steps?.[at] ?? 1) === 1 && starts[at] % period === 0 && length % period === 0 ? place : undefined;
});

/** Rows stay apart unless some are put beside them. */
export const padding: Rule = moving((place, _, [{ value }], output) =>
  value.shape[place.axis] === output.shape[place.axis] ? place : undefined
);

/** The axis of the rows goes where the others go. */
export const transposition: Rule = moving((place, { attributes: { perm } }) => ({
  ...place,
  axis: [perm].flat().map(Number).indexOf(place.axis),
}));

/** Slices by position: of rows where the data has them, or one for each place of the positions. */
export const gathering: Rule = (node, given, output) => {
  const [data, positions] = given, rank = data.value.shape.length;
  const axis = (Number(node.attributes.axis ?? 0) + rank) % rank, added = positions.value.shape.length - 1;
  if (positions.depends === "none") {
    return moving((place) =>
      place.axis === axis
        ? undefined
        : { ...place, axis: place.axis > axis ? place.axis + added : place.axis }
    )(node, given, output);
  }
  if (data.depends !== "none" || !isRows(positions.depends)) return "mixed";
  const place = axisOf(positions.value.shape, positions.depends);
  return place === undefined
    ? "mixed"
    : rowsAt(output.shape, { ...place, axis: place.axis + axis }, positions.depends.rows);
};

/** The first axes of data and positions are one batch, in which each looks into its own. */
export const gatheringInBatch: Rule = ({ attributes }, [data, positions], output) => {
  if (!isRows(positions.depends)) return "mixed";
  const place = axisOf(positions.value.shape, positions.depends);
  if (place === undefined || place.axis === positions.value.shape.length - 1) return "mixed";
  if (data.depends !== "none") {
    const own = isRows(data.depends) ? axisOf(data.value.shape, data.depends) : undefined;
    if (!samePlace(own, place) || place.axis >= Number(attributes["batch_dims"] ?? 0)) return "mixed";
  }
  return rowsAt(output.shape, place, positions.depends.rows);
};

/** Another shape for the same elements. */
export const sameStride: Rule = (_, [{ depends }, ...others]) =>
  others.every((other) => other.depends === "none") ? depends : "mixed";

/** An operator that is not linear, and looks along the axis of its attribute. */
export const byAttribute = (otherwise: number) =>
  along(({ attributes }) => Number(attributes.axis ?? otherwise));
