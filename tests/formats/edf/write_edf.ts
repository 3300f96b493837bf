/** Writes EDF and EDF+ files, so that tests need no recording of a real person. */

/** A signal as it is stored. */
export interface StoredEdfSignal {
  readonly name: string;
  /** Default uV. */
  readonly unit?: string;
  /** All stored values, a whole number of data records of them. */
  readonly samples: readonly number[];
  readonly perRecord: number;
  /** Physical and digital minimum and maximum; default -3276.8 to 3276.7 over all 16 bits. */
  readonly range?: readonly [number, number, number, number];
}

/** An annotation, or the lists of a record as they stand in the file. */
export interface StoredEdfAnnotation {
  readonly onset: number;
  readonly duration?: number;
  readonly texts: readonly string[];
}

export interface StoredEdf {
  readonly signals: readonly StoredEdfSignal[];
  /** Seconds of a data record; default 1. */
  readonly recordSeconds?: number;
  readonly kind?: "EDF" | "EDF+C" | "EDF+D";
  readonly patient?: string;
  /** When each data record begins; default one after the other. */
  readonly times?: readonly number[];
  /** Annotations in the data record that has their position. */
  readonly annotations?: readonly (readonly StoredEdfAnnotation[])[];
  /** The number of data records that the header states; default the right one. */
  readonly statedRecords?: number;
}

const ANNOTATION_BYTES = 64;

export function edfBytes(
  { signals, recordSeconds = 1, kind = "EDF", patient = "X X X X", times, annotations = [], statedRecords }:
    StoredEdf,
): Uint8Array {
  const records = signals.length === 0
    ? annotations.length
    : signals[0].samples.length / signals[0].perRecord;
  const isPlus = kind !== "EDF", count = signals.length + (isPlus ? 1 : 0);
  const ranges = signals.map(({ range = [-3276.8, 3276.7, -32768, 32767] }) => range);
  const columns: [number, string[], string][] = [
    [16, signals.map(({ name }) => name), "EDF Annotations"],
    [80, signals.map(() => "AgAgCl electrode"), ""],
    [8, signals.map(({ unit = "uV" }) => unit), ""],
    [8, ranges.map(([low]) => String(low)), "-1"],
    [8, ranges.map(([, high]) => String(high)), "1"],
    [8, ranges.map(([, , low]) => String(low)), "-32768"],
    [8, ranges.map(([, , , high]) => String(high)), "32767"],
    [80, signals.map(() => "HP:0.1Hz LP:75Hz"), ""],
    [8, signals.map(({ perRecord }) => String(perRecord)), String(ANNOTATION_BYTES / 2)],
    [32, signals.map(() => ""), ""],
  ];
  const header = [
    "0".padEnd(8),
    patient.padEnd(80),
    "Startdate 02-MAR-2002 X X X".padEnd(80),
    "02.03.02",
    "12.30.00",
    String(256 * (count + 1)).padEnd(8),
    (isPlus ? kind : "").padEnd(44),
    String(statedRecords ?? records).padEnd(8),
    String(recordSeconds).padEnd(8),
    String(count).padEnd(4),
    ...columns.flatMap(([length, texts, plus]) =>
      [...texts, ...isPlus ? [plus] : []].map((text) => text.padEnd(length))
    ),
  ].join("");
  const data = Array.from({ length: records }, (_, record) => {
    const values = signals.flatMap(({ samples, perRecord }) =>
      samples.slice(record * perRecord, (record + 1) * perRecord)
    );
    const bytes = values.flatMap((value) => [value & 0xff, value >> 8 & 0xff]);
    if (!isPlus) return bytes;
    const time = times?.[record] ?? record * recordSeconds;
    const lists = [{ onset: time, texts: [""] }, ...annotations[record] ?? []].map(listOf).join("");
    const room = new Uint8Array(ANNOTATION_BYTES);
    room.set(new TextEncoder().encode(lists));
    return [...bytes, ...room];
  });
  const latin1 = Uint8Array.from(header, (character) => character.charCodeAt(0));
  return Uint8Array.from([...latin1, ...data.flat()]);
}

function listOf({ onset, duration, texts }: StoredEdfAnnotation): string {
  const length = duration === undefined ? "" : `\x15${duration}`;
  return `${onset < 0 ? "" : "+"}${onset}${length}\x14${texts.map((text) => `${text}\x14`).join("")}\0`;
}
