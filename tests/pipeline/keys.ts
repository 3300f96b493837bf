/** Stages that compute nothing, for tests of what handles stages. */
import { stageIdentity, type StageKey } from "../../src/pipeline/identity.ts";
import type { PlannedStage } from "../../src/pipeline/plan.ts";

/** What went with a stage that was computed; no part of its identity. */
export const COMPUTED = { at: "2020-01-01T00:00:00.000Z", seconds: 1, machine: "test", lock: "test" };

/** A key whose parameters are a name. */
export function keyOf(name: string, changes: Partial<StageKey> = {}): StageKey {
  return {
    stage: "labels",
    version: 1,
    parameters: { name },
    inputs: {},
    packages: { "csv-parse": "7.0.3" },
    ...changes,
  };
}

/** A planned stage of that name, which reads others. */
export function planned(name: string, inputs: readonly PlannedStage[] = []): PlannedStage {
  const key = keyOf(name, { inputs: Object.fromEntries(inputs.map(({ label, id }) => [label, id])) });
  return {
    key,
    id: stageIdentity(key),
    stage: "labels",
    inputs: Object.fromEntries(inputs.map((input) => [input.label, input])),
    label: name,
  };
}
