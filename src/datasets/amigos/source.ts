/**
 * AMIGOS: forty people who watched short and long videos, with their own ratings and those of external annotators.
 *
 * @module
 */
import { resolve } from "node:path";
import type { Dataset, DatasetContext, DatasetSource } from "../dataset.ts";
import { hashFiles, requireFolder } from "../files.ts";
import { EXTERNAL, SELF_ASSESSMENT } from "./labels.ts";
import { findPeople } from "./people.ts";
import type { AmigosParameters } from "./schema.ts";
import { readVideos } from "./videos.ts";

const LICENCE = "that of the signed agreement; not verified: academic research alone, not to be passed on";
const CITATION =
  "Miranda-Correa JA, Abadi MK, Sebe N, Patras I. AMIGOS: a dataset for affect, personality and mood research on " +
  "individuals and groups. IEEE Trans Affect Comput 2021;12(2):479-493. doi:10.1109/TAFFC.2018.2884461";

const NOTES = [
  "The layout of AMIGOS was read in public code and not checked on the dataset's own files; the unit of the " +
  "electrocardiograms is not stated there.",
  "Which electrode is right and which is left is disputed: public code takes the two columns in either order.",
];

/**
 * A recording is a video that a person watched: `amigos/P01/1/<video>`, with the leads `ECG right` and `ECG left`.
 *
 * Labels: arousal, valence, dominance, liking and familiarity (1 to 9) and seven emotions (0 or 1), as people rated
 * themselves after a video; null where they didn't. Tracks: externalValence and externalArousal, one value every 20 s.
 * Samples that are NaN stay so, and cost the windows that they lie in. One person's videos are in memory at a time.
 *
 * Its identity is the SHA-256 of every file in use and the parameters. Not verified on the dataset's own files: all of it.
 */
export const amigos: DatasetSource<AmigosParameters> = {
  async identity(parameters, context) {
    const { folder, people } = await openPeople(parameters, context), { path: _, ...others } = parameters;
    const files = people.flatMap(({ file, preprocessed }) =>
      preprocessed === undefined ? [file] : [file, preprocessed]
    );
    return { name: "amigos", files: await hashFiles(folder, files), parameters: others };
  },

  async open(parameters, context): Promise<Dataset> {
    const { folder, people } = await openPeople(parameters, context), found = new Set<string>();
    return {
      simulated: false,
      licence: LICENCE,
      citation: CITATION,
      labels: {
        ...SELF_ASSESSMENT,
        ...Object.fromEntries(
          EXTERNAL.map((name) => [name, { ...parameters.externalRange, unit: "points" }]),
        ),
      },
      // What is missing or was tolerated is known once the recordings have been read.
      get notes() {
        return [...NOTES, ...found];
      },
      async *recordings() {
        for (const person of people) {
          const { recordings, missing, warnings } = await readVideos(person, parameters);
          for (const warning of warnings) found.add(`${warning.replace(`${folder}/`, "")}.`);
          if (missing.length > 0) found.add(`Videos without a signal: ${missing.join(", ")}.`);
          yield* recordings;
        }
      },
    };
  },
};

async function openPeople(parameters: AmigosParameters, { dataFolder }: DatasetContext) {
  const folder = resolve(dataFolder, parameters.path);
  await requireFolder(folder, { what: "AMIGOS", dataFolder });
  return { folder, people: await findPeople(folder, parameters) };
}
