/**
 * Reading the fields of a header's lines: numbers as text, with errors that name the file and the line.
 *
 * @module
 */

/** A line of a header that is no comment. */
export interface HeaderLine {
  /** What it says, without the space around it. */
  readonly text: string;
  /** How an error begins: `100.hea: Cannot read line 2`. */
  readonly place: string;
}

/** One field of a line. */
export interface Field {
  /** What it is, as in `the gain`. */
  readonly what: string;
  /** Where it stands, as of its line. */
  readonly place: string;
}

/** The error for a field whose text is wrong. */
export function fieldError(text: string, { what, place, must }: Field & { must: string }): SyntaxError {
  return new SyntaxError(`${place}: ${what} must be ${must}, got ${JSON.stringify(text)}`);
}

/** A whole number; with a `minimum` none below it. Throws SyntaxError for anything else. */
export function wholeNumber(text: string, { minimum, ...field }: Field & { minimum?: number }): number {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(value) && !(minimum !== undefined && value < minimum)) return value;
  const must = minimum === undefined ? "a whole number" : `a whole number of at least ${minimum}`;
  throw fieldError(text, { ...field, must });
}

/** A finite number as C writes it: `360`, `360.`, `.5`, `3.6e2`. Throws SyntaxError for anything else. */
export function decimalNumber(text: string, field: Field): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (Number.isFinite(value)) return value;
  throw fieldError(text, { ...field, must: "a number" });
}
