import assert from "node:assert/strict";
import { SAMPLE_FORMATS } from "../../../src/formats/wfdb/sample_formats.ts";
import { stream } from "../../../src/random/stream.ts";
import { pack16, pack212 } from "./write.ts";

const unpack = (format: number, bytes: readonly number[], samples: number) => [
  ...SAMPLE_FORMATS[format].unpack(Uint8Array.from(bytes), samples),
];

Deno.test("SAMPLE_FORMATS unpacks format 212, two samples of 12 bits in three bytes", () => {
  // 995 = 0x3e3 and 1011 = 0x3f3, the first values of record 100 of the MIT-BIH Arrhythmia Database.
  assert.deepEqual(unpack(212, [0xe3, 0x33, 0xf3], 2), [995, 1011]);
  assert.deepEqual(unpack(212, [0x01, 0xf0, 0xff], 2), [1, -1]);
  assert.deepEqual(unpack(212, [0xff, 0x0f, 0x01], 2), [-1, 1]);
  assert.deepEqual(unpack(212, [0x00, 0x78, 0xff], 2), [-2048, 2047]);
});

Deno.test("SAMPLE_FORMATS ends an odd number of samples in format 212 with two bytes", () => {
  // The high half of the last byte belongs to no sample.
  assert.deepEqual(unpack(212, [0x01, 0xf0, 0xff, 0x34, 0xa2], 3), [1, -1, 0x234]);
  const { bytesFor, samplesIn } = SAMPLE_FORMATS[212];
  assert.deepEqual([0, 1, 2, 3, 4].map(bytesFor), [0, 2, 3, 5, 6]);
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6].map(samplesIn), [0, 0, 1, 2, 2, 3, 4]);
});

Deno.test("SAMPLE_FORMATS unpacks format 16, low byte first", () => {
  assert.deepEqual(unpack(16, [0x88, 0xff, 0x02, 0x01, 0x00, 0x80, 0xff, 0x7f], 4), [
    -120,
    258,
    -32768,
    32767,
  ]);
  assert.equal(SAMPLE_FORMATS[16].bytesFor(3), 6);
  assert.equal(SAMPLE_FORMATS[16].samplesIn(7), 3);
});

Deno.test("SAMPLE_FORMATS gives back what was packed, at every parity of length", () => {
  const source = stream(1, "samples");
  for (const [format, pack, span] of [[16, pack16, 65536], [212, pack212, 4096]] as const) {
    for (let length = 0; length < 40; length++) {
      const samples = Array.from({ length }, () => source.integer(span) - span / 2), bytes = pack(samples);
      assert.equal(bytes.length, SAMPLE_FORMATS[format].bytesFor(length));
      assert.deepEqual([...SAMPLE_FORMATS[format].unpack(bytes, length)], samples);
    }
  }
});
