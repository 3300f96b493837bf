/**
 * What takes the training step of the paper's network, each in a process of its own.
 *
 * @module
 */
import { denoScript, openPeer, type Peer, scriptPath, type StepTaken } from "./peer.ts";

/** Largest difference of two losses, as a share of one of them. */
const TOLERANCE = 1e-4;

/** An engine that can be started. */
export interface Engine {
  /** What the table calls it. */
  readonly name: string;
  /** Threads that it has. */
  readonly threads: number;
  /** Windows in a step. */
  readonly batch: number;
  /** Starts it, with the file of a problem as its first line. */
  open(problem: string): Promise<Peer>;
}

/** An engine and the steps that it took. */
export interface Measured {
  /** What was measured. */
  readonly engine: Engine;
  /** What is worth saying of it beside its steps. */
  readonly about: string;
  /** Its steps from the first one on. */
  readonly steps: readonly StepTaken[];
}

/** Threads and windows of a step. */
export interface StepSize {
  /** Threads of one operator. */
  readonly threads: number;
  /** Windows. */
  readonly batch: number;
}

/** This project. */
export function here({ threads, batch }: StepSize): Engine {
  const { program, args } = denoScript("peers/onnx_step.ts");
  return {
    name: "here",
    threads,
    batch,
    open: (line) => openPeer(program, { args: [...args, `${threads}`, `${batch}`], line }),
  };
}

/** The `cpu` backend of TensorFlow.js, which has one thread. */
export function tfjsCpu({ batch }: { batch: number }): Engine {
  const { program, args } = denoScript("peers/tfjs_step.ts");
  return {
    name: "TensorFlow.js cpu",
    threads: 1,
    batch,
    open: (line) => openPeer(program, { args: [...args, `${batch}`], line }),
  };
}

/** PyTorch in the two forms that users write: 1-d convolutions, and 2-d ones of height 1 with the channels last. */
export function pytorch(python: string, { threads, batch }: StepSize): Engine[] {
  const script = scriptPath("peers/pytorch_step.py");
  const forms = { conv1d: "PyTorch Conv1d", conv2d: "PyTorch Conv2d 1 x k channels_last" };
  return Object.entries(forms).map(([form, name]) => ({
    name,
    threads,
    batch,
    open: (line) => openPeer(python, { args: [script, form, `${threads}`, `${batch}`], line }),
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

/** Lets engines take steps in turns, so that what else the machine does falls on all of them. */
export async function measureInTurns(
  engines: readonly Engine[],
  { problem, steps }: { problem: string; steps: number },
): Promise<Measured[]> {
  const peers: Peer[] = [];
  try {
    for (const engine of engines) peers.push(await engine.open(problem));
    const taken: StepTaken[][] = peers.map(() => []);
    for (let step = 0; step < steps; step++) {
      for (const [index, peer] of peers.entries()) taken[index].push(await peer.step());
    }
    return peers.map(({ about }, index) => ({ engine: engines[index], about, steps: taken[index] }));
  } finally {
    await Promise.all(peers.map((peer) => peer.close()));
  }
}

/**
 * Throws RangeError unless two engines have the same losses: before the first step, and, where both took a second, after it, when
 * what they learned is the same too.
 */
export function checkLosses(one: Measured, other: Measured): void {
  const both = Math.min(one.steps.length, other.steps.length, 2);
  for (let step = 0; step < both; step++) {
    const expected = one.steps[step].loss, got = other.steps[step].loss;
    if (Math.abs(got - expected) <= TOLERANCE * Math.abs(expected)) continue;
    throw new RangeError(
      `Cannot compare ${other.engine.name}: its loss before step ${step + 1} must be ${expected} ` +
        `within a share of ${TOLERANCE}, got ${got}`,
    );
  }
}
