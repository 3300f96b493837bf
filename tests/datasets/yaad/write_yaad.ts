/** Writes folders of YAAD's layout. */
import { dirname, join } from "node:path";
import { AVERAGE_SHAPE, waveform } from "../../../src/datasets/ecg/waveform.ts";
import type { Dataset, Recording } from "../../../src/datasets/dataset.ts";
import { yaadSchema } from "../../../src/datasets/yaad/schema.ts";
import { yaad } from "../../../src/datasets/yaad/source.ts";
import { xlsxBytes } from "../../formats/table/write_xlsx.ts";

export const SECONDS = 12;
export const TABLE = "Self-Annotation Labels/Self-annotation Multimodal_Use.xlsx";
export const SIGNALS = "Raw Data/Multimodal/ECG";

/** Participant, session, video. */
export const VIDEOS = [[1, 1, 1], [1, 1, 2], [1, 2, 1], [2, 1, 1], [2, 1, 2], [10, 1, 1], [
  10,
  1,
  2,
]] as const;

type Cell = string | number | null;

/** The rows of the table, names first; video 2 is the arousing one. */
export function tableRows(videos: readonly (readonly [number, number, number])[] = VIDEOS): Cell[][] {
  return [
    [
      "Participant Id",
      "Name",
      "Age",
      "Male",
      "Session ID",
      "Video ID",
      "Valence level",
      "Arousal level",
      "Dominance level",
    ]
      .concat(["Happy", "Sad", "Fear", "Anger", "Neutral", "Disgust", "Surprised", "Emotion"]),
    ...videos.map(([participant, session, video]): Cell[] => [
      ...[participant, "x", 20, 1, session, video],
      ...[6, video === 2 ? 8 : 3, 4],
      ...["VeryLow", "Low", "Moderate", "High", "VeryHigh", "very low", 3],
      "Neutral",
    ]),
  ];
}

/** The text of a recording: numbers in one line. */
export function textOf([participant, session, video]: readonly [number, number, number]): string {
  const interval = (video === 2 ? 0.6 : 0.95) + participant / 1000 + session / 500;
  const beats = Array.from({ length: 30 }, (_, beat) => interval * (beat - 1));
  const ecg = waveform(beats, AVERAGE_SHAPE, { sampleRateHz: 128, seconds: SECONDS });
  return Array.from(ecg, (value) => value.toFixed(4)).join(",") + "\n";
}

export async function write(path: string, content: string | Uint8Array): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
}

export async function writeYaad(
  folder: string,
  { videos = VIDEOS }: { videos?: readonly (readonly [number, number, number])[] } = {},
): Promise<void> {
  for (const ids of videos) {
    const [participant, session, video] = ids;
    const name = `ECGdata_s${session}p${participant}v${video}.dat`;
    await write(join(folder, SIGNALS, name), textOf(ids));
    await write(join(folder, SIGNALS.replace("ECG", "GSR"), name.replace("ECG", "GSR")), "1,2\n");
  }
  // A participant of the other part with the same number is another person.
  await write(join(folder, "Raw Data/Single Modal/ECG/ECGdata_s1p1v1.dat"), textOf([1, 1, 1]));
  await write(join(folder, TABLE), xlsxBytes(tableRows(videos)));
}

/** Opens what a manifest would say. */
export function open(parameters: Record<string, unknown>, dataFolder: string): Promise<Dataset> {
  return yaad.open(yaadSchema.parse({ path: "yaad", ...parameters }), { dataFolder });
}

export async function recordingsOf(
  parameters: Record<string, unknown>,
  dataFolder: string,
): Promise<Recording[]> {
  return await Array.fromAsync((await open(parameters, dataFolder)).recordings());
}
