/**
 * Folders of EDF and EDF+ files, each a recording.
 *
 * @module
 */
import { readEdfAnnotations } from "../../formats/edf/annotations.ts";
import { type EdfHeader, readEdfHeader, sampleRateOf } from "../../formats/edf/header.ts";
import { readEdfSignals } from "../../formats/edf/signals.ts";
import { byCodePoint } from "../../formats/window_table.ts";
import { joinNames } from "../../manifest/show.ts";
import type { Annotation, Dataset, DatasetContext, DatasetSource, Recording } from "../dataset.ts";
import { openFile } from "../files.ts";
import { findFiles, type FoundFile, identityOf, idOf, inOrder, openLabels } from "../tabular/found_files.ts";
import { type LabelTable, rangesOf } from "../tabular/label_table.ts";
import type { Place } from "../tabular/pattern.ts";
import { chosenSignals } from "./leads.ts";
import type { EdfParameters } from "./schema.ts";

/** The symbol of a comment, which is what annotations of EDF+ are: texts of any kind. */
const COMMENT = '"';

/**
 * Recordings `<folder>/<subject>/<session>/<stimulus>`, an EDF file each, in the units of its header as they are spelt there.
 *
 * The leads of a recording have one rate: those that are asked for, or all of the highest in the file. Annotations of EDF+ are
 * comments at their onset; those before the first sample or after the last are left out, and how long one lasts is not kept.
 * Between the data records of a discontinuous file there is NaN.
 *
 * Its identity is the SHA-256 of every file in use, and the parameters.
 */
export const edf: DatasetSource<EdfParameters> = {
  async identity(parameters, context) {
    return await identityOf(parameters, await find(parameters, context));
  },

  async open(parameters, context): Promise<Dataset> {
    const found = await find(parameters, context), { name, files, unused } = found;
    const labels = await openLabels(found, parameters);
    return {
      simulated: false,
      licence: parameters.licence,
      citation: parameters.citation,
      labels: rangesOf(parameters.labels),
      notes: [
        ...unused.length === 0 || parameters.leads !== undefined
          ? []
          : [`Signals of lower rates are left out: ${joinNames(unused, { last: "and" })}`],
        ...labels?.notesOfOthers(files.map(({ place }) => place)) ?? [],
      ],
      *recordings() {
        for (const file of files) yield readRecording(file, { name, labels, parameters });
      },
    };
  },
};

/** The files in use, with the labels of the signals that aren't. Every header is read. */
async function find(parameters: EdfParameters, context: DatasetContext) {
  const found = await findFiles(parameters, context), files: FoundFile[] = [], unused = new Set<string>();
  for (const { path, place } of found.files) {
    using source = openFile(path);
    const header = readEdfHeader(source),
      used = chosenSignals(header, { file: path, leads: parameters.leads });
    for (const signal of header.signals) if (!used.includes(signal)) unused.add(signal.name);
    files.push({ path, place: placeOf(header, { file: path, place, parameters }) });
  }
  return { ...found, files: inOrder(files), unused: [...unused].toSorted(byCodePoint) };
}

/** Whose a file is. */
function placeOf(
  { patient }: EdfHeader,
  { file, place, parameters }: { file: string; place: Place; parameters: EdfParameters },
): Place {
  if (parameters.subject === "file") return place;
  const [code] = patient.split(/\s+/);
  if (!/^[^/@]+$/.test(code) || code === "X") {
    throw new RangeError(
      `${file}: Cannot tell whose the recording is: the patient field must begin with a code, got ${
        JSON.stringify(patient)
      }`,
    );
  }
  return {
    ...place,
    subject: code,
    ...parameters.file.includes("{session}") ? {} : { session: place.subject },
  };
}

function readRecording(
  { path: file, place }: FoundFile,
  { name, labels, parameters }: { name: string; labels: LabelTable | null; parameters: EdfParameters },
): Recording {
  using source = openFile(file);
  const header = readEdfHeader(source), timeline = readEdfAnnotations(source, header);
  const signals = chosenSignals(header, { file, leads: parameters.leads });
  const samples = readEdfSignals(source, { header, timeline, signals });
  const sampleRateHz = sampleRateOf(signals[0], header), [origin = 0] = timeline.recordSeconds;
  const annotations: Annotation[] = timeline.annotations
    .map(({ onsetSeconds, text }) => ({
      sample: Math.round((onsetSeconds - origin) * sampleRateHz),
      symbol: COMMENT,
      text,
    }))
    .filter(({ sample }) => sample >= 0 && sample < samples[0].length)
    .toSorted((left, right) => left.sample - right.sample);
  return {
    id: `${name}/${idOf(place)}`,
    file,
    ...place,
    sampleRateHz,
    leads: signals.map(({ name: lead, unit }, index) => ({ name: lead, unit, samples: samples[index] })),
    labels: labels?.at(place, { file }) ?? {},
    ...header.kind === "EDF" ? {} : { annotations },
  };
}
