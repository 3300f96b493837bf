/**
 * The videos of one person of AMIGOS: their electrocardiograms and ratings.
 *
 * @module
 */
import { asArray, asCell, asNumber, asText, columnOf, wrong } from "../../formats/mat/access.ts";
import {
  elementError,
  type MatArray,
  type MatCell,
  type MatElement,
  type MatFile,
} from "../../formats/mat/element.ts";
import { openMat } from "../../formats/mat/open.ts";
import { byCodePoint } from "../../formats/window_table.ts";
import { joinNames } from "../../manifest/show.ts";
import type { Lead, Recording } from "../dataset.ts";
import { openFile } from "../files.ts";
import { readExternal, readSelfAssessment } from "./labels.ts";
import type { Person } from "./people.ts";
import type { AmigosParameters } from "./schema.ts";

/** The videos by their ids. */
const VIDEOS = {
  short: ["4", "5", "9", "10", "13", "18", "19", "20", "23", "30", "31", "34", "36", "58", "80", "138"],
  long: ["N1", "P1", "B1", "U1"],
};
/** What the two forms differ in: `videoStartSeconds` is where the video begins in its signal. */
const FORMS = {
  preprocessed: { variable: "joined_data", columns: 17, ecg: 14, sampleRateHz: 128, videoStartSeconds: 5 },
  original: { variable: "ECG_DATA", columns: 6, ecg: 1, sampleRateHz: 256, videoStartSeconds: 0 },
} as const;
/** By how much a rate may differ from that of the times. */
const RATE_TOLERANCE = 0.01;

/** A person's recordings, and what was found on the way. */
export interface Videos {
  /** By id in code-point order. */
  readonly recordings: readonly Recording[];
  /** Videos that were asked for and have no signal. */
  readonly missing: readonly string[];
  /** What the reader of MAT-files tolerated. */
  readonly warnings: readonly string[];
}

/**
 * Reads the videos of a person in the order of the file, whatever it is: a video is known by its id in `VideoIDs`, never by its
 * place.
 *
 * Throws what the reader of MAT-files does, and RangeError for ids that are unknown or come twice, cell arrays of different
 * lengths, a signal no longer than what is cut off, and times that don't go with the rate.
 */
export async function readVideos(
  { subject, file, preprocessed }: Person,
  parameters: AmigosParameters,
): Promise<Videos> {
  using bytes = openFile(file);
  using mat = await openMat(bytes);
  const form = FORMS[parameters.form], { videoStartSeconds } = form;
  const sampleRateHz = parameters.sampleRateHz ?? form.sampleRateHz;
  const cutSeconds = parameters.baselineSeconds ?? videoStartSeconds;
  using labelled = await openLabels(mat, { preprocessed });
  const { ids, selfAssessment, external } = labelled;
  const signals = asCell(mat.variable(form.variable));
  const wanted = parameters.videos === "all" ? [...VIDEOS.short, ...VIDEOS.long] : VIDEOS[parameters.videos];
  for (const cell of [signals, selfAssessment, external]) {
    if (cell.length !== ids.length) {
      throw elementError(cell, {
        must: `it must have a cell for each of ${ids.length} videos`,
        got: cell.length,
      });
    }
  }
  const recordings: Recording[] = [], missing: string[] = [];
  for (const [index, id] of ids.entries()) {
    if (!wanted.includes(id)) continue;
    const signal = signals.at(index);
    if (signal.length === 0) {
      missing.push(`${subject} ${id}`);
      continue;
    }
    const matrix = asArray(signal, { shape: [null, form.columns] });
    if (parameters.form === "original") mustAgree(matrix, sampleRateHz);
    recordings.push({
      id: `amigos/${subject}/1/${id}`,
      file,
      subject,
      session: "1",
      stimulus: id,
      sampleRateHz,
      leads: leadsOf(matrix, { first: form.ecg, cut: Math.round(cutSeconds * sampleRateHz) }),
      labels: readSelfAssessment(selfAssessment.at(index)),
      tracks: readExternal(external.at(index), {
        range: parameters.externalRange,
        startSeconds: videoStartSeconds - cutSeconds,
      }),
    });
  }
  return {
    recordings: recordings.sort((left, right) => byCodePoint(left.id, right.id)),
    missing,
    warnings: [...new Set([...mat.warnings(), ...labelled.warnings()])],
  };
}

/** The ratings of a person by video. */
interface Labelled extends Disposable {
  readonly ids: readonly string[];
  readonly selfAssessment: MatCell;
  readonly external: MatCell;
  warnings(): readonly string[];
}

/** Ratings lie beside the signals or, for original files without them, in the preprocessed file of the same person. */
async function openLabels(mat: MatFile, { preprocessed }: Pick<Person, "preprocessed">): Promise<Labelled> {
  const isThere = mat.names.includes("VideoIDs") || preprocessed === undefined;
  const own = isThere ? null : openFile(preprocessed);
  const source = own === null ? mat : await openMat(own);
  return {
    ids: readIds(asCell(source.variable("VideoIDs"))),
    selfAssessment: asCell(source.variable("labels_selfassessment")),
    external: asCell(source.variable("labels_ext_annotation")),
    warnings: () => source.warnings(),
    [Symbol.dispose]() {
      if (own === null) return;
      source[Symbol.dispose]();
      own[Symbol.dispose]();
    },
  };
}

function readIds(cell: MatCell): string[] {
  const known = [...VIDEOS.short, ...VIDEOS.long];
  const ids = Array.from({ length: cell.length }, (_, index) => {
    const element = cell.at(index), id = idOf(element);
    if (known.includes(id)) return id;
    throw elementError(element, { must: `it must be a video, ${joinNames(known)}`, got: id });
  });
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice === undefined) return ids;
  throw elementError(cell, { must: "its videos must differ", got: `${twice} twice` });
}

function idOf(element: MatElement): string {
  return element.kind === "array" && element.length === 1
    ? String(asNumber(element))
    : asText(element).trim();
}

function leadsOf(matrix: MatArray, { first, cut }: { first: number; cut: number }): Lead[] {
  const [samples] = matrix.shape;
  if (samples <= cut) {
    throw elementError(matrix, {
      must: `it must have more than the ${cut} samples that are cut off`,
      got: samples,
    });
  }
  return ["ECG right", "ECG left"].map((name, index) => ({
    name,
    unit: "not stated",
    samples: columnOf(matrix, { column: first + index }).subarray(cut),
  }));
}

/** Times are milliseconds in the first column. */
function mustAgree(matrix: MatArray, sampleRateHz: number): void {
  const times = columnOf(matrix, { column: 0 }), last = times.length - 1;
  if (last < 1) throw wrong(matrix, "two samples or more");
  const rate = 1000 * last / (times[last] - times[0]);
  if (Math.abs(rate - sampleRateHz) <= RATE_TOLERANCE * sampleRateHz) return;
  throw elementError(matrix, {
    must: `its first column must be times in ms that go with ${sampleRateHz} Hz`,
    got: `${rate} samples a second`,
  });
}
