import assert from "node:assert/strict";
import { readBeats } from "../../../src/datasets/beats/beat_file.ts";

const read = (text: string) => readBeats(text, { file: "a/beats.tsv", sampleRateHz: 250 });

Deno.test("readBeats() reads lines of either ending, with or without one at the end", () => {
  const expected = Float64Array.of(0, 1, 1.5);
  for (const text of ["0\n250\n375\n", "0\n250\n375", "0\r\n250\r\n375\r\n"]) {
    assert.deepEqual(read(text), expected);
  }
});

Deno.test("readBeats() takes intervals from 0.25 to 3 s", () => {
  assert.deepEqual(read("750\n1500\n1563\n"), Float64Array.of(3, 6, 6.252));
});

Deno.test("readBeats() names file and line of what is no sample number", () => {
  for (const [line, shown] of [["abc", "abc"], ["12.5", "12.5"], ["-3", "-3"], ["", ""], ["1\t2", "1\\t2"]]) {
    assert.throws(
      () => read(`100\n${line}\n500\n`),
      new SyntaxError(`a/beats.tsv: Cannot read line 2: it must be a sample number, got "${shown}"`),
    );
  }
});

Deno.test("readBeats() refuses numbers that don't increase and intervals that are none", () => {
  const refuses = (text: string, message: string) =>
    assert.throws(() => read(text), new RangeError(`a/beats.tsv: Cannot ${message}`));
  refuses("100\n300\n300\n", "read line 3: sample numbers must increase, got 300 after 300");
  refuses("100\n300\n200\n", "read line 3: sample numbers must increase, got 200 after 300");
  refuses(
    "100\n300\n362\n",
    "read line 3: it must come 0.25 to 3 s after the beat before, got 0.248 s at 250 Hz",
  );
  refuses(
    "100\n300\n1051\n",
    "read line 3: it must come 0.25 to 3 s after the beat before, got 3.004 s at 250 Hz",
  );
  refuses(
    "751\n900\n",
    "read line 1: the first beat must come within 3 s of sample 0, got 3.004 s at 250 Hz",
  );
  refuses("", "take the beat times: there must be at least two, got 0");
  refuses("100\n", "take the beat times: there must be at least two, got 1");
});
