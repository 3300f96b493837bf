/**
 * The synthetic dataset: electrocardiograms of simulated people at rest and under stress.
 *
 * @module
 */
import type { DatasetSource } from "../dataset.ts";
import { WAVEFORM_CITATION } from "../ecg/waveform.ts";
import { protocol } from "./protocol.ts";
import { simulateRecording } from "./recording.ts";
import type { SyntheticParameters } from "./schema.ts";

/**
 * An electrocardiogram generator after McSharry et al. 2003, whose people respond to stress as real people
 * do.
 *
 * Its constants were fixed before any network was trained. With them heart rate alone tells stress from rest
 * in 10 s windows, a threshold half way between the class means and one person left out, with a balanced
 * accuracy of about 0.61, and of 0.77 once each person is centred: the same as in the 25 real people of
 * Howell & Porr 2018.
 *
 * Arousal and valence act on the beat intervals alone. The shape of the waves, polarity, gain and noise are
 * fingerprints of people, sessions and recordings that do not depend on the label. At `effect` 0 nothing in
 * the signal depends on it.
 *
 * Its identity is its parameters: the seed is one of them, and the context's stream and folder are not used.
 */
export const synthetic: DatasetSource<SyntheticParameters> = {
  identity: (parameters) => Promise.resolve(parameters),
  open: (parameters) =>
    Promise.resolve({
      simulated: true,
      licence: "MIT, with the program that generates it",
      citation: `${WAVEFORM_CITATION}. Response to stress: Howell L, Porr B. High precision ECG database ` +
        "with annotated R peaks, recorded and filmed under realistic conditions. University of Glasgow 2018. " +
        "doi:10.5525/gla.researchdata.716",
      labels: {
        condition: { values: ["rest", "stress"] },
        arousal: { from: 1, to: 9, unit: "points" },
        valence: { from: 1, to: 9, unit: "points" },
      },
      notes: notesOf(parameters),
      *recordings() {
        for (const slot of protocol(parameters)) yield simulateRecording(slot, parameters);
      },
    }),
};

function notesOf({ effect, fingerprint }: SyntheticParameters): string[] {
  const notes = [
    "The signals are simulated: they show that the tool works and say nothing about self-supervision.",
  ];
  if (effect === 0) {
    notes.push("effect 0: no response to arousal or valence, so every arm should stay at chance");
  } else if (effect !== 1) {
    notes.push(`effect ${effect}: ${times(effect)} the response measured in real people`);
  }
  if (fingerprint !== 1) {
    notes.push(
      `fingerprint ${fingerprint}: ${
        times(fingerprint)
      } the differences between people, sessions and recordings`,
    );
  }
  return notes;
}

function times(factor: number): string {
  return factor === 2 ? "twice" : `${factor} times`;
}
