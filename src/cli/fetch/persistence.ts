/**
 * Trying again what a network broke off.
 *
 * @module
 */
import { setTimeout } from "node:timers/promises";
import { UsageError } from "../exit.ts";

/** An answer that did not come, or not in full, and may the next time. */
export class BrokenOff extends Error {
  override name = "BrokenOff";
  /** Bytes that came and are kept. */
  readonly gained: number;
  /** How long the server asks to be left alone. */
  readonly waitSeconds: number;

  constructor(message: string, options: ErrorOptions & { gained?: number; waitSeconds?: number } = {}) {
    super(message, options);
    this.gained = options.gained ?? 0;
    this.waitSeconds = options.waitSeconds ?? 0;
  }
}

/** Seconds before the second attempt, the third, and so on; after the last there is none. */
export const PAUSES: readonly number[] = [0.5, 1, 2, 4, 8];
/** An attempt that brought so much is as good as none that failed. */
const ENOUGH_BYTES = 2 ** 20;
const LONGEST_WAIT_SECONDS = 60;

/**
 * What an attempt gives that was not broken off.
 *
 * Throws UsageError when the attempts are used up, the reason of `signal` when it aborts, and what an attempt throws else.
 */
export async function persistently<T>(
  attempt: () => Promise<T>,
  { url, signal, pauses }: { url: string; signal: AbortSignal; pauses: readonly number[] },
): Promise<T> {
  for (let failures = 0;; failures++) {
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof BrokenOff)) throw error;
      if (error.gained >= ENOUGH_BYTES) failures = 0;
      if (failures === pauses.length) {
        throw new UsageError(
          `${url}: Cannot download: the server must answer in full, got after ${
            failures + 1
          } attempts: ${error.message}; what came is kept, and the same command goes on`,
          { cause: error },
        );
      }
      const seconds = Math.max(pauses[failures], Math.min(error.waitSeconds, LONGEST_WAIT_SECONDS));
      await setTimeout(1000 * seconds, undefined, { signal });
    }
  }
}
