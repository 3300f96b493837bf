/**
 * How to make the run again, what it ran on, and whose data it used.
 *
 * @module
 */
import type { ReportData, ReportTimings } from "../data.ts";
import { formatCount, formatPercent, formatQuantity, formatSeconds } from "../format.ts";
import { type Html, html, NOTHING } from "../markup.ts";
import { tableHtml } from "../tables/html.ts";
import { cell, groupRows, numberColumns, textColumns } from "../tables/table.ts";
import { definitions, details, type Section } from "./section.ts";

function failedCells(data: ReportData): Html {
  return tableHtml({
    name: "failed_cells",
    caption: "Cells that failed",
    columns: textColumns("Cell", "Reason"),
    rows: groupRows(
      data.failedCells.map(({ cell: name, reason }) => ({ group: "", cells: [cell(name), cell(reason)] })),
    ),
    notes: [],
  });
}

function timingsTable({ stages }: ReportTimings): Html {
  const total = stages.reduce((sum, { seconds }) => sum + seconds, 0);
  return tableHtml({
    name: "timings",
    caption: "Time by stage, summed over workers",
    columns: [...textColumns("Stage"), ...numberColumns("Runs", "Time", "Share")],
    rows: groupRows(stages.map(({ stage, runs, seconds }) => ({
      group: "",
      cells: [
        cell(stage),
        cell(formatCount(runs)),
        cell(formatSeconds(seconds)),
        cell(formatPercent(total === 0 ? null : seconds / total)),
      ],
    }))),
    notes: [],
  });
}

function timeText({ totalSeconds, cellSeconds }: ReportTimings): string {
  if (cellSeconds.length === 0) return formatSeconds(totalSeconds);
  const longest = cellSeconds.reduce((most, seconds) => Math.max(most, seconds), 0);
  const mean = cellSeconds.reduce((sum, seconds) => sum + seconds, 0) / cellSeconds.length;
  return `${formatSeconds(totalSeconds)}; ${formatQuantity(cellSeconds.length, "cell")}, ${
    formatSeconds(mean)
  } each in the mean, ${formatSeconds(longest)} at most`;
}

function commitText({ git }: ReportData["environment"]): string {
  if (git === null) return "not a git checkout";
  return git.commit + (git.dirty ? ", with changes that are not committed" : "");
}

/** The command, the manifest, the environment, the time it took, the dataset's licence and citation. */
export function reproduceSection(data: ReportData): Section {
  const { dataset, environment } = data;
  const packages = Object.keys(environment.packages).sort().map((name) =>
    `${name} ${environment.packages[name]}`
  );
  return {
    id: "reproduce",
    title: "How to reproduce",
    content: [
      html`<pre><code>${data.command}</code></pre>`,
      details("The manifest, with every default", html`<pre><code>${data.manifest}</code></pre>`),
      data.failedCells.length === 0 ? NOTHING : failedCells(data),
      definitions([
        ["Manifest", data.manifestHash],
        ["Commit", commitText(environment)],
        ["Deno", environment.deno],
        ["Packages", packages.join(", ")],
        ["Lock file", environment.lock],
        ["Machine", `${environment.cpu}, ${environment.system}`],
        ["Threads a stage", formatCount(environment.threads)],
        ["Execution provider", environment.provider],
        ["Time", timeText(data.timings)],
        ["Dataset", `${dataset.name}${dataset.simulated ? " (simulated)" : ""}`],
        ["Licence", dataset.licence],
        ["Please cite", dataset.citation],
      ]),
      data.timings.stages.length === 0 ? NOTHING : timingsTable(data.timings),
    ],
  };
}
