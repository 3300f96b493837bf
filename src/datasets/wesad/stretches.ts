/**
 * Stretches of one condition, and whether two accounts of them agree.
 *
 * @module
 */
import { type Condition, CONDITIONS, namesOf, OF_LABEL } from "./conditions.ts";
import type { JudgedCondition } from "./questionnaire.ts";

/** Samples of one condition, `[from, to)`. */
export interface Stretch {
  readonly condition: Condition;
  readonly from: number;
  readonly to: number;
}

/** Times of the questionnaire are whole seconds. */
const ROUNDING_SECONDS = 1;

/**
 * The stretches throughout which a label is that of one condition, in the order of time.
 *
 * Throws RangeError, with the file, for a label that is none of 0 to 7.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(stretchesOf([0, 1, 1, 0, 7, 2], { file: "S2.pkl" }), [
 *   { condition: "baseline", from: 1, to: 3 },
 *   { condition: "stress", from: 5, to: 6 },
 * ]);
 * ```
 */
export function stretchesOf(labels: ArrayLike<number | bigint>, { file }: { file: string }): Stretch[] {
  const stretches: Stretch[] = [];
  for (let from = 0, to = 0; from < labels.length; from = to) {
    while (to < labels.length && labels[to] === labels[from]) to++;
    const condition = OF_LABEL[Number(labels[from])];
    if (condition === undefined) {
      throw new RangeError(`${file}: Cannot read label ${from}: it must be 0 to 7, got ${labels[from]}`);
    }
    if (condition !== null) stretches.push({ condition, from, to });
  }
  return stretches;
}

/** What the questionnaire says of each stretch: the first time of a condition is its first stretch, and so on. */
export function judgedStretches(
  stretches: readonly Stretch[],
  { judged, file }: { judged: readonly JudgedCondition[]; file: string },
): JudgedCondition[] {
  for (const condition of CONDITIONS) {
    const [own, said] = [stretches, judged].map((all: readonly { condition: Condition }[]) =>
      all.filter((other) => other.condition === condition).length
    );
    if (own === said) continue;
    throw new RangeError(
      `${file}: Cannot match conditions: it must have ${condition} as often as the labels, ${own} times, got ${said}; ` +
        `"questionnaire: none" does without`,
    );
  }
  const queues = new Map(
    CONDITIONS.map((name) => [name, judged.filter(({ condition }) => condition === name)]),
  );
  return stretches.flatMap(({ condition }) => queues.get(condition)?.shift() ?? []);
}

/**
 * Throws RangeError, with the file, unless one shift between the clocks puts every stretch within its times.
 *
 * The pickle begins some time after the chest device, and its labels leave out the edges of conditions, so that neither starts nor
 * durations are the same; but the shift is. A time that is read wrongly, `50.3` as 50 min 3 s, allows no shift.
 */
export function checkTimes(
  stretches: readonly Stretch[],
  { judged, sampleRateHz, file }: {
    judged: readonly JudgedCondition[];
    sampleRateHz: number;
    file: string;
  },
): void {
  const names = namesOf(stretches);
  const shifts = stretches.map(({ from, to }, index) => ({
    name: names[index],
    least: judged[index].start - from / sampleRateHz - ROUNDING_SECONDS,
    most: judged[index].end - to / sampleRateHz + ROUNDING_SECONDS,
  }));
  if (shifts.length === 0) return;
  const late = shifts.reduce((left, right) => right.least > left.least ? right : left);
  const early = shifts.reduce((left, right) => right.most < left.most ? right : left);
  if (late.least <= early.most) return;
  throw new RangeError(
    `${file}: Cannot match times: one shift between the clocks must put every stretch of the labels within its times, got ` +
      `${late.least} s or more for ${late.name}, ${early.most} s or less for ${early.name}; "questionnaire: labels" does without`,
  );
}
