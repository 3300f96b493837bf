/**
 * Work that shares state, one piece after another.
 *
 * @module
 */

/** Runs a piece of work when all earlier ones have ended. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** A queue of its own. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    // A failure is its caller's; the next piece goes ahead.
    last = result.catch(() => undefined);
    return result;
  };
}
