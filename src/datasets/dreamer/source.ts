/**
 * DREAMER: twenty-three people who watched eighteen film clips.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { asCell, asNumber, asStruct } from "../../formats/mat/access.ts";
import { elementError } from "../../formats/mat/element.ts";
import { openMat } from "../../formats/mat/open.ts";
import type { Dataset, DatasetContext, DatasetSource } from "../dataset.ts";
import { hashFiles, openFile, requireFile, requireFolder } from "../files.ts";
import { LABELS, readPerson } from "./person.ts";
import type { DreamerParameters } from "./schema.ts";

const FILE = "DREAMER.mat";
const LICENCE = "that of the authors' permission; not verified: academic research alone, not to be passed on";
const CITATION =
  "Katsigiannis S, Ramzan N. DREAMER: a database for emotion recognition through EEG and ECG signals from wireless " +
  "low-cost off-the-shelf devices. IEEE J Biomed Health Inform 2018;22(1):98-107. doi:10.1109/JBHI.2017.2688239";
const NOTE =
  "The layout of DREAMER was read in public code and not checked on the dataset's own file; the unit of the " +
  "electrocardiograms is not stated there.";

/**
 * A recording is a clip that a person watched, `dreamer/S01/1/clip01`, or what was recorded before it,
 * `dreamer/S01/1/clip01-baseline`, with the leads `ECG 1` and `ECG 2`.
 *
 * Labels: valence, arousal and dominance (1 to 5, whole numbers; null for a baseline), age in years, gender, and part. The one file
 * is inflated as it is read, once from its beginning to its end, one person's signals in memory at a time; a checksum that is wrong is
 * tolerated and noted.
 *
 * Its identity is the SHA-256 of the file and the parameters. Not verified on the dataset's own file: all of it.
 */
export const dreamer: DatasetSource<DreamerParameters> = {
  async identity(parameters, context) {
    const { folder, file } = await find(parameters, context), { path: _, ...others } = parameters;
    return { name: "dreamer", files: await hashFiles(folder, [file]), parameters: others };
  },

  async open(parameters, context): Promise<Dataset> {
    const { file } = await find(parameters, context), found = new Set<string>();
    return {
      simulated: false,
      licence: LICENCE,
      citation: CITATION,
      labels: LABELS,
      // What was tolerated is known once the recordings have been read.
      get notes() {
        return [NOTE, ...found];
      },
      async *recordings() {
        using bytes = openFile(file);
        using mat = await openMat(bytes);
        const root = asStruct(mat.variable("DREAMER"), { fields: ["Data"] }),
          people = asCell(root.field("Data"));
        for (let index = 0; index < people.length; index++) {
          yield* readPerson(people.at(index), { index, file, parameters });
        }
        if (root.fields.includes("ECG_SamplingRate")) {
          const element = root.field("ECG_SamplingRate"), rate = asNumber(element);
          if (rate !== parameters.sampleRateHz) {
            throw elementError(element, {
              must: `it must be sampleRateHz, ${parameters.sampleRateHz}`,
              got: rate,
            });
          }
        }
        for (const warning of mat.warnings()) found.add(`${warning.replace(file, FILE)}.`);
      },
    };
  },
};

async function find({ path }: DreamerParameters, { dataFolder }: DatasetContext) {
  const folder = resolve(dataFolder, path), file = join(folder, FILE);
  await requireFolder(folder, { what: "DREAMER", dataFolder });
  await requireFile(file, { what: "DREAMER" });
  return { folder, file };
}
