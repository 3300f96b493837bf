/**
 * The sources of an evaluation, opened and counted.
 *
 * @module
 */
import type { DatasetContext } from "../../datasets/dataset.ts";
import type { DatasetSpecification } from "../../datasets/table.ts";
import type { EvaluatedModel } from "./model.ts";
import { openRecordings, type RecordingSource } from "./recordings.ts";
import { emptyTally, type SourceTally } from "./tally.ts";
import { type RecordingNotes, takeNotes } from "./target_labels.ts";
import { windowFile } from "./window_files.ts";
import type { Source } from "./windows.ts";

/** A source with what is kept of it. */
export interface OpenedSource {
  readonly source: Source;
  readonly tally: SourceTally;
  /** What a target needs; null for a file of windows. */
  readonly recordings: { readonly source: RecordingSource; readonly notes: RecordingNotes } | null;
}

/** What is opened. */
export interface SourceRequest {
  /** Recordings. */
  readonly datasets: readonly DatasetSpecification[];
  /** Paths of files of windows. */
  readonly files: readonly string[];
}

/** Opens datasets and files, in this order. Throws where they do, and for a file when the model needs to know people. */
export async function openSources(
  { datasets, files }: SourceRequest,
  { model, context, keepNotes }: { model: EvaluatedModel; context: DatasetContext; keepNotes: boolean },
): Promise<OpenedSource[]> {
  if (files.length > 0 && model.features?.centre === "subject") {
    throw new RangeError(
      `${
        files[0]
      }: Cannot evaluate ${model.arm} on windows alone: it takes features less the mean of each person, ` +
        "so it must be given recordings, got a file of windows",
    );
  }
  const opened: OpenedSource[] = [];
  for (const specification of datasets) {
    const tally = emptyTally(), notes = takeNotes();
    const source = await openRecordings(specification, {
      model,
      context,
      note(recording) {
        tally.read.add(recording.id);
        if (keepNotes) notes.note(recording);
      },
    });
    opened.push({ source, tally, recordings: { source, notes } });
  }
  for (const path of files) {
    opened.push({ source: windowFile(path, model), tally: emptyTally(), recordings: null });
  }
  return opened;
}
