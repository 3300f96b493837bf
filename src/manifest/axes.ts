/**
 * The axes of a sweep: the keys that vary, the values that they take, and which of them go together.
 *
 * @module
 */
import { z } from "zod";
import { canonicalJson } from "./canonical.ts";
import { findNotJson } from "./json.ts";
import { formatPath, isMap, parsePath, type Path, startsWith } from "./paths.ts";
import { show } from "./show.ts";

// That a list holds something is said to editors here and judged with all else about the sweep, at once, in `axesOf`.
const values = z.array(z.unknown()).meta({ minItems: 1 });

/** A sweep: key paths to the values that they take, with what goes together and what is left out. */
export type Sweep =
  & { zip?: Record<string, unknown[]>[]; exclude?: Record<string, unknown>[] }
  & Record<string, unknown[]>;

/**
 * The schema of a sweep: key paths to the values that they take.
 *
 *     sweep:
 *       labels.fraction: [0.01, 0.1, 1]        # every path is an axis of its own, the first varies slowest
 *       zip:                                   # the keys of one entry go together, first with first
 *         - {window.seconds: [10, 30], window.stride: [5, 15]}
 *       exclude:                               # points where all of these hold are left out
 *         - {labels.fraction: 0.01, window.seconds: 30}
 *
 * A key of the manifest that is itself called `zip` or `exclude` is swept as an entry of `zip` alone.
 */
export const sweepSchema: z.ZodType<Sweep, Sweep> = z.object({
  zip: z.array(z.record(z.string(), values)).default([]).describe(
    "keys that vary together, first value with first",
  ),
  exclude: z.array(z.record(z.string(), z.unknown())).default([]).describe(
    "points to leave out, by their values",
  ),
}).catchall(values);

/** One value of one key. */
export interface Setting {
  /** The key's path. */
  readonly path: Path;
  /** What the sweep gives it here. */
  readonly value: unknown;
  /** Where the sweep says the value: `["labels.fraction", 2]`. */
  readonly origin: Path;
}

/** One axis: each step sets one key, or all keys of an entry of `zip`. */
export type Axis = readonly (readonly Setting[])[];

/** Notes that something is wrong with the sweep, at a path inside it. */
export type Refuse = (at: Path, message: string) => void;

/**
 * The axes of a sweep, in the order written, those of `zip` last.
 *
 * Refused are: a key that is no path, an empty list, lists of one entry of `zip` that differ in length, a step that
 * an axis has twice, and a key that two axes set, or one of which holds the other.
 */
export function axesOf(sweep: Sweep, refuse: Refuse): Axis[] {
  const { zip = [], exclude: _exclude, ...single } = sweep;
  const groups = [
    ...Object.entries(single).map(([key, list]) => ({ at: [], lists: { [key]: list } })),
    ...zip.map((lists, index) => ({ at: ["zip", index], lists })),
  ];
  const axes = groups.map((group) => axisOf(group, refuse)).filter((axis) => axis.length > 0);
  refuseOverlaps(axes.map(([first]) => first).flat(), refuse);
  return axes;
}

function axisOf(group: { at: Path; lists: Readonly<Record<string, unknown[]>> }, refuse: Refuse): Axis {
  const keys = Object.entries(group.lists).map(([text, list]) => ({
    at: [...group.at, text],
    path: pathOf(text, { at: [...group.at, text], refuse }),
    list,
  }));
  for (const { at, list } of keys) {
    if (list.length === 0) refuse(at, "Cannot sweep this key: its list must hold a value, got []");
  }
  const lengths = new Set(keys.map(({ list }) => list.length));
  if (lengths.size > 1) {
    const got = keys.map(({ at, list }) => `${list.length} for ${at.at(-1)}`).join(", ");
    refuse(group.at, `Cannot zip these keys: their lists must have one length, got ${got}`);
  }
  const complete = keys.flatMap(({ path, ...key }) => path === undefined ? [] : [{ ...key, path }]);
  if (complete.length < keys.length || lengths.size !== 1) return [];
  const steps = keys[0].list.map((_, step) =>
    complete.map(({ at, path, list }) => ({ path, value: list[step], origin: [...at, step] }))
  );
  refuseRepeats(steps, refuse);
  return steps;
}

function refuseRepeats(steps: Axis, refuse: Refuse): void {
  const seen = new Map<string, number>();
  for (const [step, settings] of steps.entries()) {
    const held = settings.map(({ value }) => value);
    // What JSON can't hold has no canonical form to compare; validation refuses it.
    if (findNotJson(held).length > 0) continue;
    const text = canonicalJson(held), first = seen.get(text);
    if (first !== undefined) {
      const got = show(held.length === 1 ? held[0] : held);
      refuse(
        settings[0].origin,
        `Cannot sweep a value twice: each must be new, got ${got} at ${first + 1} and ${step + 1}`,
      );
    }
    seen.set(text, first ?? step);
  }
}

function refuseOverlaps(settings: readonly Setting[], refuse: Refuse): void {
  for (const [index, { path, origin }] of settings.entries()) {
    const other = settings.slice(0, index).find((before) =>
      startsWith(path, before.path) || startsWith(before.path, path)
    );
    if (!other) continue;
    const got = `${formatPath(path)} and ${formatPath(other.path)}`;
    refuse(origin.slice(0, -1), `Cannot sweep this key: swept keys must not overlap, got ${got}`);
  }
}

/** The paths of all keys that a sweep names, though the sweep itself be wrong. */
export function sweptPaths(sweep: unknown): Path[] {
  if (!isMap(sweep)) return [];
  const { zip, exclude: _exclude, ...single } = sweep;
  const groups = [single, ...Array.isArray(zip) ? zip.filter(isMap) : []];
  const paths = groups.flatMap((lists) => Object.keys(lists)).map((text) =>
    pathOf(text, { at: [], refuse: () => {} })
  );
  return paths.filter((path) => path !== undefined);
}

/** A key path as the sweep writes it; undefined, and refused, where it is none. */
export function pathOf(text: string, options: { at: Path; refuse: Refuse }): Path | undefined {
  try {
    const path = parsePath(text);
    if (path.length > 0) return path;
    options.refuse(options.at, `Cannot sweep this key: it must be a path such as fit.epochs, got ""`);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    options.refuse(options.at, error.message);
  }
  return undefined;
}
