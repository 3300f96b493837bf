/**
 * One training step of the paper's network, here, in PyTorch and on the `cpu` backend of TensorFlow.js, in turns.
 *
 * `deno run -A bench/step.ts`; `PYTHON` names the interpreter that has PyTorch. Every engine begins with the same weights and learns
 * from the same windows; where their losses differ there is no table.
 *
 * @module
 */
import {
  checkLosses,
  here,
  type Measured,
  measureInTurns,
  pythonWithPytorch,
  pytorch,
  tfjsCpu,
} from "./engines.ts";
import { denoScript } from "./peer.ts";
import { formatTable, median, megabytes, print, tell } from "./table.ts";

const BATCH = 32, THREADS = [1, 2], ROUNDS = 9, WARM_UP = 3;

/** One line of the table. */
export interface Row {
  /** What took the steps. */
  readonly engine: string;
  /** Threads that it had. */
  readonly threads: number;
  /** Windows in a step. */
  readonly batch: number;
  /** Figures; absent where the engine is missing. */
  readonly figures?: Figures;
}

/** What was found of an engine. */
export interface Figures {
  /** Median in milliseconds. */
  readonly stepMs: number;
  /** The time that a window takes here over the time that it takes there. */
  readonly hereOverThere: number;
  /** The loss before the first step. */
  readonly loss: number;
  /** The largest resident memory of its process, in bytes. */
  readonly peakBytes: number;
}

/** Measures, prints a table and gives its rows; `quick` leaves TensorFlow.js out. */
export async function run({ quick = false }: { quick?: boolean } = {}): Promise<Row[]> {
  // Beside others a step takes longer, and several threads suffer most: a reader must be able to see it.
  const [load] = Deno.loadavg();
  const folder = await Deno.makeTempDir();
  try {
    const problem = `${folder}/problem.f32`;
    await writeProblem(problem);
    const python = await pythonWithPytorch();
    const groups: Measured[][] = [];
    for (const threads of THREADS) groups.push(await measureGroup(problem, { threads, python }));
    if (!quick) groups[0].push(await measureTfjs(problem));
    const rows = groups.flatMap((group, index) => {
      const missing: Row[] = python ? [] : [{ engine: "PyTorch", threads: THREADS[index], batch: BATCH }];
      return [...group.map((measured) => rowOf(measured, group[0])), ...missing];
    });
    const notes = groups.flat().map(({ engine, about }) => `${engine.name}: ${about}`);
    await print([
      `one training step, windows of 2560 samples, medians of ${ROUNDS} in turns after ${WARM_UP} to warm up`,
      ...formatTable([HEADER, ...rows.map(cellsOf)]),
      `cores: ${navigator.hardwareConcurrency}, load in the minute before: ${load.toFixed(1)}`,
      ...new Set(notes),
      ...quick ? ["TensorFlow.js was left out"] : ["TensorFlow.js took one step, without warm-up"],
      ...python ? [] : ["PyTorch is missing: nothing to compare with"],
    ]);
    return rows;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function writeProblem(path: string): Promise<void> {
  const { program, args } = denoScript("paper_network.ts");
  const { success, stderr } = await new Deno.Command(program, { args: [...args, path, `${BATCH}`] }).output();
  if (!success) {
    throw new Error(
      `Cannot measure a step: its problem must be written\n${new TextDecoder().decode(stderr)}`,
    );
  }
}

/** The engines that take whole batches, this project first. */
async function measureGroup(
  problem: string,
  { threads, python }: { threads: number; python?: string },
): Promise<Measured[]> {
  const size = { threads, batch: BATCH };
  const engines = [here(size), ...python ? pytorch(python, size) : []];
  await tell(
    `${inThreads(threads)}: ${engines.map(({ name }) => name).join(", ")}, ${WARM_UP + ROUNDS} steps each`,
  );
  const group = await measureInTurns(engines, { problem, steps: WARM_UP + ROUNDS });
  for (const other of group.slice(1)) checkLosses(group[0], other);
  return group;
}

/** One step of one window: TensorFlow.js takes most of a minute for it, so there is no warm-up either. */
async function measureTfjs(problem: string): Promise<Measured> {
  await tell("TensorFlow.js: one step of one window, about a minute");
  const size = { threads: 1, batch: 1 };
  const [ours] = await measureInTurns([here(size)], { problem, steps: 1 });
  const [theirs] = await measureInTurns([tfjsCpu(size)], { problem, steps: 1 });
  checkLosses(ours, theirs);
  return theirs;
}

function rowOf({ engine: { name, threads, batch }, steps }: Measured, ours: Measured): Row {
  const stepMs = medianMs(steps);
  const hereOverThere = medianMs(ours.steps) / ours.engine.batch / (stepMs / batch);
  const { peakBytes } = steps[steps.length - 1];
  return { engine: name, threads, batch, figures: { stepMs, hereOverThere, loss: steps[0].loss, peakBytes } };
}

/** Warm-up left out, where there was any. */
function medianMs(steps: Measured["steps"]): number {
  return median(steps.slice(steps.length > WARM_UP ? WARM_UP : 0).map(({ ms }) => ms));
}

const HEADER = [
  "engine",
  "threads",
  "batch",
  "step ms",
  "window ms",
  "here / there",
  "first loss",
  "peak MB",
];

function cellsOf({ engine, threads, batch, figures }: Row): string[] {
  const cells = [engine, `${threads}`, `${batch}`];
  if (figures === undefined) return [...cells, "missing", "", "", "", ""];
  const { stepMs, hereOverThere, loss, peakBytes } = figures;
  return [
    ...cells,
    stepMs.toFixed(0),
    (stepMs / batch).toFixed(1),
    hereOverThere.toPrecision(3),
    loss.toFixed(6),
    megabytes(peakBytes),
  ];
}

function inThreads(threads: number): string {
  return threads === 1 ? "1 thread" : `${threads} threads`;
}

if (import.meta.main) await run();
