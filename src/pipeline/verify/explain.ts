/**
 * Why a stage is not the one that a run was made of.
 *
 * @module
 */
import { canonicalJson } from "../../manifest/canonical.ts";
import { formatPath, isMap, type Path } from "../../manifest/paths.ts";
import { firstNames } from "../../manifest/show.ts";
import { datasetFolders } from "../dataset_folders.ts";
import type { StageKey } from "../identity.ts";
import type { WindowsParameters } from "../stages/windows.ts";

/** How many keys that differ are named. */
const NAMED = 3;

/**
 * What differs between a stage of a run and the stage that would take its place now, as the end of a sentence.
 *
 * The code's version comes first, then packages, then the data or a given file, then what the manifest says.
 */
export function explainOther(
  now: StageKey,
  { then, dataFolder }: { then: StageKey; dataFolder: string },
): string {
  if (now.version !== then.version) {
    return `the program's stage ${now.stage} is version ${now.version} now, and was ${then.version} in the run`;
  }
  const packages = differingPaths(then.packages, now.packages);
  if (packages.length > 0) {
    const names = packages.map(([name]) => String(name));
    return `packages have other versions now: ${
      names.map((name) => `${name} ${then.packages[name] ?? "none"}, now ${now.packages[name] ?? "none"}`)
        .join("; ")
    }`;
  }
  const paths = differingPaths(then.parameters, now.parameters);
  if (now.stage === "given-encoder" && paths.some(([first]) => first === "sha256")) {
    return "the file of the given encoder is no longer that of the run (its SHA-256)";
  }
  const manifest = paths.filter(([first]) => first !== "content");
  // Where the manifest names other data, other content is no news.
  if (manifest.length > 0) return `manifest.yaml is no longer that of the run${named(manifest)}`;
  if (paths.length > 0) {
    // Parameters are as different as stages; those with a content are of the windows stage.
    const [folder] = datasetFolders(now.parameters as WindowsParameters, dataFolder);
    const data = folder === undefined ? "the data of the dataset" : `the data in ${folder}`;
    return `${data} are no longer those of the run${named(paths.map(([_content, ...path]) => path))}`;
  }
  return "the stages that it reads are others now";
}

function named(paths: readonly Path[]): string {
  const names = paths.map(formatPath).filter((name) => name !== "");
  if (names.length === 0) return "";
  return ` (${firstNames(names, { most: NAMED })})`;
}

/** The paths of the values that are not equal, in code-point order of their keys; the empty path for two that are no maps. */
export function differingPaths(left: unknown, right: unknown): Path[] {
  if (isMap(left) && isMap(right)) {
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].sort().flatMap((key) =>
      differingPaths(left[key], right[key]).map((path) => [key, ...path])
    );
  }
  if (left === undefined || right === undefined) return left === right ? [] : [[]];
  return canonicalJson(left) === canonicalJson(right) ? [] : [[]];
}
