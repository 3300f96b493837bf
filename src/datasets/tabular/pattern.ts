/**
 * Names of files that tell whose they are.
 *
 * @module
 */

/** What a name can tell. */
export const PLACES = ["subject", "session", "stimulus"] as const;

/** Whose a file is. */
export type Place = Readonly<Record<typeof PLACES[number], string>>;

/** What a place is where a name doesn't tell it. */
const DEFAULTS: Omit<Place, "subject"> = { session: "1", stimulus: "none" };

/** What a pattern must be, as messages say it. */
export const PATTERN_RULE = "must have {subject}, and {session} and {stimulus} at most once";

/** Whether {@linkcode placesOf} can read names by a pattern. */
export function isPattern(pattern: string): boolean {
  const named = [...pattern.matchAll(/\{(\w*)\}/g)].map(([, name]) => name);
  return named.includes("subject") &&
    named.every((name, index) => PLACES.some((place) => place === name) && named.indexOf(name) === index);
}

/**
 * Reads places from paths by a pattern such as `{subject}/{session}_{stimulus}.csv`; `*` stands for anything within a folder.
 *
 * Gives null for a path that doesn't fit; a type at the end, as in `.csv`, fits in upper and lower case. A place is one or more characters without `/`, as few as possible. Throws RangeError unless
 * the pattern has {subject}, and each place once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const read = placesOf("{subject}/rest_{session}-*.csv");
 * assert.deepEqual(read("p1/rest_2-raw.csv"), { subject: "p1", session: "2", stimulus: "none" });
 * assert.equal(read("p1/film_2-raw.csv"), null);
 * assert.equal(read("p1/rest_3-raw.CSV")?.session, "3");
 * assert.deepEqual(placesOf("{subject}/{stimulus}.csv")("p1/film.csv"), { subject: "p1", session: "1", stimulus: "film" });
 * ```
 */
export function placesOf(pattern: string): (path: string) => Place | null {
  if (!isPattern(pattern)) {
    throw new RangeError(`Cannot read names of files: the pattern ${PATTERN_RULE}, got ${pattern}`);
  }
  const source = pattern.normalize("NFC").replace(/\{(\w+)\}|\*|[^{*]/g, (part, name) => {
    if (name !== undefined) return `(?<${name}>[^/]+?)`;
    return part === "*" ? "[^/]*" : part.replace(/[.^$+?()[\]\\|}]/, "\\$&");
  });
  // Recorders write .EDF as well as .edf.
  const expression = new RegExp(
    `^${source.replace(/(?<=\\\.)\w+$/, (type) => type.replace(/[a-z]/gi, eitherCase))}$`,
  );
  return (path) => {
    // Some systems take names of files apart, u and its dots, and tables hold them joined.
    const groups = expression.exec(path.normalize("NFC"))?.groups;
    return groups === undefined ? null : { ...DEFAULTS, ...groups } as Place;
  };
}

function eitherCase(letter: string): string {
  return `[${letter.toLowerCase()}${letter.toUpperCase()}]`;
}
