/** Writes folders of POPANE's layout; columns differ by study, as they do there. */
import { dirname, join } from "node:path";
import { AVERAGE_SHAPE, waveform } from "../../../src/datasets/ecg/waveform.ts";
import type { Dataset, Recording } from "../../../src/datasets/dataset.ts";
import { popaneSchema } from "../../../src/datasets/popane/schema.ts";
import { popane } from "../../../src/datasets/popane/source.ts";

export interface StoredFile {
  readonly study: number;
  readonly person: number;
  readonly stimulus: string;
  /** Default: a folder of each stimulus, and Baselines. */
  readonly folder?: string;
  /** Columns by name, `[rows]`. */
  readonly columns: Readonly<Record<string, ArrayLike<number | string>>>;
}

export const SECONDS = 6;

/** An electrocardiogram of a few seconds at 1000 Hz, faster under a stimulus than at rest. */
export function electrocardiogram({ intervalSeconds }: { intervalSeconds: number }): Float64Array {
  const beats = Array.from({ length: 20 }, (_, beat) => intervalSeconds * (beat - 1));
  return waveform(beats, AVERAGE_SHAPE, { sampleRateHz: 1000, seconds: SECONDS });
}

/** What every sample is, when it is one number. */
export const all = (value: number | string) => new Array<number | string>(SECONDS * 1000).fill(value);

/** Three files of each person: 3 is in a study without affect, the others in one that has it. */
export const filesOf = (people: readonly number[]) =>
  people.flatMap((person): StoredFile[] => {
    const timestamp = Float64Array.from({ length: SECONDS * 1000 }, (_, time) => time / 1000);
    const rest = electrocardiogram({ intervalSeconds: 0.95 + person / 1000 });
    const stress = electrocardiogram({ intervalSeconds: 0.6 + person / 1000 });
    const study = person === 3 ? 5 : 1;
    const file = (stimulus: string, ecg: Float64Array, marker: number): StoredFile => ({
      study,
      person,
      stimulus,
      folder: stimulus === "Baseline" ? "Baselines" : undefined,
      columns: study === 1
        ? {
          timestamp,
          affect: Array.from(ecg, (_, time) => time < 3000 ? 5 : 7),
          ECG: ecg,
          EDA: all("NaN"),
          marker: all(marker),
        }
        : { timestamp, dzdt: all(0), ECG: ecg, marker: all(marker) },
    });
    return [file("Baseline", rest, -1), file("Threat", stress, 102), file("All", rest, -1)];
  });

export const FILES = filesOf([2, 10, 3]);

export function textOf({ study, person, columns }: StoredFile): string {
  const names = Object.keys(columns);
  const head = [
    `Study_name,Study_${study}`,
    `Subject_ID,${person}`,
    "Subject_age,23",
    "Subject_sex,1",
    `Channel_Name,${names.join(",")}`,
    "Data_Category,data",
    "Data_Unit,second,mV",
    "Data_Sample_rate,1000",
    "Data_Device,device",
    "ECG_Lead,II",
    "Remark,none",
  ];
  const rows = Array.from(
    { length: columns[names[0]].length },
    (_, row) => names.map((name) => columns[name][row]).join(","),
  );
  return [...head.map((line) => `#${line}`), names.join(","), ...rows, ""].join("\n");
}

export async function writePopane(folder: string, files: readonly StoredFile[] = FILES): Promise<void> {
  for (const file of files) {
    const path = join(
      folder,
      file.folder ?? file.stimulus,
      `S${file.study}_P${file.person}_${file.stimulus}.csv`,
    );
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, textOf(file));
  }
}

/** Opens what a manifest would say. */
export function open(parameters: Record<string, unknown>, dataFolder: string): Promise<Dataset> {
  return popane.open(popaneSchema.parse({ path: "popane", ...parameters }), { dataFolder });
}

export async function recordingsOf(
  parameters: Record<string, unknown>,
  dataFolder: string,
): Promise<Recording[]> {
  return await Array.fromAsync((await open(parameters, dataFolder)).recordings());
}
