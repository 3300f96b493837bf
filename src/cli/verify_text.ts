/**
 * What is told of a verification.
 *
 * @module
 */
import { type Difference, DIFFERENCES } from "../pipeline/verify/difference.ts";
import type { Verification } from "../pipeline/verify/verify.ts";
import { colours } from "./colours.ts";

/** Cells, and differences, that are told one by one: on another machine there can be thousands. */
const TOLD = 20;

/** The cells that are computed again, the first of them where there are many. */
export function describeCells(names: readonly string[]): string[] {
  const more = names.length - TOLD;
  return [
    ...names.slice(0, TOLD).map((name) => colours.dim(`  ${name}`)),
    ...more > 0 ? [colours.dim(`  and ${more} more`)] : [],
  ];
}

/** Two tables: the stages by kind, and the files of the run's folder. */
export function describeVerification({ stages, files }: Verification): string[] {
  const kinds = [...Map.groupBy(stages, ({ stage }) => stage.stage)].map(([kind, own]) => [
    kind,
    String(own.length),
    String(own.reduce((sum, { files }) => sum + files, 0)),
    String(own.reduce((sum, { same }) => sum + same, 0)),
  ]);
  const parts = files.map(({ file, cells, same }) => [file, String(cells), String(same)]);
  return [
    ...table([["stage", "computed again", "files", "same"], ...kinds]),
    "",
    ...table([["in the run's folder", "cells", "same"], ...parts]),
    "",
  ];
}

/** Each difference with its hashes, the first of them where there are many. */
export function describeDifferences({ differences }: Verification): string[] {
  const lines = differences.slice(0, TOLD).flatMap(describe);
  const more = differences.length - TOLD;
  return [
    ...lines,
    ...more > 0 ? [`and ${more} more, which --json lists`] : [],
    ...lines.length > 0 ? [""] : [],
  ];
}

/** How many stages and files were compared, and what came of it. */
export function verdict(
  { stages, files, differences }: Verification,
): { stages: number; files: number; text: string } {
  const count = stages.reduce((sum, { files }) => sum + files, 0) + files.length;
  const text = differences.length === 0
    ? colours.green("every byte is the same")
    : colours.red(`${differences.length} difference${differences.length === 1 ? "" : "s"}`);
  return { stages: stages.length, files: count, text: `${stages.length} stages, ${count} files: ${text}` };
}

function describe({ kind, file, of, hashes, detail }: Difference): string[] {
  const sources = Object.entries(hashes), width = Math.max(...sources.map(([source]) => source.length));
  return [
    `${colours.red(DIFFERENCES[kind])}: ${file} (${of})${detail === "" ? "" : `: ${detail}`}`,
    ...sources.map(([source, hash]) => `  ${source.padEnd(width)}  ${hash ?? "nothing"}`),
  ];
}

/** Names to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row.map((text, column) => column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column]))
      .join(
        "  ",
      )
  );
}
