/**
 * CSV of numbers, read line by line: memory does not grow with the file.
 *
 * @module
 */

/** Numbers that no arithmetic gives, as Python, NumPy, R and MATLAB write them. */
const NOT_FINITE = /^[+-]?(nan|na|inf|infinity)$/i;

/**
 * The rows of a file of numbers separated by commas; NaN and infinities are read as NaN.
 *
 * A first line without numbers is a header, and so is one that counts the columns 0, 1, 2, ... as pandas does. Empty lines are
 * passed over. Throws SyntaxError with file and line for a cell that is no number, RangeError for a line of another length than
 * `columns`.
 */
export async function* csvNumbers(
  path: string,
  { columns }: { columns: number },
): AsyncGenerator<Float32Array, void, undefined> {
  let line = 0, isFirst = true;
  for await (const text of linesOf(path)) {
    line++;
    if (text.trim() === "") continue;
    const cells = text.split(",");
    if (isFirst && cells.length >= columns && isHeader(cells)) {
      isFirst = false;
      continue;
    }
    isFirst = false;
    if (cells.length !== columns) {
      throw new RangeError(
        `${path}:${line}: Cannot read a window: a line must hold ${columns} numbers with commas between them, got ${cells.length}`,
      );
    }
    yield readNumbers(cells, { path, line });
  }
}

function isHeader(cells: readonly string[]): boolean {
  const [first, ...others] = cells;
  // Above the column of row numbers pandas leaves the cell empty.
  const counted = first.trim() === "" ? others : cells;
  return cells.every((cell) => Number.isNaN(numberIn(cell)) && !NOT_FINITE.test(unquoted(cell))) ||
    counted.every((cell, column) => unquoted(cell) === String(column));
}

function readNumbers(cells: readonly string[], { path, line }: { path: string; line: number }): Float32Array {
  return Float32Array.from(cells, (cell, column) => {
    const value = numberIn(cell);
    if (!Number.isNaN(value) || NOT_FINITE.test(unquoted(cell))) return Number.isFinite(value) ? value : NaN;
    throw new SyntaxError(
      `${path}:${line}: Cannot read a window: every cell must be a number, got "${cell}" in column ${
        column + 1
      }`,
    );
  });
}

function numberIn(cell: string): number {
  const value = Number(cell);
  // Number("") is 0.
  if (value === 0 && cell.trim() === "") return NaN;
  return Number.isNaN(value) ? Number(unquoted(cell) || NaN) : value;
}

function unquoted(cell: string): string {
  return cell.trim().replace(/^"(.*)"$/, "$1");
}

async function* linesOf(path: string): AsyncGenerator<string, void, undefined> {
  const file = await Deno.open(path);
  let rest = "";
  for await (const chunk of file.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  yield rest;
}
