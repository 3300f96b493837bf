/** Tests on published recordings, which are never part of the project. */
import { join } from "node:path";
import { isThere, skip } from "../../skip.ts";

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
  const there = dataFolder !== undefined && isThere(join(dataFolder, database));
  const inCi = Boolean(Deno.env.get("CI"));
  if (there) return Deno.test(name, () => run(dataFolder));
  const reason = `needs ${database}/ in the folder that EINTHOVEN_DATA names, got ${
    dataFolder ?? "no such variable"
  }`;
  if (inCi) return Deno.test(name, () => Promise.reject(new Error(`The test ${reason}`)));
  skip(name, reason);
}
