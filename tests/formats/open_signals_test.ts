import assert from "node:assert/strict";
import { bytesInMemory } from "../../src/formats/bytes.ts";
import { readOpenSignals, readOpenSignalsHeader } from "../../src/formats/open_signals.ts";
import { mutationTest } from "./mutation.ts";
import { DEVICE, writeOpenSignals } from "./write_open_signals.ts";

const ROWS = [[0, 0, 32768, 1, 2], [1, 0, 0, 3, 4], [2, 0, 65535, 5, 6]];
const bytesOf = (header: unknown, rows = ROWS) => new TextEncoder().encode(writeOpenSignals(header, rows));
const source = (header: unknown, rows = ROWS) => bytesInMemory(bytesOf(header, rows), { file: "a.txt" });

Deno.test("readOpenSignals() reads a channel by its sensor", () => {
  const device = source({ "00:07": DEVICE });
  assert.deepEqual(readOpenSignals(device, { sensor: "ECG" }), {
    sampleRateHz: 700,
    bits: 16,
    counts: Float64Array.of(32768, 0, 65535),
  });
  assert.deepEqual(readOpenSignals(device, { sensor: "RESPIRATION" }).counts, Float64Array.of(2, 4, 6));
});

Deno.test("readOpenSignalsHeader() takes 16 bits where the header doesn't say", () => {
  const { resolution: _, ...others } = DEVICE;
  assert.deepEqual(readOpenSignalsHeader(source({ a: others })).resolutionBits, [16, 16, 16]);
});

Deno.test("readOpenSignals() says what is wrong with a file", () => {
  const refuses = (header: unknown, error: Error, rows = ROWS) =>
    assert.throws(() => readOpenSignals(source(header, rows), { sensor: "ECG" }), error);
  const text = bytesInMemory(new TextEncoder().encode("nSeq\tECG\n0\t1\n"), { file: "a.txt" });
  assert.throws(
    () => readOpenSignals(text, { sensor: "ECG" }),
    new SyntaxError('a.txt: Cannot read the header: a line must be "# EndOfHeader", got "nSeq\\tECG"'),
  );
  refuses(
    { a: DEVICE, b: DEVICE },
    new TypeError("a.txt: Cannot read the header: there must be one device, got 2"),
  );
  refuses(
    { a: { ...DEVICE, column: ["CH1"] } },
    new TypeError(
      "a.txt: Cannot read the header: every sensor must have a resolution and a column, got 3 sensors, 3 resolutions, 1 columns",
    ),
  );
  refuses(
    { a: { ...DEVICE, sensor: ["EMG", "EDA", "TEMP"] } },
    new RangeError("a.txt: Cannot read a channel: its sensor must be one of EMG, EDA, TEMP, got ECG"),
  );
  refuses(
    { a: { ...DEVICE, resolution: [10, 10, 10] } },
    new RangeError("a.txt: Cannot read sample 0: CH1 must be from 0 to 1023, got 32768"),
  );
  refuses(
    { a: DEVICE },
    new SyntaxError("a.txt: Cannot read line 4: a row must have 5 cells, got 2"),
    [[0]],
  );
});

mutationTest("readOpenSignals()", {
  files: [bytesOf({ "00:07": DEVICE })],
  read: (bytes, file) => readOpenSignals(bytesInMemory(bytes, { file }), { sensor: "ECG" }),
});
