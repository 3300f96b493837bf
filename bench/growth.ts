/**
 * Whether memory grows: with the steps of a compiled program, and with operations that are not compiled.
 *
 * @module
 */
import { here } from "./engines.ts";
import { denoScript, openPeer, type Peer, type Turn } from "./peer.ts";
import { withProblem } from "./problem_folder.ts";

/** Resident memory at two moments of one process. */
export interface Growth {
  /** What it did. */
  readonly name: string;
  /** How often until the first moment, and until the second. */
  readonly counts: readonly [number, number];
  /** Resident memory then, in bytes. */
  readonly bytes: readonly [number, number];
  /** The largest that it had, in bytes. */
  readonly peakBytes: number;
}

/** Memory that comes and goes with garbage, as a share of what there is. */
export const TOLERANCE = 0.15;

const STEPS = [100, 1000] as const, OPERATIONS = [2000, 10_000] as const, BATCH = 2;

/** A thousand steps of the paper's network on small batches: what a step leaves behind does not depend on their size. */
export function growthOfSteps(): Promise<Growth> {
  return withProblem({ network: "paper", batch: BATCH }, async (folder) => {
    const workload = { task: "step", network: "paper", threads: 1, batch: BATCH } as const;
    const peer = await here(workload).open(folder);
    return await growthOf(peer, { name: `training steps of ${BATCH} windows`, counts: STEPS, inTurn: 1 });
  });
}

/** Ten thousand operations on {@linkcode useOnnxBackend}, ten between two reads. */
export async function growthOfOperations(): Promise<Growth> {
  const { program, args } = denoScript("peers/lazy_ops.ts"), inTurn = 100;
  const peer = await openPeer(program, { args: [...args, `${inTurn}`], line: "" });
  return await growthOf(peer, { name: "operations without compiling", counts: OPERATIONS, inTurn });
}

async function growthOf(
  peer: Peer,
  { name, counts, inTurn }: { name: string; counts: readonly [number, number]; inTurn: number },
): Promise<Growth> {
  const takeUntil = async (count: number, done: number) => {
    let turn: Turn | undefined;
    for (let taken = done; taken < count; taken += inTurn) turn = await peer.turn();
    return turn;
  };
  try {
    const first = await takeUntil(counts[0], 0), last = await takeUntil(counts[1], counts[0]);
    const bytes = [first?.bytes ?? NaN, last?.bytes ?? NaN] as const;
    return { name, counts, bytes, peakBytes: last?.peakBytes ?? NaN };
  } finally {
    await peer.close();
  }
}
