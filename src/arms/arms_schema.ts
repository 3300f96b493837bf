/**
 * The `arms` of a manifest.
 *
 * @module
 */
import { z } from "zod";
import { choiceOf } from "../manifest/choice.ts";
import { type ArmKind, ARMS } from "./table.ts";

/** An arm as a manifest gives it: its kind, and the fields that say what that kind means. */
export interface ArmSpecification {
  readonly kind: ArmKind;
  readonly [field: string]: unknown;
}

/** An arm of its kind's name may leave the kind out. */
const ownNames = Object.fromEntries(
  Object.entries(ARMS).map(([name, { schema }]) => [
    name,
    z.strictObject({ kind: z.literal(name).default(name), ...schema.shape }).optional(),
  ]),
);

/**
 * Arms by name, at least one. A name that is no kind needs a `kind` inside.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const arms = armsSchema.parse({ frozen: {}, "second frozen": { kind: "frozen" } });
 * assert.deepEqual(arms["second frozen"], { kind: "frozen", encoder: "pretrained", train: "head" });
 * assert.deepEqual(arms.frozen, arms["second frozen"]);
 * ```
 */
export const armsSchema: z.ZodType<Record<string, ArmSpecification>, Record<string, unknown>> = z
  .object(ownNames)
  .catchall(choiceOf(ARMS))
  .refine((arms) => Object.keys(arms).length > 0, "must name at least one arm") as z.ZodType<
    Record<string, ArmSpecification>,
    Record<string, unknown>
  >;
