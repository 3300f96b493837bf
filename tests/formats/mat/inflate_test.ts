import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import { bytesInMemory } from "../../../src/formats/bytes.ts";
import { asArray, asCell, columnOf } from "../../../src/formats/mat/access.ts";
import { inflated } from "../../../src/formats/mat/inflate.ts";
import { openLevel5 } from "../../../src/formats/mat/level5.ts";
import { stream } from "../../../src/random/stream.ts";
import { cells, columns, matBytes, type MatValue } from "./write_mat.ts";

/** A tag of the length, then bytes of which two fit in one. */
function noise(length: number): Uint8Array {
  const draw = stream(1, "inflate"), bytes = Uint8Array.from({ length: 8 + length }, () => draw.integer(16));
  new DataView(bytes.buffer).setUint32(4, length, true);
  return bytes;
}

function open(
  compressed: Uint8Array,
  { wholeBytes, warnings = [] }: { wholeBytes?: number; warnings?: string[] } = {},
) {
  const source = bytesInMemory(compressed, { file: "a.mat" });
  const place = { source, offset: 0, length: compressed.length, littleEndian: true };
  return inflated(place, { wholeBytes, warn: (warning) => warnings.push(warning) });
}

for (const wholeBytes of [0, undefined]) {
  const how = wholeBytes === 0 ? "as it is read" : "as a whole";

  Deno.test(`inflated() ${how} gives any range, forward and backward`, () => {
    const bytes = noise(300_000), source = open(deflateSync(bytes), { wholeBytes });
    assert.equal(source.size, bytes.length);
    for (
      const [from, count] of [[0, 8], [8, 100_000], [250_000, 50_008], [40, 5], [299_000, 1008], [0, 300_008]]
    ) {
      assert.deepEqual(source.read(from, count), bytes.subarray(from, from + count), `${from}`);
    }
    assert.throws(() => source.read(300_000, 9), {
      name: "RangeError",
      message: /^a\.mat .*Cannot read byte 300000/,
    });
  });

  Deno.test(`inflated() ${how} warns of a wrong checksum, once`, () => {
    const compressed = deflateSync(noise(1000)), warnings: string[] = [];
    compressed[compressed.length - 1] ^= 1;
    const source = open(compressed, { wholeBytes, warnings });
    source.read(0, 16);
    source.finish();
    source.finish();
    assert.deepEqual(warnings, ["its zlib checksum is wrong"]);
  });

  Deno.test(`inflated() ${how} reads up to where a stream breaks off, and says where`, () => {
    const bytes = noise(50_000),
      compressed = deflateSync(bytes),
      source = open(compressed.subarray(0, 20_000), { wholeBytes });
    assert.deepEqual(source.read(8, 20_000), bytes.subarray(8, 20_008));
    assert.throws(() => source.read(0, 50_008), {
      name: "RangeError",
      message: /^a\.mat .*there must be 50008 bytes/,
    });
  });
}

Deno.test("inflated() refuses a size that its bytes can't stand for, and what is no zlib stream", () => {
  const huge = noise(100);
  new DataView(huge.buffer).setUint32(4, 0x7fffffff, true);
  assert.throws(() => open(deflateSync(huge)), {
    name: "RangeError",
    message: /must stand for \d+ at most, got 2147483655$/,
  });
  assert.throws(() => open(new Uint8Array(100)), {
    name: "SyntaxError",
    message: /^a\.mat: Cannot inflate byte 0/,
  });
});

Deno.test("openLevel5() inflates a variable once when it is read in the order of the file", () => {
  const draw = stream(1, "order"),
    person = (): MatValue => ({
      fields: {
        EEG: columns(Array.from({ length: 40_000 }, () => draw.normal())),
        ECG: cells(columns(Array.from({ length: 20_000 }, () => draw.normal())), columns([1, 2])),
        Score: columns([3]),
      },
    });
  const bytes = matBytes({ people: cells(person(), person(), person()) }),
    inMemory = bytesInMemory(bytes, { file: "a.mat" });
  let read = 0;
  const counting = {
    ...inMemory,
    read(offset: number, length: number) {
      read += length;
      return inMemory.read(offset, length);
    },
  };
  const people = asCell(openLevel5(counting, { wholeBytes: 0 }).variable("people"));
  for (let index = 0; index < people.length; index++) {
    const person = people.at(index);
    assert.ok(person.kind === "struct");
    const ecg = asCell(person.field("ECG"));
    assert.equal(columnOf(asArray(ecg.at(0)), { column: 0 }).length, 20_000);
    assert.deepEqual([...asArray(ecg.at(1)).numbers()], [1, 2]);
    assert.deepEqual([...asArray(person.field("Score")).numbers()], [3]);
  }
  assert.ok(read < 1.1 * bytes.length, `${read} bytes of ${bytes.length} were read`);
});
