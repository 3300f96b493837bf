/**
 * What of a machine's files a dataset is.
 *
 * @module
 */
import { resolve } from "node:path";
import type { WindowsParameters } from "./stages/windows.ts";

/**
 * The folders that opening a dataset reads: that of its parameter `path`, absolute or below the data folder; none for a dataset that
 * has no such parameter, for it is made and not read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const dataset = { kind: "wfdb", path: "mitdb" } as const;
 * assert.deepEqual(datasetFolders({ dataset }, "/data"), ["/data/mitdb"]);
 * assert.deepEqual(datasetFolders({ dataset: { kind: "synthetic" } }, "/data"), []);
 * ```
 */
export function datasetFolders(
  { dataset }: Pick<WindowsParameters, "dataset">,
  dataFolder: string,
): string[] {
  const { path } = dataset;
  return typeof path === "string" ? [resolve(dataFolder, path)] : [];
}
