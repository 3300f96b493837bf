/**
 * A report's table for a terminal.
 *
 * @module
 */
import type { PrintedTable } from "../report/tables/table.ts";

/**
 * The caption, the heads and the rows in columns of equal width, numbers to the right.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = plainTable({
 *   name: "t",
 *   caption: "Windows",
 *   columns: [{ head: "Class", align: "left" }, { head: "Windows", align: "right" }],
 *   rows: [{ cells: [{ text: "calm" }, { text: "12" }], startsGroup: false }],
 *   notes: [],
 * });
 * assert.equal(text, "Windows\n  Class  Windows\n  calm        12");
 * ```
 */
export function plainTable({ caption, columns, rows }: PrintedTable): string {
  const lines = [
    columns.map(({ head }) => head),
    ...rows.map(({ cells }) => cells.map(({ text }) => text)),
  ];
  const widths = columns.map((_, index) => Math.max(...lines.map((cells) => cells[index].length)));
  const padded = lines.map((cells) =>
    cells.map((text, index) =>
      columns[index].align === "left" ? text.padEnd(widths[index]) : text.padStart(widths[index])
    ).join("  ").trimEnd()
  );
  return [caption, ...padded.map((line) => `  ${line}`)].join("\n");
}
