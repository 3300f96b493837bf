/**
 * One record of a WFDB database: its header, its files, its recording.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { readAnnotations } from "../../formats/wfdb/annotations.ts";
import { readHeader, type WfdbHeader } from "../../formats/wfdb/header.ts";
import { mostSamplesPerFrame, readSegments, signalsOfSegments } from "../../formats/wfdb/segments.ts";
import { signalFiles } from "../../formats/wfdb/signal_files.ts";
import type { WfdbSignal } from "../../formats/wfdb/signal_line.ts";
import { readSignals } from "../../formats/wfdb/signals.ts";
import type { Recording } from "../dataset.ts";
import { hasFile, isThere } from "../files.ts";
import { readLabels, type WfdbLabels } from "./labels.ts";
import type { SelectedRecord } from "./selection.ts";

/** A record whose header has been read and whose files are there. */
export interface OpenedRecord extends SelectedRecord {
  /** What its header says. */
  readonly content: WfdbHeader;
  /** Its signals; those of its layout or of its first segment where it is in segments. */
  readonly signals: readonly WfdbSignal[];
  /** The headers of its segments by name; none for a record in one piece. */
  readonly segments: ReadonlyMap<string, WfdbHeader>;
  /** What the comments of its header say. */
  readonly labels: WfdbLabels;
  /** The names of its segments' headers and of the files with its samples, which lie beside the header. */
  readonly filesBeside: readonly string[];
  /** The path of its annotations; null where it has none. */
  readonly annotations: string | null;
}

const DEFAULT_ANNOTATIONS = "atr";

/**
 * Reads a record's header and looks for its files.
 *
 * Throws RangeError, with file and record, when one is missing, when there is no signal, or when signals can't be read;
 * SyntaxError for a broken header.
 */
export async function openRecord(
  record: SelectedRecord,
  { annotations: extension }: { annotations?: string },
): Promise<OpenedRecord> {
  const { name, header: file } = record;
  if (!await isThere(file, "isFile")) {
    throw new RangeError(
      `${file}: Cannot read record ${name}: its header must exist because RECORDS lists it, got none; ` +
        `"records" can name those to use`,
    );
  }
  const content = await headerAt(file), segments = await headersOfSegments(record, content);
  const signals = content.segments === undefined
    ? content.signals
    : signalsOfSegments(content, { file, headers: segments });
  if (signals.length === 0) {
    throw new RangeError(`${file}: Cannot read record ${name}: it must have at least one signal, got none`);
  }
  const names = [
    ...[...segments.keys()].map(headerName),
    ...new Set(
      [...segments.size === 0 ? [content] : segments.values()]
        .flatMap((header) => signalFiles(header, { file })).map((signalFile) => signalFile.name),
    ),
  ];
  for (const beside of names) await mustLieBeside(record, beside);
  const annotations = `${name}.${extension ?? DEFAULT_ANNOTATIONS}`;
  if (extension !== undefined) await mustLieBeside(record, annotations);
  const path = join(dirname(file), annotations);
  return {
    ...record,
    content,
    signals,
    segments,
    labels: readLabels(content.comments),
    filesBeside: names,
    annotations: await hasFile(path, { what: `the annotations of record ${name}` }) ? path : null,
  };
}

/** The paths of all files of a record. */
export function filesOf({ header, filesBeside, annotations }: OpenedRecord): string[] {
  const beside = filesBeside.map((name) => join(dirname(header), name));
  return [header, ...beside, ...annotations === null ? [] : [annotations]];
}

/**
 * Reads a record's samples and annotations, at the rate of its fastest signal; slower ones repeat samples.
 *
 * Throws RangeError, with file and record, where the formats do: a wrong checksum, a file that is too short.
 */
export async function readRecording(
  record: OpenedRecord,
  { id, labels }: { id: string; labels: Readonly<Record<string, number | string | null>> },
): Promise<Recording> {
  const { content, header: file, segments, annotations } = record;
  const samplesPerFrame = mostSamplesPerFrame(segments.size === 0 ? [content] : segments.values());
  const samples = content.segments === undefined
    ? await readPiece(content, { file, samplesPerFrame })
    : await readSegments(content, {
      file,
      headers: segments,
      read: (segment, options) => {
        const header = segments.get(segment);
        return header === undefined ? [] : readPiece(header, { file, ...options });
      },
    });
  return {
    id,
    file,
    subject: record.subject,
    session: "1",
    stimulus: "none",
    sampleRateHz: content.sampleRateHz * samplesPerFrame,
    leads: record.signals.map(({ name, unit }, index) => ({ name, unit, samples: samples[index] })),
    labels,
    ...annotations === null ? {} : {
      annotations: readAnnotations(await Deno.readFile(annotations), {
        file: annotations,
        sampleRateHz: content.sampleRateHz,
      })
        // Annotations count frames.
        .map((mark) => ({ ...mark, sample: mark.sample * samplesPerFrame }))
        .toSorted((left, right) => left.sample - right.sample),
    },
  };
}

/** Reads the samples of a record in one piece, or of a segment, whose files lie beside `file`. */
async function readPiece(
  header: WfdbHeader,
  { file, samplesPerFrame }: { file: string; samplesPerFrame: number },
): Promise<Float64Array[]> {
  const files = new Map<string, Uint8Array>();
  for (const { name } of signalFiles(header, { file })) {
    files.set(name, await Deno.readFile(join(dirname(file), name)));
  }
  return readSignals(header, { file, files, samplesPerFrame });
}

async function headerAt(file: string): Promise<WfdbHeader> {
  return readHeader(new TextDecoder().decode(await Deno.readFile(file)), { file });
}

async function headersOfSegments(
  record: SelectedRecord,
  { segments = [] }: WfdbHeader,
): Promise<Map<string, WfdbHeader>> {
  const headers = new Map<string, WfdbHeader>();
  for (const { record: segment } of segments) {
    if (segment === null || headers.has(segment)) continue;
    await mustLieBeside(record, headerName(segment));
    headers.set(segment, await headerAt(join(dirname(record.header), headerName(segment))));
  }
  return headers;
}

function headerName(record: string): string {
  return `${record}.hea`;
}

async function mustLieBeside({ name, header }: SelectedRecord, file: string): Promise<void> {
  if (await isThere(join(dirname(header), file), "isFile")) return;
  throw new RangeError(
    `${header}: Cannot read record ${name}: its file ${file} must lie beside it, got none`,
  );
}
