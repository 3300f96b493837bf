/**
 * R-peaks against the beats that people marked: how many are found, beside the method of Pan and Tompkins.
 *
 * `EINTHOVEN_DATA=folder deno run -A bench/beats.ts`, where the folder holds mitdb/ and ludb/ of PhysioNet.
 *
 * @module
 */
import { detectRPeaks } from "../src/signal/r_peaks.ts";
import {
  type AnnotatedRecord,
  countedFrom,
  LUDB_RECORDS,
  matchRecord,
  MITDB_RECORDS,
  readLudb,
  readMitdb,
} from "../tests/signal/beats/annotated_records.ts";
import { type BeatMatch, type BeatScore, poolMatches } from "../tests/signal/beats/match_beats.ts";
import { panTompkins } from "./peers/pan_tompkins.ts";
import { formatTable, median, print } from "./table.ts";

/** Both are given the same samples and held to the same beats. */
const DETECTORS = { here: detectRPeaks, "Pan-Tompkins": panTompkins } as const;
const NAMES = Object.keys(DETECTORS) as (keyof typeof DETECTORS)[];

/** The beginning of a record, without which mitdb is scored too. */
const LEARNING_SECONDS = 300;

/** One line of the table. */
export interface Row {
  /** A record, or some of them together. */
  readonly name: string;
  /** What each detector found. */
  readonly scores: Readonly<Record<keyof typeof DETECTORS, BeatScore>>;
}

/** A record as both detectors saw it. */
interface Outcome {
  readonly name: string;
  readonly matches: Readonly<Record<keyof typeof DETECTORS, BeatMatch>>;
  /** The same without the first five minutes, which detectors that learn may need. */
  readonly later: Readonly<Record<keyof typeof DETECTORS, BeatMatch>>;
  readonly milliseconds: number;
}

/** Runs both detectors on all records, prints a table and gives its rows, those of several records last. */
export async function run(): Promise<Row[]> {
  const dataFolder = Deno.env.get("EINTHOVEN_DATA");
  if (dataFolder === undefined) {
    await print(["EINTHOVEN_DATA names no folder: there are no beats to find"]);
    return [];
  }
  const { DS1, DS2, paced } = MITDB_RECORDS;
  const all = [...DS1, ...DS2, ...paced].sort();
  const mitdb = all.map((name) => outcomeOf(name, readMitdb(dataFolder, name)));
  const ludb = LUDB_RECORDS.map((name) => outcomeOf(name, readLudb(dataFolder, name)));
  const rows = [
    ...mitdb.map((outcome) => rowOf(outcome.name, [outcome])),
    ...Object.entries({ "DS1 (tuned on)": DS1, DS2, paced, "all of mitdb": all }).map(([name, records]) =>
      rowOf(name, mitdb.filter((outcome) => records.includes(outcome.name)))
    ),
    rowOf("without 5 min", mitdb.map(({ later, ...outcome }) => ({ ...outcome, later, matches: later }))),
    rowOf("ludb, lead II", ludb),
  ];
  const heading = NAMES.flatMap((name) => [`${name}: missed`, "extra", "Se %", "PPV %"]);
  await print([
    "Beats of mitdb (first signal) and ludb (lead II), matched one to one within 150 ms; flutter is left out",
    ...formatTable([["record", "beats", ...heading], ...rows.map(cellsOf)]),
    ...NAMES.flatMap((name) => [
      `${name}: ${spread(mitdb.map(({ matches }) => poolMatches([matches[name]])))}`,
      `${name}, without 5 min: ${spread(mitdb.map(({ later }) => poolMatches([later[name]])))}`,
    ]),
    `half an hour at 360 Hz takes ${
      median(mitdb.map(({ milliseconds }) => milliseconds)).toFixed(0)
    } ms here`,
  ]);
  return rows;
}

function outcomeOf(name: string, record: AnnotatedRecord): Outcome {
  const start = performance.now();
  const here = detectRPeaks(record.samples, record);
  const milliseconds = performance.now() - start;
  const peer = panTompkins(record.samples, record);
  const matchesOf = (counted: AnnotatedRecord) => ({
    here: matchRecord(counted, here),
    "Pan-Tompkins": matchRecord(counted, peer),
  });
  const later = matchesOf(countedFrom(record, LEARNING_SECONDS));
  return { name, matches: matchesOf(record), later, milliseconds };
}

function rowOf(name: string, outcomes: readonly Outcome[]): Row {
  const scoreOf = (detector: keyof typeof DETECTORS) =>
    poolMatches(outcomes.map(({ matches }) => matches[detector]));
  return { name, scores: { here: scoreOf("here"), "Pan-Tompkins": scoreOf("Pan-Tompkins") } };
}

/** The mean over records and the worst of them. */
function spread(scores: readonly BeatScore[]): string {
  const percent = (share: number) => `${(100 * share).toFixed(2)}%`;
  const of = (what: string, shares: readonly number[]) =>
    `${what} mean ${percent(shares.reduce((sum, share) => sum + share, 0) / shares.length)}, worst ${
      percent(Math.min(...shares))
    }`;
  return [
    of("Se", scores.map(({ sensitivity }) => sensitivity)),
    of("PPV", scores.map(({ positivePredictiveValue }) => positivePredictiveValue)),
  ].join("; ");
}

function cellsOf({ name, scores }: Row): string[] {
  const percent = (share: number) => (100 * share).toFixed(2);
  return [
    name,
    String(scores.here.annotated),
    ...NAMES.flatMap((detector) => {
      const { missed, extra, sensitivity, positivePredictiveValue } = scores[detector];
      return [String(missed), String(extra), percent(sensitivity), percent(positivePredictiveValue)];
    }),
  ];
}

if (import.meta.main) await run();
