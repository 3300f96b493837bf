/** The smallest experiment that has every part: eight people, two folds, two budgets, a network of twelve filters. */
import { readManifest } from "../../src/manifest/read.ts";
import { type Experiment, openExperiment } from "../../src/pipeline/experiment.ts";
import { planCells, preparedFromStore } from "../../src/pipeline/run.ts";
import { Store } from "../../src/pipeline/store.ts";

/** The text of its manifest. */
export const TINY = `# yaml-language-server: $schema=schema.json
question: Does a tiny experiment run from end to end?
dataset: {kind: synthetic, people: 8, recordingsPerSession: 4, seconds: 10, sampleRateHz: 100}
signal: {resample: 64, window: {seconds: 2, stride: 2}}
target: {kind: condition, classes: {calm: [rest], stress: [stress]}}
split: {kind: group-k-fold, folds: 2}
encoder: {kind: cnn, blocks: [{filters: 4, kernel: 8, layers: 1}, {filters: 8, kernel: 4, layers: 1}]}
pretext:
  kind: transformation-recognition
  transformations: {noise: {}, negate: {}}
  fit: {epochs: 2, batch: 32}
arms: {supervised: {}, frozen: {}}
transfer: {head: [16], fit: {minSteps: 5, maxEpochs: 2, patience: 2}}
labels: {unit: recording, draws: 1}
sweep: {labels.fraction: [0.5, 1]}
hypotheses: [{arm: frozen, against: supervised, budget: 1}]
`;

/** Opens it from memory, changed by overrides as on a command line, or by another text. */
export function openTiny(
  { set = [], text = TINY, name = "tiny" }: { set?: readonly string[]; text?: string; name?: string } = {},
): Experiment {
  const source = readManifest(`${name}.yaml`, { readText: () => text, set });
  return openExperiment(source, { overridden: set.length > 0 });
}

/** The identities of all stages that it needs, by the stage and what a person calls it. */
export async function stagesOf(experiment: Experiment): Promise<Map<string, string>> {
  const prepared = await preparedFromStore(experiment.points, {
    store: new Store("/nowhere"),
    context: { dataFolder: "/nowhere" },
  });
  const { plan } = planCells(prepared);
  return new Map(plan.stages.map(({ stage, label, id }) => [`${stage}: ${label}`, id]));
}
