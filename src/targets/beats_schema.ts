/**
 * The parameters of `beats`.
 *
 * @module
 */
import { z } from "zod";
import { ANNOTATION_CODES } from "../formats/wfdb/annotation_codes.ts";
import { joinNames } from "../manifest/show.ts";
import { classSetsOf, hasPositive, orderClasses } from "./classes.ts";

const beat = z.enum(
  Object.values(ANNOTATION_CODES).filter((code) => code.beat).map(({ symbol }) => symbol),
);
const rhythm = z.string().regex(/^[^(\s](.*\S)?$/, {
  error: "must be the name of a rhythm without its parenthesis, as in AFIB",
});

const hardNegatives = z.strictObject({
  name: z.string().min(1).describe("What they are, in words."),
  beats: z.array(beat).default([]).describe("Symbols of beats; a window that holds one is hard."),
  rhythms: z.array(rhythm).default([]).describe(
    "Names of rhythms, as in AFIB; a window that overlaps one is hard.",
  ),
}).refine(({ beats, rhythms }) => beats.length + rhythms.length > 0, { error: "must name beats or rhythms" });

const parameters = z.strictObject({
  classes: classSetsOf(beat).describe(
    "The beats of each class by their WFDB symbols; a window with a beat of no class is discarded.",
  ),
  positive: z.string().min(1).optional().describe(
    "Of two classes the one that a single beat makes a window of, and that AUROC and average precision refer to; " +
      "default: the last by code point.",
  ),
  precedence: z.array(z.string().min(1)).optional().describe(
    "Of more than two classes all names, most decisive first: a window has the first of which it holds a beat.",
  ),
  discard: z.array(beat).default([]).describe(
    "Symbols of beats; a window that holds one, or has one closer than edge outside, is discarded.",
  ),
  discardRhythm: z.array(rhythm).default([]).describe(
    "Names of rhythms, as in VFL; a window that overlaps one is discarded.",
  ),
  edge: z.number().min(0).default(0.15).describe(
    "Seconds. A beat of any but the least decisive class that is closer to a border of a window, on either side of it, " +
      "is in doubt: the window is discarded unless a beat farther inside decides as much.",
  ),
  hardNegatives: hardNegatives.optional().describe(
    "Of two classes: which windows of the other class are easily taken for the positive one.",
  ),
});

/** Parameters with every default filled in. */
export type BeatsParameters = z.output<typeof parameters>;

interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
}

/** The parameters of `beats`. */
export const beatsSchema = parameters.superRefine((values, context) => {
  // What is wrong by itself would be reported again wherever others are measured by it.
  if (context.issues.length > 0) return;
  const isBinary = Object.keys(values.classes).length === 2;
  const problems = [
    ...isBinary ? problemsOfTwo(values) : problemsOfMany(values),
    ...problemsOfDiscard(values),
  ];
  for (const problem of problems) context.addIssue({ code: "custom", ...problem });
});

function problemsOfTwo({ classes, positive, precedence, hardNegatives }: BeatsParameters): Problem[] {
  if (!hasPositive({ classes, positive })) {
    const names = joinNames(orderClasses({ classes }));
    return [{ path: ["positive"], message: `must be the name of a class, ${names}` }];
  }
  const [negative] = orderClasses({ classes, positive });
  const strangers = [...hardNegatives?.beats ?? []].flatMap((symbol, index): Problem[] =>
    classes[negative].includes(symbol) ? [] : [{
      path: ["hardNegatives", "beats", index],
      message: `must be a beat of the class "${negative}"`,
    }]
  );
  if (precedence === undefined) return strangers;
  const message = "must be left out where there are two classes: the positive one decides";
  return [...strangers, { path: ["precedence"], message }];
}

function problemsOfMany({ classes, positive, precedence = [], hardNegatives }: BeatsParameters): Problem[] {
  const names = orderClasses({ classes }), problems: Problem[] = [];
  const isComplete = precedence.length === names.length && names.every((name) => precedence.includes(name));
  if (!isComplete) {
    const every = joinNames(names, { last: "and" });
    problems.push({
      path: ["precedence"],
      message: `must list ${every}, most decisive first, where there are more than two classes`,
    });
  }
  for (const [key, value] of Object.entries({ positive, hardNegatives })) {
    if (value === undefined) continue;
    problems.push({ path: [key], message: "must be left out where there are more than two classes" });
  }
  return problems;
}

function problemsOfDiscard({ classes, discard }: BeatsParameters): Problem[] {
  const classified = Object.values(classes).flat();
  return discard.flatMap((symbol, index) =>
    classified.includes(symbol) ? [{ path: ["discard", index], message: "must be a beat of no class" }] : []
  );
}
