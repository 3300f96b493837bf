/**
 * Vectors of whole numbers that are known before a program runs.
 *
 * @module
 */
import type { Graph, Value } from "../graph/graph.ts";

/** What each operator makes of vectors. */
const RULES: Readonly<Record<string, (left: readonly number[], right: readonly number[]) => number[]>> = {
  Add: (left, right) => pairwise(left, right, (one, other) => one + other),
  Gather: (from, places) => places.map((place) => from.at(place)!),
  Mul: (left, right) => pairwise(left, right, (one, other) => one * other),
};

/** The constant that an operator gives which asks for a shape, or computes with known vectors of int64, as `generalize` writes them. */
export function foldIntegers(
  graph: Graph,
  operator: string,
  operands: readonly Value[],
): readonly Value[] | undefined {
  if (operator === "Shape") return [graph.integers(operands[0].shape)];
  const rule = RULES[operator], vectors = operands.map(integersOf);
  const [left, right] = vectors;
  return rule === undefined || left === undefined || right === undefined
    ? undefined
    : [graph.integers(rule(left, right))];
}

function integersOf({ type, shape, constant }: Value): number[] | undefined {
  return type === "int64" && shape.length === 1 && constant !== undefined
    ? Array.from(constant, Number)
    : undefined;
}

function pairwise(
  left: readonly number[],
  right: readonly number[],
  combine: (one: number, other: number) => number,
): number[] {
  const at = (vector: readonly number[], index: number) => vector[vector.length === 1 ? 0 : index];
  return Array.from(
    { length: Math.max(left.length, right.length) },
    (_, index) => combine(at(left, index), at(right, index)),
  );
}
