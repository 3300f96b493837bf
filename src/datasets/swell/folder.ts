/**
 * Finding the files of SWELL-KW, whichever way its folders are spelled.
 *
 * @module
 */
import { basename, join } from "node:path";
import { byCodePoint } from "../../formats/window_table.ts";
import { filesIn, requireFile, requireFolder } from "../files.ts";
import type { SwellParameters } from "./schema.ts";

/** One recorded file: a block of a person, or a part of it. */
export interface BlockFile {
  readonly path: string;
  /** `pp1`. */
  readonly subject: string;
  /** The block that is in its name, `c1` to `c3`: where it stands in the session, not its condition. */
  readonly block: string;
  /** Whether it goes on with a block whose recording was interrupted. */
  readonly isContinued: boolean;
}

/** The files of the dataset. */
export interface SwellFiles {
  /** By subject, block and part, in code-point order. */
  readonly blocks: readonly BlockFile[];
  /** The table of conditions by minute. */
  readonly conditions: string;
  /** The table of self-reports; null where there is none. */
  readonly selfReports: string | null;
}

/** Dates are not read: one name has the year 212, another 2014 for 2012. */
const NAME = /^pp(\d+)_\d+-\d+-\d+[-_]c([123])(_cont)?\.s00$/i;
const RECORDING = /\.s00$/i;
const CONDITIONS = /^D - Physiology features .*final.*\.(csv|tab)$/i;
const SELF_REPORTS = ["xlsx", "tab", "csv"].map((type) =>
  new RegExp(`^Behavioral-features - per minute\\.${type}$`, "i")
);

/**
 * The `.S00` files anywhere in the folder and the two tables.
 *
 * Throws RangeError for a folder that isn't there or holds no recording, for a `.S00` file whose name doesn't tell person and
 * block, for two of one part of a block, and without a table of conditions.
 */
export async function findFiles(
  folder: string,
  { parameters, dataFolder }: { parameters: SwellParameters; dataFolder: string },
): Promise<SwellFiles> {
  await requireFolder(folder, { what: "SWELL-KW", dataFolder });
  const names = [RECORDING, CONDITIONS, ...SELF_REPORTS];
  const paths = await filesIn(folder, { wanted: (path) => names.some((name) => name.test(basename(path))) });
  const named = (pattern: RegExp) => paths.find((path) => pattern.test(basename(path)));
  const conditions = parameters.conditions ?? named(CONDITIONS);
  if (conditions === undefined) {
    throw new RangeError(
      `${folder}: Cannot open SWELL-KW: it must hold "D - Physiology features (HR_HRV_SCL - final).csv", which tells conditions, ` +
        `got none; "conditions" can name another file`,
    );
  }
  const selfReports = parameters.selfReports ?? SELF_REPORTS.map(named).find((path) => path !== undefined);
  for (const table of [conditions, ...selfReports === undefined ? [] : [selfReports]]) {
    await requireFile(join(folder, table), { what: "a table of SWELL-KW" });
  }
  return {
    blocks: findBlocks(paths.filter((path) => RECORDING.test(path)), { folder, parameters }),
    conditions: join(folder, conditions),
    selfReports: selfReports === undefined ? null : join(folder, selfReports),
  };
}

function findBlocks(
  paths: readonly string[],
  { folder, parameters }: { folder: string; parameters: SwellParameters },
): BlockFile[] {
  const found = new Map<string, BlockFile>(), excluded = parameters.exclude?.blocks ?? [];
  for (const relative of paths) {
    const path = join(folder, relative), match = NAME.exec(basename(relative));
    if (match === null) {
      throw new RangeError(
        `${path}: Cannot tell whose recording it is: its name must be as in pp1_18-9-2012_c1.S00, got ${
          basename(relative)
        }`,
      );
    }
    const [, person, number, continued] = match;
    const file = {
      path,
      subject: `pp${Number(person)}`,
      block: `c${number}`,
      isContinued: continued !== undefined,
    };
    const part = `${file.subject}/${nameOf(file)}`, twin = found.get(part);
    if (twin !== undefined) {
      throw new RangeError(
        `${path}: Cannot open SWELL-KW: there must be one recording of ${part}, got ${twin.path} as well`,
      );
    }
    found.set(part, file);
  }
  if (found.size === 0) {
    throw new RangeError(`${folder}: Cannot open SWELL-KW: it must hold .S00 files, got none`);
  }
  for (const name of excluded) {
    if ([...found.values()].some((file) => isNamed(file, name))) continue;
    throw new RangeError(
      `${folder}: Cannot leave out recordings: "exclude.blocks" must name some that there are, got ${name}`,
    );
  }
  const used = [...found].filter(([, file]) => !excluded.some((name) => isNamed(file, name)));
  if (used.length === 0) {
    throw new RangeError(
      `${folder}: Cannot open SWELL-KW: "exclude" must leave at least one recording, got none`,
    );
  }
  return used.toSorted(([left], [right]) => byCodePoint(left, right)).map(([, file]) => file);
}

/** `c1`, or `c2_cont` for the second part of a block. */
export function nameOf({ block, isContinued }: BlockFile): string {
  return isContinued ? `${block}_cont` : block;
}

function isNamed({ subject, block }: BlockFile, name: string): boolean {
  return name === subject || name === `${subject}_${block}`;
}
