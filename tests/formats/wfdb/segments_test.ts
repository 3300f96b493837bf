import assert from "node:assert/strict";
import { readHeader, type WfdbHeader } from "../../../src/formats/wfdb/header.ts";
import { mostSamplesPerFrame, readSegments, signalsOfSegments } from "../../../src/formats/wfdb/segments.ts";
import { readSignals } from "../../../src/formats/wfdb/signals.ts";
import { EXPECTED, goldenFiles, goldenHeader, plain } from "./golden.ts";

const file = "x.hea";

function headersOf({ segments = [] }: WfdbHeader): Map<string, WfdbHeader> {
  const names = segments.flatMap(({ record }) => record ?? []);
  return new Map(names.map((name) => [name, goldenHeader(name)]));
}

function read(record: string) {
  const master = goldenHeader(record), headers = headersOf(master);
  return readSegments(master, {
    file,
    headers,
    read: (name, options) => readSignals(goldenHeader(name), { file, files: goldenFiles(name), ...options }),
  });
}

Deno.test("readSegments() joins segments of a fixed layout, NaN in the gap between them", async () => {
  assert.deepEqual(plain(await read("fixed")), EXPECTED.fixed);
});

Deno.test("readSegments() puts signals of a variable layout where their names stand, NaN where one is missing", async () => {
  assert.deepEqual(plain(await read("variable")), EXPECTED.variable);
  const master = goldenHeader("variable");
  const names = signalsOfSegments(master, { file, headers: headersOf(master) }).map(({ name }) => name);
  assert.deepEqual(names, ["lead 0", "lead 1", "resp"]);
});

Deno.test("readSegments() gives all segments the rate of the fastest signal", async () => {
  const header = (text: string) => readHeader(text, { file });
  const slow = header("s 1 250 2\ns.dat 16 1 0 0 0 3 0 I"),
    fast = header("f 1 250 1\nf.dat 16x2 1 0 0 0 3 0 I");
  const headers = new Map([["s", slow], ["f", fast]]);
  assert.equal(mostSamplesPerFrame(headers.values()), 2);
  const files = new Map([["s.dat", Uint8Array.of(1, 0, 2, 0)], ["f.dat", Uint8Array.of(1, 0, 2, 0)]]);
  const joined = await readSegments(header("m/2 1 250\ns 2\nf 1"), {
    file,
    headers,
    read: (name, options) => readSignals(name === "s" ? slow : fast, { file, files, ...options }),
  });
  assert.deepEqual(plain(joined), [[1, 1, 2, 2, 1, 2]]);
});

const one = "a 1 250 2\na.dat 16 1 0 0 0 0 0 I";
const refused: [string, string, string, string][] = [
  [
    "a segment without header",
    "x/2 1 250\na 2\nb 2",
    one,
    "the header of segment b must lie beside it, got none",
  ],
  ["gaps alone", "x/1 1 250\n~ 2", one, "at least one segment must be no gap, got 1 gaps"],
  ["another rate", "x/1 1 360\na 2", one, "segment a must have the record's 360 Hz, got 250 Hz"],
  ["another length", "x/1 1 250\na 3", one, "segment a must have 3 samples, got 2"],
  [
    "segments in a segment",
    "x/1 1 250\na 2",
    "a/1 1 250 2\nb 2",
    "segment a must be in one piece, got segments in it",
  ],
  [
    "other signals",
    "x/2 1 250\na 2\nb 2",
    `${one}\n---\nb 1 250 2\nb.dat 16 1 0 0 0 0 0 II`,
    "segment b must have signals of a alone, got II",
  ],
  [
    "more signals",
    "x/2 1 250\na 2\nb 2",
    `${one}\n---\nb 2 250 2\nb.dat 16 1 0 0 0 0 0 I\nb.dat 16 1 0 0 0 0 0 II`,
    "segment b must have the 1 signals of a, got 2",
  ],
  [
    "a signal that the layout does not list",
    "x/2 1 250\na 0\nb 2",
    `a 1 250 0\n~ 0 1 0 0 0 0 0 I\n---\nb 1 250 2\nb.dat 16 1 0 0 0 0 0 II`,
    "segment b must have signals of a alone, got II",
  ],
  [
    "another unit",
    "x/2 1 250\na 0\nb 2",
    `a 1 250 0\n~ 0 1/mV 0 0 0 0 0 I\n---\nb 1 250 2\nb.dat 16 1/uV 0 0 0 0 0 I`,
    "segment b must have I in mV, got uV",
  ],
  [
    "a gap that memory is not made for",
    "x/2 1 250\na 2\n~ 33554433",
    one,
    "33554432 samples of it may be missing, got 33554433",
  ],
];
for (const [what, master, segments, message] of refused) {
  Deno.test(`readSegments() throws RangeError for ${what}`, async () => {
    const headers = new Map(
      segments.split("\n---\n").map((text) => {
        const header = readHeader(text, { file: "segment.hea" });
        return [header.record, header];
      }),
    );
    await assert.rejects(
      readSegments(readHeader(master, { file }), { file, headers, read: () => [new Float64Array(2)] }),
      new RangeError(`x.hea: Cannot read record x: ${message}`),
    );
  });
}
