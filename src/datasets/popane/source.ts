/**
 * POPANE: psychophysiology of positive and negative emotions, seven studies.
 *
 * @module
 */
import { basename, resolve } from "node:path";
import { byCodePoint } from "../../formats/window_table.ts";
import type { Dataset, DatasetContext, DatasetSource } from "../dataset.ts";
import { hashFiles, openFile } from "../files.ts";
import { findFiles, type StimulusFile } from "./folder.ts";
import { positionOf, readHeader } from "./header.ts";
import { type OpenedFile, readRecording } from "./recording.ts";
import type { PopaneParameters } from "./schema.ts";

const CITATION =
  "Behnke M, Buchwald M, Bykowski A, Kupinski S, Kaczmarek LD. Psychophysiology of positive and negative emotions, dataset " +
  "of 1157 cases and 8 biosignals. Sci Data 2022;9:10. doi:10.1038/s41597-021-01117-0";

/**
 * The electrocardiograms of POPANE: a recording is a person under a stimulus, `<folder>/P2/S1/Threat`, at 1000 Hz in mV.
 *
 * The label `condition` is the stimulus, `Baseline` among them; `affect`, where a study has it, is what people rated all the time.
 * Read are the head of lines `#key,value` and the columns `ECG`, `affect` and `marker`, wherever they stand. A file without an
 * electrocardiogram, or with none but missing samples, is no recording.
 *
 * Its identity is the SHA-256 of every file in use. Not verified on the original files: the rate and the unit, that numbers of
 * people are the same in all studies, and the range of `affect`.
 */
export const popane: DatasetSource<PopaneParameters> = {
  async identity(parameters, context) {
    const folder = resolve(context.dataFolder, parameters.path);
    const files = await findFiles(folder, { parameters, ...context });
    return { name: basename(folder), files: await hashFiles(folder, files.map(({ path }) => path)) };
  },

  async open(parameters, context): Promise<Dataset> {
    const { name, files, notes } = await openPopane(parameters, context);
    const hasAffect = files.some(({ header }) => positionOf("affect", header) >= 0);
    const conditions = [...new Set(files.map(({ stimulus }) => stimulus))].sort(byCodePoint);
    const labels = {
      condition: { values: conditions },
      ...hasAffect ? { affect: { ...parameters.affect, unit: "points" } } : {},
    };
    return {
      simulated: false,
      licence: "not verified: CC BY 4.0 is assumed; look on its page before you share",
      citation: CITATION,
      labels,
      notes,
      *recordings() {
        for (const file of files) {
          const id = `${name}/${file.subject}/${file.study}/${file.stimulus}`;
          const recording = readRecording(file, { id, labels: Object.keys(labels), parameters });
          if (recording !== null) yield recording;
        }
      },
    };
  },
};

async function openPopane(parameters: PopaneParameters, { dataFolder }: DatasetContext) {
  const folder = resolve(dataFolder, parameters.path);
  const found = (await findFiles(folder, { parameters, dataFolder })).map(open);
  const files = found.filter(({ header }) => positionOf("ECG", header) >= 0);
  if (files.length === 0) {
    throw new RangeError(
      `${folder}: Cannot open POPANE: some file must have a column "ECG", got ${
        found[0].header.columns.join(", ")
      }`,
    );
  }
  const notes = [
    "The rate (1000 Hz) and the unit (mV) are as published; the layout was not verified on the original files.",
    parameters.subject === "participant"
      ? "A participant's number is taken to be one person in every study, which was not verified."
      : "A participant's number is taken to be another person in every study, although some people took part in several.",
    "Recordings whose electrocardiogram is missing throughout are left out.",
  ];
  if (files.length < found.length) {
    notes.push(
      `Files without a column "ECG" are left out: ${found.length - files.length} of ${found.length}.`,
    );
  }
  return { name: basename(folder), files, notes };
}

function open(file: StimulusFile): OpenedFile {
  using source = openFile(file.path);
  const header = readHeader(source), study = /(\d+)\s*$/.exec(header.fields.Study_name ?? "")?.[1];
  if (study !== undefined && `S${Number(study)}` !== file.study) {
    throw new RangeError(
      `${file.path}: Cannot open POPANE: the study in the head must be that of the name, ${file.study}, ` +
        `got ${header.fields.Study_name}`,
    );
  }
  return { ...file, header };
}
