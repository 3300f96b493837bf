import assert from "node:assert/strict";
import { readHeader } from "../../../src/formats/wfdb/header.ts";
import { readSignals } from "../../../src/formats/wfdb/signals.ts";
import { recordFiles, type StoredRecord } from "./write.ts";

const file = "data/a.hea";

function read(text: string, files: Readonly<Record<string, readonly number[]>>): number[][] {
  const bytes = new Map(Object.entries(files).map(([name, content]) => [name, Uint8Array.from(content)]));
  return readSignals(readHeader(text, { file }), { file, files: bytes }).map((samples) => [...samples]);
}

function readRecord(record: StoredRecord): number[][] {
  const files = recordFiles(record), text = new TextDecoder().decode(files.get(`${record.name}.hea`));
  return readSignals(readHeader(text, { file }), { file, files }).map((samples) => [...samples]);
}

Deno.test("readSignals() gives physical units: stored value less baseline, divided by gain", () => {
  // (995 - 1024) / 200 and (1011 - 1024) / 200, as rdsamp prints record 100.
  const text = "100 2 360 1\n100.dat 212 200 11 1024 995 995 0 MLII\n100.dat 212 200 11 1024 1011 1011 0 V5";
  assert.deepEqual(read(text, { "100.dat": [0xe3, 0x33, 0xf3] }), [[-0.145], [-0.065]]);
  // A baseline that is not the ADC zero.
  assert.deepEqual(read("1 1 500 1\n1.dat 16 100(6)/mV 0 3 -120 -120 0 i", { "1.dat": [0x88, 0xff] }), [[
    -1.26,
  ]]);
});

for (const format of [16, 212] as const) {
  Deno.test(`readSignals() separates interleaved signals in format ${format}, NaN where a sample is missing`, () => {
    const signals = [
      { name: "I", gain: "100", samples: [100, -200, null, 300, 2047] },
      { name: "II", gain: "1(50)", samples: [50, null, -2047, 0, 1] },
      { name: "III", gain: "2(-1)/uV", samples: [-1, 1, 3, null, -3] },
    ];
    assert.deepEqual(readRecord({ name: "a", format, signals }), [
      [1, -2, NaN, 3, 20.47],
      [0, NaN, -2097, -50, -49],
      [0, 1, 2, NaN, -1],
    ]);
  });
}

Deno.test("readSignals() counts missing samples into the checksum as they are stored", () => {
  assert.deepEqual(read("a 1 250 2\na.dat 16 1 12 0 1 -32767 0 I", { "a.dat": [1, 0, 0, 0x80] }), [[1, NaN]]);
});

Deno.test("readSignals() reads several files, each after its byte offset", () => {
  const text = "a 3 250 2\na.dat 16+3 1 0 0 0 3 0 I\na.dat 16+3 1 0 0 0 7 0 II\nb.dat 212 1 0 0 0 -1 0 III";
  const files = { "a.dat": [9, 9, 9, 1, 0, 3, 0, 2, 0, 4, 0], "b.dat": [0xfe, 0x0f, 0x01] };
  assert.deepEqual(read(text, files), [[1, 2], [3, 4], [-2, 1]]);
});

Deno.test("readSignals() takes the length from the file, without checksums, where the header has none", () => {
  const text = "a 2 250\na.dat 212 1 0 0 0 99 0 I\na.dat 212 1 0 0 0 99 0 II";
  // Five whole samples: two frames and half a one.
  assert.deepEqual(read(text, { "a.dat": [1, 0, 2, 3, 0, 4, 5, 0] }), [[1, 3], [2, 4]]);
});

Deno.test("readSignals() ignores bytes after the last sample, which files padded to blocks have", () => {
  assert.deepEqual(read("a 1 250 1\na.dat 16 1 0 0 7 7 0 I", { "a.dat": [7, 0, 1, 2, 3] }), [[7]]);
});

const two = (first: string, second: string) =>
  `a 2 250 1\na.dat ${first} 1 0 0 0 0 0 I\n${second} 1 0 0 0 0 0 II`;
const refused: [string, string, Readonly<Record<string, readonly number[]>>, string][] = [
  [
    "a wrong checksum",
    "a 1 250 1\na.dat 16 1 0 0 0 8 0 MLII",
    { "a.dat": [7, 0] },
    "data/a.dat: Cannot read signal MLII of record a: its checksum must be 8 as the header says, got 7",
  ],
  [
    "a file that is too short",
    "a 2 250 3\na.dat 212\na.dat 212",
    { "a.dat": [0, 0, 0, 0, 0, 0, 0, 0] },
    "data/a.dat: Cannot read record a: 9 bytes must be there for 3 samples of 2 signals in format 212, got 8 bytes",
  ],
  [
    "a file that is too short after its offset",
    "a 1 250 3\na.dat 16+4",
    { "a.dat": [0, 0, 0, 0, 0, 0] },
    "data/a.dat: Cannot read record a: 10 bytes must be there for 3 samples of 1 signals in format 16 after 4 bytes, got 6 bytes",
  ],
  [
    "an empty file of unknown length",
    "a 1 250\na.dat 16",
    { "a.dat": [] },
    "data/a.dat: Cannot read record a: 2 bytes must be there for 1 samples of 1 signals in format 16, got 0 bytes",
  ],
  [
    "a file that is not there",
    "a 1 250 1\nb.dat 16",
    {},
    "data/a.hea: Cannot read record a: its file b.dat must lie beside it, got none",
  ],
  [
    "another format",
    "a 1 250 1\na.dat 81 1 0 0 0 0 0 I",
    {},
    "data/a.hea: Cannot read signal I of record a: its format must be 8, 16, 24, 32, 61, 80, 160, 212, 310 or 311, got 81",
  ],
  [
    "FLAC",
    "a 1 250 1\na.dat 516 1 0 0 0 0 0 I",
    {},
    "data/a.hea: Cannot read signal I of record a: its samples must not be compressed by FLAC " +
    "(xform -O 16 of the WFDB software unpacks them), got format 516",
  ],
  [
    "a frame without samples",
    two("16", "a.dat 16x0"),
    {},
    "data/a.hea: Cannot read signal II of record a: it must have at least 1 sample per frame, got 0",
  ],
  [
    "more null samples than memory is made for",
    "a 1 250 33554433\n~ 0 1 0 0 0 0 0 I",
    {},
    "data/a.hea: Cannot read record a: its null signals must have 33554432 samples at most, got 33554433",
  ],
  [
    "segments",
    "a/2 1 250 3\nb 2\n~ 1",
    {},
    "data/a.hea: Cannot read signals of record a: it must be in one piece, got 2 segments",
  ],
  [
    "two formats in one file",
    two("16", "a.dat 212"),
    {},
    "data/a.hea: Cannot read signal II of record a: its format must be that of the other signals of a.dat, 16, got 212",
  ],
  [
    "two byte offsets in one file",
    two("16+2", "a.dat 16"),
    {},
    "data/a.hea: Cannot read signal II of record a: its byte offset must be that of the other signals of a.dat, 2, got 0",
  ],
  [
    "a file between the signals of another",
    "a 3 250 1\na.dat 16\nb.dat 16\na.dat 16 1 0 0 0 0 0 III",
    {},
    "data/a.hea: Cannot read signal III of record a: the signals of a.dat must follow each other in the header, " +
    "got one of b.dat between them",
  ],
  [
    "a file in another folder",
    "a 1 250 1\n../../a.dat 16 1 0 0 0 0 0 I",
    {},
    'data/a.hea: Cannot read signal I of record a: its file must lie beside the header, got "../../a.dat"',
  ],
  [
    "files of unknown and different length",
    "a 2 250\na.dat 16 1 0 0 0 0 0 I\nb.dat 16 1 0 0 0 0 0 II",
    { "a.dat": [0, 0], "b.dat": [0, 0, 0, 0] },
    "data/a.hea: Cannot read record a: its signals must have one length, got 1 samples of I and 2 of II",
  ],
];
for (const [what, text, files, message] of refused) {
  Deno.test(`readSignals() throws RangeError for ${what}`, () => {
    assert.throws(() => read(text, files), new RangeError(message));
  });
}
