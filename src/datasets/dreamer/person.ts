/**
 * One person of DREAMER: clips, what was recorded before each, and ratings.
 *
 * @module
 */
import { asArray, asCell, asStruct, columnOf, describe } from "../../formats/mat/access.ts";
import { elementError, type MatCell, type MatElement, type MatStruct } from "../../formats/mat/element.ts";
import { byCodePoint, type LabelRange } from "../../formats/window_table.ts";
import type { Lead, Recording } from "../dataset.ts";
import type { DreamerParameters } from "./schema.ts";

const RATING = { from: 1, to: 5, unit: "points" }, AGE = { from: 0, to: 120, unit: "years" };
const SCORES = { arousal: "ScoreArousal", dominance: "ScoreDominance", valence: "ScoreValence" } as const;
const LEADS = ["ECG 1", "ECG 2"];
const GENDERS = ["female", "male"];

/** The labels of a recording, with their ranges. */
export const LABELS: Readonly<Record<string, LabelRange>> = {
  valence: RATING,
  arousal: RATING,
  dominance: RATING,
  age: AGE,
  gender: { values: GENDERS },
  part: { values: ["baseline", "clip"] },
};

/**
 * The recordings of the person at a position from 0, by id in code-point order.
 *
 * What lies in the structure is read in the order of the file, in which a large file is inflated; the electroencephalogram is
 * passed over. Throws with file and element TypeError for another layout, RangeError for ratings outside 1 to 5 and ages
 * outside 0 to 120.
 */
export function readPerson(
  element: MatElement,
  { index, file, parameters }: { index: number; file: string; parameters: DreamerParameters },
): Recording[] {
  const needed = ["Age", "Gender", "ECG", ...Object.values(SCORES)];
  const person = asStruct(element, { fields: needed }),
    inOrder = person.fields.filter((name) => needed.includes(name));
  const subject = `S${number(index)}`, read: Partial<PersonFields> = {};
  for (const name of inOrder) {
    const field = person.field(name);
    if (name === "Age") read.age = readAge(field);
    else if (name === "Gender") read.gender = readGender(field);
    else if (name === "ECG") read.signals = readSignals(asStruct(field), parameters);
    else {
      const score = Object.entries(SCORES).find(([, own]) => own === name)?.[0] ?? name;
      read.scores = { ...read.scores, [score]: readScores(field, { name: score }) };
    }
  }
  const { age = null, gender = null, signals = [], scores = {} } = read;
  return signals.map(({ part, clip, leads }) => {
    const name = `clip${number(clip)}`, isClip = part === "clip";
    return {
      id: `dreamer/${subject}/1/${isClip ? name : `${name}-baseline`}`,
      file,
      subject,
      session: "1",
      stimulus: isClip ? name : "baseline",
      sampleRateHz: parameters.sampleRateHz,
      leads,
      labels: {
        ...Object.fromEntries(["valence", "arousal", "dominance"].map((score) => {
          const of = scores[score];
          if (of !== undefined && clip < of.length) return [score, isClip ? of[clip] : null];
          throw elementError(person, {
            must: `there must be a ${score} for each clip`,
            got: of?.length ?? "none",
          });
        })),
        age,
        gender,
        part,
      },
    };
  }).sort((left, right) => byCodePoint(left.id, right.id));
}

interface Signal {
  readonly part: "baseline" | "clip";
  /** From 0. */
  readonly clip: number;
  readonly leads: readonly Lead[];
}

interface PersonFields {
  age: number | null;
  gender: string | null;
  signals: Signal[];
  scores: Readonly<Record<string, readonly (number | null)[]>>;
}

function number(index: number): string {
  return `${index + 1}`.padStart(2, "0");
}

function readSignals(ecg: MatStruct, { parts, last, sampleRateHz }: DreamerParameters): Signal[] {
  const wanted: Record<string, Signal["part"]> = {
    ...parts === "stimuli" ? {} : { baseline: "baseline" },
    ...parts === "baseline" ? {} : { stimuli: "clip" },
  };
  asStruct(ecg, { fields: Object.keys(wanted) });
  return ecg.fields.filter((name) => name in wanted).flatMap((name) => {
    const part = wanted[name], cell: MatCell = asCell(ecg.field(name));
    const count = part === "clip" && last !== undefined ? Math.round(last * sampleRateHz) : Infinity;
    return Array.from({ length: cell.length }, (_, clip) => {
      const matrix = asArray(cell.at(clip), { shape: [null, LEADS.length] }), [samples] = matrix.shape;
      const leads = LEADS.map((lead, column) => ({
        name: lead,
        unit: "not stated",
        samples: columnOf(matrix, { column }).subarray(Math.max(0, samples - count)),
      }));
      return { part, clip, leads };
    });
  });
}

function readScores(element: MatElement, { name }: { name: string }): (number | null)[] {
  return Array.from(asArray(element).numbers(), (value, clip) => {
    if (Number.isNaN(value)) return null;
    if (Number.isInteger(value) && value >= RATING.from && value <= RATING.to) return value;
    throw elementError(element, {
      must: `${name} of clip ${clip + 1} must be a whole number from 1 to 5`,
      got: value,
    });
  });
}

/** In years; a number, or a text of one. Null for other texts, NaN and nothing; throws RangeError for a number that is no age. */
function readAge(element: MatElement): number | null {
  const text = plainOf(element), years = text === "" ? NaN : Number(text);
  if (Number.isNaN(years)) return null;
  if (years >= AGE.from && years <= AGE.to) return years;
  throw elementError(element, { must: `an age must be from ${AGE.from} to ${AGE.to} years`, got: years });
}

function readGender(element: MatElement): string | null {
  const text = plainOf(element).toLowerCase();
  return GENDERS.find((gender) => gender === text || gender[0] === text) ?? null;
}

function plainOf(element: MatElement): string {
  if (element.kind === "text") return element.rows().join("").trim();
  if (element.kind === "array" && element.length === 1) return String(element.numbers()[0]);
  return element.length === 0 ? "" : describe(element);
}
