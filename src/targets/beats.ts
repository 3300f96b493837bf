/**
 * Classes from the beats that a window holds.
 *
 * @module
 */
import { byCodePoint, type RecordingRow, type WindowRow } from "../formats/window_table.ts";
import { joinNames } from "../manifest/show.ts";
import type { BeatsParameters } from "./beats_schema.ts";
import { type ClassSets, orderClasses, positionsOfValues } from "./classes.ts";
import {
  classOf,
  ofRecording,
  type Outcome,
  type RecordingMarks,
  type Target,
  type TargetSource,
} from "./target.ts";
import { beatsIn, rhythmsIn, type Span, type Timeline, timelineOf } from "./timeline.ts";

/** Distances in seconds count as equal within this: 20.15 - 20 is a little below 0.15. */
const TOLERANCE = 1e-9;

/** A beat in a window or closer than the edge to one. */
interface PlacedBeat {
  readonly symbol: string;
  /** Whether the window holds it. */
  readonly isInside: boolean;
  /** Whether it is closer than the edge to the beginning or the end. */
  readonly isNearBorder: boolean;
}

/**
 * A window has the most decisive class of which it holds a beat.
 *
 * A window of samples `first` to `first + length - 1` at `f` Hz covers `[first / f, (first + length) / f)` seconds, and
 * holds the beats whose time lies there. Of two classes the positive one is the more decisive: one such beat makes a
 * window positive, and the other class holds no such beat. Of more, `precedence` says it. Classes are ordered by code
 * point, the positive one of two last.
 *
 * A window has no class, by the first reason that holds:
 * - `beat F`: it holds a beat of `discard`, or one lies outside closer than `edge` seconds to a border.
 * - `rhythm VFL`: a rhythm of `discardRhythm` holds at some moment of it (see {@link timelineOf}).
 * - `beat "B" is in no class`: it holds a beat of neither a class nor `discard`.
 * - `ventricular beat at the edge`: a beat of any but the least decisive class is closer than `edge` to a border, inside or
 *   outside, so that the window may show too little of it or some of it; and no beat of an equally or more decisive class
 *   lies inside with at least `edge` to both borders. Distances within 1e-9 s of `edge` are not closer.
 * - `no beat`: it holds none.
 *
 * A hard negative is a window of the other class than the positive one that holds a beat of `hardNegatives.beats` or
 * overlaps a rhythm of `hardNegatives.rhythms`.
 *
 * `prepare` throws RangeError when the dataset or a recording has no annotations, and when none of the beats of a class
 * occurs in any recording.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { beatsSchema } from "./beats_schema.ts";
 * const place = { subject: "a", session: "1" }, id = "d/a/1/r";
 * const recording = { id, ...place, stimulus: "none", labels: {} };
 * const annotations = [0.5, 2.5, 4.5].map((seconds, index) => ({ seconds, symbol: "NVN"[index], text: "" }));
 * const parameters = beatsSchema.parse({ classes: { ventricular: ["V", "E"], other: ["N"] } });
 * const target = beats.prepare(parameters, {
 *   recordings: [recording],
 *   ranges: {},
 *   marks: { sampleRateHz: 1, annotations: new Map([[id, annotations]]) },
 * });
 * const outcomes = [0, 2, 4, 6].map((first) => {
 *   const window = { id: `${id}@${first}+2`, recording: id, ...place, first, length: 2, hash: "", quality: "ok" };
 *   return target.outcome(window, recording);
 * });
 * assert.deepEqual(target.classes, ["other", "ventricular"]);
 * assert.deepEqual(outcomes, [{ class: 0 }, { class: 1 }, { class: 0 }, { reason: "no beat" }]);
 * ```
 */
export const beats: TargetSource<BeatsParameters> = {
  prepare(parameters, { recordings, marks }) {
    const { classes, positive, hardNegatives } = parameters;
    const names = orderClasses({ classes, positive }), rule = ruleOf(parameters, names);
    if (marks === undefined) {
      throw new RangeError("Cannot tell windows by their beats: the dataset must have annotations, got none");
    }
    const timelines = timelinesOf(recordings, marks);
    mustOccur(classes, [...timelines.values()]);
    const spanOf = ({ first, length }: WindowRow): Span => ({
      start: first / marks.sampleRateHz,
      end: (first + length) / marks.sampleRateHz,
    });
    const outcome = (window: WindowRow, recording: RecordingRow) =>
      judge(ofRecording(timelines, recording), { span: spanOf(window), rule });
    const target: Target = {
      classes: names,
      positive: names.length === 2 ? 1 : undefined,
      constantOver: "window",
      assign: (window, recording) => classOf(outcome(window, recording)),
      outcome,
    };
    if (hardNegatives === undefined) return target;
    return {
      ...target,
      hardNegatives: hardNegatives.name,
      isHardNegative(window, recording) {
        if (target.assign(window, recording) !== 0) return false;
        const timeline = ofRecording(timelines, recording), span = spanOf(window);
        return beatsIn(timeline, span).some(({ symbol }) => hardNegatives.beats.includes(symbol)) ||
          rhythmsIn(timeline, span).some((name) => hardNegatives.rhythms.includes(name));
      },
    };
  },
};

/** What decides the class of a window; ranks count from the most decisive class, 0. */
interface Rule extends Pick<BeatsParameters, "edge" | "discard" | "discardRhythm"> {
  /** The rank of the class that a beat belongs to, by its symbol. */
  readonly ranks: ReadonlyMap<string, number>;
  /** The names of the classes by rank. */
  readonly precedence: readonly string[];
  /** The names of the classes by position. */
  readonly names: readonly string[];
}

function ruleOf(parameters: BeatsParameters, names: readonly string[]): Rule {
  const { classes, precedence = names.toReversed(), edge, discard, discardRhythm } = parameters;
  const ranks = positionsOfValues(classes, precedence);
  return { ranks, precedence, names, edge, discard, discardRhythm };
}

function timelinesOf(
  recordings: Iterable<RecordingRow>,
  { annotations }: RecordingMarks,
): ReadonlyMap<string, Timeline> {
  const ids = Array.from(recordings, ({ id }) => id);
  const timelines = new Map(ids.map((id) => [id, timelineOf(annotations.get(id) ?? [])]));
  const unmarked = ids.filter((id) => !annotations.get(id)?.length);
  if (unmarked.length > 0) {
    throw new RangeError(
      `Cannot tell windows by their beats: every recording must have annotations (exclude those without), got none of ${
        joinNames(unmarked, { last: "and" })
      }`,
    );
  }
  return timelines;
}

function mustOccur(classes: ClassSets, timelines: readonly Timeline[]): void {
  const present = new Set(timelines.flatMap((timeline) => timeline.beats.map(({ symbol }) => symbol)));
  for (const [name, symbols] of Object.entries(classes)) {
    if (symbols.some((symbol) => present.has(symbol))) continue;
    throw new RangeError(
      `Cannot tell windows of the class "${name}": one of its beats ${
        joinNames(symbols)
      } must occur in some recording, ` +
        `got ${[...present].sort(byCodePoint).join(", ") || "no beats"}`,
    );
  }
}

function judge(timeline: Timeline, { span, rule }: { span: Span; rule: Rule }): Outcome {
  const placed = placeBeats(timeline, { span, edge: rule.edge });
  const unwanted = placed.find(({ symbol }) => rule.discard.includes(symbol));
  if (unwanted !== undefined) return { reason: `beat ${unwanted.symbol}` };
  const rhythm = rhythmsIn(timeline, span).find((name) => rule.discardRhythm.includes(name));
  if (rhythm !== undefined) return { reason: `rhythm ${rhythm}` };
  const stranger = placed.find(({ symbol, isInside }) => isInside && !rule.ranks.has(symbol));
  if (stranger !== undefined) return { reason: `beat "${stranger.symbol}" is in no class` };
  return decide(placed, rule);
}

/** The beats that a window holds and those closer than the edge outside, in the order of time. */
function placeBeats(
  timeline: Timeline,
  { span: { start, end }, edge }: { span: Span; edge: number },
): PlacedBeat[] {
  const around = beatsIn(timeline, { start: start - edge, end: end + edge });
  return around.map(({ seconds, symbol }) => ({
    symbol,
    isInside: seconds >= start && seconds < end,
    isNearBorder: Math.min(Math.abs(seconds - start), Math.abs(seconds - end)) < edge - TOLERANCE,
  })).filter(({ isInside, isNearBorder }) => isInside || isNearBorder);
}

function decide(placed: readonly PlacedBeat[], { ranks, precedence, names }: Rule): Outcome {
  let sure = Infinity, doubtful = Infinity;
  for (const { symbol, isInside, isNearBorder } of placed) {
    const rank = ranks.get(symbol) ?? Infinity;
    if (isNearBorder && rank < precedence.length - 1) doubtful = Math.min(doubtful, rank);
    else if (isInside) sure = Math.min(sure, rank);
  }
  if (doubtful < sure) return { reason: `${precedence[doubtful]} beat at the edge` };
  return sure === Infinity ? { reason: "no beat" } : { class: names.indexOf(precedence[sure]) };
}
