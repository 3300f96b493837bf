/** Writes TMSi Poly5 files, so that tests need no recording of a real person. */

/** A channel as it is stored; its description is that of the `(Hi)` signal. */
export interface StoredChannel {
  readonly name: string;
  readonly unit?: string;
  /** Stored values, before calibration. */
  readonly samples: readonly number[] | Float64Array;
  /** The ADC values and the units that they stand for; default 0 to 1 for 0 to 1. */
  readonly calibration?: { adc: readonly [number, number]; unit: readonly [number, number] };
  /** The name of the second signal of the pair, where it is not `(Hi) <name>`. */
  readonly second?: string;
}

export interface StoredPoly5 {
  readonly channels: readonly StoredChannel[];
  readonly version?: 203 | 204;
  readonly sampleRateHz?: number;
  readonly samplesPerBlock?: number;
  /** Year, month, day, hour, minute, second. */
  readonly start?: readonly [number, number, number, number, number, number];
  /** What the header says of the samples of a channel; default as many as there are. */
  readonly periods?: number;
  /** Whether the last block is as long as the others; default true. */
  readonly isLastBlockWhole?: boolean;
}

/** What the first signal of a pair is calibrated by: whoever takes it reads nonsense. */
const WRONG = { adc: [0, 1], unit: [1000, 3000] } as const;

/** The bytes of a file. */
export function poly5Bytes(stored: StoredPoly5): Uint8Array {
  const { channels, version = 203, sampleRateHz = 2048, samplesPerBlock = 8 } = stored;
  const { start = [2012, 9, 18, 13, 16, 0], isLastBlockWhole = true } = stored;
  const length = channels[0].samples.length, periods = stored.periods ?? length;
  const blocks = Math.ceil(length / samplesPerBlock), blockBytes = 4 * samplesPerBlock * channels.length;
  const [year, month, day, hour, minute, second] = start;
  const dosTime = joined([year, month, day, 2, hour, minute, second].map(int16));
  const header = [
    text(`POLY SAMPLE FILEversion 2.0${version - 200}\r\n\x1a`.padEnd(version === 203 ? 31 : 32, "\0")),
    int16(version),
    pascal("SWELL", 81),
    int16(sampleRateHz),
    int16(sampleRateHz),
    Uint8Array.of(0),
    int16(2 * channels.length),
    int32(periods),
    new Uint8Array(4),
    dosTime,
    int32(blocks),
    int16(samplesPerBlock),
    int16(blockBytes),
    int16(0),
    new Uint8Array(64),
  ];
  const descriptions = channels.flatMap((channel, index) => {
    const { name, unit = "uV", calibration = { adc: [0, 1], unit: [0, 1] }, second = `(Hi) ${name}` } =
      channel;
    const description = (title: string, { adc, unit: range }: typeof calibration) => [
      pascal(title, 41),
      new Uint8Array(4),
      pascal(unit, 11),
      ...[...range, ...adc].map(float32),
      int16(index),
      int16(0),
      new Uint8Array(60),
    ];
    return [...description(`(Lo) ${name}`, WRONG), ...description(second, calibration)];
  });
  const data = Array.from({ length: blocks }, (_, block) => {
    const first = block * samplesPerBlock, isLast = block === blocks - 1;
    const end = isLast && !isLastBlockWhole ? length : first + samplesPerBlock;
    const bytes = numbered(4 * (end - first) * channels.length, (view) => {
      for (const [channel, { samples }] of channels.entries()) {
        for (let sample = first; sample < end; sample++) {
          const at = 4 * ((sample - first) * channels.length + channel);
          // What fills the last block is no sample, and would be seen as one.
          view.setFloat32(at, sample < length ? samples[sample] : 1e6, true);
        }
      }
    });
    return [int32(first), new Uint8Array(4), dosTime, new Uint8Array(64), bytes];
  });
  return joined([...header, ...descriptions, ...data.flat()]);
}

function numbered(size: number, write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(size);
  write(new DataView(bytes.buffer));
  return bytes;
}

const int16 = (value: number) => numbered(2, (view) => view.setInt16(0, value, true));
const int32 = (value: number) => numbered(4, (view) => view.setInt32(0, value, true));
const float32 = (value: number) => numbered(4, (view) => view.setFloat32(0, value, true));
const text = (value: string) => Uint8Array.from(value, (character) => character.charCodeAt(0));

function pascal(value: string, size: number): Uint8Array {
  const field = new Uint8Array(size);
  field[0] = value.length;
  field.set(text(value), 1);
  return field;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
