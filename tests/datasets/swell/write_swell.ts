/** Writes folders of SWELL-KW's layout: two minutes a block, the first of them relaxation. */
import { dirname, join } from "node:path";
import { AVERAGE_SHAPE, waveform } from "../../../src/datasets/ecg/waveform.ts";
import type { Dataset, Recording } from "../../../src/datasets/dataset.ts";
import { swellSchema } from "../../../src/datasets/swell/schema.ts";
import { swell } from "../../../src/datasets/swell/source.ts";
import { poly5Bytes, type StoredPoly5 } from "../../formats/poly5/write_poly5.ts";
import { xlsxBytes } from "../../formats/table/write_xlsx.ts";

export const SAMPLE_RATE_HZ = 128;
export const SIGNALS = "0 - Raw data/D - Physiology - raw data/Mobi signals (raw and filtered)";
export const CONDITIONS = "3 - Feature dataset/per sensor/D - Physiology features (HR_HRV_SCL - final).csv";
export const SELF_REPORTS = "Behavioral-features - per minute.xlsx";

/** A block: its file, what it was, and what was said of it. */
export interface StoredBlock {
  readonly person: number;
  readonly number: 1 | 2 | 3;
  readonly work: "N" | "T" | "I";
  /** File names with the hour and minute at which each begins; none for a block that was not recorded. */
  readonly files: Readonly<Record<string, readonly [hour: number, minute: number]>>;
  readonly arousal?: number;
}

/** T and I in either order, names as they are misspelled, a block in two parts, one without a file. */
export const BLOCKS: readonly StoredBlock[] = [
  { person: 1, number: 1, work: "N", files: { "pp1_18-9-2012_c1.S00": [9, 0] }, arousal: 3 },
  { person: 1, number: 2, work: "T", files: { "pp1_18-9-2012_c2.S00": [10, 0] }, arousal: 7 },
  { person: 1, number: 3, work: "I", files: { "pp1_18-9-2014_c3.S00": [11, 0] }, arousal: 6 },
  { person: 10, number: 1, work: "N", files: { "pp10_8-10-2012-c1.S00": [9, 0] }, arousal: 4 },
  { person: 10, number: 2, work: "I", files: { "PP10_8-10-2012_C2.s00": [10, 0] }, arousal: 8 },
  { person: 10, number: 3, work: "T", files: { "pp10_8-10-2012_c3.S00": [11, 0] }, arousal: 7 },
  { person: 11, number: 1, work: "N", files: { "pp11_9-10-2012_c1.S00": [9, 0] } },
  { person: 11, number: 2, work: "T", files: {} },
  { person: 11, number: 3, work: "I", files: { "pp11_9-10-2012_c3.S00": [11, 0] } },
  { person: 12, number: 1, work: "N", files: { "pp12_9-10-212_c1.S00": [9, 0] }, arousal: 2 },
  { person: 12, number: 2, work: "T", files: { "pp12_9-10-2012_c2.S00": [10, 0] }, arousal: 6 },
  { person: 23, number: 1, work: "N", files: { "pp23_1-11-2012_c1.S00": [9, 0] }, arousal: 3 },
  {
    person: 23,
    number: 2,
    work: "T",
    files: { "pp23_1-11-2012_c2.S00": [10, 0], "pp23_1-11-2012_c2_cont.S00": [10, 1] },
    arousal: 9,
  },
];

const HOUR = { 1: 9, 2: 10, 3: 11 } as const;

/** The rows of the table of conditions, names first. */
export function conditionRows(blocks = BLOCKS): string[][] {
  const rows = blocks.flatMap(({ person, number, work }) =>
    ["R", work].map((condition, minute) => [
      `PP${person}`,
      `${number}`,
      condition,
      `20120918T${`${HOUR[number]}`.padStart(2, "0")}0${minute}00000`,
      "999",
      "0.035",
      "999",
    ])
  );
  return [["PP", "C", "Condition", "timestamp", "HR", "RMSSD", "SCL"], ...rows];
}

export const RATING_COLUMNS = [
  "Valence_rc",
  "Arousal_rc",
  "Dominance",
  "Stress",
  "MentalEffort",
  "MentalDemand",
  "PhysicalDemand",
  "TemporalDemand",
  "Effort",
  "Performance_rc",
  "Frustration",
];

/** The rows of the self-reports, names first; all but arousal are of one value, which shows who mixes columns up. */
export function selfReportRows(blocks = BLOCKS): (string | number | null)[][] {
  const rows = blocks.flatMap(({ person, number, work, arousal }) =>
    ["R", work].map((condition) => [
      `PP${person}`,
      number,
      condition,
      ...condition === "R" || arousal === undefined
        ? RATING_COLUMNS.map(() => 999)
        : [5.5, arousal, 2, 1.5, 11.3, 4, 3, 6, 7, 8, 9],
    ])
  );
  return [["PP", "Blok", "Condition", ...RATING_COLUMNS], ...rows];
}

/** Two minutes of an electrocardiogram in microvolts, at rest and then faster under pressure; no two are the same. */
function electrocardiogram({ person, number, work }: StoredBlock): Float64Array {
  const beats: number[] = [], own = 1 + 0.0005 * person + 0.0001 * number;
  for (let time = -1; time < 121; time += own * (time < 60 ? 0.95 : work === "N" ? 0.9 : 0.6)) {
    beats.push(time);
  }
  const millivolts = waveform(beats, AVERAGE_SHAPE, { sampleRateHz: SAMPLE_RATE_HZ, seconds: 120 });
  return millivolts.map((value) => 1000 * value);
}

/** The file of a block, or of its minute where the block has two. */
export function blockBytes(
  block: StoredBlock,
  { start, minute, channels = 8 }: {
    start: readonly [number, number];
    minute?: number;
    channels?: number;
  },
): Uint8Array {
  const whole = electrocardiogram(block), perMinute = 60 * SAMPLE_RATE_HZ;
  const ecg = minute === undefined ? whole : whole.slice(minute * perMinute, (minute + 1) * perMinute);
  // Skin conductance and heart rate: slow, and without beats.
  const slow = ecg.map((_, time) => 70 + 5 * Math.sin(2 * Math.PI * time / (20 * SAMPLE_RATE_HZ)));
  const calibration = { adc: [0, 1000], unit: [0, 1000] } as const;
  const named = Array.from({ length: channels }, (_, index): StoredPoly5["channels"][number] => {
    const isEcg = index === 5 || index === 7;
    return {
      name: isEcg ? (index === 5 ? "portiHeart" : "portiHeartPre") : `other${index + 1}`,
      unit: isEcg ? "\u00b5V" : "",
      samples: isEcg ? ecg : slow,
      calibration,
    };
  });
  return poly5Bytes({
    channels: named,
    sampleRateHz: SAMPLE_RATE_HZ,
    samplesPerBlock: 512,
    start: [2012, 9, 18, ...start, 0],
  });
}

/** Writes the whole dataset; `signals` is the folder of the recordings. */
export async function writeSwell(
  folder: string,
  { blocks = BLOCKS, signals = SIGNALS }: { blocks?: readonly StoredBlock[]; signals?: string } = {},
): Promise<void> {
  for (const block of blocks) {
    const files = Object.entries(block.files);
    for (const [index, [name, start]] of files.entries()) {
      const bytes = blockBytes(block, { start, minute: files.length > 1 ? index : undefined });
      await write(join(folder, signals, name), bytes);
    }
  }
  await writeConditions(folder, conditionRows(blocks));
  await write(join(folder, SELF_REPORTS), xlsxBytes(selfReportRows(blocks), { sheet: "SWELLdata" }));
}

export async function writeConditions(folder: string, rows: readonly (readonly string[])[]): Promise<void> {
  const text = rows.map((row) => row.join(",")).join("\r\n") + "\r\n";
  await write(join(folder, CONDITIONS), new TextEncoder().encode(text));
}

export async function write(path: string, bytes: Uint8Array): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, bytes);
}

/** Opens what a manifest would say. */
export function open(parameters: Record<string, unknown>, dataFolder: string): Promise<Dataset> {
  return swell.open(swellSchema.parse({ path: "swell", ...parameters }), { dataFolder });
}

export async function recordingsOf(
  parameters: Record<string, unknown>,
  dataFolder: string,
): Promise<Recording[]> {
  return await Array.fromAsync((await open(parameters, dataFolder)).recordings());
}
