import assert from "node:assert/strict";
import { readHeader } from "../../../src/formats/wfdb/header.ts";

const file = "x.hea";
const signalOf = (line: string) => readHeader(`x 1 250 10\n${line}\n`, { file }).signals[0];

Deno.test("readHeader() reads a header of the MIT-BIH Arrhythmia Database", () => {
  const text = "100 2 360 650000\r\n100.dat 212 200 11 1024 995 -22131 0 MLII\r\n" +
    "100.dat 212 200 11 1024 1011 20052 0 V5\r\n# 69 M 1085 1629 x1\r\n# Aldomet, Inderal\r\n";
  const signal = {
    file: "100.dat",
    format: 212,
    samplesPerFrame: 1,
    skew: 0,
    byteOffset: 0,
    gain: 200,
    baseline: 1024,
    unit: "mV",
    adcResolutionBits: 11,
    adcZero: 1024,
    blockSizeBytes: 0,
  };
  assert.deepEqual(readHeader(text, { file }), {
    record: "100",
    sampleRateHz: 360,
    counterFrequencyHz: 360,
    baseCounter: 0,
    samples: 650000,
    startTime: null,
    startDate: null,
    signals: [
      { ...signal, name: "MLII", initialValue: 995, checksum: -22131 },
      { ...signal, name: "V5", initialValue: 1011, checksum: 20052 },
    ],
    comments: ["69 M 1085 1629 x1", "Aldomet, Inderal"],
  });
});

Deno.test("readHeader() reads segments and the gaps between them", () => {
  const { signals, segments, samples } = readHeader("x/3 2 250 15\na 0\n~ 10\nb 5\n", { file });
  assert.deepEqual(signals, []);
  assert.equal(samples, 15);
  assert.deepEqual(segments, [
    { record: "a", samples: 0 },
    { record: null, samples: 10 },
    { record: "b", samples: 5 },
  ]);
});

Deno.test("readHeader() reads a baseline, a unit and 0 for unknown of LUDB", () => {
  const signal = signalOf("1.dat 16 1716(6)/mV 0 0 -120 -32198 0 i");
  assert.equal(signal.gain, 1716);
  assert.equal(signal.baseline, 6);
  assert.equal(signal.adcZero, 0);
  assert.equal(signal.adcResolutionBits, null);
  assert.equal(signal.initialValue, -120);
  assert.equal(signal.checksum, -32198);
});

Deno.test("readHeader() reads rates with a counter, as C writes numbers", () => {
  const rates = (text: string) => {
    const { sampleRateHz, counterFrequencyHz, baseCounter } = readHeader(`x 0 ${text}`, { file });
    return [sampleRateHz, counterFrequencyHz, baseCounter];
  };
  assert.deepEqual(rates("0.9765625"), [0.9765625, 0.9765625, 0]);
  assert.deepEqual(rates("360."), [360, 360, 0]);
  assert.deepEqual(rates("3.6e2"), [360, 360, 0]);
  assert.deepEqual(rates("360/1.25"), [360, 1.25, 0]);
  assert.deepEqual(rates("360/1.25(-20.5)"), [360, 1.25, -20.5]);
  assert.deepEqual(rates("360/0(7)"), [360, 360, 7]);
});

Deno.test("readHeader() takes the format's defaults for all that a header leaves out", () => {
  const header = readHeader("x 1\n- 16\n", { file });
  assert.deepEqual(header, {
    record: "x",
    sampleRateHz: 250,
    counterFrequencyHz: 250,
    baseCounter: 0,
    samples: null,
    startTime: null,
    startDate: null,
    signals: [{
      name: "record x, signal 0",
      file: "-",
      format: 16,
      samplesPerFrame: 1,
      skew: 0,
      byteOffset: 0,
      gain: 200,
      baseline: 0,
      unit: "mV",
      adcResolutionBits: null,
      adcZero: 0,
      initialValue: 0,
      checksum: null,
      blockSizeBytes: 0,
    }],
    comments: [],
  });
  assert.equal(readHeader("x 0 250 0", { file }).samples, null, "0 samples are unknown");
  assert.equal(signalOf("x.dat 16 0 12 5").gain, 200, "a gain of 0 is unknown");
  assert.equal(signalOf("x.dat 16 0 12 5").baseline, 5);
  assert.equal(signalOf("x.dat 16 0 12 5").initialValue, 5);
});

Deno.test("readHeader() reads format modifiers, gains in any form and descriptions with spaces", () => {
  const { format, samplesPerFrame, skew, byteOffset } = signalOf("x.dat 212x4:3+512");
  assert.deepEqual([format, samplesPerFrame, skew, byteOffset], [212, 4, 3, 512]);
  const { gain, baseline, unit, name } = signalOf("x.dat 16 .5e2(-100)/mmHg 12 0 0 0 0 ABP  of the arm ");
  assert.deepEqual([gain, baseline, unit, name], [50, -100, "mmHg", "ABP  of the arm"]);
  assert.equal(signalOf("x.dat 16 -200/uV").unit, "uV");
  assert.equal(signalOf("x.dat 16 -200/uV").gain, -200);
});

Deno.test("readHeader() keeps time, date and comments wherever they stand, and drops surplus signal lines", () => {
  const header = readHeader(
    "# made up\n\n x 1 250 10 13:05:00 25/04/1989\n#<age>: 51\nx.dat 16\nsurplus\n#",
    { file },
  );
  assert.equal(header.startTime, "13:05:00");
  assert.equal(header.startDate, "25/04/1989");
  assert.deepEqual(header.comments, ["made up", "<age>: 51", ""]);
  assert.deepEqual(header.signals.map((signal) => signal.file), ["x.dat"]);
});

const broken: [string, string, typeof SyntaxError | typeof RangeError, string][] = [
  [
    "an empty text",
    "\n# alone\n",
    SyntaxError,
    "x.hea: Cannot read the header: it must have a record line, got none",
  ],
  [
    "a name alone",
    "x",
    SyntaxError,
    'x.hea: Cannot read line 1: it must give the record\'s name and its number of signals, got "x"',
  ],
  [
    "no name",
    "/3 1",
    SyntaxError,
    'x.hea: Cannot read line 1: the record\'s name must be text without /, got "/3"',
  ],
  [
    "fewer segments than it states",
    "x/3 2 250\na 1\nb 2",
    SyntaxError,
    "x.hea: Cannot read the header of record x: it must have 3 segment lines, got 2",
  ],
  [
    "no segments",
    "x/0 2 250",
    SyntaxError,
    'x.hea: Cannot read line 1: the number of segments must be a whole number of at least 1, got "0"',
  ],
  [
    "a segment without its length",
    "x/1 2 250\na",
    SyntaxError,
    'x.hea: Cannot read line 2: it must give a segment\'s name and its number of samples, got "a"',
  ],
  [
    "a segment in another folder",
    "x/1 2 250\n../a 5",
    SyntaxError,
    'x.hea: Cannot read line 2: the segment\'s name must be that of a record beside this one, got "../a"',
  ],
  [
    "a later segment without samples",
    "x/2 2 250\na 5\nb 0",
    RangeError,
    "x.hea: Cannot read line 3: a segment must have samples, unless it is the first and lists signals, got 0",
  ],
  [
    "segments that are not as long as the record",
    "x/2 2 250 11\na 5\n~ 5",
    RangeError,
    "x.hea: Cannot read line 1: the samples of all segments must be the record's 11, got 10",
  ],
  [
    "a number of signals that is none",
    "#\nx two",
    SyntaxError,
    'x.hea: Cannot read line 2: the number of signals must be a whole number of at least 0, got "two"',
  ],
  [
    "a rate of 0",
    "x 0 0",
    RangeError,
    "x.hea: Cannot read line 1: the sampling rate must be above 0 Hz, got 0",
  ],
  [
    "a rate with an open bracket",
    "x 0 360/1(2",
    SyntaxError,
    'x.hea: Cannot read line 1: the sampling rate must be rate, rate/counter or rate/counter(base), got "360/1(2"',
  ],
  [
    "a negative length",
    "x 0 360 -1",
    SyntaxError,
    'x.hea: Cannot read line 1: the number of samples must be a whole number of at least 0, got "-1"',
  ],
  [
    "too few signal lines",
    "x 2 250\nx.dat 16",
    SyntaxError,
    "x.hea: Cannot read the header of record x: it must have 2 signal lines, got 1",
  ],
  [
    "a signal without format",
    "x 1 250\nx.dat",
    SyntaxError,
    'x.hea: Cannot read line 2: it must give a signal\'s file and format, got "x.dat"',
  ],
  [
    "a format in words",
    "x 1 250\nx.dat sixteen",
    SyntaxError,
    "x.hea: Cannot read line 2: the format must be a number, with x samples per frame, : skew and + byte offset after it, " +
    'got "sixteen"',
  ],
  [
    "a gain in words",
    "x 1 250\nx.dat 16 high",
    SyntaxError,
    'x.hea: Cannot read line 2: the gain must be a number, got "high"',
  ],
  [
    "a fractional baseline",
    "x 1 250\nx.dat 16 200(0.5)/mV",
    SyntaxError,
    'x.hea: Cannot read line 2: the baseline must be a whole number, got "0.5"',
  ],
  [
    "a unit without its slash",
    "x 1 250\nx.dat 16 200(5)mV",
    SyntaxError,
    'x.hea: Cannot read line 2: the gain must be gain, gain(baseline) or gain(baseline)/unit, got "200(5)mV"',
  ],
  [
    "a checksum in words",
    "x 1 250\nx.dat 16 200 12 0 0 sum",
    SyntaxError,
    'x.hea: Cannot read line 2: the checksum must be a whole number, got "sum"',
  ],
];
for (const [what, text, kind, message] of broken) {
  Deno.test(`readHeader() throws ${kind.name} for ${what}`, () => {
    assert.throws(() => readHeader(text, { file }), (error) => {
      assert.ok(error instanceof kind);
      assert.equal(error.message, message);
      return true;
    });
  });
}
