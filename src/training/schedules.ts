/**
 * Schedules of the learning rate: pure functions of the step.
 *
 * @module
 */
import { z } from "zod";

/** Where training is. */
export interface ScheduleTime {
  /** Optimizer steps done before this one, from 0. */
  readonly step: number;
  /** Steps that training takes at most. */
  readonly steps: number;
}

/** One row of the table: parameters, and the factor of the learning rate apart from warm-up. */
interface ScheduleRow<Schema extends z.ZodType> {
  readonly schema: Schema;
  factor(parameters: z.output<Schema>, time: ScheduleTime): number;
}

const row = <Schema extends z.ZodType>(
  schema: Schema,
  factor: (parameters: z.output<Schema>, time: ScheduleTime) => number,
): ScheduleRow<Schema> => ({ schema, factor });

const warmupSteps = z.int().min(0).default(0).describe("Steps over which the rate rises from zero.");

/** Every schedule by its `kind` in a manifest. */
export const SCHEDULES = {
  constant: row(z.strictObject({ kind: z.literal("constant"), warmupSteps }), () => 1),
  exponential: row(
    z.strictObject({
      kind: z.literal("exponential"),
      factor: z.number().positive().max(1).default(0.9).describe(
        "What the rate is multiplied by, again and again.",
      ),
      everySteps: z.int().positive().default(10_000).describe("Steps from one multiplication to the next."),
      warmupSteps,
    }),
    ({ factor, everySteps }, { step }) => factor ** Math.floor(step / everySteps),
  ),
  step: row(
    z.strictObject({
      kind: z.literal("step"),
      milestones: z.array(z.int().positive()).min(1)
        .refine((steps) => steps.every((step, index) => index === 0 || step > steps[index - 1]), {
          error: "must rise",
        })
        .describe("Optimizer steps after each of which the rate is multiplied."),
      factor: z.number().positive().max(1).default(0.1).describe("What the rate is multiplied by."),
      warmupSteps,
    }),
    ({ factor, milestones }, { step }) =>
      factor ** milestones.filter((milestone) => milestone <= step).length,
  ),
  cosine: row(
    z.strictObject({
      kind: z.literal("cosine"),
      floor: z.number().min(0).max(1).default(0).describe("The factor at the end."),
      warmupSteps,
    }),
    ({ floor, warmupSteps }, { step, steps }) => {
      const share = Math.min(Math.max((step - warmupSteps) / Math.max(steps - warmupSteps, 1), 0), 1);
      return floor + (1 - floor) * (1 + Math.cos(Math.PI * share)) / 2;
    },
  ),
} as const;

/** A schedule in a manifest. */
export const scheduleSchema = z.discriminatedUnion("kind", [
  SCHEDULES.constant.schema,
  SCHEDULES.exponential.schema,
  SCHEDULES.step.schema,
  SCHEDULES.cosine.schema,
]);

/** A schedule with every default filled in. */
export type Schedule = z.output<typeof scheduleSchema>;

/**
 * What the learning rate is multiplied by at a step.
 *
 * - `constant`: 1
 * - `exponential`: factor^⌊step / everySteps⌋
 * - `step`: factor^(milestones reached), that is of at most `step`
 * - `cosine`: floor + (1 - floor) · (1 + cos(π t)) / 2, t from 0 after warm-up to 1 after the last step (Loshchilov and Hutter 2017)
 *
 * times min(1, (step + 1) / warmupSteps) where there is a warm-up.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const schedule = scheduleSchema.parse({ kind: "exponential", factor: 0.5, everySteps: 10, warmupSteps: 4 });
 * assert.deepEqual([0, 3, 9, 10, 25].map((step) => scheduleFactor(schedule, { step, steps: 100 })), [0.25, 1, 1, 0.5, 0.25]);
 * ```
 */
export function scheduleFactor(schedule: Schedule, time: ScheduleTime): number {
  const { factor }: ScheduleRow<z.ZodType> = SCHEDULES[schedule.kind];
  return factor(schedule, time) * Math.min(1, (time.step + 1) / Math.max(schedule.warmupSteps, 1));
}
