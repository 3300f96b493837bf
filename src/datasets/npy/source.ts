/**
 * Recordings in files of NumPy.
 *
 * @module
 */
import { type NumberArray, readNpyArray, readNpz } from "../../formats/npy_array.ts";
import type { Dataset, DatasetSource, Lead } from "../dataset.ts";
import { openFile } from "../files.ts";
import { findFiles, identityOf, idOf, openLabels } from "../tabular/found_files.ts";
import { rangesOf } from "../tabular/label_table.ts";
import type { NpyParameters } from "./schema.ts";

/**
 * Recordings `<folder>/<subject>/<session>/<stimulus>`, an .npy or .npz file each: an array [time] of one lead, or [time, lead].
 *
 * Real numbers of any type; NaN is a missing sample. Its identity is the SHA-256 of every file in use, and the parameters.
 */
export const npy: DatasetSource<NpyParameters> = {
  async identity(parameters, context) {
    return await identityOf(parameters, await findFiles(parameters, context));
  },

  async open(parameters, context): Promise<Dataset> {
    const found = await findFiles(parameters, context),
      { name, files } = found,
      { sampleRateHz } = parameters;
    const labels = await openLabels(found, parameters);
    return {
      simulated: false,
      licence: parameters.licence,
      citation: parameters.citation,
      labels: rangesOf(parameters.labels),
      notes: [
        ...parameters.unit === "not stated" ? ["The unit of the leads is not stated."] : [],
        ...labels?.notesOfOthers(files.map(({ place }) => place)) ?? [],
      ],
      *recordings() {
        for (const { path: file, place } of files) {
          yield {
            id: `${name}/${idOf(place)}`,
            file,
            ...place,
            sampleRateHz,
            leads: leadsOf(readArray(file, parameters), { file, parameters }),
            labels: labels?.at(place, { file }) ?? {},
          };
        }
      },
    };
  },
};

function readArray(file: string, { array }: NpyParameters): NumberArray {
  using source = openFile(file);
  if (!/\.npz$/i.test(file)) return readNpyArray(source);
  const arrays = readNpz(source.read(0, source.size), { file }), names = [...arrays.keys()];
  const found = array === undefined && names.length === 1 ? arrays.get(names[0]) : arrays.get(array ?? "");
  if (found !== undefined) return found;
  throw new RangeError(
    `${file}: Cannot read the recording: "array" must name one of ${names.join(", ") || "no arrays"}, got ${
      array ?? "none"
    }`,
  );
}

function leadsOf(
  { shape, values }: NumberArray,
  { file, parameters: { leads, unit } }: { file: string; parameters: NpyParameters },
): Lead[] {
  const [time, columns = 1] = shape;
  if (shape.length < 1 || shape.length > 2 || columns !== leads.length) {
    throw new TypeError(
      `${file}: Cannot read the recording: its array must be [time${
        leads.length === 1 ? "]" : `, ${leads.length}]`
      } for the leads ` +
        `${leads.join(", ")}, got [${shape.join(", ")}]`,
    );
  }
  return leads.map((name, lead) => ({
    name,
    unit,
    samples: Float64Array.from({ length: time }, (_, index) => values[index * columns + lead]),
  }));
}
