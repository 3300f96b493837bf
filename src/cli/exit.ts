/**
 * How the program ends, in numbers that a shell can test.
 *
 * @module
 */

/** Exit codes. */
export const EXIT = {
  done: 0,
  /** The run ended, and some of its cells failed. */
  cellsFailed: 1,
  /** What was computed again is not what the run left. */
  different: 1,
  /** The command line, the manifest or the data can't be used. */
  usage: 2,
  /** A split leaks and nobody allowed it. */
  leak: 3,
  interrupted: 130,
} as const;

/** A call that can't be carried out; its message is all that a person needs. */
export class UsageError extends Error {
  override name = "UsageError";
}
