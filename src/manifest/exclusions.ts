/**
 * The points of a sweep that its `exclude` leaves.
 *
 * @module
 */
import { type Axis, pathOf, type Refuse, type Setting, type Sweep } from "./axes.ts";
import { canonicalJson } from "./canonical.ts";
import { didYouMean } from "./choice.ts";
import { formatPath } from "./paths.ts";
import { joinNames, show } from "./show.ts";

/**
 * The points that no entry of `exclude` leaves out: an entry leaves out those that have all its values.
 *
 * Refused are: an entry without values, a key that isn't swept, a value that isn't among the key's, an entry that
 * leaves out no point, and entries that leave out all.
 */
export function withoutExcluded(
  points: Setting[][],
  options: { sweep: Sweep; axes: readonly Axis[]; refuse: Refuse },
): Setting[][] {
  const { sweep, axes, refuse } = options;
  const exclusions = (sweep.exclude ?? []).map((excluded, index) =>
    exclusionOf(excluded, { index, axes, refuse })
  );
  for (const [index, excludes] of exclusions.entries()) {
    if (excludes && !points.some(excludes)) {
      refuse(
        ["exclude", index],
        `Cannot exclude a point: the sweep must have one, got ${show(sweep.exclude?.[index])}`,
      );
    }
  }
  const kept = points.filter((point) => !exclusions.some((excludes) => excludes?.(point)));
  if (kept.length === 0 && exclusions.every((excludes) => excludes !== undefined)) {
    refuse(["exclude"], `Cannot exclude all points: one must be left, got none of ${points.length}`);
  }
  return kept;
}

/** Whether a point is excluded by an entry; undefined, and refused, where the entry names what is not swept. */
function exclusionOf(
  excluded: Readonly<Record<string, unknown>>,
  options: { index: number; axes: readonly Axis[]; refuse: Refuse },
): ((point: readonly Setting[]) => boolean) | undefined {
  const { index, axes, refuse } = options, entries = Object.entries(excluded);
  if (entries.length === 0) {
    refuse(["exclude", index], "Cannot exclude a point: its values must be given, got {}");
    return undefined;
  }
  const wanted = entries.map(([text, value]) => {
    const at = ["exclude", index, text], path = pathOf(text, { at, refuse });
    if (path === undefined) return undefined;
    const key = formatPath(path), swept = axes.flat(2).filter((setting) => formatPath(setting.path) === key);
    if (swept.length === 0) {
      const keys = [...new Set(axes.flat(2).map((setting) => formatPath(setting.path)))];
      const rule = `its keys must be swept ones (${joinNames(keys)})`;
      refuse(at, `Cannot exclude a point: ${rule}, got ${show(key)}${didYouMean(key, keys)}`);
      return undefined;
    }
    if (!swept.some((setting) => isSame(setting.value, value))) {
      const known = joinNames([...new Set(swept.map((setting) => show(setting.value)))]);
      refuse(at, `Cannot exclude a point: its value must be ${known}, got ${show(value)}`);
      return undefined;
    }
    return { key, value };
  });
  if (!wanted.every((one) => one !== undefined)) return undefined;
  return (point) =>
    wanted.every(({ key, value }) =>
      point.some((setting) => formatPath(setting.path) === key && isSame(setting.value, value))
    );
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
