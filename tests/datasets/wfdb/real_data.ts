/** Tests on published recordings, which are never part of the project. */
import { join } from "node:path";

/**
 * Registers a test on a database in the folder that EINTHOVEN_DATA names.
 *
 * Without it the test fails where CI is set; elsewhere it is skipped, and a line says so.
 */
export function realDataTest(
  database: string,
  { name, run }: { name: string; run: (dataFolder: string) => Promise<void> },
): void {
  const dataFolder = Deno.env.get("EINTHOVEN_DATA");
  const there = dataFolder !== undefined && exists(join(dataFolder, database));
  const inCi = Boolean(Deno.env.get("CI"));
  if (there) return Deno.test(name, () => run(dataFolder));
  const reason = `needs ${database}/ in the folder that EINTHOVEN_DATA names, got ${
    dataFolder ?? "no such variable"
  }`;
  if (inCi) return Deno.test(name, () => Promise.reject(new Error(`The test ${reason}`)));
  Deno.stderr.writeSync(new TextEncoder().encode(`Skipped: "${name}" ${reason}\n`));
  Deno.test.ignore(name, () => {});
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
