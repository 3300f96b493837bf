/**
 * The stage `windows`: recordings to normalised windows on disk.
 *
 * Files: `windows.f32` [windows, samples] in the order of `windows.csv`; `recordings.csv`; `annotations.csv` where the dataset
 * has marks; `ratings.csv` where it has labels that change over a recording; `truth.csv` where it knows the latent state;
 * `facts.json`.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Dataset, Recording } from "../../datasets/dataset.ts";
import { type DatasetSpecification, openDataset } from "../../datasets/table.ts";
import { timedAnnotations } from "../../datasets/timed_annotations.ts";
import { ratingsWithin } from "../../datasets/tracks.ts";
import { writeCsv } from "../../formats/csv.ts";
import { byCodePoint, windowId, type WindowRow, writeWindowTable } from "../../formats/window_table.ts";
import { firstNames } from "../../manifest/show.ts";
import type { SignalParameters } from "../../signal/schema.ts";
import { windowLength } from "../../signal/window.ts";
import type { Stage } from "../stage.ts";
import { cutWindows } from "./cut_windows.ts";
import { type WindowsFacts, writeJson } from "./folders.ts";

/** What decides the files of this stage. */
export interface WindowsParameters {
  readonly dataset: DatasetSpecification;
  /** Identifies the dataset's content. */
  readonly content: unknown;
  readonly signal: SignalParameters;
}

/** Cuts recordings into windows, one subject in memory at a time. */
export const stage: Stage<WindowsParameters> = {
  async run({ parameters: { dataset: parameters, signal }, output, dataFolder, progress }) {
    const dataset = await openDataset(parameters, { dataFolder });
    const toHz = signal.resample;
    using file = await Deno.open(join(output, "windows.f32"), { create: true, write: true });
    const table: WindowRow[] = [],
      truth: Record<string, number | string>[] = [],
      ratings: Record<string, number | string>[] = [],
      recordings: Recording[] = [];
    const discarded: DiscardedWindow[] = [];

    async function* noted() {
      for await (const recording of dataset.recordings()) {
        recordings.push({ ...recording, leads: [] });
        progress({ done: 0, total: 1, note: recording.id });
        yield recording;
      }
    }
    for await (
      const { recording, first, length, verdict, samples, unscaled } of cutWindows(noted(), signal)
    ) {
      if (samples === null) {
        discarded.push({ reason: verdict, subject: recording.subject });
        continue;
      }
      const id = windowId(recording.id, { first, length });
      const bytes = new Uint8Array(samples.buffer);
      for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
      table.push({
        id,
        recording: recording.id,
        subject: recording.subject,
        session: recording.session,
        first,
        length,
        hash: hashOf(unscaled),
        quality: verdict,
      });
      const span = { from: first / toHz, to: (first + length) / toHz };
      for (const [label, rating] of ratingsWithin(recording.tracks ?? {}, span)) {
        ratings.push({ window: id, label, ...rating });
      }
      const state = recording.truth?.(first / toHz, length / toHz);
      if (state !== undefined) truth.push({ window: id, ...state });
    }
    if (table.length === 0) {
      throw new RangeError(
        `Cannot cut windows: there must be one of ${signal.window.seconds} s that can be used, got ` +
          whatCame(recordings.length, discarded),
      );
    }
    Deno.writeTextFileSync(join(output, "windows.csv"), writeWindowTable(table));
    writeRecordings(output, recordings, dataset);
    const hasMarks = recordings.some(({ annotations }) => annotations !== undefined);
    if (hasMarks) writeAnnotations(output, recordings);
    const changing = new Set(recordings.flatMap(({ tracks = {} }) => Object.keys(tracks)));
    if (changing.size > 0) {
      const columns = ["window", "label", "mean", "lowest", "highest"];
      Deno.writeTextFileSync(join(output, "ratings.csv"), writeCsv(columns, ratings));
    }
    if (truth.length > 0) {
      Deno.writeTextFileSync(join(output, "truth.csv"), writeCsv(Object.keys(truth[0]), truth));
    }
    const facts: WindowsFacts = {
      simulated: dataset.simulated,
      licence: dataset.licence,
      citation: dataset.citation,
      notes: [...dataset.notes, ...withoutWindows(recordings, { table, seconds: signal.window.seconds })],
      ranges: dataset.labels,
      signal,
      sampleRateHz: toHz,
      samples: windowLength({ seconds: signal.window.seconds, sampleRateHz: toHz }),
      hasMarks,
      changing: [...changing].sort(byCodePoint),
      hasTruth: truth.length > 0,
      discarded: countDiscarded(discarded),
    };
    writeJson(output, "facts.json", facts);
  },
};

/** Of the samples before they are scaled by their person's: a copy that is put down to somebody else has the same. */
function hashOf(unscaled: Float64Array): string {
  return createHash("sha256").update(new Uint8Array(new Float32Array(unscaled).buffer)).digest("hex");
}

/** Recordings that a note names. */
const MOST_NAMED = 10;

/** A window that was left out. */
type DiscardedWindow = Pick<WindowsFacts["discarded"][number], "reason" | "subject">;

function countDiscarded(windows: readonly DiscardedWindow[]): WindowsFacts["discarded"] {
  const groups = Map.groupBy(windows, ({ reason, subject }) => JSON.stringify([reason, subject]));
  return [...groups.keys()].sort(byCodePoint).map((key) => {
    const [reason, subject]: string[] = JSON.parse(key);
    return { reason, subject, windows: groups.get(key)?.length ?? 0 };
  });
}

/** Why there is no window: recordings are too short, or every one was left out. */
function whatCame(recordings: number, discarded: readonly DiscardedWindow[]): string {
  const reasons = [...Map.groupBy(discarded, ({ reason }) => reason)].map(([reason, own]) =>
    `${reason} ${own.length}`
  );
  return `recordings: ${recordings}, ${
    reasons.length === 0 ? "all too short" : `windows left out: ${reasons.join(", ")}`
  }`;
}

/** What a reader must know of recordings that gave nothing. */
function withoutWindows(
  recordings: readonly Recording[],
  { table, seconds }: { table: readonly WindowRow[]; seconds: number },
): string[] {
  const used = new Set(table.map(({ recording }) => recording));
  const unused = recordings.map(({ id }) => id).filter((id) => !used.has(id));
  if (unused.length === 0) return [];
  return [
    `Recordings without a window of ${seconds} s that can be used, being too short, flat or full of gaps: ${
      firstNames(unused, { most: MOST_NAMED })
    }.`,
  ];
}

function writeRecordings(output: string, recordings: readonly Recording[], { labels }: Dataset): void {
  const names = Object.keys(labels);
  Deno.writeTextFileSync(
    join(output, "recordings.csv"),
    writeCsv(
      ["id", "subject", "session", "stimulus", ...names.map((name) => `label:${name}`)],
      recordings.map((recording) => ({
        id: recording.id,
        subject: recording.subject,
        session: recording.session,
        stimulus: recording.stimulus,
        ...Object.fromEntries(names.map((name) => [`label:${name}`, recording.labels[name] ?? null])),
      })),
    ),
  );
}

/** Marks by the time in their recording, in whose rate nothing else of the windows counts. */
function writeAnnotations(output: string, recordings: readonly Recording[]): void {
  Deno.writeTextFileSync(
    join(output, "annotations.csv"),
    writeCsv(
      ["recording", "seconds", "symbol", "text"],
      recordings.flatMap((recording) =>
        timedAnnotations(recording).map((mark) => ({ recording: recording.id, ...mark }))
      ),
    ),
  );
}
