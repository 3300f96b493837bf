import assert from "node:assert/strict";
import { bytesInMemory, cursorOn, latin1 } from "../../src/formats/bytes.ts";

const source = (...bytes: number[]) => bytesInMemory(Uint8Array.from(bytes), { file: "a.bin" });

Deno.test("cursorOn() reads numbers of either byte order, and moves behind them", () => {
  const bytes = [0xff, 0xfe, 0xff, 1, 2, 0, 0, 0x80, 0x3f];
  const cursor = cursorOn(source(...bytes));
  assert.deepEqual([cursor.number("int8"), cursor.number("int16"), cursor.number("uint16")], [-1, -2, 513]);
  assert.deepEqual([cursor.number("float32"), cursor.left], [1, 0]);
  const other = cursorOn(source(1, 2, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0), { littleEndian: false });
  assert.deepEqual([other.number("uint16"), other.number("float64")], [258, 1]);
});

Deno.test("Cursor.long() reads 64 bits, and refuses a number that a double can't hold", () => {
  assert.equal(cursorOn(source(1, 0, 0, 0, 1, 0, 0, 0)).long(), 2 ** 32 + 1);
  assert.equal(cursorOn(source(...Array(8).fill(255))).long(), -1);
  const message =
    "a.bin: Cannot read byte 0: a whole number must be exact as a double, got 72057594037927936";
  assert.throws(() => cursorOn(source(0, 0, 0, 0, 0, 0, 0, 1)).long(), { name: "RangeError", message });
});

Deno.test("Cursor.part() ends with its bytes, and leaves the whole behind them", () => {
  const whole = cursorOn(source(1, 2, 3, 4)), part = whole.part(2);
  assert.deepEqual([part.number("uint8"), part.left, whole.offset], [1, 1, 2]);
  assert.throws(() => part.number("uint16"), {
    name: "RangeError",
    message: "a.bin: Cannot read byte 1: there must be 2 bytes, got 1",
  });
  assert.throws(() => whole.part(3), { name: "RangeError" });
});

Deno.test("Cursor.seek() and skip() stay within the bytes", () => {
  const cursor = cursorOn(source(1, 2, 3));
  cursor.seek(2);
  assert.equal(cursor.number("uint8"), 3);
  assert.throws(() => cursor.seek(4), { name: "RangeError" });
  assert.throws(() => cursor.skip(1), { name: "RangeError" });
  assert.throws(() => cursor.bytes(-1), { name: "RangeError" });
  assert.throws(() => cursor.bytes(NaN), { name: "RangeError" });
});

Deno.test("Cursor.error() names file, byte, rule and value", () => {
  const cursor = cursorOn(source(1, 2, 3));
  cursor.skip(1);
  assert.deepEqual(
    [cursor.error("it must be 7", 2), cursor.error("it must be 7", 2, { at: 0, type: "RangeError" })].map(
      String,
    ),
    [
      "SyntaxError: a.bin: Cannot read byte 1: it must be 7, got 2",
      "RangeError: a.bin: Cannot read byte 0: it must be 7, got 2",
    ],
  );
});

Deno.test("latin1() gives every byte its own character", () => {
  const bytes = Uint8Array.from({ length: 9000 }, (_, index) => index % 256), text = latin1(bytes);
  assert.deepEqual(Uint8Array.from(text, (character) => character.charCodeAt(0)), bytes);
});
