/**
 * What a run tells of its stages.
 *
 * @module
 */
import type { PlannedStage } from "./plan.ts";
import type { StageProgress } from "./stage.ts";

/** What happens to a stage, as it happens. */
export type StageEvent =
  | { readonly kind: "reused" | "started" | "finished" | "waiting"; readonly stage: PlannedStage }
  | { readonly kind: "progress"; readonly stage: PlannedStage; readonly progress: StageProgress }
  /** `skipped` is what can't run, or is not to, because another stage failed. */
  | { readonly kind: "failed" | "skipped"; readonly stage: PlannedStage; readonly error: string };
