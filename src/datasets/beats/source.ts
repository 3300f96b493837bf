/**
 * Measured beat times as electrocardiograms: real rhythms, synthetic waves.
 *
 * @module
 */
import { byCodePoint } from "../../formats/window_table.ts";
import { joinNames } from "../../manifest/show.ts";
import { stream } from "../../random/stream.ts";
import type { Dataset, DatasetSource } from "../dataset.ts";
import { leftOut } from "../exclude.ts";
import { WAVEFORM_CITATION } from "../ecg/waveform.ts";
import { knownBeats } from "./databases.ts";
import { openBeats, type OpenedBeats } from "./people.ts";
import { renderRecording } from "./recording.ts";
import type { BeatsParameters } from "./schema.ts";
import { drawWearer, recordingNumbers } from "./wearer.ts";

/**
 * Beat times of real people, rendered with the waves of the synthetic dataset: `<folder>/<subject>/1/<condition>`.
 *
 * The label `condition` reaches the signal through the beats alone. A person has the same waves, electrodes, breathing and power
 * of noise under every condition, drawn without a look at the beats; noise and phases differ between recordings, which are numbered
 * in random order for that. Only the T wave follows the interval before it, as it does in everybody.
 *
 * It doesn't count as simulated, because the rhythms aren't: nobody knows a latent state, and what a rhythm tells of a condition
 * was measured. Nothing can be learned from it about the shape of waves.
 *
 * Its identity is the SHA-256 of every file in use and the parameters.
 */
export const beats: DatasetSource<BeatsParameters> = {
  async identity(parameters, context) {
    const { name, recordings } = await openBeats(parameters, context);
    const { path: _, ...others } = parameters;
    return {
      name,
      files: Object.fromEntries(recordings.map(({ file, sha256 }) => [file, sha256])),
      parameters: others,
    };
  },

  async open(parameters, context): Promise<Dataset> {
    const opened = await openBeats(parameters, context), { name } = opened, known = knownBeats(name);
    const conditions = Object.keys(parameters.conditions).toSorted(byCodePoint);
    return {
      simulated: false,
      licence: parameters.licence ?? known?.licence ?? "not stated",
      citation: `${parameters.citation ?? known?.citation ?? "not stated"}. Waves: ${WAVEFORM_CITATION}`,
      labels: { condition: { values: conditions } },
      notes: notesOf(opened, parameters),
      *recordings() {
        for (const { subject, condition, timeline } of opened.recordings) {
          const person = stream(parameters.seed, `beats/${name}/person/${subject}`);
          const number = recordingNumbers(conditions, { person }).get(condition);
          yield {
            id: `${name}/${subject}/1/${condition}`,
            subject,
            session: "1",
            stimulus: condition,
            labels: { condition },
            ...renderRecording(timeline, {
              wearer: drawWearer(person, parameters),
              stream: person.child(`recording/${number}`),
            }),
          };
        }
      },
    };
  },
};

function notesOf({ name, recordings }: OpenedBeats, parameters: BeatsParameters): string[] {
  const { conditions, equalMeanRate, exclude } = parameters;
  const people = new Set(recordings.map(({ subject }) => subject)).size;
  const notes = [
    "Real rhythms, synthetic waves: the beat times were measured in people, and the electrocardiogram around them is computed.",
    `${people} ${people === 1 ? "person" : "people"}, each recorded once under every condition.`,
  ];
  const folders = knownBeats(name)?.order ?? [];
  const inOrder = folders.flatMap((folder) =>
    Object.keys(conditions).filter((condition) => conditions[condition] === folder)
  );
  if (inOrder.length > 1) {
    notes.push(
      `The order of conditions is not counterbalanced: ${inOrder[0]} comes first for everybody, before ${
        joinNames(inOrder.slice(1), { last: "and" })
      }.`,
    );
  }
  if (equalMeanRate) {
    const { bpm, windowSeconds } = equalMeanRate;
    notes.push(
      `Time is scaled so that every window of ${windowSeconds} s, cut without overlap, has a mean heart rate of ${bpm} bpm: ` +
        "only the pattern of intervals within it is left.",
    );
  }
  if (exclude) notes.push(leftOut(exclude.subjects, exclude.why));
  return notes;
}
