/** Seeded mutation of files: whatever a reader is given, it must end in a typed error that names the file, or in a result. */
import assert from "node:assert/strict";
import process from "node:process";
import { type Stream, stream } from "../../src/random/stream.ts";

/** How many inputs a reader is tried on: a thousand, or as many as EINTHOVEN_MUTATIONS says. */
const COUNT = Number(Deno.env.get("EINTHOVEN_MUTATIONS") ?? 1000);
/** The longest that a reader may take, and the most that its heap may grow. */
const MOST_MILLISECONDS = 2000, MOST_BYTES = 512 * 2 ** 20;
const ERRORS = ["SyntaxError", "RangeError", "TypeError"];
/** Numbers that sizes and counts go wrong with. */
const EXTREMES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/**
 * Registers a test that reads mutated copies of `files`: bytes flipped, cut, repeated, inserted; numbers of 1, 2, 4 and 8 bytes
 * overwritten by extremes, in either order of bytes.
 *
 * `read` gets the bytes and the name that its errors must begin with.
 */
export function mutationTest(
  name: string,
  { files, read }: {
    files: readonly Uint8Array[];
    read: (bytes: Uint8Array, file: string) => unknown | Promise<unknown>;
  },
): void {
  Deno.test(`${name} ends in an error that names the file, or in a result, on ${COUNT} broken files`, async () => {
    const draw = stream(1, "mutations").child(name);
    for (let index = 0; index < COUNT; index++) {
      const bytes = mutated(files[index % files.length], draw.child(`${index}`));
      const started = moment(), before = Deno.memoryUsage();
      try {
        await read(bytes, "broken.file");
      } catch (error) {
        assert.ok(
          error instanceof Error && ERRORS.includes(error.name) && error.message.startsWith("broken.file"),
          `input ${index}: ${error instanceof Error ? error.stack : error}`,
        );
      }
      const took = millisecondsSince(started), after = Deno.memoryUsage();
      assert.ok(took < MOST_MILLISECONDS, `input ${index} took ${took} ms`);
      const grown = after.heapUsed + after.external - before.heapUsed - before.external;
      assert.ok(grown < MOST_BYTES, `input ${index} took ${grown} bytes`);
    }
  });
}

/** A moment by the clock, and by the time that this thread has been given: tests beside it run in threads of the same process. */
function moment(): { readonly wall: number; readonly own: number } {
  const { user, system } = process.threadCpuUsage();
  return { wall: performance.now(), own: (user + system) / 1e3 };
}

/** The time since a moment, less what other threads and processes have taken of it. */
function millisecondsSince(started: ReturnType<typeof moment>): number {
  const now = moment();
  return Math.min(now.wall - started.wall, now.own - started.own);
}

function mutated(original: Uint8Array, draw: Stream): Uint8Array {
  let bytes: Uint8Array = original.slice();
  const times = 1 + draw.integer(4);
  for (let time = 0; time < times && bytes.length > 0; time++) {
    // Headers, which decide what follows, lie at the beginning: half of the places are there.
    const reach = draw.integer(2) === 0 ? Math.min(bytes.length, 512) : bytes.length;
    bytes = mutateOnce(bytes, { at: draw.integer(reach), draw });
  }
  return bytes;
}

function mutateOnce(bytes: Uint8Array, { at, draw }: { at: number; draw: Stream }): Uint8Array {
  const length = 1 + draw.integer(Math.min(64, bytes.length - at));
  switch (draw.integer(6)) {
    case 0:
      bytes[at] ^= 1 << draw.integer(8);
      return bytes;
    case 1:
      return bytes.slice(0, at);
    case 2: {
      const size = 1 << draw.integer(4);
      if (at + size > bytes.length) return bytes;
      const view = new DataView(bytes.buffer), extreme = BigInt(EXTREMES[draw.integer(EXTREMES.length)]);
      const little = draw.integer(2) === 0;
      for (let index = 0; index < size; index++) {
        view.setUint8(at + (little ? index : size - 1 - index), Number(extreme >> BigInt(8 * index) & 0xffn));
      }
      return bytes;
    }
    case 3:
      return joined(bytes.subarray(0, at + length), bytes.subarray(at));
    case 4:
      return joined(bytes.subarray(0, at), bytes.subarray(at + length));
    default:
      return joined(
        bytes.subarray(0, at),
        Uint8Array.from({ length }, () => draw.integer(256)),
        bytes.subarray(at),
      );
  }
}

function joined(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
