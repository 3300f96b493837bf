import assert from "node:assert/strict";
import { bytesInMemory } from "../../../src/formats/bytes.ts";
import { readPoly5Header } from "../../../src/formats/poly5/header.ts";
import { type Poly5Selection, readPoly5Samples } from "../../../src/formats/poly5/samples.ts";
import { mutationTest } from "../mutation.ts";
import { poly5Bytes, type StoredPoly5 } from "./write_poly5.ts";

const GOLDEN = new URL("../../golden/formats/poly5/", import.meta.url);
const SMALL: StoredPoly5 = {
  channels: [
    { name: "A1", samples: [1, 2, 3, 4, 5, 6, 7] },
    {
      name: "heart",
      unit: "mV",
      samples: [0, 1, 2, 3, 4, -1, -2],
      calibration: { adc: [0, 4], unit: [10, 18] },
    },
  ],
  samplesPerBlock: 3,
};

function read(bytes: Uint8Array, selection: Partial<Poly5Selection> = {}) {
  const source = bytesInMemory(bytes, { file: "a.S00" }), header = readPoly5Header(source);
  const channels = header.channels.map((_, index) => index);
  return { header, samples: readPoly5Samples(source, header, { channels, ...selection }) };
}

Deno.test("readPoly5Header() and readPoly5Samples() give what another writer stored", () => {
  const expected = JSON.parse(Deno.readTextFileSync(new URL("small.json", GOLDEN)));
  const { header, samples } = read(Deno.readFileSync(new URL("small.S00", GOLDEN)));
  assert.equal(header.sampleRateHz, expected.sampleRateHz);
  assert.deepEqual(header.start, expected.start);
  assert.deepEqual(header.channels.map(({ name }) => name), expected.names);
  assert.deepEqual(header.channels.map(({ unit }) => unit), expected.units);
  assert.deepEqual(samples.map((values) => [...values]), expected.values);
});

for (const version of [203, 204] as const) {
  Deno.test(`readPoly5Header() reads version ${version}, calibrated by the second of each pair`, () => {
    const { header, samples } = read(poly5Bytes({ ...SMALL, version }));
    assert.equal(header.version, version);
    assert.deepEqual([header.name, header.sampleRateHz, header.samples], ["SWELL", 2048, 7]);
    assert.deepEqual(header.start, { year: 2012, month: 9, day: 18, hour: 13, minute: 16, second: 0 });
    assert.deepEqual(header.channels.map(({ name, unit }) => [name, unit]), [["A1", "uV"], ["heart", "mV"]]);
    // 2 units a step from 10 on.
    assert.deepEqual(samples, [
      Float64Array.of(1, 2, 3, 4, 5, 6, 7),
      Float64Array.of(10, 12, 14, 16, 18, 8, 6),
    ]);
  });
}

Deno.test("readPoly5Samples() reads some channels, and a stretch across blocks", () => {
  const bytes = poly5Bytes(SMALL);
  assert.deepEqual(read(bytes, { channels: [1], from: 2, to: 7 }).samples, [
    Float64Array.of(14, 16, 18, 8, 6),
  ]);
  assert.deepEqual(read(bytes, { channels: [1, 0], from: 4, to: 5 }).samples, [
    Float64Array.of(18),
    Float64Array.of(5),
  ]);
  assert.deepEqual(read(bytes, { channels: [0], from: 3, to: 3 }).samples, [new Float64Array()]);
});

Deno.test("readPoly5Samples() reads the bytes of one block at a time, and of no block that it does not need", () => {
  const bytes = poly5Bytes(SMALL), memory = bytesInMemory(bytes, { file: "a.S00" });
  const header = readPoly5Header(memory), asked: number[] = [];
  const source = {
    ...memory,
    read(offset: number, length: number) {
      asked.push(length);
      return memory.read(offset, length);
    },
  };
  readPoly5Samples(source, header, { channels: [0], from: 4 });
  assert.deepEqual(asked, [4 * 2 * 2, 4 * 2 * 1]);
});

Deno.test("readPoly5Samples() ends with the sample periods, whether the last block is whole or not", () => {
  assert.equal(read(poly5Bytes({ ...SMALL, periods: 5 })).samples[0].length, 5);
  assert.deepEqual(
    read(poly5Bytes({ ...SMALL, isLastBlockWhole: false })).samples[0],
    Float64Array.of(1, 2, 3, 4, 5, 6, 7),
  );
});

Deno.test("readPoly5Header() refuses what is no Poly5 file, with file and byte", () => {
  const refuses = (bytes: Uint8Array, error: { name: string; message: RegExp }) =>
    assert.throws(() => read(bytes), error);
  refuses(new TextEncoder().encode("RIFF"), {
    name: "SyntaxError",
    message: /^a.S00: Cannot read byte 0: a Poly5 file must begin with/,
  });
  const bytes = poly5Bytes(SMALL);
  refuses(bytes.subarray(0, 100), {
    name: "RangeError",
    message: /^a.S00: Cannot read byte 33: there must be 81/,
  });
  refuses(bytes.subarray(0, bytes.length - 20), {
    name: "RangeError",
    message: /^a.S00: .*the file must hold 7 sample periods of 2 channels/,
  });
  refuses(poly5Bytes({ ...SMALL, periods: 10 }), {
    name: "RangeError",
    message: /3 blocks of 3 samples must hold all sample periods, got 10 periods/,
  });
  const compressed = bytes.slice();
  compressed[151] = 1;
  refuses(compressed, { name: "SyntaxError", message: /samples must not be compressed, got flag 1/ });
  const [heart] = SMALL.channels;
  refuses(poly5Bytes({ channels: [{ ...heart, second: "(Hi) other" }] }), {
    name: "SyntaxError",
    message: /byte 217: the descriptions of a channel must be \(Lo\) and \(Hi\) of one name/,
  });
  refuses(poly5Bytes({ channels: [{ ...heart, calibration: { adc: [2, 2], unit: [0, 1] } }] }), {
    name: "RangeError",
    message: /the calibration of A1 must be two different ADC values/,
  });
});

Deno.test("readPoly5Samples() refuses channels and stretches that aren't there", () => {
  const bytes = poly5Bytes(SMALL);
  assert.throws(() => read(bytes, { channels: [2] }), {
    name: "RangeError",
    message: "a.S00: Cannot read a channel: its position must be from 0 to 1, got 2",
  });
  assert.throws(() => read(bytes, { from: 3, to: 8 }), {
    name: "RangeError",
    message: /samples: they must lie within 0 to 7, got 3 to 8/,
  });
});

mutationTest("readPoly5Samples()", {
  files: [poly5Bytes(SMALL), poly5Bytes({ ...SMALL, version: 204 })],
  read(bytes, file) {
    const source = bytesInMemory(bytes, { file }), header = readPoly5Header(source);
    return readPoly5Samples(source, header, { channels: header.channels.map((_, index) => index) });
  },
});
