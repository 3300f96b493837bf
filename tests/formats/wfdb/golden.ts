/** The records that `make_wfdb.py` wrote, and the values that they hold. */
import { readHeader, type WfdbHeader } from "../../../src/formats/wfdb/header.ts";

const FOLDER = new URL("../../golden/formats/wfdb/", import.meta.url);

/** Every record's signals in physical units, null where a sample is missing. */
export const EXPECTED: Readonly<Record<string, readonly (readonly (number | null)[])[]>> = JSON.parse(
  Deno.readTextFileSync(new URL("expected.json", FOLDER)),
);

export function goldenBytes(name: string): Uint8Array {
  return Deno.readFileSync(new URL(name, FOLDER));
}

export function goldenHeader(record: string): WfdbHeader {
  const file = `${record}.hea`;
  return readHeader(new TextDecoder().decode(goldenBytes(file)), { file });
}

/** The contents of the signal file of a record. */
export function goldenFiles(record: string): Map<string, Uint8Array> {
  return new Map([[`${record}.dat`, goldenBytes(`${record}.dat`)]]);
}

/** Signals as JSON has them. */
export function plain(signals: readonly Float64Array[]): (number | null)[][] {
  return signals.map((samples) => Array.from(samples, (value) => Number.isNaN(value) ? null : value));
}
