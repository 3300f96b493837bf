/** Records of published databases with the beats that people marked in them. */
import { join } from "node:path";
import { isBeat } from "../../../src/formats/wfdb/annotation_codes.ts";
import { readAnnotations } from "../../../src/formats/wfdb/annotations.ts";
import { readHeader } from "../../../src/formats/wfdb/header.ts";
import { readSignals } from "../../../src/formats/wfdb/signals.ts";
import { type BeatMatch, matchBeats } from "./match_beats.ts";

/** The divisions of the MIT-BIH Arrhythmia Database (de Chazal et al. 2004), without and then with the paced records. */
export const MITDB_RECORDS: Readonly<Record<"DS1" | "DS2" | "paced", readonly string[]>> = {
  DS1: "101 106 108 109 112 114 115 116 118 119 122 124 201 203 205 207 208 209 215 220 223 230".split(" "),
  DS2: "100 103 105 111 113 117 121 123 200 202 210 212 213 214 219 221 222 228 231 232 233 234".split(" "),
  paced: "102 104 107 217".split(" "),
};

/** The records of the Lobachevsky University Database. */
export const LUDB_RECORDS: readonly string[] = Array.from({ length: 200 }, (_, index) => `${index + 1}`);

/** One lead with its beats. */
export interface AnnotatedRecord {
  readonly samples: Float64Array;
  readonly sampleRateHz: number;
  /** Positions of the beats that count. */
  readonly beats: readonly number[];
  /** Stretches, from and to a sample, in which nothing counts: ventricular flutter. */
  readonly excluded: readonly (readonly [number, number])[];
}

/** Reads a record of the MIT-BIH Arrhythmia Database, its first signal. */
export function readMitdb(dataFolder: string, record: string): AnnotatedRecord {
  const { header, signals, annotations } = read(join(dataFolder, "mitdb", record), { annotator: "atr" });
  const beats: number[] = [], excluded: [number, number][] = [];
  let flutter: number | undefined;
  for (const { symbol, sample } of annotations) {
    if (symbol === "[") flutter = sample;
    else if (symbol === "]" && flutter !== undefined) {
      excluded.push([flutter, sample]);
      flutter = undefined;
    } else if (isBeat(symbol) && flutter === undefined) beats.push(sample);
  }
  return { samples: signals[0], sampleRateHz: header.sampleRateHz, beats, excluded };
}

/** Reads lead II of a record of the Lobachevsky University Database; the QRS complexes at its edges are not annotated. */
export function readLudb(dataFolder: string, record: string): AnnotatedRecord {
  const { header, signals, annotations } = read(join(dataFolder, "ludb", "data", record), {
    annotator: "ii",
  });
  const beats = annotations.filter(({ symbol }) => isBeat(symbol)).map(({ sample }) => sample);
  const edge = TOLERANCE_SECONDS * header.sampleRateHz;
  return {
    samples: signals[header.signals.findIndex(({ name }) => name.toUpperCase() === "II")],
    sampleRateHz: header.sampleRateHz,
    beats,
    excluded: [[-Infinity, beats[0] - edge], [beats[beats.length - 1] + edge, Infinity]],
  };
}

/** The distance from the annotation at which a beat still is that beat (AAMI EC57). */
export const TOLERANCE_SECONDS = 0.15;

/** Holds a detector's beats in a record to the annotated ones. */
export function matchRecord(
  { beats, excluded, sampleRateHz }: AnnotatedRecord,
  detected: ArrayLike<number>,
): BeatMatch {
  const counting = Array.from(detected).filter((peak) =>
    !excluded.some(([from, to]) => peak > from && peak < to)
  );
  return matchBeats({ annotated: beats, detected: counting }, {
    tolerance: TOLERANCE_SECONDS * sampleRateHz,
  });
}

/** The record as if it began later: nothing counts before that, though detectors see it. */
export function countedFrom(record: AnnotatedRecord, seconds: number): AnnotatedRecord {
  const start = seconds * record.sampleRateHz;
  return {
    ...record,
    beats: record.beats.filter((beat) => beat >= start),
    excluded: [[-Infinity, start], ...record.excluded],
  };
}

function read(path: string, { annotator }: { annotator: string }) {
  const file = `${path}.hea`, header = readHeader(Deno.readTextFileSync(file), { file });
  const names = new Set(header.signals.map((signal) => signal.file));
  const files = new Map([...names].map((name) => [name, Deno.readFileSync(join(path, "..", name))]));
  const annotations = readAnnotations(Deno.readFileSync(`${path}.${annotator}`), {
    file: `${path}.${annotator}`,
    sampleRateHz: header.sampleRateHz,
  });
  return { header, signals: readSignals(header, { file, files }), annotations };
}
