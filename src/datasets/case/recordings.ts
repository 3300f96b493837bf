/**
 * The recordings of a file: one for each video.
 *
 * @module
 */
import { byCodePoint } from "../../formats/window_table.ts";
import type { Recording } from "../dataset.ts";
import { openFile } from "../files.ts";
import type { CaseFile } from "./files.ts";
import { type Ratings, readRatings, type Span, tracksOf } from "./ratings.ts";
import { readTimed, videoRows } from "./signals.ts";

/** What videos are meant to elicit, by their number less 1. */
const OF_VIDEO = ["amusing", "amusing", "boring", "boring", "relaxing", "relaxing", "scary", "scary"];

/** The kinds of video, in code-point order. */
export const CONDITIONS = [...new Set(OF_VIDEO)].sort(byCodePoint);

const SAMPLE_RATE_HZ = 1000, STEP_MS = 1000 / SAMPLE_RATE_HZ;

/** The recordings of a person's file as published, by id. Throws, with file and row, where a file is not as it must be. */
export function recordingsOfPerson(file: CaseFile, { dataset }: { dataset: string }): Recording[] {
  const [times, ecg, videos] = readSignals(file, ["daqtime", "ecg", "video"]);
  const ratings = readRatingsOf(file, { time: "jstime", hasVideos: true });
  const labels = { valence: null, arousal: null };
  return videoRows(videos, { file: file.signals }).map(({ video, from, to }): Recording => ({
    ...recordingOf(file, { dataset, name: `video-${video}`, samples: ecg.slice(from, to) }),
    labels: { condition: OF_VIDEO[video - 1], ...labels },
    tracks: tracksOf(ratings, { span: spanOf(times, { from, to }), video }),
  })).toSorted((left, right) => byCodePoint(left.id, right.id));
}

/** The recording of a file that was cut for EPiC. Throws, with file and row, where a file is not as it must be. */
export function recordingOfVideo(file: CaseFile, { dataset }: { dataset: string }): Recording {
  const [times, ecg] = readSignals(file, ["time", "ecg"]),
    span = spanOf(times, { from: 0, to: times.length });
  const ratings = readRatingsOf(file, { time: "time", hasVideos: false });
  return {
    ...recordingOf(file, { dataset, name: file.video ?? "", samples: ecg }),
    labels: { valence: null, arousal: null },
    tracks: tracksOf(ratings, { span }),
  };
}

function recordingOf(
  { subject, session, signals }: CaseFile,
  { dataset, name, samples }: { dataset: string; name: string; samples: Float64Array },
): Omit<Recording, "labels"> {
  return {
    id: `${dataset}/${subject}/${session}/${name}`,
    file: signals,
    subject,
    session,
    stimulus: name,
    sampleRateHz: SAMPLE_RATE_HZ,
    leads: [{ name: "ECG", unit: "mV", samples }],
  };
}

function spanOf(times: Float64Array, { from, to }: { from: number; to: number }): Span {
  return { startMs: times[from], seconds: (to - from) / SAMPLE_RATE_HZ };
}

function readSignals({ signals }: CaseFile, columns: readonly string[]): Float64Array[] {
  using source = openFile(signals);
  return readTimed(source, { columns, stepMs: STEP_MS });
}

function readRatingsOf(
  { ratings }: CaseFile,
  options: { time: string; hasVideos: boolean },
): Ratings {
  using source = openFile(ratings);
  return readRatings(source, options);
}
