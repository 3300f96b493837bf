/**
 * One recording: an electrocardiogram computed around measured beats.
 *
 * @module
 */
import type { Stream } from "../../random/stream.ts";
import type { Recording } from "../dataset.ts";
import { recordLead } from "../ecg/electrode.ts";
import { waveform } from "../ecg/waveform.ts";
import type { Timeline } from "./timeline.ts";
import type { Wearer } from "./wearer.ts";

/** Samples a second of the electrocardiogram. */
const RENDERED_HZ = 256;

/**
 * The lead `ECG` in mV at 256 Hz, and a mark `N` at each beat in it.
 *
 * Of the recording's own are the beats and the random numbers of `stream`. The first beat is taken to follow an interval as long
 * as its next; before it and after the last no beat is made up.
 */
export function renderRecording(
  { beats, seconds }: Timeline,
  { wearer, stream }: { wearer: Wearer; stream: Stream },
): Pick<Recording, "sampleRateHz" | "leads" | "annotations"> {
  const { fingerprint, respirationHz, signalVariance } = wearer;
  // The model draws no wave for its first beat, which is there for the interval alone.
  const preceded = Float64Array.of(2 * beats[0] - beats[1], ...beats);
  const ecg = waveform(preceded, fingerprint.shape, { sampleRateHz: RENDERED_HZ, seconds });
  return {
    sampleRateHz: RENDERED_HZ,
    leads: [{
      name: "ECG",
      unit: "mV",
      samples: recordLead(ecg, {
        fingerprint,
        respirationHz,
        sampleRateHz: RENDERED_HZ,
        signalVariance,
        stream,
      }),
    }],
    annotations: Array.from(beats, (time) => Math.round(time * RENDERED_HZ))
      .filter((sample) => sample < ecg.length)
      .map((sample) => ({ sample, symbol: "N", text: "" })),
  };
}
