/** Every kind of stage on golden inputs: what its files are, or how close their numbers must stay. */
import { join } from "node:path";
import { readCsv } from "../../src/formats/csv.ts";
import { readOnnx } from "../../src/onnx/files/export.ts";
import { runStages } from "../../src/pipeline/coordinator.ts";
import type { PlannedStage } from "../../src/pipeline/plan.ts";
import { planCells, preparedFromStore } from "../../src/pipeline/run.ts";
import { type Exposure, openRows, readJson } from "../../src/pipeline/stages/folders.ts";
import type { Store } from "../../src/pipeline/store.ts";
import type { FitSummary } from "../../src/training/fit.ts";
import { launcherHere, options } from "./fake_launcher.ts";
import { openTiny } from "./tiny.ts";

/** What a golden file holds of one stage. */
export interface GoldenStage {
  readonly stage: string;
  readonly version: number;
  /** Changes with everything that may change the files. */
  readonly id: string;
  /** SHA-256 by file, of stages whose files are the same everywhere. */
  readonly files?: Readonly<Record<string, string>>;
  /** Of stages that compute in float32, whose last bits depend on the processor. */
  readonly numbers?: Readonly<Record<string, readonly number[]>>;
}

/** Golden stages by what a person calls them. */
export type GoldenStages = Readonly<Record<string, GoldenStage>>;

/** The largest difference of two numbers that still counts as equal. */
export const CLOSE = 1e-4;

const ENCODER = new URL("../golden/pipeline/encoder.onnx", import.meta.url).pathname;

/** Every arm that reads windows; an encoder that is given; and the one that reads beats, at a rate and length at which there are some. */
const EXPERIMENTS: Readonly<Record<string, readonly string[]>> = {
  networks: ["arms={supervised: {}, supervised-augmented: {}, frozen: {}, random-frozen: {}, majority: {}}"],
  given: ["arms={frozen: {}}", `pretext={kind: given, encoder: ${JSON.stringify(ENCODER)}}`],
  beats: [
    "arms={heart-rate: {}}",
    "signal={resample: 128, window: {seconds: 10}}",
    "dataset={kind: synthetic, people: 8, recordingsPerSession: 4, seconds: 20}",
  ],
};
const PREPARES = ["windows", "labels", "split"];

/** Runs the first folds of tiny experiments in this process. */
export async function runGoldenStages(root: string): Promise<GoldenStages> {
  const found: GoldenStages[] = [];
  for (const [name, set] of Object.entries(EXPERIMENTS)) found.push(await runFirstFold(name, { set, root }));
  return Object.assign({}, ...found);
}

async function runFirstFold(
  name: string,
  { set, root }: { set: readonly string[]; root: string },
): Promise<GoldenStages> {
  const { points } = openTiny({ set: [...set, "sweep={labels.fraction: [0.5]}", "hypotheses=[]"] });
  const { store, ...rest } = options(root);
  const { plan, cells } = planCells(
    await preparedFromStore(points, { store, context: { dataFolder: root } }),
  );
  const prepares = plan.stages.filter(({ stage }) => PREPARES.includes(stage));
  const [windows, labels] = PREPARES.map((name) => prepares.find(({ stage }) => stage === name)!);
  const inspection = plan.add("inspection", {
    parameters: windows.key.parameters,
    inputs: { windows, labels },
    label: "inspection",
  });
  const first = cells.filter(({ cell }) => cell.fold === 1).flatMap((
    { stages: { score, fit } },
  ) => [fit, score]);
  const stages = withInputs([...prepares, inspection, ...first]);
  const outcomes = await runStages(stages, { ...rest, store, launcher: launcherHere(), workers: 1 });
  for (const [{ label }, error] of outcomes) if (error !== null) throw new Error(`${label}: ${error}`);
  const described = stages.map(async (stage) => {
    return [`${name}, ${stage.stage}: ${stage.label}`, await describe(stage, store)] as const;
  });
  return Object.fromEntries(await Promise.all(described));
}

function withInputs(stages: readonly PlannedStage[]): PlannedStage[] {
  return [...new Set(stages.flatMap((stage) => [...withInputs(Object.values(stage.inputs)), stage]))];
}

async function describe({ stage, id, key: { version } }: PlannedStage, store: Store): Promise<GoldenStage> {
  const record = await store.find(stage, id), folder = store.folder(stage, id);
  if (record === undefined) throw new Error(`${stage} ${id} is not in the store`);
  const numbers = NUMBERS[stage]?.(folder);
  if (numbers !== undefined) return { stage, version, id, numbers };
  const files = Object.fromEntries(Object.entries(record.files).map(([name, { sha256 }]) => [name, sha256]));
  return { stage, version, id, files };
}

/** The numbers of stages that compute in float32. */
const NUMBERS: Readonly<Record<string, (folder: string) => Record<string, number[]>>> = {
  // Its weights are seen in the features of random-frozen.
  initialize: () => ({}),
  "given-encoder"(folder) {
    const { weights } = readOnnx(Deno.readFileSync(join(folder, "encoder.onnx")));
    const { given } = readJson<Exposure>(folder, "exposure.json");
    return {
      kernel: [...weights["block1_conv1/kernel"].values],
      subjects: given?.saw?.map(({ subjects }) => subjects.length) ?? [],
    };
  },
  pretrain: (folder) => ({ trainLoss: column(folder, "history.csv", "trainLoss") }),
  features(folder) {
    const rows = openRows(join(folder, "features.f32"), 8);
    return { windows: [rows.rows], features: [...rows.read([0, 1, rows.rows - 1])] };
  },
  fit(folder) {
    const { steps, epochs, trainLoss, validationLoss } = readJson<FitSummary>(folder, "fit.json");
    const losses = validationLoss === null ? [trainLoss] : [trainLoss, validationLoss];
    return {
      steps: [steps, epochs],
      losses,
      validationLoss: column(folder, "history.csv", "validationLoss"),
    };
  },
  score: (folder) => ({ stress: column(folder, "predictions.csv", "probability:stress") }),
};

function column(folder: string, name: string, key: string): number[] {
  const text = Deno.readTextFileSync(join(folder, name));
  return text === "" ? [] : readCsv(text).flatMap((row) => row[key] === undefined ? [] : [Number(row[key])]);
}

/** What differs between two descriptions of a stage; undefined where nothing does. */
export function difference(before: GoldenStage, after: GoldenStage): string | undefined {
  const names = (stage: GoldenStage) => Object.keys(stage.files ?? stage.numbers ?? {}).sort().join(", ");
  if (names(before) !== names(after)) return `${names(before)} became ${names(after)}`;
  const changed = Object.keys(before.files ?? {}).filter((name) =>
    before.files?.[name] !== after.files?.[name]
  );
  if (changed.length > 0) return `${changed.join(", ")} changed`;
  for (const [name, golden] of Object.entries(before.numbers ?? {})) {
    const now = after.numbers?.[name] ?? [];
    if (golden.length !== now.length) return `${name}: ${golden.length} numbers became ${now.length}`;
    const index = golden.findIndex((value, position) => !(Math.abs(value - now[position]) <= CLOSE));
    if (index >= 0) return `${name}[${index}]: ${golden[index]} became ${now[index]}`;
  }
}
