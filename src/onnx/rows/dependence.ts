/**
 * How a value depends on the rows of a batch, and what a rule about it is told.
 *
 * @module
 */
import type { Node, Value } from "../graph/graph.ts";
import type { Rows } from "./place.ts";

/**
 * How a value depends on the rows of a batch: not at all, each element on one row alone, as a sum over rows of what each row gives alone, or
 * in any other way.
 */
export type Dependence = "none" | "sum" | "mixed" | Rows;

/** An input of a node with what is known of it. */
export interface Argument {
  readonly value: Value;
  readonly depends: Dependence;
}

/** What an output of an operator depends on, given what its inputs depend on. */
export type Rule = (node: Node, given: readonly Argument[], output: Value) => Dependence;

/** Whether each element depends on one row alone. */
export const isRows = (depends: Dependence): depends is Rows => typeof depends === "object";

/** The whole numbers of a constant; undefined for a value that is none. */
export function integersOf({ constant }: Value): readonly number[] | undefined {
  return constant && Array.from(constant, Number);
}
