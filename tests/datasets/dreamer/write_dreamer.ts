/** Writes a DREAMER.mat of a few people and clips. */
import { join } from "node:path";
import type { Dataset, Recording } from "../../../src/datasets/dataset.ts";
import { dreamerSchema } from "../../../src/datasets/dreamer/schema.ts";
import { dreamer } from "../../../src/datasets/dreamer/source.ts";
import { AVERAGE_SHAPE, waveform } from "../../../src/datasets/ecg/waveform.ts";
import { columns, matBytes, type MatValue, row } from "../../formats/mat/write_mat.ts";

/** A clip that a person watched. */
export interface Clip {
  readonly seconds?: number;
  /** Beats a minute. Default 60. */
  readonly bpm?: number;
  readonly valence?: number;
  readonly arousal?: number;
  readonly dominance?: number;
}

/** A person, with the fields as the file has them. */
export interface Person {
  readonly clips: readonly Clip[];
  readonly Age?: MatValue;
  readonly Gender?: MatValue;
}

const SAMPLE_RATE_HZ = 256, BASELINE_SECONDS = 3;

function signal(seconds: number, bpm: number): MatValue {
  const interval = 60 / bpm, count = Math.ceil(seconds / interval) + 2;
  const beats = Array.from({ length: count }, (_, beat) => (beat - 0.5) * interval);
  const ecg = waveform(beats, AVERAGE_SHAPE, { sampleRateHz: SAMPLE_RATE_HZ, seconds });
  return columns(ecg, ecg.map((value) => 2000 - value));
}

function list(values: readonly MatValue[]): MatValue {
  return { shape: [values.length, 1], cells: values };
}

function person({ clips, Age = "22", Gender = "male" }: Person): MatValue {
  const scores = (name: "valence" | "arousal" | "dominance") => columns(clips.map((clip) => clip[name] ?? 3));
  const eeg = list(clips.map(() => columns(...Array.from({ length: 14 }, () => [1, 2, 3]))));
  return {
    fields: {
      Age,
      Gender,
      EEG: { fields: { baseline: eeg, stimuli: eeg } },
      ECG: {
        fields: {
          baseline: list(clips.map(() => signal(BASELINE_SECONDS, 60))),
          stimuli: list(clips.map(({ seconds = 5, bpm = 60 }) => signal(seconds, bpm))),
        },
      },
      ScoreValence: scores("valence"),
      ScoreArousal: scores("arousal"),
      ScoreDominance: scores("dominance"),
    },
  };
}

/** The bytes of a file of these people; `more` replaces or adds fields of the outermost structure. */
export function dreamerBytes(people: readonly Person[], more: Record<string, MatValue> = {}): Uint8Array {
  return matBytes({
    DREAMER: {
      fields: {
        Data: { shape: [1, people.length], cells: people.map(person) },
        EEG_SamplingRate: row(128),
        ECG_SamplingRate: row(SAMPLE_RATE_HZ),
        noOfSubjects: row(people.length),
        ...more,
      },
    },
  });
}

/** Writes the folder `dreamer` into a data folder. */
export async function writeDreamer(dataFolder: string, bytes: Uint8Array): Promise<string> {
  const file = join(dataFolder, "dreamer", "DREAMER.mat");
  await Deno.mkdir(join(dataFolder, "dreamer"), { recursive: true });
  await Deno.writeFile(file, bytes);
  return file;
}

/** Opens what a manifest would say. */
export function open(parameters: Record<string, unknown>, dataFolder: string): Promise<Dataset> {
  return dreamer.open(dreamerSchema.parse(parameters), { dataFolder });
}

export function identity(parameters: Record<string, unknown>, dataFolder: string): Promise<unknown> {
  return dreamer.identity(dreamerSchema.parse(parameters), { dataFolder });
}

export async function recordingsOf(
  parameters: Record<string, unknown>,
  dataFolder: string,
): Promise<Recording[]> {
  return await Array.fromAsync((await open(parameters, dataFolder)).recordings());
}
