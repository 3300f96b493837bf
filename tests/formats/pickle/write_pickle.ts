/** Pickles as Python 2 wrote them: its strings are bytes, in protocol 0 as literals with escapes. */

/** What can be written: numbers, strings of bytes, dicts, and arrays of little-endian numbers. */
export type Written =
  | number
  | string
  | ReadonlyMap<string, Written>
  | { readonly type: string; readonly shape: readonly number[]; readonly bytes: Uint8Array };

/** The bytes of a pickle of protocol 0 or 2. A string's characters, up to U+00FF, are its bytes. */
export function writePickle(value: Written, { protocol }: { protocol: 0 | 2 }): Uint8Array {
  const parts: Uint8Array[] = [];
  const write = (text: string) => parts.push(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  if (protocol === 2) write("\x80\x02");
  const string = protocol === 0 ? textString : binaryString;
  const writeValue = (value: Written): void => {
    if (typeof value === "number") write(`I${value}\n`);
    else if (typeof value === "string") write(string(value));
    else if ("bytes" in value) writeArray(value);
    else {
      write("(d");
      for (const [key, held] of value) {
        write(string(key));
        writeValue(held);
        write("s");
      }
    }
  };
  const writeArray = ({ type, shape, bytes }: Extract<Written, { bytes: Uint8Array }>) => {
    write("cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\nt" + string("b") + "tR(I1\n(");
    write(shape.map((length) => `I${length}\n`).join("") + "t");
    write("cnumpy\ndtype\n(" + string(type) + "I0\nI1\ntR(I3\n" + string("<") + "NNNI-1\nI-1\nI0\ntbI00\n");
    const block = 4096, isText = protocol === 0;
    write(isText ? "S'" : "T" + int32(bytes.length));
    for (let first = 0; first < bytes.length; first += block) {
      const latin1 = String.fromCharCode(...bytes.subarray(first, first + block));
      write(isText ? escaped(latin1) : latin1);
    }
    write((isText ? "'\n" : "") + "tb");
  };
  writeValue(value);
  write(".");
  return joined(parts);
}

/** What Python 2 puts between the quotes of a literal. */
function escaped(bytes: string): string {
  const named: Readonly<Record<string, string>> = {
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\\": "\\\\",
    "'": "\\'",
  };
  return bytes.replace(
    /[^\x20-\x7e]|[\\']/g,
    (character) => named[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

function textString(bytes: string): string {
  return `S'${escaped(bytes)}'\n`;
}

function binaryString(bytes: string): string {
  return bytes.length < 256
    ? "U" + String.fromCharCode(bytes.length) + bytes
    : "T" + int32(bytes.length) + bytes;
}

function int32(value: number): string {
  return String.fromCharCode(...new Uint8Array(Int32Array.of(value).buffer));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
