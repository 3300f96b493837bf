/**
 * What takes the training step or the forward pass of a network, each in a process of its own.
 *
 * @module
 */
import { PYTORCH_FORMS } from "./networks/network.ts";
import { type NetworkName, NETWORKS } from "./networks/table.ts";
import { denoScript, openPeer, type Peer, scriptPath, type Turn } from "./peer.ts";

/** What is measured: a training step (forward, backward and Adam), or a forward pass. */
export type Task = "step" | "forward";

/** Largest difference of what two engines compute, as a share of the largest number. */
const TOLERANCE = 1e-4;

/** What an engine is given to do. */
export interface Workload {
  readonly task: Task;
  readonly network: NetworkName;
  /** Threads of one operator. */
  readonly threads: number;
  /** Windows at a time. */
  readonly batch: number;
}

/** An engine that can be started. */
export interface Engine {
  /** What the table calls it. */
  readonly name: string;
  readonly workload: Workload;
  /** Starts it, with the folder of a problem as its first line. */
  open(problem: string): Promise<Peer>;
}

/** An engine and the turns that it took. */
export interface Measured {
  /** What was measured. */
  readonly engine: Engine;
  /** What is worth saying of it beside its turns. */
  readonly about: string;
  /** Its turns from the first one on. */
  readonly turns: readonly Turn[];
}

/** This project. */
export function here(workload: Workload): Engine {
  const { task, network, threads, batch } = workload;
  const { program, args } = denoScript("peers/onnx.ts");
  return {
    name: "here",
    workload,
    open: (line) => openPeer(program, { args: [...args, task, network, `${threads}`, `${batch}`], line }),
  };
}

/** A backend of TensorFlow.js, which has one thread in Deno. */
export function tfjs(backend: "cpu" | "wasm", given: Omit<Workload, "threads">): Engine {
  const { program, args } = denoScript("peers/tfjs.ts"), { task, network, batch } = given;
  return {
    name: `TensorFlow.js ${backend}`,
    workload: { ...given, threads: 1 },
    open: (line) => openPeer(program, { args: [...args, backend, task, network, `${batch}`], line }),
  };
}

/** PyTorch in the forms in which users write the network. */
export function pytorch(python: string, workload: Workload): Engine[] {
  const script = scriptPath("peers/pytorch.py"), { task, network, threads, batch } = workload;
  return NETWORKS[network].pytorchForms.map((form) => ({
    name: PYTORCH_FORMS[form],
    workload,
    open: (line) => openPeer(python, { args: [script, form, task, network, `${threads}`, `${batch}`], line }),
  }));
}

/** The interpreter that has PyTorch, `$PYTHON` or that of the system; undefined when it has none. */
export async function pythonWithPytorch(): Promise<string | undefined> {
  const python = Deno.env.get("PYTHON") ?? "/usr/bin/python3";
  const check = new Deno.Command(python, { args: ["-c", "import torch"], stdout: "null", stderr: "null" });
  try {
    return (await check.output()).success ? python : undefined;
  } catch (error) {
    // No such interpreter; anything else is not for a benchmark to hide.
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Lets engines take their turns one after another, round by round, so that what else the machine does falls on all of them. */
export async function measureInTurns(
  engines: readonly Engine[],
  { problem, rounds }: { problem: string; rounds: number },
): Promise<Measured[]> {
  const peers: Peer[] = [];
  try {
    for (const engine of engines) peers.push(await engine.open(problem));
    const taken: Turn[][] = peers.map(() => []);
    for (let round = 0; round < rounds; round++) {
      for (const [index, peer] of peers.entries()) taken[index].push(await peer.turn());
    }
    return peers.map(({ about }, index) => ({ engine: engines[index], about, turns: taken[index] }));
  } finally {
    await Promise.all(peers.map((peer) => peer.close()));
  }
}

/**
 * Throws RangeError unless two engines compute the same: the logits, or the loss before the first step and, where both took a second,
 * before that, when what they learned is the same too.
 */
export function checkValues(one: Measured, other: Measured): void {
  const both = Math.min(one.turns.length, other.turns.length, 2);
  for (let turn = 0; turn < both; turn++) {
    const expected = one.turns[turn].values, got = other.turns[turn].values;
    const largest = Math.max(...expected.map(Math.abs));
    const differences = expected.map((value, index) => Math.abs(value - got[index]));
    // Not-a-number is a difference too.
    const worst = differences.findIndex((difference) => !(difference <= TOLERANCE * largest));
    if (worst < 0 && got.length === expected.length) continue;
    throw new RangeError(
      `Cannot compare ${other.engine.name}: in turn ${turn + 1} its number ${worst + 1} must be ` +
        `${expected[worst]} within ${TOLERANCE} of the largest, got ${got[worst]}`,
    );
  }
}
