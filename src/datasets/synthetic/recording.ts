/**
 * One simulated recording.
 *
 * @module
 */
import { stream } from "../../random/stream.ts";
import type { Recording } from "../dataset.ts";
import { beatTimes } from "./beats.ts";
import { recordLead } from "../ecg/electrode.ts";
import { drawFingerprint, type Fingerprint } from "../ecg/fingerprint.ts";
import { drawPerson, type Person } from "./person.ts";
import type { Slot } from "./protocol.ts";
import type { SyntheticParameters } from "./schema.ts";
import { drawRatings, drawState, type State } from "./state.ts";
import { truthOf } from "./truth.ts";
import { waveform } from "../ecg/waveform.ts";

/** What is drawn for a recording before its samples are. */
export interface Draws {
  /** The traits of the autonomic system. */
  readonly person: Person;
  /** Latent arousal and valence. */
  readonly state: State;
  /** What the person says of them. */
  readonly ratings: { readonly arousal: number; readonly valence: number };
  /** Wave shape, polarity, gain and noise. */
  readonly fingerprint: Fingerprint;
  /** R peaks in seconds, from before the recording to after it. */
  readonly beats: Float64Array;
}

/**
 * The random numbers of a slot. Names alone decide them: other people and the order of reading change
 * nothing.
 */
function streamsOf({ subject, session, name }: Slot, seed: number) {
  const person = stream(seed, `synthetic/person/${subject}`);
  const inSession = person.child(`session/${session}`);
  return { person, session: inSession, recording: inSession.child(`recording/${name}`) };
}

/**
 * Draws person, state, ratings, fingerprint and beats of a recording. Beats alone depend on state and effect.
 */
export function drawRecording(slot: Slot, parameters: SyntheticParameters): Draws {
  const streams = streamsOf(slot, parameters.seed), { seconds, effect } = parameters;
  const person = drawPerson(streams.person.child("autonomic"));
  const state = drawState(slot.condition, streams.recording.child("state"));
  return {
    person,
    state,
    ratings: drawRatings(state, { person, seconds, stream: streams.recording.child("rating") }),
    fingerprint: drawFingerprint({
      person: streams.person.child("fingerprint"),
      session: streams.session.child("fingerprint"),
      recording: streams.recording.child("fingerprint"),
    }, parameters),
    beats: beatTimes(person, { state, seconds, effect, stream: streams.recording.child("beats") }),
  };
}

/** Simulates a recording: one lead `ECG` in mV, its labels and the truth behind every stretch. */
export function simulateRecording(slot: Slot, parameters: SyntheticParameters): Recording {
  const { person, state, ratings, fingerprint, beats } = drawRecording(slot, parameters);
  const { seconds, sampleRateHz } = parameters;
  const samples = recordLead(waveform(beats, fingerprint.shape, { sampleRateHz, seconds }), {
    fingerprint,
    respirationHz: person.respirationHz,
    sampleRateHz,
    stream: streamsOf(slot, parameters.seed).recording.child("electrode"),
  });
  const { subject, session, name, condition, stimulus } = slot;
  return {
    id: `synthetic/${subject}/${session}/${name}`,
    subject,
    session,
    stimulus,
    sampleRateHz,
    leads: [{ name: "ECG", unit: "mV", samples }],
    labels: { condition, ...ratings },
    truth: (fromSeconds, length) =>
      truthOf(beats, state, { fromSeconds, seconds: length, recordingSeconds: seconds }),
  };
}
