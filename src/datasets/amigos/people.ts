/**
 * The files of AMIGOS: one for each person and form.
 *
 * @module
 */
import { join } from "node:path";
import { byCodePoint } from "../../formats/window_table.ts";
import { filesIn } from "../files.ts";
import type { AmigosParameters } from "./schema.ts";

/** Where a person's data lie. */
export interface Person {
  /** `P01` to `P40`. */
  readonly subject: string;
  /** The file with the signals. */
  readonly file: string;
  /** The preprocessed file, in which labels are looked for that an original one doesn't have; undefined where there is none. */
  readonly preprocessed?: string;
}

const PREPROCESSED = /(?:^|\/)Data_Preprocessed_P(\d\d)\.mat$/i;
const ORIGINAL = /original.*P(\d\d)\.mat$/i;

/**
 * The people whose files of a form lie in a folder or the folders in it, in code-point order.
 *
 * Throws RangeError when there are none, or two of one person.
 */
export async function findPeople(
  folder: string,
  { form }: Pick<AmigosParameters, "form">,
): Promise<Person[]> {
  const paths = await filesIn(folder, { wanted: (path) => PREPROCESSED.test(path) || ORIGINAL.test(path) });
  const preprocessed = bySubject(paths.filter((path) => PREPROCESSED.test(path)), {
    pattern: PREPROCESSED,
    folder,
  });
  const files = form === "preprocessed"
    ? preprocessed
    : bySubject(paths.filter((path) => !PREPROCESSED.test(path)), { pattern: ORIGINAL, folder });
  if (files.size === 0) {
    const names = { preprocessed: "Data_Preprocessed_P01.mat", original: "data_original/.../P01.mat" };
    throw new RangeError(
      `${folder}: Cannot open AMIGOS: it must hold files such as ${names[form]}, got ${paths.length} others`,
    );
  }
  return [...files].map(([subject, file]) => {
    const labels = preprocessed.get(subject);
    return { subject, file, ...labels === undefined ? {} : { preprocessed: labels } };
  }).sort((left, right) => byCodePoint(left.subject, right.subject));
}

function bySubject(
  paths: readonly string[],
  { pattern, folder }: { pattern: RegExp; folder: string },
): Map<string, string> {
  const files = new Map<string, string>();
  for (const path of paths) {
    const number = pattern.exec(path)?.[1];
    if (number === undefined) continue;
    const subject = `P${number}`, twin = files.get(subject);
    if (twin !== undefined) {
      throw new RangeError(
        `${folder}: Cannot open AMIGOS: each person must have one file, got ${twin} and ${
          join(folder, path)
        } for ${subject}`,
      );
    }
    files.set(subject, join(folder, path));
  }
  return files;
}
