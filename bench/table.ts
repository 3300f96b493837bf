/**
 * Tables of a benchmark, as text.
 *
 * @module
 */

/** The lines of a table, its first column to the left and the others to the right. */
export function formatTable(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row.map((cell, column) => column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))
      .join("  ").trimEnd()
  );
}

/** The middle of some numbers, the mean of the two middle ones when there is an even number of them. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Megabytes of 10^6 bytes. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

let output: typeof Deno.stdout | typeof Deno.stderr = Deno.stdout;

/** Lets tables go to standard error from now on, where standard output is for records. */
export function printTablesAside(): void {
  output = Deno.stderr;
}

/** Writes the lines of a table, to standard output unless told otherwise. */
export async function print(lines: readonly string[]): Promise<void> {
  await output.write(new TextEncoder().encode(`${lines.join("\n")}\n`));
}

/** Writes a line that says what goes on, apart from the results. */
export async function tell(line: string): Promise<void> {
  await Deno.stderr.write(new TextEncoder().encode(`${line}\n`));
}
