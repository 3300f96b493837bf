/** A tiny manifest on a dataset, run by the program from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCsv } from "../../../src/formats/csv.ts";
import { call, writeManifest } from "../../cli/program.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";

/** What a run leaves behind. */
export interface TinyRun {
  /** The windows in tests, `dataset/subject/session/stimulus@first+length`, once for each prediction of them. */
  readonly windows: readonly string[];
  /** The text of the report. */
  readonly report: string;
}

/** Keys of a manifest in the place of the tiny one's, each as it is written behind its colon. */
export interface TinyManifest {
  readonly dataset: string;
  readonly signal?: string;
  readonly target?: string;
  readonly split?: string;
  readonly labels?: string;
}

/**
 * Runs the tiny manifest, by one arm with one share of labels, on what `write` puts into the data folder; the program must end with
 * nothing to say.
 */
export async function runTiny(
  manifest: TinyManifest,
  write: (dataFolder: string) => Promise<void>,
): Promise<TinyRun> {
  await using folder = await temporaryFolder();
  await write(folder.path);
  const keys = {
    ...manifest,
    arms: "{supervised: {}}",
    sweep: "{labels.fraction: [1]}",
    hypotheses: "[]",
  };
  await writeManifest(
    folder.path,
    Object.fromEntries(Object.entries(keys).map(([key, value]) => [`${key}:`, `${key}: ${value}`])),
  );
  const options = { cwd: folder.path, env: { EINTHOVEN_DATA: folder.path } };
  const { code, problems } = await call(["tiny.yaml", "--results", "results", "--workers", "1"], options);
  assert.deepEqual([code, problems], [0, ""]);
  const run = join(folder.path, "results", "tiny");
  const rows = readCsv(await Deno.readTextFile(join(run, "predictions.csv")));
  return {
    windows: rows.map(({ window }) => window),
    report: await Deno.readTextFile(join(run, "report.html")),
  };
}
