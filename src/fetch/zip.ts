/**
 * What lies in a ZIP archive, by its central directory.
 *
 * @module
 */
import { type ByteSource, type Cursor, cursorOn, latin1 } from "../formats/bytes.ts";
import { staysInside } from "./listed_file.ts";

/** A file in an archive. */
export interface ZipEntry {
  readonly path: string;
  readonly method: "stored" | "deflated";
  readonly crc32: number;
  /** Where its own header begins, and what its data need in the archive and outside. */
  readonly offset: number;
  readonly packedBytes: number;
  readonly bytes: number;
}

const END = 0x06054b50,
  END_64 = 0x06064b50,
  LOCATOR_64 = 0x07064b50,
  CENTRAL = 0x02014b50,
  LOCAL = 0x04034b50;
const END_BYTES = 22, LOCATOR_BYTES = 20, LONGEST_COMMENT = 65535;
/** A byte of deflate stands for 1032 bytes at most. */
const MOST_TO_ONE = 1032;
const ENCRYPTED = 1, UTF8 = 1 << 11;
const METHODS = new Map<number, ZipEntry["method"]>([[0, "stored"], [8, "deflated"]]);
const SYMBOLIC_LINK = 0o120000, KIND = 0o170000;

/**
 * The files of an archive, in its order; folders are left out.
 *
 * Throws, with the archive's name, SyntaxError for what is no ZIP archive and RangeError for a path that leads out of the folder, is
 * there twice or is a link, an encrypted file, a compression other than deflate, and a size that its packed bytes can't make.
 *
 * Source: PKWARE, APPNOTE.TXT 6.3, sections 4.3 and 4.5.3 (ZIP64).
 */
export function zipEntries(source: ByteSource): ZipEntry[] {
  const { count, offset } = findDirectory(source), cursor = cursorOn(source, { offset });
  const seen = new Set<string>(), entries: ZipEntry[] = [];
  for (let index = 0; index < count; index++) {
    const entry = readEntry(cursor);
    if (entry.path.endsWith("/") && staysInside(entry.path.slice(0, -1))) continue;
    requireEntry(entry, { file: source.file, seen });
    const { path, crc32, offset, packedBytes, bytes } = entry, method = METHODS.get(entry.method) ?? "stored";
    entries.push({ path, method, crc32, offset, packedBytes, bytes });
  }
  return entries;
}

/** Where the packed bytes of an entry begin. */
export function dataOffset(source: ByteSource, { offset }: ZipEntry): number {
  const cursor = cursorOn(source, { offset });
  if (cursor.number("uint32") !== LOCAL) {
    throw cursor.error("a file must begin here", "another", { at: offset });
  }
  cursor.skip(22);
  const name = cursor.number("uint16"), extra = cursor.number("uint16");
  cursor.skip(name + extra);
  return cursor.offset;
}

function findDirectory(source: ByteSource): { count: number; offset: number } {
  const { file, size } = source, first = Math.max(0, size - END_BYTES - LONGEST_COMMENT);
  const tail = source.read(first, size - first);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  let at = tail.length - END_BYTES;
  while (at >= 0 && view.getUint32(at, true) !== END) at--;
  if (at < 0) {
    throw new SyntaxError(`${file}: Cannot read the archive: it must end in a ZIP directory, got none`);
  }
  const short = { count: view.getUint16(at + 10, true), offset: view.getUint32(at + 16, true) };
  if (short.count < 0xffff && short.offset < 0xffffffff) return short;
  const locator = cursorOn(source, { offset: first + at - LOCATOR_BYTES });
  if (locator.number("uint32") !== LOCATOR_64) return short;
  locator.skip(4);
  const end = cursorOn(source, { offset: locator.long() });
  if (end.number("uint32") !== END_64) {
    throw end.error("the directory's ZIP64 end must begin here", "another");
  }
  end.skip(28);
  const count = end.long();
  end.skip(8);
  return { count, offset: end.long() };
}

function readEntry(cursor: Cursor) {
  const at = cursor.offset;
  if (cursor.number("uint32") !== CENTRAL) throw cursor.error("an entry must begin here", "another", { at });
  cursor.skip(4);
  const flags = cursor.number("uint16"), method = cursor.number("uint16");
  cursor.skip(4);
  const crc32 = cursor.number("uint32");
  let packedBytes = cursor.number("uint32"), bytes = cursor.number("uint32");
  const nameLength = cursor.number("uint16"), extraLength = cursor.number("uint16");
  const commentLength = cursor.number("uint16");
  cursor.skip(4);
  const kind = (cursor.number("uint32") >>> 16) & KIND;
  let offset = cursor.number("uint32");
  const name = cursor.bytes(nameLength);
  const extra = cursor.part(extraLength);
  while (extra.left >= 4) {
    const tag = extra.number("uint16"), field = extra.part(extra.number("uint16"));
    if (tag !== 1) continue;
    if (bytes === 0xffffffff) bytes = field.long();
    if (packedBytes === 0xffffffff) packedBytes = field.long();
    if (offset === 0xffffffff) offset = field.long();
  }
  cursor.skip(commentLength);
  // What is no UTF-8 becomes U+FFFD: an odd name, which harms nobody.
  const path = (flags & UTF8) === 0 ? latin1(name) : new TextDecoder().decode(name);
  return { path, flags, method, crc32, packedBytes, bytes, kind, offset };
}

function requireEntry(
  { path, flags, method, packedBytes, bytes, kind }: ReturnType<typeof readEntry>,
  { file, seen }: { file: string; seen: Set<string> },
): void {
  const refuse = (must: string) => {
    throw new RangeError(`${file}: Cannot unpack the archive: ${must}, got ${JSON.stringify(path)}`);
  };
  if (!staysInside(path)) refuse("a path must stay inside the dataset's folder");
  if (seen.has(path)) refuse("each path must be there once");
  if (kind === SYMBOLIC_LINK) refuse("it must hold files and folders alone, no links");
  if ((flags & ENCRYPTED) !== 0) refuse("its files must not be encrypted");
  if (!METHODS.has(method)) {
    refuse(`its files must be stored or deflated, not compressed by method ${method}`);
  }
  if (bytes > packedBytes * (method === 0 ? 1 : MOST_TO_ONE)) {
    refuse(`${packedBytes} packed bytes can't make the ${bytes} that it says`);
  }
  seen.add(path);
}
