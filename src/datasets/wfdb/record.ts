/**
 * One record of a WFDB database: its header, its files, its recording.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { readAnnotations } from "../../formats/wfdb/annotations.ts";
import { readHeader, type WfdbHeader } from "../../formats/wfdb/header.ts";
import { signalFiles } from "../../formats/wfdb/signal_files.ts";
import { readSignals } from "../../formats/wfdb/signals.ts";
import type { Recording } from "../dataset.ts";
import { isThere } from "../files.ts";
import { readLabels, type WfdbLabels } from "./labels.ts";
import type { SelectedRecord } from "./selection.ts";

/** A record whose header has been read and whose files are there. */
export interface OpenedRecord extends SelectedRecord {
  /** What its header says. */
  readonly content: WfdbHeader;
  /** What the comments of its header say. */
  readonly labels: WfdbLabels;
  /** The names of the files with its samples, which lie beside the header. */
  readonly signalFiles: readonly string[];
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
  const content = readHeader(new TextDecoder().decode(await Deno.readFile(file)), { file });
  const names = signalFiles(content, { file }).map((signalFile) => signalFile.name);
  if (names.length === 0) {
    throw new RangeError(`${file}: Cannot read record ${name}: it must have at least one signal, got none`);
  }
  for (const signalFile of names) await mustLieBeside(record, signalFile);
  const annotations = `${name}.${extension ?? DEFAULT_ANNOTATIONS}`;
  if (extension !== undefined) await mustLieBeside(record, annotations);
  const path = join(dirname(file), annotations);
  return {
    ...record,
    content,
    labels: readLabels(content.comments),
    signalFiles: names,
    annotations: await isThere(path, "isFile") ? path : null,
  };
}

/** The paths of all files of a record. */
export function filesOf({ header, signalFiles, annotations }: OpenedRecord): string[] {
  const beside = signalFiles.map((name) => join(dirname(header), name));
  return [header, ...beside, ...annotations === null ? [] : [annotations]];
}

/**
 * Reads a record's samples and annotations.
 *
 * Throws RangeError, with file and record, where the formats do: a wrong checksum, a file that is too short.
 */
export async function readRecording(
  record: OpenedRecord,
  { id, labels }: { id: string; labels: readonly string[] },
): Promise<Recording> {
  const { content, header: file, annotations } = record;
  const files = new Map<string, Uint8Array>();
  for (const name of record.signalFiles) files.set(name, await Deno.readFile(join(dirname(file), name)));
  const samples = readSignals(content, { file, files }), { sampleRateHz } = content;
  const known: Readonly<Record<string, number | string | null>> = { ...record.labels };
  return {
    id,
    file,
    subject: record.subject,
    session: "1",
    stimulus: "none",
    sampleRateHz,
    leads: content.signals.map(({ name, unit }, index) => ({ name, unit, samples: samples[index] })),
    labels: Object.fromEntries(labels.map((name) => [name, known[name]])),
    ...annotations === null ? {} : {
      annotations: readAnnotations(await Deno.readFile(annotations), { file: annotations, sampleRateHz })
        .toSorted((left, right) => left.sample - right.sample),
    },
  };
}

async function mustLieBeside({ name, header }: SelectedRecord, file: string): Promise<void> {
  if (await isThere(join(dirname(header), file), "isFile")) return;
  throw new RangeError(
    `${header}: Cannot read record ${name}: its file ${file} must lie beside it, got none`,
  );
}
