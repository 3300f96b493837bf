/**
 * How stages end, and what that means for those that read them.
 *
 * @module
 */
import type { PlannedStage } from "./plan.ts";

/** How a stage ended: `null` when its files are in the store, else why they are not. */
export type Outcomes = ReadonlyMap<PlannedStage, string | null>;

/** Collects how `stages` end; inputs that are not among them were brought before. */
export class OutcomeRecord {
  readonly #planned: ReadonlySet<PlannedStage>;
  readonly #outcomes = new Map<PlannedStage, string | null>();
  /** Those that failed themselves; others fail with them. */
  readonly #failures = new Map<PlannedStage, string>();

  constructor(stages: readonly PlannedStage[]) {
    this.#planned = new Set(stages);
  }

  /** Those that have ended so far. */
  get outcomes(): Outcomes {
    return this.#outcomes;
  }

  /** Whether every input has ended. */
  isReady({ inputs }: PlannedStage): boolean {
    return Object.values(inputs).every((input) => this.#outcomes.has(input) || !this.#planned.has(input));
  }

  /** Whether an input is not there, of a stage whose inputs have all ended: which of several failed does not depend on the time. */
  isBlocked({ inputs }: PlannedStage): boolean {
    return Object.values(inputs).some((input) => typeof this.#outcomes.get(input) === "string");
  }

  /** The stage's files are in the store. */
  finish(stage: PlannedStage): void {
    this.#outcomes.set(stage, null);
  }

  /** The stage itself failed. */
  fail(stage: PlannedStage, error: string): void {
    this.#failures.set(stage, error);
    this.#outcomes.set(stage, error);
  }

  /** The stage is not run; gives the reason. */
  skip(stage: PlannedStage): string {
    const root = this.#rootOf(stage);
    const error = root === undefined
      ? "not run: another stage failed first"
      : `${root.label}: ${this.#failures.get(root)}`;
    this.#outcomes.set(stage, error);
    return error;
  }

  /** The stage whose failure is in the way of this one. */
  #rootOf(stage: PlannedStage): PlannedStage | undefined {
    if (this.#failures.has(stage)) return stage;
    for (const input of Object.values(stage.inputs)) {
      const root = this.#rootOf(input);
      if (root !== undefined) return root;
    }
  }
}
