/**
 * The stage `windows`: recordings to normalised windows on disk.
 *
 * Files: `windows.f32` [windows, samples] in the order of `windows.csv`; `recordings.csv`; `annotations.csv` where the dataset
 * has marks; `truth.csv` where it knows the latent state; `facts.json`.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Dataset, Recording } from "../../datasets/dataset.ts";
import { type DatasetSpecification, openDataset } from "../../datasets/table.ts";
import { writeCsv } from "../../formats/csv.ts";
import { windowId, type WindowRow, writeWindowTable } from "../../formats/window_table.ts";
import { prepareSignal } from "../../signal/chain.ts";
import { type Statistics, statistics, zScore } from "../../signal/normalize.ts";
import { quality } from "../../signal/quality.ts";
import type { SignalParameters } from "../../signal/schema.ts";
import { originalRange, windowLength, windows } from "../../signal/window.ts";
import type { Stage } from "../stage.ts";
import { type WindowsFacts, writeJson } from "./folders.ts";

/** What decides the files of this stage. */
export interface WindowsParameters {
  readonly dataset: DatasetSpecification;
  /** Identifies the dataset's content. */
  readonly content: unknown;
  readonly signal: SignalParameters;
}

/** A recording whose lead has been filtered, not yet normalised. */
interface Prepared {
  readonly recording: Recording;
  readonly original: Float64Array;
  readonly signal: Float64Array;
}

/** Cuts recordings into windows, one subject in memory at a time. */
export const stage: Stage<WindowsParameters> = {
  async run({ parameters: { dataset: parameters, signal }, output, dataFolder, progress }) {
    const dataset = await openDataset(parameters, { dataFolder });
    const toHz = signal.resample;
    const length = windowLength({ seconds: signal.window.seconds, sampleRateHz: toHz });
    const stride = windowLength({ seconds: signal.window.stride, sampleRateHz: toHz });
    using file = await Deno.open(join(output, "windows.f32"), { create: true, write: true });
    const table: WindowRow[] = [],
      truth: Record<string, number | string>[] = [],
      recordings: Recording[] = [];
    const discarded = new Map<string, number>();

    async function write({ recording, original, signal: samples }: Prepared, scale: Statistics | null) {
      for (const { start, samples: cut } of windows(samples, { length, stride })) {
        const verdict = verdictOn({ recording, original, start, length, toHz }, cut);
        // Missing samples can't be learned from; a flat line would be blown up to noise by the z-score.
        if (verdict === "non-finite" || verdict === "flat") {
          discarded.set(verdict, (discarded.get(verdict) ?? 0) + 1);
          continue;
        }
        const own = signal.normalize.scope === "window" ? statistics(cut, signal.normalize) : scale;
        const values = Float32Array.from(own === null ? cut : zScore(cut, own));
        const bytes = new Uint8Array(values.buffer);
        for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
        const id = windowId(recording.id, { first: start, length });
        table.push({
          id,
          recording: recording.id,
          subject: recording.subject,
          session: recording.session,
          first: start,
          length,
          hash: createHash("sha256").update(bytes).digest("hex"),
          quality: verdict,
        });
        const state = recording.truth?.(start / toHz, length / toHz);
        if (state !== undefined) truth.push({ window: id, ...state });
      }
    }

    /** The recordings of the subject at hand. */
    let group: Prepared[] = [];
    async function finishSubject() {
      const { scope, trim } = signal.normalize;
      const finite = (prepared: Prepared) => prepared.signal.filter(Number.isFinite);
      const ofSubject = scope === "subject" && group.length > 0
        ? statistics(group.map(finite), { trim })
        : null;
      for (const prepared of group) {
        await write(prepared, scope === "recording" ? statistics(finite(prepared), { trim }) : ofSubject);
      }
      group = [];
    }

    for await (const recording of dataset.recordings()) {
      if (group.length > 0 && group[0].recording.subject !== recording.subject) await finishSubject();
      const original = chooseLead(recording, signal);
      recordings.push({ ...recording, leads: [] });
      group.push({
        recording,
        original,
        signal: prepareSignal(original, {
          sampleRateHz: recording.sampleRateHz,
          resampleHz: toHz,
          highpass: signal.highpass,
        }),
      });
      progress({ done: 0, total: 1, note: recording.id });
    }
    await finishSubject();
    if (table.length === 0) {
      throw new RangeError(
        `Cannot cut windows: at least one recording of ${signal.window.seconds} s is needed, got ${recordings.length} recordings`,
      );
    }
    Deno.writeTextFileSync(join(output, "windows.csv"), writeWindowTable(table));
    writeRecordings(output, recordings, dataset);
    const hasMarks = recordings.some(({ annotations }) => annotations !== undefined);
    if (hasMarks) writeAnnotations(output, recordings);
    if (truth.length > 0) {
      Deno.writeTextFileSync(join(output, "truth.csv"), writeCsv(Object.keys(truth[0]), truth));
    }
    const facts: WindowsFacts = {
      simulated: dataset.simulated,
      licence: dataset.licence,
      citation: dataset.citation,
      notes: dataset.notes,
      ranges: dataset.labels,
      signal,
      sampleRateHz: toHz,
      samples: length,
      hasMarks,
      hasTruth: truth.length > 0,
      discarded: Object.fromEntries(discarded),
    };
    writeJson(output, "facts.json", facts);
  },
};

/** The samples of the lead that the manifest names, or of its first fallback that the recording has. */
function chooseLead(recording: Recording, { lead, leadFallback = [] }: SignalParameters): Float64Array {
  for (const name of [lead, ...leadFallback]) {
    const found = recording.leads.find((candidate) => candidate.name === name);
    if (found !== undefined) return found.samples;
  }
  throw new RangeError(
    `${recording.id}: Cannot take the lead: it must be one of ${
      recording.leads.map(({ name }) => name).join(", ")
    }, got ${[lead, ...leadFallback].join(", ")}`,
  );
}

function verdictOn(
  { recording, original, start, length, toHz }: {
    recording: Recording;
    original: Float64Array;
    start: number;
    length: number;
    toHz: number;
  },
  cut: Float64Array,
): string {
  if (!cut.every(Number.isFinite)) return "non-finite";
  const range = originalRange({ start, length }, { fromHz: recording.sampleRateHz, toHz });
  return quality(original.subarray(range.start, range.end)).verdict;
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
        ...Object.fromEntries(names.map((name) => [`label:${name}`, recording.labels[name]])),
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
      recordings.flatMap(({ id, sampleRateHz, annotations = [] }) =>
        annotations.map(({ sample, symbol, text }) => ({
          recording: id,
          seconds: sample / sampleRateHz,
          symbol,
          text,
        }))
      ),
    ),
  );
}
