/**
 * YAAD: electrocardiograms of young adults at videos that were chosen for emotions.
 *
 * @module
 */
import { basename, resolve } from "node:path";
import { readDelimited } from "../../formats/table/delimited.ts";
import type { Table } from "../../formats/table/table.ts";
import { readXlsx } from "../../formats/table/xlsx.ts";
import type { Dataset, DatasetContext, DatasetSource } from "../dataset.ts";
import { hashFiles } from "../files.ts";
import { EMOTIONS, LEVELS, readAnnotations } from "./annotations.ts";
import { findFiles, idOf } from "./folder.ts";
import { CITATION, LICENCE } from "./rights.ts";
import { readSamples } from "./samples.ts";
import type { YaadParameters } from "./schema.ts";

const SAMPLE_RATE_HZ = 128;

/**
 * The electrocardiograms of a part of YAAD: a recording is a participant at a video, `<folder>/p2/s1/v3`, at 128 Hz.
 *
 * Labels are the seven emotions, 1 very low to 5 very high, and valence, arousal and dominance. A recording without a row in the
 * table has none.
 *
 * Its identity is the SHA-256 of every recording of the part and of the table. Not verified on the original files: the rate, the unit,
 * which no file says, and the ranges of the labels.
 */
export const yaad: DatasetSource<YaadParameters> = {
  async identity(parameters, context) {
    const folder = resolve(context.dataFolder, parameters.path);
    const { videos, table } = await findFiles(folder, { parameters, ...context });
    return {
      name: basename(folder),
      files: await hashFiles(folder, [...videos.map(({ path }) => path), table]),
    };
  },

  async open(parameters, context): Promise<Dataset> {
    const { name, videos, annotations, notes } = await openYaad(parameters, context);
    const { emotions, levels } = parameters;
    const rangesOf = (labels: Readonly<Record<string, string>>, { from, to }: typeof emotions) =>
      Object.keys(labels).map((label) => [label, { from, to, unit: "points" }]);
    const labels = Object.fromEntries([...rangesOf(EMOTIONS, emotions), ...rangesOf(LEVELS, levels)]);
    const unknown = Object.fromEntries(Object.keys(labels).map((label) => [label, null]));
    return {
      simulated: false,
      licence: LICENCE,
      citation: CITATION,
      labels,
      notes,
      async *recordings() {
        for (const video of videos) {
          const samples = readSamples(await Deno.readTextFile(video.path), { file: video.path });
          yield {
            id: `${name}/${idOf(video)}`,
            file: video.path,
            subject: `p${video.participant}`,
            session: `s${video.session}`,
            stimulus: `s${video.session}v${video.video}`,
            sampleRateHz: SAMPLE_RATE_HZ,
            leads: [{ name: "ECG", unit: "not stated", samples }],
            labels: annotations.get(idOf(video)) ?? unknown,
          };
        }
      },
    };
  },
};

async function openYaad(parameters: YaadParameters, { dataFolder }: DatasetContext) {
  const folder = resolve(dataFolder, parameters.path);
  const { videos, table } = await findFiles(folder, { parameters, dataFolder });
  const annotations = readAnnotations(await readTable(table), parameters);
  const unlabelled = videos.filter((video) => !annotations.has(idOf(video))).length;
  const notes = [
    `The ${parameters.part} part: participants are numbered anew in the other.`,
    "The rate (128 Hz) and the ranges of labels were not verified on the original files; the unit of the samples is not stated.",
  ];
  if (unlabelled > 0) {
    notes.push(`Recordings without a row in the table have no labels: ${unlabelled} of ${videos.length}.`);
  }
  return { name: basename(folder), videos, annotations, notes };
}

async function readTable(path: string): Promise<Table> {
  const bytes = await Deno.readFile(path);
  return /\.xlsx$/i.test(path)
    ? await readXlsx(bytes, { file: path })
    : readDelimited(new TextDecoder().decode(bytes), { file: path, delimiter: "," });
}
