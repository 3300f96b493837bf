/** Simulated people as beats alone. */
import { protocol } from "../../../src/datasets/synthetic/protocol.ts";
import { drawRecording } from "../../../src/datasets/synthetic/recording.ts";
import { syntheticSchema } from "../../../src/datasets/synthetic/schema.ts";
import { truthOf } from "../../../src/datasets/synthetic/truth.ts";
import type { MeasuredWindow } from "../separation.ts";

export interface MeasuredRecording extends MeasuredWindow {
  readonly lnRmssd: number;
  readonly arousal: number;
  readonly valence: number;
}

/** Whole recordings and their 10 s windows, measured on the beats. */
export function measure(options: { people: number; effect: number }) {
  const parameters = syntheticSchema.parse(options), recordingSeconds = parameters.seconds;
  const recordings: MeasuredRecording[] = [], windows: MeasuredWindow[] = [];
  for (const slot of protocol(parameters)) {
    const { beats, state, ratings } = drawRecording(slot, parameters), { subject, condition } = slot;
    const stretch = (fromSeconds: number, seconds: number) =>
      truthOf(beats, state, { fromSeconds, seconds, recordingSeconds });
    const { heartRateBpm, lnRmssd } = stretch(0, recordingSeconds);
    recordings.push({ subject, condition, heartRateBpm, lnRmssd, ...ratings });
    for (let from = 0; from < recordingSeconds; from += 10) {
      windows.push({ subject, condition, heartRateBpm: stretch(from, 10).heartRateBpm });
    }
  }
  return { recordings, windows };
}
