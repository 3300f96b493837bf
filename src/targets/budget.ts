/**
 * Label budgets: which labels an arm may see, and how they are divided into training and validation.
 *
 * @module
 */
import { z } from "zod";
import { byCodePoint } from "../formats/window_table.ts";
import type { Stream } from "../random/stream.ts";
import { divideBudget, type DivisionLevel } from "./division.ts";
import { type BudgetUnit, gatherUnits, type LabelledWindow, type Unit } from "./unit.ts";
import { orderUnits } from "./unit_order.ts";

/** The `labels` part of a manifest. */
export const budgetSchema = z.strictObject({
  unit: z.enum(["window", "recording", "subject"]).default("window").describe("What one label is given to."),
  fraction: z.number().gt(0).max(1).optional().describe("Share of the training people's units; 1 is all."),
  count: z.union([z.int().min(1), z.literal("all")]).optional().describe(
    "Number of units, in place of fraction.",
  ),
  draws: z.int().min(1).default(3).describe("How often a budget is drawn anew; all of it is drawn once."),
  seed: z.int().default(1).describe("Seed of the draws; it is not the seed of training."),
  validationShare: z.number().min(0).max(0.5).default(0.2).describe(
    "Share of the budget that chooses the model instead of training it; below 20 labelled windows none does.",
  ),
  countRepeatedLabels: z.boolean().default(false).describe(
    "Lets `unit: window` count each window of a recording as a label where one label holds for all of it.",
  ),
}).refine(({ fraction, count }) => fraction === undefined || count === undefined, {
  error: "fraction and count exclude each other",
  path: ["count"],
});

/** Parameters with every default filled in. */
export type BudgetParameters = z.output<typeof budgetSchema>;

/** How many labels: a share or a number of units; neither is all. */
export type BudgetSize = Pick<BudgetParameters, "fraction" | "count">;

/** What a budget is drawn from, and how. */
export interface BudgetOptions extends BudgetSize {
  /** The labelled windows of the fold's training people. */
  readonly windows: Iterable<LabelledWindow>;
  /** What one label is given to. */
  readonly unit: BudgetUnit;
  /** Which draw this is; draws are independent of each other. */
  readonly draw: number;
  /** The fold's stream. It must not depend on the budget, or budgets would not be nested. */
  readonly stream: Stream;
  /** Share of the budget that chooses the model, from 0 to 0.5. */
  readonly validationShare: number;
  /** The names of the classes, by index. */
  readonly classes: readonly string[];
}

/** The labels that an arm may see. */
export interface Budget {
  /** Ids of the windows whose labels train, by code point. */
  readonly train: readonly string[];
  /** Ids of the windows whose labels choose the model, by code point. */
  readonly validation: readonly string[];
  /** How many units are labelled. */
  readonly units: number;
  /** Ids of those units, by code point. */
  readonly unitIds: readonly string[];
  /** What no two sides share; nothing when there is no validation. */
  readonly dividedBy: DivisionLevel | "nothing";
}

/**
 * Whether a budget is all there is, so that its draws are one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(isWholeBudget({ fraction: 1 }), true);
 * assert.equal(isWholeBudget({ count: 16 }), false);
 * ```
 */
export function isWholeBudget({ fraction = 1, count = "all" }: BudgetSize): boolean {
  return fraction === 1 && count === "all";
}

/**
 * Refuses to count windows as labels where one label holds for a whole recording.
 *
 * Throws RangeError for `unit: window` over labels that are constant over a recording, unless `countRepeatedLabels`.
 */
export function checkBudgetUnit(
  { unit, countRepeatedLabels, constantOver }: {
    unit: BudgetUnit;
    countRepeatedLabels: boolean;
    constantOver: "recording" | "window";
  },
): void {
  if (unit !== "window" || constantOver === "window" || countRepeatedLabels) return;
  throw new RangeError(
    "Cannot count labels by window: the unit must be recording or subject where a label holds for a whole recording " +
      "(or countRepeatedLabels: true), got window",
  );
}

/**
 * Draws a label budget over the training people and divides it into training and validation.
 *
 * A budget is the first n units of one random order, which the draw alone decides (see {@link orderUnits}); so it is
 * **nested**: of two budgets of one draw, the smaller one's units lie among the larger one's. The order takes classes
 * in proportion and people evenly, and its first units hold every class. `fraction` is rounded to the nearest whole
 * unit, half up, but to no fewer units than classes. All of it is the same for every draw: that of draw 1.
 *
 * Validation labels are part of the budget (see {@link divideBudget}). As long as two budgets of a draw are divided at
 * the same level, a window stays on its side, except where a side would be left without a class.
 *
 * Nothing depends on the order of `windows`. Throws RangeError when a class does not occur, when `count` is above the
 * number of units or too small to hold every class, or when a window occurs twice.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "../random/stream.ts";
 * const windows = Array.from({ length: 60 }, (_, index) => ({
 *   id: `w${index}`, subject: `s${index % 6}`, recording: `r${index % 6}`, class: index % 3 === 0 ? 1 : 0,
 * }));
 * const draw = (fraction: number) =>
 *   drawBudget({
 *     windows, unit: "window", fraction, draw: 1, stream: stream(1, "fold/0/labels"), validationShare: 0.2,
 *     classes: ["low", "high"],
 *   });
 * assert.equal(draw(0.1).train.length, 6);
 * assert.equal(draw(0.5).units, 30);
 * assert.ok(draw(0.1).unitIds.every((id) => draw(0.5).unitIds.includes(id)));
 * ```
 */
export function drawBudget(
  { windows, unit, fraction, count, draw, stream, validationShare, classes }: BudgetOptions,
): Budget {
  const units = gatherUnits(windows, unit);
  const missing = absentClasses(units, classes);
  if (missing.length > 0) {
    throw new RangeError(
      `Cannot draw labels: every class must occur among the training people, got no window of ${
        missing.join(", ")
      }`,
    );
  }
  const source = stream.child(isWholeBudget({ fraction, count }) ? "draw/1" : `draw/${draw}`);
  const size = budgetSize({ fraction, count }, { units: units.length, classes: classes.length, unit });
  const drawn = orderUnits(units, { stream: source, length: size });
  const unlabelled = absentClasses(drawn, classes);
  if (unlabelled.length > 0) {
    throw new RangeError(
      `Cannot draw ${size} of ${units.length} ${unit}s: the budget must hold every class, got none of ${
        unlabelled.join(", ")
      }`,
    );
  }
  const { train, validation, dividedBy } = divideBudget(drawn, { unit, validationShare, stream: source });
  return {
    train: train.sort(byCodePoint),
    validation: validation.sort(byCodePoint),
    units: drawn.length,
    unitIds: drawn.map(({ id }) => id).sort(byCodePoint),
    dividedBy,
  };
}

function budgetSize(
  { fraction = 1, count }: BudgetSize,
  { units, classes, unit }: { units: number; classes: number; unit: BudgetUnit },
): number {
  if (count === undefined) return Math.min(units, Math.max(classes, Math.round(fraction * units)));
  if (count === "all") return units;
  if (count > units) {
    throw new RangeError(
      `Cannot draw ${count} ${unit}s: the training people must have as many with a label, got ${units}`,
    );
  }
  return count;
}

function absentClasses(units: readonly Unit[], classes: readonly string[]): string[] {
  return classes.filter((_, index) => !units.some(({ counts }) => counts.has(index)));
}
