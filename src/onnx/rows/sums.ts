/**
 * What operators that sum over an axis do to the rows of a batch: reductions and products.
 *
 * @module
 */
import { integersOf, isRows, type Rule } from "./dependence.ts";
import { axisOf, rowsAt, samePlace } from "./place.ts";

/** A reduction; the sum over rows is one where `over` says so. */
export const reduction = (over: "sum" | "mixed", kept: "sum" | "mixed"): Rule => (node, given, output) => {
  const [{ value, depends }] = given, rank = value.shape.length;
  if (!isRows(depends)) return kept;
  const listed = node.attributes.axes ?? (given[1] && integersOf(given[1].value)) ??
    value.shape.map((_, axis) => axis);
  const axes = [listed].flat().map((axis) => (Number(axis) + rank) % rank);
  const place = axisOf(value.shape, depends);
  if (place === undefined) return "mixed";
  if (axes.includes(place.axis)) return over;
  const before = node.attributes.keepdims === 0 ? axes.filter((axis) => axis < place.axis).length : 0;
  return rowsAt(output.shape, { ...place, axis: place.axis - before }, depends.rows);
};

/** The product of matrices: the columns of the first are summed with the rows of the second. */
export const product: Rule = ({ attributes }, given, { shape }) => {
  if (given.some(({ depends }) => depends === "sum")) {
    return given.filter(({ depends }) => depends !== "none").length === 1 ? "sum" : "mixed";
  }
  const turned = [attributes.transA === 1, attributes.transB === 1];
  const places = given.flatMap(({ value, depends }, index) => {
    if (!isRows(depends)) return [];
    const place = axisOf(value.shape, depends);
    if (place === undefined || index > 1) return [undefined];
    const fromLast = value.shape.length - 1 - place.axis;
    const summed = fromLast === (turned[index] ? 1 - index : index);
    const axis = fromLast > 1 ? shape.length - 1 - fromLast : summed ? -1 : shape.length - 2 + index;
    return [{ inner: place.inner, axis, rows: depends.rows }];
  });
  const [place] = places;
  if (place === undefined || places.some((other) => !samePlace(other, place))) return "mixed";
  return place.axis === -1 ? "sum" : rowsAt(shape, place, place.rows);
};

/** Axes by their letters: rows must have one letter in all inputs that have them. */
export const lettered: Rule = ({ attributes: { equation } }, given, { shape }) => {
  const [inputs, result] = String(equation).split("->"), letters = inputs.split(",");
  if (given.some(({ depends }) => depends === "sum")) {
    return given.filter(({ depends }) => depends !== "none").length === 1 ? "sum" : "mixed";
  }
  const places = given.flatMap(({ value, depends }, index) => {
    if (!isRows(depends)) return [];
    const place = axisOf(value.shape, depends);
    return [place && { letter: letters[index][place.axis], inner: place.inner, rows: depends.rows }];
  });
  const [place] = places;
  if (place === undefined) return "mixed";
  if (places.some((other) => other?.letter !== place.letter || other.inner !== place.inner)) return "mixed";
  const axis = result.indexOf(place.letter);
  return axis === -1 ? "sum" : rowsAt(shape, { axis, inner: place.inner }, place.rows);
};
