/** Writes folders of the layout of AMIGOS, in both forms. */
import { dirname, join } from "node:path";
import { amigosSchema } from "../../../src/datasets/amigos/schema.ts";
import { amigos } from "../../../src/datasets/amigos/source.ts";
import type { Dataset, Recording } from "../../../src/datasets/dataset.ts";
import { AVERAGE_SHAPE, waveform } from "../../../src/datasets/ecg/waveform.ts";
import { cells, columns, matBytes, type MatValue, NOTHING, row } from "../../formats/mat/write_mat.ts";

/** What is in a signal before the video begins. */
export const BEFORE = 100;
const BEFORE_SECONDS = 5;

/** A video as a person saw it. */
export interface Video {
  readonly id: string;
  /** Seconds of signal after the baseline; null for a video that wasn't seen. Default 20. */
  readonly seconds?: number | null;
  /** The twelve self-ratings; null where there are none. Default all 5 and 0. */
  readonly ratings?: readonly number[] | null;
  /** Segment, valence, arousal of each segment. Default none. */
  readonly external?: readonly (readonly [number, number, number])[];
  /** Beats a minute. Default 60. */
  readonly bpm?: number;
  /** Samples of the ECG, from the baseline's end, that are missing. */
  readonly missing?: readonly number[];
}

/** An electrocardiogram in even beats, the first half an interval from the beginning. */
export function ecg(
  seconds: number,
  { bpm, sampleRateHz }: { bpm: number; sampleRateHz: number },
): Float64Array {
  const interval = 60 / bpm, count = Math.ceil(seconds / interval) + 2;
  const beats = Array.from({ length: count }, (_, beat) => (beat - 0.5) * interval);
  return waveform(beats, AVERAGE_SHAPE, { sampleRateHz, seconds });
}

function signalOf({ seconds = 20, bpm = 60, missing = [] }: Video, sampleRateHz: number): Float64Array {
  const signal = ecg(seconds ?? 0, { bpm, sampleRateHz });
  for (const sample of missing) signal[sample] = NaN;
  return signal;
}

/** What stands in cells besides the signals. */
function labelsOf(videos: readonly Video[]): Record<string, MatValue> {
  return {
    labels_selfassessment: cells(
      ...videos.map(({ ratings = [5, 5, 5, 5, 5, 0, 0, 0, 0, 0, 0, 0] }) => row(...ratings ?? [])),
    ),
    labels_ext_annotation: cells(
      ...videos.map(({ external = [] }) =>
        external.length === 0
          ? NOTHING
          : columns(...[0, 1, 2].map((column) => external.map((line) => line[column])))
      ),
    ),
    VideoIDs: cells(...videos.map(({ id }) => id)),
  };
}

/** The variables of Data_Preprocessed_Pxx.mat: 14 columns of EEG, two of ECG, one of GSR. */
export function preprocessed(videos: readonly Video[]): Record<string, MatValue> {
  const data = videos.map((video) => {
    if (video.seconds === null) return NOTHING;
    const signal = signalOf(video, 128), before = new Float64Array(BEFORE_SECONDS * 128).fill(BEFORE);
    const right = [...before, ...signal], left = [...before, ...signal.map((value) => -value)];
    return columns(
      ...Array.from({ length: 14 }, (_, channel) => right.map(() => channel)),
      right,
      left,
      right.map(() => 16),
    );
  });
  return { joined_data: cells(...data), ...labelsOf(videos) };
}

/** The variables of an original file: times in ms, two columns of ECG, three of acceleration; with ratings or without. */
export function original(
  videos: readonly Video[],
  { hasLabels = false, sampleRateHz = 256 }: { hasLabels?: boolean; sampleRateHz?: number } = {},
): Record<string, MatValue> {
  const data = videos.map((video) => {
    if (video.seconds === null) return NOTHING;
    const signal = signalOf(video, sampleRateHz),
      times = signal.map((_, sample) => 1e6 + sample * 1000 / sampleRateHz);
    const still = signal.map(() => 1);
    return columns(times, signal, signal.map((value) => -value), still, still, still);
  });
  return { ECG_DATA: cells(...data), ...hasLabels ? labelsOf(videos) : {} };
}

/** Writes files by their path in the folder. */
export async function writeAmigos(
  folder: string,
  files: Readonly<Record<string, Record<string, MatValue>>>,
): Promise<void> {
  for (const [name, variables] of Object.entries(files)) {
    const path = join(folder, name);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(path, matBytes(variables));
  }
}

/** Opens what a manifest would say. */
export function open(parameters: Record<string, unknown>, dataFolder: string): Promise<Dataset> {
  return amigos.open(amigosSchema.parse(parameters), { dataFolder });
}

export function identity(parameters: Record<string, unknown>, dataFolder: string): Promise<unknown> {
  return amigos.identity(amigosSchema.parse(parameters), { dataFolder });
}

export async function recordingsOf(
  parameters: Record<string, unknown>,
  dataFolder: string,
): Promise<Recording[]> {
  return await Array.fromAsync((await open(parameters, dataFolder)).recordings());
}
