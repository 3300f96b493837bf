/**
 * The samples of a YAAD file: numbers in one line, with commas between them.
 *
 * @module
 */

/**
 * Reads numbers that commas, blanks or ends of lines divide; `NaN` is a missing sample.
 *
 * Throws SyntaxError, with file and position, for a text that is no number, and for a file without any.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(readSamples("0.5,-1e-3,NaN\n", { file: "a.dat" }), Float64Array.of(0.5, -0.001, NaN));
 * ```
 */
export function readSamples(text: string, { file }: { file: string }): Float64Array {
  // A comma may end the line.
  const cells = text.trim().replace(/,$/, "").split(/\s*,\s*|\s+/);
  return Float64Array.from(cells, (cell, index) => {
    if (/^nan$/i.test(cell)) return NaN;
    const value = cell === "" ? NaN : Number(cell);
    if (Number.isFinite(value)) return value;
    throw new SyntaxError(
      `${file}: Cannot read sample ${index + 1}: it must be a number, got ${
        JSON.stringify(cell.slice(0, 40))
      }`,
    );
  });
}
