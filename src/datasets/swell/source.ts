/**
 * SWELL-KW: 25 people at office work, relaxed, at work, under time pressure and interrupted.
 *
 * @module
 */
import { basename, resolve } from "node:path";
import { readPoly5Header } from "../../formats/poly5/header.ts";
import { readDelimited } from "../../formats/table/delimited.ts";
import type { Table } from "../../formats/table/table.ts";
import { readXlsx } from "../../formats/table/xlsx.ts";
import { joinNames } from "../../manifest/show.ts";
import type { Dataset, DatasetContext, DatasetSource } from "../dataset.ts";
import { leftOut } from "../exclude.ts";
import { hashFiles, openFile } from "../files.ts";
import { type BlockFile, findFiles, type SwellFiles } from "./folder.ts";
import { CONDITIONS, type Minute, readMinutes } from "./minutes.ts";
import { type PlacedBlock, recordingsOf } from "./recordings.ts";
import type { SwellParameters } from "./schema.ts";
import { readSelfReports } from "./self_reports.ts";
import { clockOf } from "./stretches.ts";

const LICENCE = "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International (CC BY-NC-SA 4.0)";
const CITATION =
  "Koldijk S, Sappelli M, Verberne S, Neerincx MA, Kraaij W. The SWELL knowledge work dataset for stress and user " +
  "modeling research. ICMI 2014:291-298. doi:10.1145/2663204.2663257. Data: DANS, doi:10.17026/dans-x55-69zp";

/**
 * The electrocardiograms of SWELL-KW: a recording is a stretch of a block under one condition, `<folder>/pp1/1/c1-R`.
 *
 * The label `condition` comes from the table of conditions by person, block and minute. Ratings are what a person said of the
 * block; relaxation has none. The lead `ECG` is in mV where the file says that its channel is in uV or mV.
 *
 * Its identity is the SHA-256 of every recording and of both tables. Not verified on the original files: which channel is the
 * electrocardiogram (so R-peaks must be found in it), that the table's times are those of the recorder's clock, that a minute begins
 * at its time, and the ranges of ratings.
 */
export const swell: DatasetSource<SwellParameters> = {
  async identity(parameters, context) {
    const folder = resolve(context.dataFolder, parameters.path);
    const { blocks, conditions, selfReports } = await findFiles(folder, { parameters, ...context });
    const paths = [
      ...blocks.map(({ path }) => path),
      conditions,
      ...selfReports === null ? [] : [selfReports],
    ];
    return { name: basename(folder), files: await hashFiles(folder, paths) };
  },

  async open(parameters, context): Promise<Dataset> {
    const { name, blocks, notes, hasRatings } = await openSwell(parameters, context);
    const { ratings, ecgChannel } = parameters, labels = hasRatings ? Object.keys(ratings) : [];
    const ranges = Object.entries(hasRatings ? ratings : {})
      .map(([label, { from, to, unit }]) => [label, { from, to, unit }]);
    return {
      simulated: false,
      licence: LICENCE,
      citation: CITATION,
      labels: { condition: { values: CONDITIONS }, ...Object.fromEntries(ranges) },
      notes,
      *recordings() {
        for (const block of blocks) yield* recordingsOf(block, { dataset: name, ecgChannel, labels });
      },
    };
  },
};

async function openSwell(parameters: SwellParameters, { dataFolder }: DatasetContext) {
  const folder = resolve(dataFolder, parameters.path);
  const files = await findFiles(folder, { parameters, dataFolder });
  const table = await readTable(files.conditions), minutes = readMinutes(table);
  const ratings = files.selfReports === null ? null : readSelfReports(
    await readTable(files.selfReports),
    { ratings: parameters.ratings, minutes },
  );
  const blocks: PlacedBlock[] = [];
  for (const file of files.blocks) {
    const key = keyOf(file), own = minutes.get(key);
    if (own === undefined) {
      throw new RangeError(
        `${table.file}: Cannot tell conditions: it must have rows of ${key} because there is ${file.path}, got none; ` +
          `"exclude" leaves the block out`,
      );
    }
    const before = blocks.find((block) => keyOf(block) === key);
    const start = startOf(file, { parameters, minutes: own, before });
    blocks.push({ ...file, start, minutes: own, ratings: ratings?.get(key) ?? null });
  }
  const notes = notesOf(parameters, { files, minutes });
  return { name: basename(folder), blocks, notes, hasRatings: ratings !== null };
}

function keyOf({ subject, block }: BlockFile): string {
  return `${subject}/${block}`;
}

/** When a recording begins, in the time of the table; the second part of a block keeps its distance to the first by their clocks. */
function startOf(
  file: BlockFile,
  { parameters: { alignment }, minutes, before }: {
    parameters: SwellParameters;
    minutes: readonly Minute[];
    before?: PlacedBlock;
  },
): number {
  if (alignment === "first-minute" && before === undefined) return minutes[0].start;
  const own = recorderClock(file);
  if (alignment === "clock" || before === undefined) return own;
  return before.start + own - recorderClock(before);
}

function recorderClock({ path }: BlockFile): number {
  using source = openFile(path);
  const { start } = readPoly5Header(source), clock = clockOf(start);
  if (clock !== null) return clock;
  throw new RangeError(
    `${path}: Cannot tell when the recording begins: its header must hold a date and time, got ` +
      `${start.year}-${start.month}-${start.day} ${start.hour}:${start.minute}:${start.second}; ` +
      `"alignment: first-minute" does without`,
  );
}

/** A table by the type that its name ends in. */
async function readTable(path: string): Promise<Table> {
  const bytes = await Deno.readFile(path);
  if (/\.xlsx$/i.test(path)) return await readXlsx(bytes, { file: path, sheet: "SWELLdata" });
  const delimiter = /\.tab$/i.test(path) ? "\t" : ",";
  return readDelimited(new TextDecoder().decode(bytes), { file: path, delimiter });
}

function notesOf(
  { alignment, ecgChannel, exclude }: SwellParameters,
  { files: { blocks, selfReports }, minutes }: {
    files: SwellFiles;
    minutes: ReadonlyMap<string, readonly Minute[]>;
  },
): string[] {
  const excluded = exclude?.blocks ?? [], recorded = new Set(blocks.map(keyOf));
  const missing = [...minutes.keys()].filter((key) =>
    !recorded.has(key) && !excluded.includes(key.split("/")[0]) && !excluded.includes(key.replace("/", "_"))
  );
  const notes = [
    `Channel ${ecgChannel} of the recordings is taken as the electrocardiogram; R-peaks are found in it.`,
    alignment === "clock"
      ? "Minutes of the table of conditions lie where the recorder's clock shows their time, which was not verified."
      : "The first minute of a block is taken to begin with its recording, which was not verified.",
  ];
  notes.push(
    selfReports === null
      ? "There is no table of self-reports, so there are no ratings."
      : "Ratings were given once for a block; their ranges were not verified. Relaxation has none.",
  );
  if (missing.length > 0) {
    notes.push(`In the table but not recorded: ${joinNames(missing, { last: "and" })}.`);
  }
  if (exclude) notes.push(leftOut(exclude.blocks, exclude.why));
  return notes;
}
