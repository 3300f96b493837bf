/**
 * The report of a run, written to its folder.
 *
 * @module
 */
import { join } from "node:path";
import type { Environment } from "../pipeline/environment.ts";
import type { FinishedRun } from "../pipeline/experiment.ts";
import { emptyFolder, type Store } from "../pipeline/store.ts";
import { renderReport } from "../report/report.ts";
import { reportData } from "./report_data.ts";

/** Writes `report.html`, `figures/` and `tables/`; gives the path of the page. */
export async function writeReport(
  run: FinishedRun,
  options: { store: Store; environment: Environment; command: string; leak: string | undefined },
): Promise<string> {
  const { html, figures, tables } = renderReport(await reportData(run, options));
  for (const [name, files] of Object.entries({ figures, tables })) {
    const folder = join(run.folder, name);
    await emptyFolder(folder);
    for (const [file, text] of Object.entries(files)) await Deno.writeTextFile(join(folder, file), text);
  }
  const page = join(run.folder, "report.html");
  await Deno.writeTextFile(page, html);
  return page;
}
