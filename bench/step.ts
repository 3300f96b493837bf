/**
 * A training step or a forward pass of each network, here, in PyTorch and on the backends of TensorFlow.js, in turns.
 *
 * `PYTHON` names the interpreter that has PyTorch. Every engine begins with the same weights and is given the same windows; where they
 * compute different losses or logits there is no table.
 *
 * @module
 */
import {
  checkValues,
  here,
  type Measured,
  measureInTurns,
  pythonWithPytorch,
  pytorch,
  type Task,
  tfjs,
  type Workload,
} from "./engines.ts";
import { describeMachine, type Machine, machineLine } from "./machine.ts";
import { type NetworkName, NETWORKS } from "./networks/table.ts";
import { withProblem } from "./problem_folder.ts";
import { profileStep } from "./profile.ts";
import { formatTable, median, megabytes, print, tell } from "./table.ts";

const BATCH = 32, THREADS = [1, 2], WARM_UP = 3;
/** TensorFlow.js takes most of a minute for the step of a window. */
const TINY_BATCH = 1;

const TASKS = {
  step: { title: "one training step", value: "first loss", rounds: 9 },
  forward: { title: "one forward pass", value: "first logit", rounds: 15 },
} as const satisfies Record<Task, { title: string; value: string; rounds: number }>;

/** What to measure. */
export interface StepOptions {
  /** Whether TensorFlow.js is left out. */
  readonly quick?: boolean;
  /** The networks. Default all. */
  readonly networks?: readonly NetworkName[];
}

/** One line of a table. */
export interface Row extends Workload {
  /** What took the turns. */
  readonly engine: string;
  /** Figures; absent where the engine is missing. */
  readonly figures?: Figures;
  readonly machine: Machine;
}

/** What was found of an engine. */
export interface Figures {
  /** Median in milliseconds. */
  readonly ms: number;
  /** The shortest turn, in milliseconds. */
  readonly shortestMs: number;
  /** The time that a window takes here over the time that it takes there. */
  readonly hereOverThere: number;
  /** The loss before the first step, or the first logit. */
  readonly value: number;
  /** The largest resident memory of its process, in bytes. */
  readonly peakBytes: number;
  /** What it says of itself: its version. */
  readonly about: string;
  /** Of this project's steps: the time of a step over that of its own convolutions and products of matrices, as profiled. */
  readonly stepOverProducts?: number;
}

/** Measures networks one after another, prints a table for each and gives all rows. */
export async function run(
  task: Task,
  { quick = false, networks = Object.keys(NETWORKS) as NetworkName[] }: StepOptions = {},
): Promise<Row[]> {
  const python = await pythonWithPytorch(), rows: Row[] = [];
  for (const network of networks) rows.push(...await measureNetwork({ task, network }, { quick, python }));
  return rows;
}

async function measureNetwork(
  { task, network }: Pick<Workload, "task" | "network">,
  { quick, python }: { quick: boolean; python?: string },
): Promise<Row[]> {
  const machine = await describeMachine();
  return await withProblem({ network, batch: BATCH }, async (folder) => {
    const groups: Measured[][] = [];
    for (const threads of THREADS) {
      const workload = { task, network, threads, batch: BATCH };
      groups.push(await measureGroup(folder, { workload, python, quick }));
    }
    if (!quick) groups[0].push(await measureTiny(folder, { task, network }));
    const shares = new Map<number, number>();
    for (const threads of task === "step" ? THREADS : []) {
      const { stepOverProducts } = await profileStep(folder, { network, threads });
      shares.set(threads, stepOverProducts);
    }
    const rows = groups.flatMap((group, index) =>
      group.map((measured) =>
        rowOf(measured, {
          ours: group[0],
          machine,
          share: measured === group[0] ? shares.get(THREADS[index]) : undefined,
        })
      )
    );
    if (!python) {
      rows.push(
        ...THREADS.map((threads) => ({ task, network, threads, batch: BATCH, engine: "PyTorch", machine })),
      );
    }
    const { title, value, rounds } = TASKS[task];
    const notes = rows.flatMap(({ engine, figures }) => figures ? [`${engine}: ${figures.about}`] : []);
    await print([
      `${title} of ${NETWORKS[network].about}: medians of ${rounds} in turns after ${WARM_UP} to warm up`,
      ...formatTable([
        ["engine", "threads", "batch", "ms", "shortest", "window ms", "here / there", value, "peak MB"],
        ...rows.map(cellsOf),
      ]),
      ...THREADS.flatMap((threads) => againstFastest(rows, threads)),
      ...THREADS.flatMap((threads) => againstProducts(shares, threads)),
      machineLine(machine),
      ...new Set(notes),
      quick ? "TensorFlow.js was left out" : "TensorFlow.js cpu took one turn, without warm-up",
      ...python ? [] : ["PyTorch is missing: nothing to compare with"],
      "",
    ]);
    return rows;
  });
}

/** The engines that take whole batches, this project first; the wasm backend has no gradient of a convolution's filter. */
async function measureGroup(
  problem: string,
  { workload, python, quick }: { workload: Workload; python?: string; quick: boolean },
): Promise<Measured[]> {
  const { task, network, threads } = workload;
  const wasm = task === "forward" && threads === 1 && !quick ? [tfjs("wasm", workload)] : [];
  const engines = [here(workload), ...python ? pytorch(python, workload) : [], ...wasm];
  const rounds = WARM_UP + TASKS[task].rounds;
  await tell(
    `${task} of ${network}, ${inThreads(threads)}: ${
      engines.map(({ name }) => name).join(", ")
    }, ${rounds} each`,
  );
  const group = await measureInTurns(engines, { problem, rounds });
  for (const other of group.slice(1)) checkValues(group[0], other);
  return group;
}

/** The `cpu` backend, one turn of a few windows, so there is no warm-up either. */
async function measureTiny(
  problem: string,
  { task, network }: Pick<Workload, "task" | "network">,
): Promise<Measured> {
  const workload = { task, network, threads: 1, batch: TINY_BATCH };
  await tell(`${task} of ${network}, TensorFlow.js cpu: one of ${TINY_BATCH} window, up to a minute`);
  const [ours] = await measureInTurns([here(workload)], { problem, rounds: 1 });
  const [theirs] = await measureInTurns([tfjs("cpu", workload)], { problem, rounds: 1 });
  checkValues(ours, theirs);
  return theirs;
}

function rowOf(
  { engine: { name, workload }, turns, about }: Measured,
  { ours, machine, share }: { ours: Measured; machine: Machine; share?: number },
): Row {
  const all = timesOf(turns), ms = median(all);
  const windowMs = median(timesOf(ours.turns)) / ours.engine.workload.batch;
  const figures = {
    ms,
    shortestMs: Math.min(...all),
    hereOverThere: windowMs / (ms / workload.batch),
    value: turns[0].values[0],
    peakBytes: turns[turns.length - 1].peakBytes,
    about,
    ...share !== undefined && { stepOverProducts: share },
  };
  return { ...workload, engine: name, figures, machine };
}

/** Warm-up left out, where there was any. */
function timesOf(turns: Measured["turns"]): number[] {
  return turns.slice(turns.length > WARM_UP ? WARM_UP : 0).map(({ ms }) => ms);
}

/** The figure that counts: the ratio to the fastest way to write it in PyTorch. */
function againstFastest(rows: readonly Row[], threads: number): string[] {
  const ratios = rows.flatMap(({ engine, threads: own, figures }) =>
    own === threads && engine.startsWith("PyTorch") && figures ? [figures.hereOverThere] : []
  );
  if (ratios.length === 0) return [];
  return [`here / the fastest PyTorch, ${inThreads(threads)}: ${Math.max(...ratios).toFixed(2)}`];
}

function againstProducts(shares: ReadonlyMap<number, number>, threads: number): string[] {
  const share = shares.get(threads);
  if (share === undefined) return [];
  return [`a step here / its own convolutions and products, ${inThreads(threads)}: ${share.toFixed(2)}`];
}

function cellsOf({ engine, threads, batch, figures }: Row): string[] {
  const cells = [engine, `${threads}`, `${batch}`];
  if (figures === undefined) return [...cells, "missing", "", "", "", "", ""];
  const { ms, shortestMs, hereOverThere, value, peakBytes } = figures;
  return [
    ...cells,
    ...[ms, shortestMs].map((time) => time.toFixed(time < 100 ? 1 : 0)),
    (ms / batch).toFixed(2),
    hereOverThere.toPrecision(3),
    value.toFixed(6),
    megabytes(peakBytes),
  ];
}

function inThreads(threads: number): string {
  return threads === 1 ? "1 thread" : `${threads} threads`;
}
