/**
 * Which files hold the samples of a WFDB record, and whether they can be read.
 *
 * @module
 */
import { joinNames } from "../../manifest/show.ts";
import type { WfdbHeader } from "./header.ts";
import { SAMPLE_FORMATS } from "./sample_formats.ts";
import type { WfdbSignal } from "./signal_line.ts";

/** A file with the signals that are interleaved in it, in the header's order. */
export interface SignalFile {
  /** The file's name, beside the header. */
  readonly name: string;
  /** The signals in it; each has its samples of a frame in turn. */
  readonly signals: readonly WfdbSignal[];
}

/**
 * The signal files of a record, in the order of the header; null signals (format 0) have none.
 *
 * Throws RangeError, with `file`, record and signal, for what can't be read: a format that is not in the table, no sample
 * per frame, a file in another folder, and signals of one file that do not agree or do not follow each other.
 *
 * FLAC (508, 516, 524) is refused by name: no maintained decoder gives the whole numbers that checksums are held to.
 */
export function signalFiles(header: WfdbHeader, { file }: { file: string }): SignalFile[] {
  const files: { name: string; signals: WfdbSignal[] }[] = [];
  for (const signal of header.signals) {
    if (isNull(signal)) continue;
    const problem = problemOf(signal);
    const last = files.at(-1);
    if (problem !== undefined) throw refusal(signal, problem);
    if (last?.name === signal.file) {
      const [first] = last.signals;
      for (const key of ["format", "byteOffset"] as const) {
        if (first[key] === signal[key]) continue;
        const what = key === "format" ? "format" : "byte offset";
        throw refusal(signal, {
          must: `its ${what} must be that of the other signals of ${signal.file}, ${first[key]}`,
          got: signal[key],
        });
      }
      last.signals.push(signal);
    } else if (files.some(({ name }) => name === signal.file)) {
      throw refusal(signal, {
        must: `the signals of ${signal.file} must follow each other in the header`,
        got: `one of ${last?.name} between them`,
      });
    } else {
      files.push({ name: signal.file, signals: [signal] });
    }
  }
  return files;

  function refusal({ name }: WfdbSignal, { must, got }: Problem): RangeError {
    return new RangeError(
      `${file}: Cannot read signal ${name} of record ${header.record}: ${must}, got ${got}`,
    );
  }
}

/** Whether a signal has no file: all of its samples are missing. */
export function isNull({ format }: WfdbSignal): boolean {
  return format === 0;
}

const FLAC = [508, 516, 524];

interface Problem {
  readonly must: string;
  readonly got: string | number;
}

function problemOf({ file, format, samplesPerFrame }: WfdbSignal): Problem | undefined {
  if (FLAC.includes(format)) {
    return {
      must: "its samples must not be compressed by FLAC (xform -O 16 of the WFDB software unpacks them)",
      got: `format ${format}`,
    };
  }
  if (!Object.hasOwn(SAMPLE_FORMATS, format)) {
    return { must: `its format must be ${joinNames(Object.keys(SAMPLE_FORMATS))}`, got: format };
  }
  if (samplesPerFrame < 1) return { must: "it must have at least 1 sample per frame", got: samplesPerFrame };
  // A header is data from elsewhere: it must not lead to other files of this machine.
  if (/[/\\]/.test(file) || file === "..") {
    return { must: "its file must lie beside the header", got: JSON.stringify(file) };
  }
  return undefined;
}
