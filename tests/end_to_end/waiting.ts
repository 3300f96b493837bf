/** Waiting for what other processes do. */
import type { Ended } from "../cli/program.ts";

/** Waits until something holds, however long a program takes to bring it about. Throws when that has ended before. */
export async function until(
  holds: () => boolean,
  { what, of }: { what: string; of: Promise<Ended> },
): Promise<void> {
  let ended: Ended | undefined;
  of.then((end) => ended = end);
  while (!holds()) {
    if (ended !== undefined) {
      throw new Error(`${what} did not come: the program ended, and said ${ended.out}${ended.problems}`);
    }
    await pause(20);
  }
}

/** Some time. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
