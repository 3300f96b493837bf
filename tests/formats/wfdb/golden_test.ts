/** Every sample format as another program packs it, bit by bit. */
import assert from "node:assert/strict";
import { readSignals } from "../../../src/formats/wfdb/signals.ts";
import { SAMPLE_FORMATS } from "../../../src/formats/wfdb/sample_formats.ts";
import { EXPECTED, goldenFiles, goldenHeader, plain } from "./golden.ts";

const read = (record: string, options: { samplesPerFrame?: number } = {}) =>
  plain(readSignals(goldenHeader(record), { file: `${record}.hea`, files: goldenFiles(record), ...options }));

for (const format of Object.keys(SAMPLE_FORMATS)) {
  Deno.test(`readSignals() reads format ${format} as NumPy packed it, with its checksums`, () => {
    assert.deepEqual(read(`format${format}`), EXPECTED[`format${format}`]);
    assert.deepEqual(read(`alone${format}`), EXPECTED[`alone${format}`]);
  });

  Deno.test(`readSignals() finds a wrong sample in format ${format} by its checksum`, () => {
    const record = `format${format}`, files = goldenFiles(record);
    const [bytes] = files.values();
    // The two bits that 311 does not use are in byte 3.
    bytes[4] ^= 2;
    assert.throws(() => readSignals(goldenHeader(record), { file: "a.hea", files }), {
      name: "RangeError",
      message: /its checksum must be/,
    });
  });

  Deno.test(`SAMPLE_FORMATS[${format}] counts bytes for samples and samples in bytes alike`, () => {
    const { bytesFor, samplesIn } = SAMPLE_FORMATS[Number(format)];
    assert.equal(samplesIn(0), 0);
    // No more than fit, and one more would not.
    for (let bytes = 0; bytes < 40; bytes++) {
      const samples = samplesIn(bytes);
      assert.ok(bytesFor(samples) <= bytes && bytesFor(samples + 1) > bytes, `${bytes} bytes`);
    }
  });
}

Deno.test("readSignals() averages signals with several samples per frame", () => {
  // (10 + 11 + 12) / 3 and so on.
  assert.deepEqual(read("frames"), [[11, 14, 17, 20], [5, -6, 7, -8]]);
});

Deno.test("readSignals() repeats samples of slower signals where several are asked for a frame", () => {
  assert.deepEqual(read("frames", { samplesPerFrame: 3 }), [
    [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
    [5, 5, 5, -6, -6, -6, 7, 7, 7, -8, -8, -8],
  ]);
  // Samples 0 and floor(3 / 2) of each frame.
  assert.deepEqual(read("frames", { samplesPerFrame: 2 })[0], [10, 11, 13, 14, 16, 17, 19, 20]);
});

Deno.test("readSignals() moves a skewed signal to its time, after a byte offset", () => {
  assert.deepEqual(read("late"), EXPECTED.late);
});

Deno.test("readSignals() takes the length from a file of packed samples", () => {
  assert.deepEqual(read("unstated"), [[4, 5, 6], [7, 8, 9]]);
});

Deno.test("readSignals() gives NaN for null signals", () => {
  const header = goldenHeader("layout");
  const signals = readSignals({ ...header, samples: 2 }, { file: "a.hea", files: new Map() });
  assert.deepEqual(plain(signals), [[null, null], [null, null], [null, null]]);
});
