/**
 * Labelled rows by what they are for.
 *
 * @module
 */
import type { ArmLabels } from "./arm.ts";

/** Rows with their classes. */
export interface LabelledRows {
  /** Positions of the rows. */
  readonly rows: Int32Array;
  /** The class of each. */
  readonly classes: Int32Array;
}

/** What a label is for. */
const ROLES = { train: 0, validation: 1 } as const;

/** The labelled rows of one role, in their order. */
export function rowsOfRole(labels: ArmLabels, role: keyof typeof ROLES): LabelledRows {
  const has = (_: number, index: number) => labels.role[index] === ROLES[role];
  return { rows: labels.rows.filter(has), classes: labels.classes.filter(has) };
}
