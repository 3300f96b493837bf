/** Manifests in memory, for tests. */
import { type ManifestSource, readManifest } from "../../src/manifest/read.ts";
import { ManifestError } from "../../src/manifest/problem.ts";

/** Reads the first of some files; the others are there to be extended. */
export function read(files: Readonly<Record<string, string>>, set: readonly string[] = []): ManifestSource {
  const readText = (path: string) => {
    if (!Object.hasOwn(files, path)) throw new Error("no such file");
    return files[path];
  };
  return readManifest(Object.keys(files)[0], { readText, set });
}

/** The lines of the ManifestError that a function throws; none when it throws nothing. */
export function linesOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ManifestError) return error.message.split("\n");
    throw error;
  }
  return [];
}
