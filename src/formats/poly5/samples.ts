/**
 * The samples of a TMSi Poly5 file, some channels and some stretch at a time.
 *
 * @module
 */
import type { ByteSource } from "../bytes.ts";
import { BLOCK_HEADER_BYTES, type Poly5Header } from "./header.ts";

/** Which samples are read. */
export interface Poly5Selection {
  /** Positions of channels in the header, from 0. */
  readonly channels: readonly number[];
  /** The first sample; default 0. */
  readonly from?: number;
  /** The sample after the last; default all. */
  readonly to?: number;
}

/**
 * Reads channels, calibrated to their units, `[channels][to - from]`; one block is in memory at a time.
 *
 *     value = (stored - adcLow) / (adcHigh - adcLow) (unitHigh - unitLow) + unitLow
 *
 * Samples are float32, the channel running fastest within a block; blocks follow each other from sample 0 on, whatever their own
 * numbers say, and what the last holds beyond the header's sample periods is no signal.
 *
 * Throws RangeError for a channel that isn't there, for a stretch outside the recording, and where the file ends too soon.
 */
export function readPoly5Samples(
  source: ByteSource,
  header: Poly5Header,
  { channels, from = 0, to = header.samples }: Poly5Selection,
): Float64Array[] {
  const { blocks } = header, width = header.channels.length;
  for (const channel of channels) {
    if (Number.isInteger(channel) && channel >= 0 && channel < width) continue;
    throw new RangeError(
      `${source.file}: Cannot read a channel: its position must be from 0 to ${width - 1}, got ${channel}`,
    );
  }
  if (![from, to].every(Number.isInteger) || from < 0 || from > to || to > header.samples) {
    throw new RangeError(
      `${source.file}: Cannot read samples: they must lie within 0 to ${header.samples}, got ${from} to ${to}`,
    );
  }
  const read = channels.map(() => new Float64Array(to - from));
  for (let block = Math.floor(from / blocks.samples); block * blocks.samples < to; block++) {
    const start = block * blocks.samples, first = Math.max(from, start);
    const end = Math.min(to, start + blocks.samples);
    const offset = blocks.offset + block * blocks.bytes + BLOCK_HEADER_BYTES + 4 * width * (first - start);
    const bytes = source.read(offset, 4 * width * (end - first));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    channels.forEach((channel, index) => {
      const { adcLow, adcHigh, unitLow, unitHigh } = header.channels[channel], values = read[index];
      for (let sample = first; sample < end; sample++) {
        const stored = view.getFloat32(4 * (width * (sample - first) + channel), true);
        values[sample - from] = (stored - adcLow) / (adcHigh - adcLow) * (unitHigh - unitLow) + unitLow;
      }
    });
  }
  return read;
}
