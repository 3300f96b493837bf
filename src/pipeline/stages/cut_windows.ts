/**
 * From recordings to normalised windows: what the stage `windows` writes, and what a model is evaluated on.
 *
 * @module
 */
import type { Lead, Recording } from "../../datasets/dataset.ts";
import { didYouMean } from "../../manifest/choice.ts";
import { type PrepareOptions, prepareSignal } from "../../signal/chain.ts";
import { type Statistics, statistics, zScore } from "../../signal/normalize.ts";
import type { SignalParameters } from "../../signal/schema.ts";
import { originalRange, windowLength, windows } from "../../signal/window.ts";
import { isLeftOut, judgeOf, type WindowVerdict } from "./judge.ts";

/** One window of a recording. */
export interface CutWindow {
  readonly recording: Recording;
  /** Position of the first sample in its recording, at the resampled rate. */
  readonly first: number;
  /** Samples in the window. */
  readonly length: number;
  readonly verdict: WindowVerdict;
  /**
   * Normalised over the manifest's scope, and as they are where that is the training fold; null where the window is left out:
   * samples are missing or flat, or it breaks a rule of the manifest.
   */
  readonly samples: Float32Array | null;
  /** As they were filtered and before anything was scaled: what a copy has in common, whoever it is put down to. */
  readonly unscaled: Float64Array;
}

/** A recording whose lead has been filtered, not yet normalised. */
interface Prepared {
  readonly recording: Recording;
  readonly original: Float64Array;
  readonly signal: Float64Array;
}

/** How a signal at the resampled rate is cut, in samples. */
interface Cut {
  readonly length: number;
  readonly stride: number;
}

/**
 * Cuts recordings into windows, one subject in memory at a time; the recordings of a subject must follow each other.
 *
 * Throws RangeError for a recording without the lead, and where the signal chain does.
 */
export async function* cutWindows(
  recordings: AsyncIterable<Recording> | Iterable<Recording>,
  signal: SignalParameters,
): AsyncGenerator<CutWindow, void, undefined> {
  const { resample: sampleRateHz, window: { seconds, stride } } = signal;
  const cut: Cut = {
    length: windowLength({ seconds, sampleRateHz }),
    stride: windowLength({ seconds: stride, sampleRateHz }),
  };
  /** The recordings of the subject at hand. */
  let group: Prepared[] = [];
  for await (const recording of recordings) {
    if (group.length > 0 && group[0].recording.subject !== recording.subject) {
      yield* windowsOfSubject(group, { signal, cut });
      group = [];
    }
    group.push(prepare(recording, signal));
  }
  yield* windowsOfSubject(group, { signal, cut });
}

/** Samples less the mean of a training fold, by its deviation, as {@link cutWindows} leaves them to be for that scope. */
export function standardize(samples: Float32Array, { mean, deviation }: Statistics): Float32Array {
  return samples.map((value) => deviation === 0 ? 0 : (value - mean) / deviation);
}

function prepare(recording: Recording, signal: SignalParameters): Prepared {
  const { samples: original } = chooseLead(recording, signal), { sampleRateHz } = recording;
  const { resample: resampleHz, highpass, bandpass, notch } = signal;
  const options = { sampleRateHz, resampleHz, highpass, bandpass, notch };
  return { recording, original, signal: prepareRecording(recording, { original, options }) };
}

/** Throws what {@link prepareSignal} does, with the file. */
function prepareRecording(
  { id, file = id }: Recording,
  { original, options }: { original: Float64Array; options: PrepareOptions },
): Float64Array {
  try {
    return prepareSignal(original, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`${file}: ${error.message}`, { cause: error });
  }
}

function* windowsOfSubject(
  group: readonly Prepared[],
  { signal, cut }: { signal: SignalParameters; cut: Cut },
): Generator<CutWindow, void, undefined> {
  const { scope, trim } = signal.normalize;
  const finite = (prepared: Prepared) => prepared.signal.filter(Number.isFinite);
  const ofSubject = scope === "subject" && group.length > 0 ? statistics(group.map(finite), { trim }) : null;
  for (const prepared of group) {
    const scale = scope === "recording" ? statistics(finite(prepared), { trim }) : ofSubject;
    yield* windowsOfRecording(prepared, { signal, cut, scale });
  }
}

function* windowsOfRecording(
  prepared: Prepared,
  { signal: { resample, normalize, quality: { discard } }, cut, scale }: {
    signal: SignalParameters;
    cut: Cut;
    scale: Statistics | null;
  },
): Generator<CutWindow, void, undefined> {
  const { recording, original } = prepared, judge = judgeOf(recording, { original, discard });
  for (const { start: first, samples } of windows(prepared.signal, cut)) {
    const stretch = originalRange({ start: first, length: cut.length }, {
      fromHz: recording.sampleRateHz,
      toHz: resample,
    });
    // Filters spread what is missing: a window can lack samples that its own stretch of the recording has.
    const verdict = samples.every(Number.isFinite) ? judge(stretch) : "non-finite";
    if (isLeftOut(verdict, discard)) {
      yield { recording, first, length: cut.length, verdict, samples: null, unscaled: samples };
      continue;
    }
    const own = normalize.scope === "window" ? statistics(samples, normalize) : scale;
    yield {
      recording,
      first,
      length: cut.length,
      verdict,
      samples: Float32Array.from(own === null ? samples : zScore(samples, own)),
      unscaled: samples,
    };
  }
}

/** The lead that the manifest names, or its first fallback that the recording has. Throws RangeError where it has none of them. */
export function chooseLead(
  recording: Recording,
  { lead, leadFallback = [] }: Pick<SignalParameters, "lead" | "leadFallback">,
): Lead {
  for (const name of [lead, ...leadFallback]) {
    const found = recording.leads.find((candidate) => candidate.name === name);
    if (found !== undefined) return found;
  }
  const names = recording.leads.map(({ name }) => name);
  throw new RangeError(
    `${cannotTakeLead(recording)}: signal.lead must be one of ${names.join(", ")}, got ${
      [lead, ...leadFallback].join(", ")
    }${didYouMean(lead, names)}`,
  );
}

/** How a message begins that says which lead is missing: with the file where there is one. */
export function cannotTakeLead({ id, file }: Recording): string {
  return file === undefined ? `${id}: Cannot take the lead` : `${file}: Cannot take the lead of ${id}`;
}
