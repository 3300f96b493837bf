/**
 * The points of a sweep: a manifest with its swept keys set, once for every combination of their values.
 *
 * @module
 */
import type { z } from "zod";
import { axesOf, type Axis, type Refuse, type Setting, type Sweep, sweepSchema, sweptPaths } from "./axes.ts";
import { didYouMean } from "./choice.ts";
import { withoutExcluded } from "./exclusions.ts";
import { keysOf, outlineOf, schemaHasPath } from "./outline.ts";
import {
  formatPath,
  getPath,
  hasPath,
  parsePath,
  type Path,
  removePath,
  setPath,
  startsWith,
} from "./paths.ts";
import { ManifestError, type Problem, problemAt } from "./problem.ts";
import type { ManifestSource } from "./read.ts";
import { show } from "./show.ts";
import { check } from "./validate.ts";

export { type Sweep, sweepSchema } from "./axes.ts";
export { schemaHasPath } from "./outline.ts";

/** One point of a grid. */
export interface GridPoint {
  /** The swept keys' paths, in the order of the axes, with the values that they have here. */
  readonly coordinates: Readonly<Record<string, unknown>>;
  /** The manifest with those values set. */
  readonly value: unknown;
  /** Where the sweep says each value. */
  readonly settings: readonly Setting[];
}

const MOST_POINTS = 100_000;
const SWEEP: Path = ["sweep"];

/**
 * Every point of a sweep over `value`: the product of its axes, the first varies slowest, without what is excluded.
 *
 * A swept key must exist: in `value` or, given `schema`, in that. Under an open map (arms by name) and in a list the
 * value decides. Give the value as it was written rather than with defaults: another `kind` has other keys.
 *
 * Throws ManifestError with every problem at once: a path that leads nowhere, an empty list, a value twice, lists of
 * unequal length that are zipped, keys that hold one another, an exclusion of nothing or of all, and more than
 * 100,000 points. `source` gives them their places; `at`, ["sweep"] by default, is where it holds the sweep.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const points = expandGrid({ fit: { epochs: 1 }, seed: 1 }, { "fit.epochs": [10, 20], seed: [1, 2] });
 * assert.deepEqual(points.map(({ coordinates }) => Object.values(coordinates)), [[10, 1], [10, 2], [20, 1], [20, 2]]);
 * assert.deepEqual(points[3].value, { fit: { epochs: 20 }, seed: 2 });
 * ```
 */
export function expandGrid(
  value: unknown,
  sweep: Sweep,
  options: { schema?: z.ZodType; source?: ManifestSource; at?: Path } = {},
): GridPoint[] {
  const { points, problems } = expand(value, sweep, options);
  if (problems.length > 0) throw new ManifestError(problems);
  return points;
}

/**
 * Every point of a manifest's sweep, validated; the one point of a manifest that has no sweep.
 *
 * Each point is judged whole, so a required key may be given by the sweep alone; a problem with a swept value has its
 * place in the sweep. Throws ManifestError with the distinct problems of all points, or with those of `expandGrid`
 * and of the keys that aren't swept. `at`, ["sweep"] by default, is where the manifest holds its sweep.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { z } from "zod";
 * import { readManifest } from "./read.ts";
 * const schema = z.strictObject({ epochs: z.int(), batch: z.int().default(32), sweep: sweepSchema.optional() });
 * const source = readManifest("a.yaml", { readText: () => "sweep: {epochs: [1, 2]}" });
 * const points = validateGrid(schema, source);
 * assert.deepEqual(points.map(({ output }) => [output.epochs, output.batch]), [[1, 32], [2, 32]]);
 * ```
 */
export function validateGrid<Schema extends z.ZodType>(
  schema: Schema,
  source: ManifestSource,
  options: { at?: Path } = {},
): { coordinates: GridPoint["coordinates"]; output: z.output<Schema> }[] {
  const { at = SWEEP } = options, written = getPath(source.value, at);
  const sweep = written === undefined ? { output: {} } : check(sweepSchema, source, { at });
  const { points, problems } = "problems" in sweep
    ? { points: [], problems: sweep.problems }
    : expand(source.value, sweep.output, { schema, source, at });
  if (problems.length > 0) {
    throw new ManifestError([...problems, ...unsweptProblems(schema, source, { sweep: written })]);
  }
  const checked = points.map(({ coordinates, ...point }) => ({
    coordinates,
    ...check(schema, pointSource(point, { source, at })),
  }));
  const found = checked.flatMap((point) => "problems" in point ? point.problems : []);
  if (found.length > 0) throw new ManifestError(found);
  return checked.flatMap((point) => "output" in point ? [point] : []);
}

function expand(
  value: unknown,
  sweep: Sweep,
  options: { schema?: z.ZodType; source?: ManifestSource; at?: Path },
): { points: GridPoint[]; problems: Problem[] } {
  const { schema, source, at = SWEEP } = options, problems: Problem[] = [];
  const refuse: Refuse = (inside, message) => {
    const path = [...at, ...inside], place = source?.locate(path) ?? { file: "", line: 0, column: 0 };
    problems.push(problemAt(place, { path: formatPath(path), message }));
  };
  const axes = axesOf(sweep, refuse);
  const known = [...knownPaths(removePath(value, at), { schema })];
  for (const setting of axes.flatMap(([first]) => first)) {
    refuseUnsettable(setting, { value, schema, known, refuse });
  }
  const count = axes.reduce((product, axis) => product * axis.length, 1);
  if (count > MOST_POINTS) {
    refuse([], `Cannot expand the sweep: it must have at most ${MOST_POINTS} points, got ${count}`);
  }
  if (problems.length > 0) return { points: [], problems };
  const points = withoutExcluded(product(axes), { sweep, axes, refuse }).map((settings) => ({
    coordinates: Object.fromEntries(settings.map((setting) => [formatPath(setting.path), setting.value])),
    value: settings.reduce((before, { path, value: to }) => setPath(before, path, { to }), value),
    settings,
  }));
  return { points, problems };
}

/** What is wrong beside the sweep; of a key that is swept nothing can be said before it has its value. */
function unsweptProblems(schema: z.ZodType, source: ManifestSource, options: { sweep: unknown }): Problem[] {
  const checked = check(schema, source);
  const swept = sweptPaths(options.sweep);
  const isSwept = (path: Path) => swept.some((one) => startsWith(path, one) || startsWith(one, path));
  return "problems" in checked ? checked.problems.filter(({ path }) => !isSwept(parsePath(path))) : [];
}

/** The manifest of a point, where a swept value has its place in the sweep. */
function pointSource(
  point: Pick<GridPoint, "value" | "settings">,
  options: { source: ManifestSource; at: Path },
): ManifestSource {
  const { source, at } = options;
  return {
    ...source,
    value: point.value,
    locate(path) {
      const swept = point.settings.find((setting) => startsWith(path, setting.path));
      return source.locate(swept ? [...at, ...swept.origin, ...path.slice(swept.path.length)] : path);
    },
  };
}

function refuseUnsettable(
  setting: Setting,
  options: { value: unknown; schema?: z.ZodType; known: readonly string[]; refuse: Refuse },
): void {
  const { value, schema, known, refuse } = options, { path, origin } = setting, key = origin.slice(0, -1);
  const exists = hasPath(value, path) || schema !== undefined && schemaHasPath(schema, path, { value });
  if (!exists) {
    const text = formatPath(path);
    const message = `Cannot sweep this key: the manifest must know it, got ${show(text)}`;
    refuse(key, message + didYouMean(text, known));
    return;
  }
  try {
    setPath(value, path, { to: setting.value });
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    refuse(key, error.message);
  }
}

function knownPaths(value: unknown, options: { schema?: z.ZodType }): string[] {
  const ofSchema = options.schema ? [...keysOf(outlineOf(options.schema))].map(({ path }) => path) : [];
  return [...ofSchema.filter((path) => !/<name>|\[\]/.test(path)), ...pathsBelow(value, [])];
}

function pathsBelow(value: unknown, at: Path): string[] {
  if (typeof value !== "object" || value === null) return [];
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => {
    const path = [...at, key];
    return [formatPath(path), ...pathsBelow(getPath(value, [key]), path)];
  });
}

function product(axes: readonly Axis[]): Setting[][] {
  return axes.reduce<Setting[][]>(
    (points, axis) => points.flatMap((point) => axis.map((step) => [...point, ...step])),
    [[]],
  );
}
