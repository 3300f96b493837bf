/**
 * CASE: thirty people who rated valence and arousal with a joystick while they watched eight videos.
 *
 * @module
 */
import { basename } from "node:path";
import type { Dataset, DatasetSource } from "../dataset.ts";
import { leftOut } from "../exclude.ts";
import { hashFiles } from "../files.ts";
import { findFiles } from "./files.ts";
import { RATING } from "./ratings.ts";
import { CONDITIONS, recordingOfVideo, recordingsOfPerson } from "./recordings.ts";
import { CITATION, LICENCE } from "./rights.ts";
import type { CaseParameters } from "./schema.ts";

/**
 * A recording is a video that a person watched, `case/sub_3/1/video-7`; with `form: epic` a part of one as it was cut for training or
 * testing, `EPiC/sub_3/train/vid_7`. The lead is `ECG` in mV, 1000 Hz.
 *
 * Labels: valence and arousal (0.5 to 9.5) change over a recording; `condition` is what the video is meant to elicit (amusing,
 * boring, relaxing, scary), which EPiC's numbers of videos do not tell. In EPiC's test files signals go on 10 s longer than ratings on
 * both sides; there is no rating there.
 *
 * Its identity is the SHA-256 of the files in use and the parameters. Not verified on the original files: all of the layout, and that
 * EPiC kept the unit mV.
 */
export const caseDataset: DatasetSource<CaseParameters> = {
  async identity(parameters, context) {
    const { folder, files } = await findFiles(parameters, context), { path: _, ...others } = parameters;
    const paths = files.flatMap(({ signals, ratings }) => [signals, ratings]);
    return { name: basename(folder), files: await hashFiles(folder, paths), parameters: others };
  },

  async open(parameters, context): Promise<Dataset> {
    const { folder, files } = await findFiles(parameters, context), dataset = basename(folder);
    const isEpic = parameters.form === "epic";
    return {
      simulated: false,
      licence: LICENCE,
      citation: CITATION,
      labels: { ...isEpic ? {} : { condition: { values: CONDITIONS } }, valence: RATING, arousal: RATING },
      notes: notesOf(parameters),
      *recordings() {
        for (const file of files) {
          if (isEpic) yield recordingOfVideo(file, { dataset });
          else yield* recordingsOfPerson(file, { dataset });
        }
      },
    };
  },
};

function notesOf({ form, scenario, fold, exclude }: CaseParameters): string[] {
  const notes = [
    "The layout of CASE is that of its readmes and of public code, not checked on the dataset's own files.",
  ];
  if (form === "epic") {
    const cut = `Cut for scenario ${scenario}${fold === undefined ? "" : `, fold ${fold}`} of EPiC 2023`;
    notes.push(`${cut}; the session says for which side. A manifest's split does not follow it by itself.`);
  }
  if (exclude) notes.push(leftOut(exclude.subjects, exclude.why));
  return notes;
}
