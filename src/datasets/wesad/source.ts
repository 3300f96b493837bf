/**
 * WESAD: fifteen people at rest, under stress, amused and meditating.
 *
 * @module
 */
import { basename } from "node:path";
import { joinNames } from "../../manifest/show.ts";
import type { Dataset, DatasetSource } from "../dataset.ts";
import { leftOut } from "../exclude.ts";
import { hashFiles } from "../files.ts";
import { CONDITIONS } from "./conditions.ts";
import { findPeople, type Person, PUBLISHED } from "./people.ts";
import { RATINGS } from "./questionnaire.ts";
import { recordingsOf } from "./recordings.ts";
import type { WesadParameters } from "./schema.ts";

const LICENCE = "scientific, non-commercial purposes, with credit to its owners in what is published";
const CITATION =
  "Schmidt P, Reiss A, Duerichen R, Marberger C, Van Laerhoven K. Introducing WESAD, a multimodal dataset for wearable " +
  "stress and affect detection. ICMI 2018:400-408. doi:10.1145/3242969.3242985";

/**
 * A recording is a stretch of one person under one condition, `WESAD/S2/1/stress`, with the lead `ECG` of the chest in mV, 700 Hz.
 *
 * Labels: `condition` (baseline, stress, amusement, meditation; what is transient or to be ignored is left out), and from the
 * questionnaire valence and arousal (1 to 9) and the sums of the PANAS, positive and negative affect (10 to 50).
 *
 * Its identity is the SHA-256 of the files in use and the parameters. Not verified on the original files: the layout of the pickle and
 * of the questionnaire, the order of the PANAS's items, that judgements are in the order of conditions, and the unit mV.
 */
export const wesad: DatasetSource<WesadParameters> = {
  async identity(parameters, context) {
    const { folder, people } = await findPeople(parameters, context), { path: _, ...others } = parameters;
    const files = people.flatMap(({ signals, questionnaire }) => [signals, questionnaire ?? []].flat());
    return { name: basename(folder), files: await hashFiles(folder, files), parameters: others };
  },

  async open(parameters, context): Promise<Dataset> {
    const { folder, people } = await findPeople(parameters, context);
    return {
      simulated: false,
      licence: LICENCE,
      citation: CITATION,
      labels: { condition: { values: CONDITIONS }, ...parameters.questionnaire === "none" ? {} : RATINGS },
      notes: notesOf(people, parameters),
      async *recordings() {
        for (const person of people) {
          yield* await recordingsOf(person, { dataset: basename(folder), parameters });
        }
      },
    };
  },
};

function notesOf(people: readonly Person[], { from, questionnaire, exclude }: WesadParameters): string[] {
  const subjects = people.map(({ subject }) => subject);
  const missing = PUBLISHED.filter((name) => !subjects.includes(name) && !exclude?.subjects.includes(name));
  const notes = [
    "The layout of WESAD was read in public code and not checked on the dataset's own files.",
    "The order of conditions is one of two, baseline first in both: what conditions do and what time does is not told apart.",
  ];
  if (from === "respiban") {
    notes.push("Recordings are the chest device's, cut by the times of the questionnaire, edges included.");
  }
  if (questionnaire !== "none") {
    notes.push("Ratings are those of a whole condition; the order of the PANAS's items was not verified.");
  }
  if (missing.length > 0) notes.push(`Not there: ${joinNames(missing, { last: "and" })}.`);
  if (exclude) notes.push(leftOut(exclude.subjects, exclude.why));
  return notes;
}
