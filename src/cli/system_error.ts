/**
 * What the system says of files and folders.
 *
 * @module
 */

/** Whether an error is the system's, as that a file must not be read or that the disk is full. */
export function isOfSystem(error: unknown): error is Error {
  return error instanceof Error && "code" in error && /^E[A-Z]+$/.test(String(error.code));
}
