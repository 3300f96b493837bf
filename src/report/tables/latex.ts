/**
 * Tables for a paper.
 *
 * @module
 */
import { MISSING } from "../format.ts";
import { leakText } from "../leak.ts";
import type { PrintedTable, TableRow } from "./table.ts";

const LATEX: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "$": "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  "_": "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  // A bracket at the start of a row would be read as the option of the line break before it.
  "[": "{[}",
  "]": "{]}",
  "<": "$<$",
  ">": "$>$",
  [MISSING]: "--",
  "−": "$-$",
  "×": "$\\times$",
  "±": "$\\pm$",
  "†": "$\\dagger$",
  "‡": "$\\ddagger$",
};

/**
 * Text in which LaTeX finds no command; line ends become spaces.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(escapeLatex("5% & a_b"), "5\\% \\& a\\_b");
 * ```
 */
export function escapeLatex(text: string): string {
  return text.replace(/[\\{}$&#%_~^[\]<>–−×±†‡]/g, (character) => LATEX[character]).replace(/\s+/g, " ");
}

/** One row: what is said small stands on a line below. */
function latexRow({ cells, startsGroup }: TableRow): string {
  const line = (contents: readonly string[]) => `${contents.join(" & ")} \\\\\n`;
  const words = cells.map(({ text, marks = "" }) =>
    escapeLatex(text) + (marks === "" ? "" : `\\textsuperscript{${escapeLatex(marks)}}`)
  );
  const small = cells.map(({ detail = "" }) => detail === "" ? "" : `{\\scriptsize ${escapeLatex(detail)}}`);
  return (startsGroup ? "\\addlinespace\n" : "") + line(words) +
    (small.some((text) => text !== "") ? line(small) : "");
}

/** The table for a paper, with the rules of `booktabs`; an allowed `leak` and `caveats` on all numbers are said in its caption. */
export function tableLatex(
  table: PrintedTable,
  { leak, caveats }: { readonly leak: string; readonly caveats: readonly string[] },
): string {
  const sentences = [leakText(leak), table.caption, ...table.notes, ...caveats].filter((text) => text !== "");
  const caption = sentences.map((text) => escapeLatex(text.replace(/\.?$/, "."))).join(" ");
  const heads = table.columns.map(({ head }) => ({ text: head }));
  return `% Needs \\usepackage{booktabs}.\n\\begin{table}\n\\centering\n\\caption{${caption}}\n` +
    `\\label{tab:${table.name}}\n` +
    `\\begin{tabular}{${table.columns.map(({ align }) => align[0]).join("")}}\n\\toprule\n` +
    `${latexRow({ cells: heads, startsGroup: false })}\\midrule\n` +
    `${table.rows.map(latexRow).join("")}\\bottomrule\n\\end{tabular}\n\\end{table}\n`;
}
