/**
 * What operators on each element do to the rows of a batch.
 *
 * @module
 */
import { isRows, type Rule } from "./dependence.ts";
import { axisOf, rowsAt, samePlace } from "./place.ts";

/** Rows of inputs that broadcast against each other lie on the same axis, counted from the last. */
export const elementwise: Rule = (_, given, { shape }) => {
  if (given.some(({ depends }) => depends === "sum")) return "mixed";
  const rows = given.flatMap(({ value, depends }) => isRows(depends) ? [{ value, depends }] : []);
  const [{ depends: first }] = rows;
  const alike = rows.every(({ value, depends }) =>
    value.shape.join() === shape.join() && depends.stride === first.stride
  );
  if (alike) return first;
  const places = rows.map(({ value, depends }) => {
    const place = axisOf(value.shape, depends);
    return place && { ...place, axis: place.axis + shape.length - value.shape.length };
  });
  const [place] = places;
  if (place === undefined || places.some((other) => !samePlace(other, place))) return "mixed";
  return rowsAt(shape, place, first.rows);
};

/** An operator that works on each element, and is linear in its first `inputs` together. */
export const linear = (inputs: number): Rule => (node, given, output) => {
  const sums = given.filter(({ depends }) => depends === "sum").length;
  if (sums === 0) return elementwise(node, given, output);
  return sums === given.length || (sums === 1 && inputs === 1) ? "sum" : "mixed";
};

/** A product is linear in either factor, a quotient in the first number. */
export const scaled = (places: readonly number[]): Rule => (node, given, output) => {
  if (!given.some(({ depends }) => depends === "sum")) return elementwise(node, given, output);
  const others = given.filter(({ depends }) => depends !== "none");
  return others.length === 1 && places.some((place) => given[place].depends === "sum") ? "sum" : "mixed";
};

/** A choice between sums is one where the condition is the same for all rows. */
export const chosen: Rule = (node, given, output) => {
  if (!given.some(({ depends }) => depends === "sum")) return elementwise(node, given, output);
  return given[0].depends === "none" && given[1].depends === "sum" && given[2].depends === "sum"
    ? "sum"
    : "mixed";
};
