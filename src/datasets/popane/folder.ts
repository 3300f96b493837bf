/**
 * Finding the files of POPANE.
 *
 * @module
 */
import { basename, join } from "node:path";
import { byCodePoint } from "../../formats/window_table.ts";
import { didYouMean } from "../../manifest/choice.ts";
import { filesIn, requireFolder } from "../files.ts";
import type { PopaneParameters } from "./schema.ts";

/** One file: a person under one stimulus. */
export interface StimulusFile {
  readonly path: string;
  /** `P2`, or `S1-P2` where numbers begin anew in each study. */
  readonly subject: string;
  /** `S1`, which is the session: some people took part in several studies. */
  readonly study: string;
  /** `Baseline`, `Threat`, ...; what stands last in the name. */
  readonly stimulus: string;
}

const NAME = /^S(\d+)_P(\d+)_(.+)\.csv$/i;
/** The file that holds all others of a person again. */
const WHOLE = "all";

/**
 * The files `S1_P2_Baseline.csv` anywhere in the folder, by subject, study and stimulus in code-point order; other names are passed
 * over.
 *
 * Throws RangeError for a folder that isn't there or holds no such file, for two of one name, and for a stimulus to use that no
 * file has.
 */
export async function findFiles(
  folder: string,
  { parameters: { stimuli, subject }, dataFolder }: { parameters: PopaneParameters; dataFolder: string },
): Promise<StimulusFile[]> {
  await requireFolder(folder, { what: "POPANE", dataFolder });
  const found = new Map<string, StimulusFile>();
  for (const relative of await filesIn(folder, { wanted: (path) => NAME.test(basename(path)) })) {
    const [, study, person, stimulus] = NAME.exec(basename(relative)) ?? [];
    if (study === undefined) continue;
    const session = `S${Number(study)}`, participant = `P${Number(person)}`;
    const who = subject === "participant" ? participant : `${session}-${participant}`;
    const path = join(folder, relative), key = `${who}/${session}/${stimulus}`, twin = found.get(key);
    if (twin !== undefined) {
      throw new RangeError(
        `${path}: Cannot open POPANE: there must be one file of ${key}, got ${twin.path} as well`,
      );
    }
    found.set(key, { path, subject: who, study: session, stimulus });
  }
  const files = [...found].toSorted(([left], [right]) => byCodePoint(left, right)).map(([, file]) => file);
  const known = new Set(files.map(({ stimulus }) => stimulus));
  for (const name of stimuli ?? []) {
    if (known.has(name)) continue;
    throw new RangeError(
      `${folder}: Cannot find a stimulus: "stimuli" must name some that files have, got "${name}"${
        didYouMean(name, known)
      }`,
    );
  }
  const used = files.filter(({ stimulus }) =>
    stimuli === undefined ? stimulus.toLowerCase() !== WHOLE : stimuli.includes(stimulus)
  );
  if (used.length === 0) {
    throw new RangeError(
      `${folder}: Cannot open POPANE: it must hold files as in S1_P2_Baseline.csv, got none`,
    );
  }
  return used;
}
