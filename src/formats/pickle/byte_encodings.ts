/**
 * How a pickle writes bytes, or text that stands for bytes, one character each.
 *
 * @module
 */

/**
 * Decodes one byte that is written from `at` on.
 *
 * The result holds the byte, and above its 8 bits how many bytes it is written with; -1 for what no byte is written like.
 */
export type DecodeByte = (written: Uint8Array, at: number) => number;

/** No byte is written with more. */
export const LONGEST_BYTE = 10;

const BACKSLASH = 0x5c, LOWER_U = 0x75, UPPER_U = 0x55, LOWER_X = 0x78, ZERO = 0x30;

/** The value of a hexadecimal digit by its code, -1 for others. */
const HEXADECIMAL = Int8Array.from({ length: 256 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? -1 : digit;
});

/** What stands behind a backslash in Python's literals, and the byte that it means. */
const ESCAPES = Int16Array.from({ length: 256 }, (_, code) => {
  const letter = String.fromCharCode(code), place = "abfnrtv".indexOf(letter);
  if (place >= 0) return [7, 8, 12, 10, 13, 9, 11][place];
  return "\\'\"".includes(letter) ? code : -1;
});

function found(byte: number, width: number): number {
  return byte < 0 ? -1 : byte | width << 8;
}

/** A number of `digits` hexadecimal digits; -1 where one is missing. */
function hexadecimal(written: Uint8Array, { from, digits }: { from: number; digits: number }): number {
  let value = 0;
  for (let at = from; at < from + digits; at++) {
    const digit = at < written.length ? HEXADECIMAL[written[at]] : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** A Python 2 string literal without its quotes: printable characters, `\n` and the like, `\xNN`, `\NNN`. */
const stringEscape: DecodeByte = (written, at) => {
  if (written[at] !== BACKSLASH) return written[at] | 1 << 8;
  const next = at + 1 < written.length ? written[at + 1] : 0;
  if (next === LOWER_X) return found(hexadecimal(written, { from: at + 2, digits: 2 }), 4);
  const isOctal = (place: number) => place < written.length && written[place] >> 3 === ZERO >> 3;
  if (!isOctal(at + 1)) return found(ESCAPES[next], 2);
  let value = 0, end = at + 1;
  while (end < at + 4 && isOctal(end)) value = value * 8 + written[end++] - ZERO;
  return found(value > 255 ? -1 : value, end - at);
};

/** Text up to U+00FF with one byte a character, save those that Python writes as `\uNNNN`: the backslash and what ends a line. */
const rawUnicodeEscape: DecodeByte = (written, at) => {
  if (written[at] !== BACKSLASH) return written[at] | 1 << 8;
  const next = at + 1 < written.length ? written[at + 1] : 0;
  const digits = next === LOWER_U ? 4 : next === UPPER_U ? 8 : 0;
  const value = digits === 0 ? -1 : hexadecimal(written, { from: at + 2, digits });
  return found(value > 255 ? -1 : value, 2 + digits);
};

/** UTF-8 of text up to U+00FF. */
const utf8: DecodeByte = (written, at) => {
  const first = written[at];
  if (first < 0x80) return first | 1 << 8;
  const second = at + 1 < written.length ? written[at + 1] : 0;
  const isPair = (first === 0xc2 || first === 0xc3) && second >> 6 === 2;
  return found(isPair ? (first & 3) << 6 | second & 0x3f : -1, 2);
};

const raw: DecodeByte = (written, at) => written[at] | 1 << 8;

/** Every way to write bytes, with what must hold of them. */
export const BYTE_ENCODINGS = {
  raw: { decode: raw, must: "bytes are written as they are" },
  "string-escape": { decode: stringEscape, must: "a byte must be written as in a Python 2 string" },
  "raw-unicode-escape": {
    decode: rawUnicodeEscape,
    must: "text that stands for bytes must have characters up to U+00FF",
  },
  "utf-8": { decode: utf8, must: "text that stands for bytes must have characters up to U+00FF" },
} as const satisfies Record<string, { readonly decode: DecodeByte; readonly must: string }>;

/** The name of a way to write bytes. */
export type ByteEncoding = keyof typeof BYTE_ENCODINGS;
