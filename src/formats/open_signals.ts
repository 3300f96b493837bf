/**
 * OpenSignals text, in which PLUX's programs write what their devices recorded: a header of comments, then rows of numbers.
 *
 * Source: the "OpenSignals Text File Format" of PLUX, and the header of WESAD's files as its public readers show it. Not verified on
 * an original file.
 *
 * @module
 */
import { z } from "zod";
import { type ByteSource, latin1 } from "./bytes.ts";
import { type NumberColumn, type NumberTable, readNumbers } from "./number_table.ts";

/** What the header says of the device. */
export interface OpenSignalsHeader {
  readonly sampleRateHz: number;
  /** What each channel measures, as in `ECG`. */
  readonly sensors: readonly string[];
  /** Bits of a sample of each channel: its values are 0 to 2^bits - 1. */
  readonly resolutionBits: readonly number[];
  /** The names of all columns. */
  readonly columns: readonly string[];
  readonly table: NumberTable;
}

const HEADER_END = "# EndOfHeader";
const LONGEST_HEADER = 65_536;

const device = z.object({
  "sampling rate": z.number().positive(),
  sensor: z.array(z.string()).min(1),
  resolution: z.array(z.int().min(1).max(32)).optional(),
  column: z.array(z.string()).min(1),
});

/** Bits of a sample where the header doesn't say. */
const DEFAULT_BITS = 16;

/**
 * Reads the header of a recording of one device.
 *
 * Throws SyntaxError, with the file, for what is no such text; TypeError when there are several devices, or channels without a column.
 */
export function readOpenSignalsHeader(source: ByteSource): OpenSignalsHeader {
  const { file } = source;
  const text = latin1(source.read(0, Math.min(LONGEST_HEADER, source.size)));
  const lines = text.split("\n"), last = lines.findIndex((line) => line.trim() === HEADER_END);
  const refuse = (must: string, got: string, kind: ErrorConstructor = SyntaxError) =>
    new kind(`${file}: Cannot read the header: ${must}, got ${got}`);
  if (last < 0 || last === lines.length - 1) {
    throw refuse(`a line must be "${HEADER_END}"`, JSON.stringify(lines[0].slice(0, 40)));
  }
  const json = lines.slice(0, last).find((line) => /^#\s*\{/.test(line));
  if (json === undefined) throw refuse("a line must describe the device", "none");
  const devices = z.record(z.string(), device).safeParse(parsed(json.replace(/^#/, ""), refuse));
  if (!devices.success) {
    const [{ path, message }] = devices.error.issues;
    throw refuse("it must give sampling rate, sensors and columns", `${path.join(".")}: ${message}`);
  }
  const found = Object.values(devices.data);
  if (found.length !== 1) throw refuse("there must be one device", `${found.length}`, TypeError);
  const [{ "sampling rate": sampleRateHz, sensor: sensors, resolution, column: columns }] = found;
  const resolutionBits = resolution ?? sensors.map(() => DEFAULT_BITS);
  if (columns.length < sensors.length || resolutionBits.length !== sensors.length) {
    const got = `${sensors.length} sensors, ${resolutionBits.length} resolutions, ${columns.length} columns`;
    throw refuse("every sensor must have a resolution and a column", got, TypeError);
  }
  const offset = lines.slice(0, last + 1).reduce((sum, line) => sum + line.length + 1, 0);
  const table = { separator: "\t", cells: columns.length, offset, line: last + 2 } as const;
  return { sampleRateHz, sensors, resolutionBits, columns, table };
}

/**
 * The samples of the first channel with this sensor, as the device counted them, 0 to 2^bits - 1.
 *
 * The channels are the last columns, after the sequence number and the digital input. Throws RangeError, with the file, when no channel
 * has the sensor, and for a count out of range; SyntaxError, with file and line, for what is no number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { bytesInMemory } from "./bytes.ts";
 * const header = { "00:07:80": {
 *   "sampling rate": 700, sensor: ["ECG", "EDA"], resolution: [16, 16], column: ["nSeq", "DI", "CH1", "CH2"],
 * } };
 * const text = `# OpenSignals Text File Format\n# ${JSON.stringify(header)}\n# EndOfHeader\n0\t0\t32768\t5\t\n1\t0\t40000\t6\t\n`;
 * const source = bytesInMemory(new TextEncoder().encode(text), { file: "a.txt" });
 * const { sampleRateHz, bits, counts } = readOpenSignals(source, { sensor: "ECG" });
 * assert.deepEqual([sampleRateHz, bits, [...counts]], [700, 16, [32768, 40000]]);
 * ```
 */
export function readOpenSignals(
  source: ByteSource,
  { sensor }: { readonly sensor: string },
): { readonly sampleRateHz: number; readonly bits: number; readonly counts: Float64Array } {
  const { sampleRateHz, sensors, resolutionBits, columns, table } = readOpenSignalsHeader(source);
  const channel = sensors.indexOf(sensor), { file } = source;
  if (channel < 0) {
    throw new RangeError(
      `${file}: Cannot read a channel: its sensor must be one of ${sensors.join(", ")}, got ${sensor}`,
    );
  }
  const position = columns.length - sensors.length + channel, bits = resolutionBits[channel];
  const column: NumberColumn = { name: columns[position], position };
  const [counts] = readNumbers(source, { table, columns: [column] });
  const beyond = counts.findIndex((count) => !(count >= 0 && count < 2 ** bits));
  if (beyond < 0) return { sampleRateHz, bits, counts };
  throw new RangeError(
    `${file}: Cannot read sample ${beyond}: ${column.name} must be from 0 to ${2 ** bits - 1}, got ${
      counts[beyond]
    }`,
  );
}

function parsed(json: string, refuse: (must: string, got: string) => Error): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw refuse(
      "a line must describe the device as JSON",
      error instanceof Error ? error.message : "other text",
    );
  }
}
