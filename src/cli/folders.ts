/**
 * Where the program finds data and manifests, and where it writes.
 *
 * @module
 */
import { isAbsolute, join, resolve } from "node:path";
import { byCodePoint } from "../formats/window_table.ts";
import { unknownName } from "../manifest/choice.ts";
import { PROJECT } from "../pipeline/environment.ts";
import { UsageError } from "./exit.ts";

/** The folder that relative dataset paths start from: `EINTHOVEN_DATA`, or `data/` beside `deno.json`. */
export function dataFolder(): string {
  const given = Deno.env.get("EINTHOVEN_DATA");
  return given === undefined || given === "" ? join(PROJECT, "data") : resolve(callFolder(), given);
}

/** The folder of all results. */
export function resultsFolder(given: string | undefined): string {
  return given === undefined ? join(PROJECT, "results") : resolve(callFolder(), given);
}

/**
 * The manifest that a person means: a path from where they are, or the name of one in `experiments/`.
 *
 * Throws RangeError, with the nearest name, for what looks like a name and is none; a path that is not there is given as it was meant.
 */
export function manifestPath(given: string): string {
  const candidates = isAbsolute(given)
    ? [given]
    : [resolve(callFolder(), given), join(PROJECT, given), join(PROJECT, "experiments", `${given}.yaml`)];
  const found = candidates.find(isFile);
  if (found === undefined && /^\w[\w-]*$/.test(given)) {
    throw unknownName({ what: "manifest", name: given, known: shippedManifests() });
  }
  return found ?? candidates[0];
}

/** The names of the manifests in `experiments/`, in code-point order. */
function shippedManifests(): string[] {
  return [...Deno.readDirSync(join(PROJECT, "experiments"))].map(({ name }) => name)
    .filter((name) => name.endsWith(".yaml")).map((name) => name.slice(0, -".yaml".length)).sort(byCodePoint);
}

/** Where the person stands: a task runs in the project's folder. */
export function callFolder(): string {
  return Deno.env.get("INIT_CWD") ?? Deno.cwd();
}

/** The text of a manifest's file; what is thrown without one says what there is in its place, and no more. */
export function readManifestText(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new RangeError("none", { cause: error });
    if (error instanceof Deno.errors.IsADirectory) throw new RangeError("a folder", { cause: error });
    throw error;
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}

/** Makes a folder and sees that files can be written there. Throws UsageError where they can't. */
export async function makeWritable(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true });
    // A name of its own: another process may be trying the same.
    await Deno.remove(await Deno.makeTempFile({ dir: folder, prefix: ".writable-" }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${folder}: Cannot write results: the folder must be writable, got: ${reason}`);
  }
}
