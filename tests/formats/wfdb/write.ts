/** Writes the files of WFDB records, so that tests need no recording of a real person. */

/** A signal as it is stored; null is a missing sample. */
export interface StoredSignal {
  readonly name: string;
  readonly samples: readonly (number | null)[];
  /** What the header says between the format and the checksum; default a gain of 200 and a baseline of 0. */
  readonly gain?: string;
  readonly adcZero?: number;
  /** The checksum that the header states; default the right one. */
  readonly checksum?: number;
}

export interface StoredAnnotation {
  readonly sample: number;
  readonly code: number;
  readonly subtype?: number;
  readonly channel?: number;
  readonly number?: number;
  readonly text?: string;
}

export interface StoredRecord {
  readonly name: string;
  readonly signals: readonly StoredSignal[];
  readonly format?: 16 | 212;
  /** Default 250, as text because the header's line can say more. */
  readonly rate?: string;
  readonly comments?: readonly string[];
  /** Annotations by the extension of their file. */
  readonly annotations?: Readonly<Record<string, readonly StoredAnnotation[]>>;
}

const MISSING = { 16: -32768, 212: -2048 } as const;

/** The files of a record by name: header, signals, annotations. */
export function recordFiles(record: StoredRecord): Map<string, Uint8Array> {
  const { name, signals, format = 212, rate = "250", comments = [], annotations = {} } = record;
  const stored = signals.map(({ samples }) => samples.map((value) => value ?? MISSING[format]));
  const length = stored[0].length;
  const interleaved = Array.from(
    { length: length * signals.length },
    (_, index) => stored[index % signals.length][Math.floor(index / signals.length)],
  );
  const lines = [
    `${name} ${signals.length} ${rate} ${length}`,
    ...signals.map(({ name: lead, gain = "200", adcZero = 0, checksum }, index) =>
      `${name}.dat ${format} ${gain} 12 ${adcZero} ${stored[index][0]} ${
        checksum ?? sum(stored[index])
      } 0 ${lead}`
    ),
    ...comments.map((comment) => `# ${comment}`),
  ];
  return new Map([
    [`${name}.hea`, new TextEncoder().encode(lines.join("\r\n") + "\r\n")],
    [`${name}.dat`, format === 16 ? pack16(interleaved) : pack212(interleaved)],
    ...Object.entries(annotations).map((
      [extension, marks],
    ): [string, Uint8Array] => [`${name}.${extension}`, annotationBytes(marks)]),
  ]);
}

export function pack16(samples: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(2 * samples.length), view = new DataView(bytes.buffer);
  samples.forEach((value, index) => view.setInt16(2 * index, value, true));
  return bytes;
}

/** Twelve bits a sample, from the low ones up, as one long number in little-endian. */
export function pack212(samples: readonly number[]): Uint8Array {
  const pairs = samples.length % 2 === 0 ? samples : [...samples, 0];
  const bytes: number[] = [];
  for (let index = 0; index < pairs.length; index += 2) {
    const first = pairs[index] & 0xfff, second = pairs[index + 1] & 0xfff;
    bytes.push(first % 256, Math.floor(first / 256) + 16 * Math.floor(second / 256), second % 256);
  }
  return Uint8Array.from(bytes.slice(0, Math.ceil(samples.length * 1.5)));
}

export function annotationBytes(marks: readonly StoredAnnotation[]): Uint8Array {
  const bytes: number[] = [];
  const word = (code: number, value: number) => bytes.push(value & 0xff, code << 2 | value >> 8 & 3);
  let before = 0, channel = 0, number = 0;
  for (const mark of marks) {
    let step = mark.sample - before;
    if (step < 0 || step > 1023) {
      word(59, 0);
      bytes.push(step >> 16 & 0xff, step >> 24 & 0xff, step & 0xff, step >> 8 & 0xff);
      step = 0;
    }
    word(mark.code, step);
    before = mark.sample;
    if (mark.subtype) word(61, mark.subtype & 0xff);
    if ((mark.channel ?? 0) !== channel) word(62, channel = mark.channel ?? 0);
    if ((mark.number ?? 0) !== number) word(60, (number = mark.number ?? 0) & 0xff);
    if (mark.text) {
      const text = new TextEncoder().encode(mark.text);
      word(63, text.length);
      bytes.push(...text, ...text.length % 2 ? [0] : []);
    }
  }
  return Uint8Array.from([...bytes, 0, 0]);
}

function sum(samples: readonly number[]): number {
  const total = samples.reduce((left, right) => left + right, 0);
  return ((total + 32768) % 65536 + 65536) % 65536 - 32768;
}
