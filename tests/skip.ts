/** Tests that need what is not on every machine. */

/** Skips a test, and a line says why. */
export function skip(name: string, reason: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`Skipped: "${name}" ${reason}\n`));
  Deno.test.ignore(name, () => {});
}

/** Whether a file or a folder has this path. */
export function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
