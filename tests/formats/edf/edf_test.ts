import assert from "node:assert/strict";
import { bytesInMemory } from "../../../src/formats/bytes.ts";
import { readEdfAnnotations } from "../../../src/formats/edf/annotations.ts";
import { readEdfHeader, sampleRateOf } from "../../../src/formats/edf/header.ts";
import { readEdfSignals } from "../../../src/formats/edf/signals.ts";
import { mutationTest } from "../mutation.ts";
import { edfBytes, type StoredEdf } from "./write_edf.ts";

const file = "a.edf";
const GOLDEN = new URL("../../golden/formats/edf/", import.meta.url);

function readAll(bytes: Uint8Array, name = file) {
  const source = bytesInMemory(bytes, { file: name }), header = readEdfHeader(source);
  const timeline = readEdfAnnotations(source, header);
  const signals = readEdfSignals(source, { header, timeline, signals: header.signals });
  return { header, timeline, signals: signals.map((values) => [...values]) };
}

const ecg = {
  name: "ECG II",
  unit: "mV",
  perRecord: 2,
  samples: [-100, 100, 0, 50],
  range: [-5, 5, -100, 100],
} as const;
const two: StoredEdf = { signals: [ecg, { name: "Resp", perRecord: 1, samples: [10, -20], unit: "mV" }] };

for (const kind of ["EDF", "EDF+C", "EDF+D"] as const) {
  Deno.test(`readEdfSignals() calibrates signals of different rates in ${kind}`, () => {
    const { header, signals } = readAll(edfBytes({ ...two, kind, recordSeconds: 0.5 }));
    assert.equal(header.kind, kind);
    assert.deepEqual(
      header.signals.map((signal) => [signal.name, signal.unit, sampleRateOf(signal, header)]),
      [
        ["ECG II", "mV", 4],
        ["Resp", "mV", 2],
      ],
    );
    assert.deepEqual(signals[0], [-5, 5, 0, 2.5]);
    // One step is 0.1 over all of the 16 bits.
    assert.deepEqual(signals[1].map((value) => value.toFixed(6)), ["1.000000", "-2.000000"]);
  });
}

Deno.test("readEdfHeader() reads who, what and when", () => {
  const { header } = readAll(
    edfBytes({ ...two, kind: "EDF+C", patient: "MCH-0234567 F 02-MAY-1951 Haagse_Harry" }),
  );
  const { patient, recording, startDate, startTime, records, recordSeconds } = header;
  assert.deepEqual({ patient, recording, startDate, startTime, records, recordSeconds }, {
    patient: "MCH-0234567 F 02-MAY-1951 Haagse_Harry",
    recording: "Startdate 02-MAR-2002 X X X",
    startDate: "02.03.02",
    startTime: "12.30.00",
    records: 2,
    recordSeconds: 1,
  });
  const [{ transducer, prefiltering }] = header.signals;
  assert.deepEqual([transducer, prefiltering], ["AgAgCl electrode", "HP:0.1Hz LP:75Hz"]);
});

Deno.test("readEdfHeader() counts whole data records where the header does not know their number", () => {
  const bytes = edfBytes({ ...two, statedRecords: -1 });
  assert.equal(readAll(bytes).header.records, 2);
  assert.deepEqual(readAll(bytes.subarray(0, bytes.length - 1)).signals, [[-5, 5], [
    readAll(bytes).signals[1][0],
  ]]);
});

Deno.test("readEdfAnnotations() reads onsets, durations and UTF-8 texts", () => {
  const annotations = [
    [{ onset: 0.25, duration: 1.5, texts: ["rest", "lights off"] }],
    [{ onset: -3, texts: ["fr\u00fch"] }],
  ];
  const { timeline, signals } = readAll(edfBytes({ ...two, kind: "EDF+C", annotations }));
  assert.deepEqual(timeline.annotations, [
    { onsetSeconds: 0.25, durationSeconds: 1.5, text: "rest" },
    { onsetSeconds: 0.25, durationSeconds: 1.5, text: "lights off" },
    { onsetSeconds: -3, durationSeconds: null, text: "fr\u00fch" },
  ]);
  assert.deepEqual([...timeline.recordSeconds], [0, 1]);
  assert.equal(signals.length, 2, "the annotations are no signal");
});

Deno.test("readEdfAnnotations() reads a file of annotations alone", () => {
  const { timeline, signals } = readAll(
    edfBytes({ signals: [], kind: "EDF+C", recordSeconds: 0, annotations: [[{ onset: 7, texts: ["N2"] }]] }),
  );
  assert.deepEqual([timeline.annotations.length, signals.length], [1, 0]);
});

Deno.test("readEdfSignals() leaves NaN between the data records of a discontinuous file", () => {
  // The records begin 10 s into the file and 2.5 s later, at 2 Hz.
  const { signals } = readAll(edfBytes({ signals: [ecg], kind: "EDF+D", times: [10, 12.5] }));
  assert.deepEqual(signals, [[-5, 5, NaN, NaN, NaN, 0, 2.5]]);
});

const edf = edfBytes(two), plus = edfBytes({ signals: [ecg], kind: "EDF+D" });
/** The bytes with a text written over them. */
function overwritten(bytes: Uint8Array, at: number, text: string): Uint8Array {
  const copy = bytes.slice();
  copy.set(Uint8Array.from(text, (character) => character.charCodeAt(0)), at);
  return copy;
}
const refused: [string, Uint8Array, string, string][] = [
  [
    "BDF",
    overwritten(edf, 0, "\xffBIOSEMI"),
    "SyntaxError",
    "byte 0: samples must have 16 bits, as in EDF, got BDF, which has 24",
  ],
  [
    "another file",
    overwritten(edf, 0, "GIF89a  "),
    "SyntaxError",
    'byte 0: an EDF file must begin with "0" and blanks, got "GIF89a  "',
  ],
  [
    "a number that is none",
    overwritten(edf, 236, "many    "),
    "SyntaxError",
    'byte 236: the number of data records must be a whole number of at least -1, got "many"',
  ],
  [
    "a header of another length",
    overwritten(edf, 184, "512     "),
    "RangeError",
    "byte 256: the header of 2 signals must have 768 bytes, got 512",
  ],
  [
    "more data records than there are",
    overwritten(edf, 236, "3       "),
    "RangeError",
    "byte 768: the file must hold 3 data records of 6 bytes, 786 bytes in all, got 780 bytes",
  ],
  [
    "signals of no time",
    overwritten(edf, 244, "0       "),
    "RangeError",
    "byte 768: a data record with signals must last more than 0 s, got 0",
  ],
  [
    "a calibration without a slope",
    overwritten(edf, 256 + 2 * (16 + 80 + 8) + 16, "-5      "),
    "RangeError",
    "byte 464: the calibration of ECG II must have a digital minimum below its maximum, and two physical values, " +
    "got -100 to 100, -5 to -5",
  ],
  [
    "a list of annotations that is none",
    overwritten(plus, 772, "0\x14"),
    "SyntaxError",
    'byte 772: a list of annotations must be +onset and texts, got "0\\u0014\\u0014\\u0014"',
  ],
  [
    "a data record without its time",
    overwritten(plus, 772, "\0\0\0\0\0"),
    "SyntaxError",
    "byte 772: data record 0 must begin with its own time, got none",
  ],
];
for (const [what, bytes, name, message] of refused) {
  Deno.test(`readEdfHeader() and those after it throw ${name} for ${what}`, () => {
    assert.throws(() => readAll(bytes), { name, message: `${file}: Cannot read ${message}` });
  });
}

Deno.test("readEdfSignals() throws RangeError for data records that overlap, and for a gap that memory is not made for", () => {
  assert.throws(
    () => readAll(edfBytes({ signals: [ecg], kind: "EDF+D", times: [0, 0.5] })),
    new RangeError(
      "a.edf: Cannot read signal ECG II: data record 1 must begin at sample 2 or later, got 1 (0.5 s)",
    ),
  );
  assert.throws(
    () => readAll(edfBytes({ signals: [ecg], kind: "EDF+D", times: [0, 16777218] })),
    new RangeError(
      "a.edf: Cannot read the signals: gaps must leave out 33554432 samples at most, got 33554434",
    ),
  );
});

Deno.test("readEdfSignals() reads what Python's struct wrote", () => {
  const expected = JSON.parse(Deno.readTextFileSync(new URL("expected.json", GOLDEN)));
  for (const name of ["plain.edf", "continuous.edf", "discontinuous.edf"]) {
    const { header, timeline, signals } = readAll(Deno.readFileSync(new URL(name, GOLDEN)), name);
    assert.deepEqual(
      header.signals.map((signal) => sampleRateOf(signal, header)),
      expected[name].rates,
      name,
    );
    signals.forEach((values, index) => {
      const wanted: (number | null)[] = expected[name].signals[index];
      assert.equal(values.length, wanted.length);
      values.forEach((value, at) => {
        const other = wanted[at];
        assert.ok(
          other === null ? Number.isNaN(value) : Math.abs(value - other) < 1e-9,
          `${name} ${index} ${at}`,
        );
      });
    });
    assert.deepEqual(
      timeline.annotations.map(({ onsetSeconds, text }) => [onsetSeconds, text]),
      expected[name].annotations,
    );
  }
});

mutationTest("the reader of EDF", {
  files: [
    edf,
    plus,
    edfBytes({ ...two, kind: "EDF+C", annotations: [[{ onset: 0.5, duration: 2, texts: ["a"] }]] }),
  ],
  read: (bytes, name) => readAll(bytes, name),
});
