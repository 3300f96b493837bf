import assert from "node:assert/strict";
import { ANNOTATION_CODES, isBeat, symbolOf } from "../../../src/formats/wfdb/annotation_codes.ts";
import { readAnnotations } from "../../../src/formats/wfdb/annotations.ts";
import { annotationBytes } from "./write.ts";

const where = { file: "100.atr", sampleRateHz: 360 };
const read = (...bytes: number[]) => readAnnotations(Uint8Array.from(bytes), where);
const plain = { subtype: 0, channel: 0, number: 0, text: "" };

Deno.test("readAnnotations() reads the first bytes of record 100 of the MIT-BIH Arrhythmia Database", () => {
  // + at 18 with the text "(N", padded; then N 59 samples on, and N 293 after that.
  assert.deepEqual(read(0x12, 0x70, 0x03, 0xfc, 0x28, 0x4e, 0, 0, 0x3b, 0x04, 0x25, 0x05, 0, 0), [
    { ...plain, sample: 18, symbol: "+", text: "(N" },
    { ...plain, sample: 77, symbol: "N" },
    { ...plain, sample: 370, symbol: "N" },
  ]);
});

Deno.test("readAnnotations() skips by 32 bits, the high word first, forwards and back", () => {
  const skip = [0x00, 0xec];
  assert.deepEqual(
    read(...skip, 0x01, 0x00, 0x45, 0x23, 0x02, 0x04, ...skip, 0xff, 0xff, 0xff, 0xff, 0, 0x14, 0, 0),
    [
      { ...plain, sample: 0x12345 + 2, symbol: "N" },
      { ...plain, sample: 0x12345 + 1, symbol: "V" },
    ],
  );
});

Deno.test("readAnnotations() keeps channel and number until they change, subtype and text for one annotation", () => {
  const annotations = read(
    ...[0x05, 0x04, 0x07, 0xf4, 0x02, 0xf8, 0xff, 0xf0, 0x02, 0xfc, 0x61, 0x62],
    ...[0x01, 0x04],
    ...[0x01, 0x04, 0x00, 0xf8, 0x03, 0xf0, 0xff, 0xf4],
    ...[0, 0],
  );
  assert.deepEqual(annotations, [
    { sample: 5, symbol: "N", subtype: 7, channel: 2, number: -1, text: "ab" },
    { sample: 6, symbol: "N", subtype: 0, channel: 2, number: -1, text: "" },
    { sample: 7, symbol: "N", subtype: -1, channel: 0, number: 3, text: "" },
  ]);
});

Deno.test("readAnnotations() moves on by a code of 0 and gives no annotation for it", () => {
  assert.deepEqual(read(0x0a, 0x00, 0x01, 0x04, 0, 0), [{ ...plain, sample: 11, symbol: "N" }]);
});

Deno.test("readAnnotations() stops at the end mark and reads a file without annotations", () => {
  assert.deepEqual(read(0, 0), []);
  assert.deepEqual(read(0x01, 0x04, 0, 0, 0xff, 0xff), [{ ...plain, sample: 1, symbol: "N" }]);
});

Deno.test("readAnnotations() gives back what was written", () => {
  const marks = [
    { sample: 0, code: 22, text: "ü" },
    { sample: 1023, code: 1, subtype: -5, channel: 3 },
    { sample: 2047, code: 5, number: 9, text: "long enough" },
    { sample: 3_000_000, code: 28, text: "(AFIB" },
    { sample: 2_999_000, code: 42 },
  ];
  assert.deepEqual(
    readAnnotations(annotationBytes(marks), where),
    marks.map(({ code, ...mark }) => ({ ...plain, ...mark, symbol: symbolOf(code) })),
  );
});

Deno.test("readAnnotations() checks a stated time resolution and leaves it out", () => {
  const bytes = annotationBytes([
    { sample: 0, code: 22, text: "## time resolution: 360" },
    { sample: 0, code: 22, text: "a comment" },
  ]);
  assert.deepEqual(readAnnotations(bytes, where), [{ ...plain, sample: 0, symbol: '"', text: "a comment" }]);
  assert.throws(
    () => readAnnotations(bytes, { file: "100.atr", sampleRateHz: 250 }),
    new RangeError(
      "100.atr: Cannot read the annotations: they must count samples at the record's 250 Hz, got 360 Hz",
    ),
  );
});

Deno.test("readAnnotations() throws RangeError for bytes that end too early or begin with what follows an annotation", () => {
  const end = (bytes: number) =>
    new RangeError(
      `100.atr: Cannot read the annotations: two bytes of 0 must end them, got the end of the file after ${bytes} bytes`,
    );
  assert.throws(() => read(), end(0));
  assert.throws(() => read(0x01, 0x04), end(2));
  assert.throws(() => read(0x01, 0x04, 0), end(3));
  assert.throws(() => read(0x00, 0xec, 0, 0), end(4));
  assert.throws(() => read(0x01, 0x04, 0x05, 0xfc, 0x61, 0, 0), end(7));
  assert.throws(
    () => read(0x01, 0xf4, 0, 0),
    new RangeError(
      "100.atr: Cannot read the annotations: a word of code 61 must follow an annotation, got it first",
    ),
  );
});

Deno.test("symbolOf() has one symbol a code and brackets for codes that the format leaves open", () => {
  const symbols = Object.values(ANNOTATION_CODES).map(({ symbol }) => symbol);
  assert.equal(symbols.length, 39);
  assert.equal(new Set(symbols).size, 39);
  assert.deepEqual([1, 5, 12, 28, 31, 41].map(symbolOf), ["N", "V", "/", "+", "!", "r"]);
  assert.deepEqual([15, 42].map(symbolOf), ["[15]", "[42]"]);
});

Deno.test("isBeat() is true for heartbeats and for no other mark", () => {
  assert.ok([..."NLRaVFJASEj/QBenfr?"].every(isBeat));
  assert.ok([...'~|sT*D"=p^t+u![]@x()'].every((symbol) => !isBeat(symbol)));
});
