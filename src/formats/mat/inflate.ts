/**
 * A compressed variable of a MAT-file as a source of bytes.
 *
 * @module
 */
import { inflateRawSync } from "node:zlib";
import { Inflate } from "fflate";
import { type ByteSource, cursorOn, mustHold } from "../bytes.ts";
import { adler32 } from "./adler32.ts";

/** Where a compressed variable lies in its file. */
export interface Compressed {
  readonly source: ByteSource;
  readonly offset: number;
  readonly length: number;
  readonly littleEndian: boolean;
}

/** How it is inflated. */
export interface InflateOptions {
  /** Hears what is tolerated, as in `its checksum is wrong`. */
  readonly warn: (warning: string) => void;
  /** A variable of at most so many bytes is inflated as a whole and kept. */
  readonly wholeBytes?: number;
}

/** A source that can be read to its end, for what is known only there. */
export interface Inflated extends ByteSource {
  finish(): void;
}

/** A byte of deflate stands for 1032 bytes at most. */
const MOST_TO_ONE = 1032;
/** Bytes given to the inflater at a time, which make at most 16 MiB. */
const STEP = 16_384;
/** A reader that looks at what it just passed is served without beginning anew. */
const KEPT_BYTES = 65_536;
const WHOLE_BYTES = 256 * 2 ** 20;
const WRONG_CHECKSUM = "its zlib checksum is wrong";
const HEADER_BYTES = 2, CHECKSUM_BYTES = 4, TAG_BYTES = 8;

/**
 * The bytes of a compressed variable, `size` of them as its tag says, which is refused when it is more than the compressed bytes
 * can stand for.
 *
 * What is large (over 256 MiB) is inflated as it is read, forward; reading backward begins anew, so that memory stays small
 * and reading in the order of the file is fast. A wrong checksum (Adler-32) and bytes after the end are tolerated, with a
 * warning once the end is reached. Throws, with the file's name, SyntaxError for what is no zlib stream and RangeError where it
 * breaks off.
 *
 * Source: RFC 1950 and 1951; MAT-File Format (The MathWorks, R2021b), compressed data elements.
 */
export function inflated(compressed: Compressed, options: InflateOptions): Inflated {
  const { source, offset, length } = compressed, { file } = source;
  if (length < HEADER_BYTES + CHECKSUM_BYTES) {
    throw new RangeError(
      `${file}: Cannot inflate byte ${offset}: there must be 6 bytes or more, got ${length}`,
    );
  }
  const [method, flags] = source.read(offset, HEADER_BYTES);
  if ((method & 15) !== 8 || (method * 256 + flags) % 31 !== 0 || (flags & 32) !== 0) {
    throw new SyntaxError(
      `${file}: Cannot inflate byte ${offset}: a zlib stream without a dictionary must begin there, got bytes ${method}, ${flags}`,
    );
  }
  const { size, stream } = startStream(compressed, options);
  if (size > (options.wholeBytes ?? WHOLE_BYTES)) return stream;
  let served: Inflated | undefined;
  const serve = () => served ??= inflatedWhole(compressed, { size, warn: options.warn }) ?? stream;
  return {
    file: stream.file,
    size,
    read: (from, count) => serve().read(from, count),
    finish: () => served?.finish(),
  };
}

function startStream(compressed: Compressed, options: InflateOptions): { size: number; stream: Inflated } {
  const { source, offset, length, littleEndian } = compressed;
  const head = streaming(compressed, { ...options, size: TAG_BYTES, isWhole: false });
  const cursor = cursorOn(head, { littleEndian });
  cursor.skip(4);
  const size = TAG_BYTES + cursor.number("uint32"), most = MOST_TO_ONE * length;
  if (size > most) {
    throw new RangeError(
      `${source.file}: Cannot inflate byte ${offset}: ${length} compressed bytes must stand for ${most} at most, got ${size}`,
    );
  }
  return { size, stream: streaming(compressed, { ...options, size, isWhole: true }) };
}

/** All bytes at once, which is several times faster; null where that fails, for the stream tells how far it can be read. */
function inflatedWhole(
  { source, offset, length }: Compressed,
  { size, warn }: { size: number; warn: (warning: string) => void },
): Inflated | null {
  const body = source.read(offset + HEADER_BYTES, length - HEADER_BYTES);
  let bytes: Uint8Array;
  try {
    const made = inflateRawSync(body.subarray(0, -CHECKSUM_BYTES), { maxOutputLength: size });
    bytes = new Uint8Array(made.buffer, made.byteOffset, made.length);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "ERR_BUFFER_TOO_LARGE" || code === "Z_BUF_ERROR" || code === "Z_DATA_ERROR") return null;
    throw error;
  }
  if (bytes.length < size) return null;
  const stated = new DataView(body.buffer, body.byteOffset).getUint32(body.length - CHECKSUM_BYTES);
  if (adler32(bytes) !== stated) warn(WRONG_CHECKSUM);
  const file = nameOf(source.file, offset);
  return {
    file,
    size,
    read(from, count) {
      mustHold({ file, size }, { offset: from, length: count });
      return bytes.subarray(from, from + count);
    },
    finish() {},
  };
}

function streaming(
  { source, offset, length }: Compressed,
  { size, isWhole, warn }: InflateOptions & { size: number; isWhole: boolean },
): Inflated {
  const end = offset + length - CHECKSUM_BYTES, file = nameOf(source.file, offset);
  let inflate: Inflate, position = 0, made = 0, sum = 1, chunks: { start: number; bytes: Uint8Array }[] = [];
  let isFinished = false;
  const begin = () => {
    [position, made, sum, chunks] = [offset + HEADER_BYTES, 0, 1, []];
    inflate = new Inflate((bytes) => {
      if (bytes.length === 0) return;
      chunks.push({ start: made, bytes });
      made += bytes.length;
      if (isWhole) sum = adler32(bytes, { before: sum });
    });
  };
  /** Inflates on; false at the end. */
  const step = () => {
    if (position >= end) return false;
    const count = Math.min(isWhole ? STEP : 64, end - position), before = position;
    const bytes = source.read(before, count);
    position += count;
    try {
      inflate.push(bytes);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : cause;
      throw new SyntaxError(
        `${source.file}: Cannot inflate byte ${before}: it must go on with a deflate stream, got: ${reason}`,
        { cause },
      );
    }
    return true;
  };
  const forget = (from: number) => {
    const first = chunks.findIndex(({ start, bytes }) => start + bytes.length > from - KEPT_BYTES);
    chunks = first === -1 ? [] : chunks.slice(first);
  };
  begin();
  return {
    file,
    size,
    read(from, count) {
      mustHold({ file, size }, { offset: from, length: count });
      if (from < (chunks[0]?.start ?? made)) begin();
      while (made < from + count) {
        forget(Math.min(from, made));
        if (!step()) mustHold({ file, size: made }, { offset: from, length: count });
      }
      return joined(chunks, { from, count });
    },
    finish() {
      if (isFinished) return;
      isFinished = true;
      do chunks = []; while (step());
      const stated = cursorOn(source, { offset: end, littleEndian: false }).number("uint32");
      if (made !== size) warn(`it inflates to ${made} bytes in place of ${size}`);
      else if (sum !== stated) warn(WRONG_CHECKSUM);
    },
  };
}

function joined(
  chunks: readonly { start: number; bytes: Uint8Array }[],
  { from, count }: { from: number; count: number },
): Uint8Array {
  const whole = new Uint8Array(count);
  for (const { start, bytes } of chunks) {
    const first = Math.max(from, start), last = Math.min(from + count, start + bytes.length);
    if (first < last) whole.set(bytes.subarray(first - start, last - start), first - from);
  }
  return whole;
}

function nameOf(file: string, offset: number): string {
  return `${file} (inflated from byte ${offset})`;
}
