/** A small CASE: people who watch videos with a blue screen between, in a person's own order; and the same cut for EPiC. */
import { join } from "node:path";
import { AVERAGE_SHAPE, waveform } from "../../../src/datasets/ecg/waveform.ts";
import { openDataset } from "../../../src/datasets/table.ts";

/** What a person's files hold; whatever is given replaces what is written by default. */
export interface Fixture {
  /** The videos in the order in which they are shown. */
  readonly videos?: readonly number[];
  /** Seconds of each video. */
  readonly seconds?: number;
  /** Beats a minute that this person's heart is faster. */
  readonly faster?: number;
  /** Valence and arousal of a video, at a time in seconds since its start. */
  readonly rate?: (video: number, seconds: number) => readonly [number, number];
  /** Changes the file of signals, and that of ratings. */
  readonly signals?: (text: string) => string;
  readonly ratings?: (text: string) => string;
}

const BLUE_SCREEN = 11, BLUE_SECONDS = 1;
const SIGNALS = "ecg,bvp,gsr,rsp,skt,emg_zygo,emg_coru,emg_trap";

/** Scary videos are unpleasant and arousing, amusing ones pleasant; boring and relaxing ones calm. */
function rateByKind(video: number): readonly [number, number] {
  const kinds: readonly (readonly [number, number])[] = [[8, 7], [5, 3], [7, 2], [2, 8.5]];
  return kinds[Math.ceil(video / 2) - 1];
}

/** The electrocardiogram at 1000 Hz: the more arousing, the faster. */
function signalOf(
  video: number,
  { seconds, faster = 0 }: { seconds: number; faster?: number },
): Float64Array {
  const interval = 60 / (60 + faster + 5 * rateByKind(video)[1]);
  const beats = Array.from({ length: Math.ceil(seconds / interval) + 3 }, (_, beat) => (beat - 1) * interval);
  return waveform(beats, AVERAGE_SHAPE, { sampleRateHz: 1000, seconds });
}

/** Writes a person's two files into the folder of the dataset, and gives back the signal of each video. */
export async function writePerson(
  folder: string,
  subject: string,
  fixture: Fixture = {},
): Promise<Map<number, Float64Array>> {
  const { videos = [7, 1, 3, 5, 8, 2, 4, 6], seconds = 4, faster, rate = rateByKind } = fixture;
  const written = new Map<number, Float64Array>();
  const signals = [`daqtime,${SIGNALS},video`],
    shown: { video: number; startMs: number; seconds: number }[] = [];
  for (const video of videos.flatMap((video) => [BLUE_SCREEN, video])) {
    const length = video === BLUE_SCREEN ? BLUE_SECONDS : seconds, startMs = signals.length - 1;
    const samples = video === BLUE_SCREEN
      ? new Float64Array(1000)
      : rounded(signalOf(video, { seconds, faster }));
    samples.forEach((sample, index) =>
      signals.push(`${startMs + index},${sample},35.2,10.1,30,29.7,5.6,5.1,7.4,${video}`)
    );
    shown.push({ video, startMs, seconds: length });
    if (video !== BLUE_SCREEN) written.set(video, samples);
  }
  const ratings = ["jstime,valence,arousal,video"];
  // The grid of ratings begins 20 ms after that of the signals.
  for (let time = 20; time < signals.length - 1; time += 50) {
    const { video, startMs } = shown.findLast((each) => each.startMs <= time) ?? shown[0];
    const [valence, arousal] = video === BLUE_SCREEN ? [5, 0.5] : rate(video, (time - startMs) / 1000);
    ratings.push(`${time},${valence},${arousal},${video}`);
  }
  const inside = join(folder, "data", "interpolated");
  await writeLines(join(inside, "physiological"), {
    name: `${subject}.csv`,
    lines: signals,
    change: fixture.signals,
  });
  await writeLines(join(inside, "annotations"), {
    name: `${subject}.csv`,
    lines: ratings,
    change: fixture.ratings,
  });
  return written;
}

/** Writes a video as it was cut for EPiC: in tests the signals go on for 10 s on both sides of the ratings. */
export async function writeVideo(
  folder: string,
  { subject, video, side, seconds = 4, fold, scenario, withoutRatings = false }: {
    subject: string;
    video: number;
    side: "train" | "test";
    seconds?: number;
    scenario: number;
    fold?: number;
    withoutRatings?: boolean;
  },
): Promise<Float64Array> {
  const margin = side === "test" ? 10 : 0, samples = rounded(signalOf(1, { seconds: seconds + 2 * margin }));
  const signals = [`time,${SIGNALS}`], ratings = ["time,valence,arousal"], startMs = 3000;
  samples.forEach((sample, index) =>
    signals.push(`${startMs + index},${sample},35.2,10.1,30,29.7,5.6,5.1,7.4`)
  );
  for (let time = startMs + 1000 * margin; time < startMs + 1000 * (margin + seconds); time += 50) {
    ratings.push(withoutRatings ? `${time},,` : `${time},6.5,4.25`);
  }
  const inside = join(folder, `scenario_${scenario}`, ...fold === undefined ? [] : [`fold_${fold}`], side);
  const name = `${subject}_vid_${video}.csv`;
  await writeLines(join(inside, "physiology"), { name, lines: signals });
  await writeLines(join(inside, "annotations"), { name, lines: ratings });
  return samples;
}

/** In mV with three decimals, as the files have them, and without a sign of zero. */
function rounded(samples: Float64Array): Float64Array {
  return samples.map((sample) => Math.round(1000 * sample) / 1000 + 0);
}

async function writeLines(
  folder: string,
  { name, lines, change = (text) => text }: {
    name: string;
    lines: readonly string[];
    change?: (text: string) => string;
  },
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, name), change(`${lines.join("\n")}\n`));
}

/** Opens the dataset in the folder `CASE` of the data folder. */
export function open(parameters: Record<string, unknown>, dataFolder: string) {
  return openDataset({ kind: "case", ...parameters }, { dataFolder });
}
