/**
 * Finding the runs in a results folder.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";
import { unknownName } from "../manifest/choice.ts";
import { UsageError } from "./exit.ts";
import { resultsFolder } from "./folders.ts";

/** The results folder that a call means: that of its flag, that which a run's path names, or `results/`. */
export function resultsOfCall({ name, results }: { name?: string; results?: string }): string {
  return resultsFolder(results ?? (name?.includes("/") ? dirname(name) : undefined));
}

/** The runs in a results folder, by name; none where there is no such folder. */
export async function runNames(results: string): Promise<string[]> {
  const names: string[] = [];
  for (const { name, isDirectory } of await entriesOf(results)) {
    if (isDirectory && await readIfThere(join(results, name, "manifest.yaml")) !== undefined) {
      names.push(name);
    }
  }
  return names.sort();
}

/** The run that a person means by its name or its path. Throws UsageError, which suggests the nearest, for an unknown one. */
export function knownRun(given: string, known: readonly string[]): string {
  const name = basename(given);
  if (known.includes(name)) return name;
  throw new UsageError(unknownName({ what: "run", name, known }).message);
}

/** The text of a file; undefined where there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function entriesOf(folder: string): Promise<Deno.DirEntry[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
