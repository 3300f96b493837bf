/**
 * A plan in lines, as a person reads it.
 *
 * @module
 */
import { formatDuration } from "./estimate.ts";
import type { RunPlan } from "./plan.ts";
import type { PlanRow, SecondsRange } from "./plan_row.ts";

/** The lines: cells, each kind of stage, and how long all of it takes, or why that is not known. */
export function describePlan(plan: RunPlan, { workers }: { workers: number }): string[] {
  return [
    `${plan.run}: ${plan.cells} cells`,
    ...plan.stages.map(describeRow),
    ...plan.openFolds
      ? ["  more once the data have been split: the number of folds depends on the people"]
      : [],
    ...describeTime(plan, workers),
  ];
}

function describeRow({ stage, total, inStore, seconds }: PlanRow): string {
  const mean = seconds === undefined ? "" : `, ${rangeWords(seconds, (value) => value.toFixed(1))} s each`;
  const toCompute = String(total - inStore).padStart(6);
  return `  ${stage.padEnd(16)} ${toCompute} to compute, ${inStore} in the store${mean}`;
}

function describeTime(
  { seconds: { least, most }, scaled, unknown, isSplit }: RunPlan,
  workers: number,
): string[] {
  if (unknown.length > 0) {
    const open = isSplit ? "" : ", or how much they compute is known once the data have been split";
    return [`no estimate: nothing like these stages has run here yet${open}: ${unknown.join(", ")}`];
  }
  if (least === undefined || most === undefined) return [];
  const basis = scaled.length === 0
    ? "from stages like these that have run here"
    : `from stages that have run here; ${scaled.join(", ")} scaled by what their networks compute`;
  const time = rangeWords({ least, most }, formatDuration);
  return [`about ${time} with ${workers} worker${workers === 1 ? "" : "s"}, ${basis}`];
}

function rangeWords({ least, most }: SecondsRange, format: (value: number) => string): string {
  const [low, high] = [format(least), format(most)];
  return low === high ? low : `${low} to ${high}`;
}
