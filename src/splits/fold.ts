/**
 * Making a fold from the groups that it tests.
 *
 * @module
 */
import { byCodePoint } from "../formats/window_table.ts";
import type { Stream } from "../random/stream.ts";
import type { Fold, SplitContext, SplitWindow } from "./split.ts";

/** What the windows are held out by: all windows of a group are on one side. */
export interface Grouping {
  /** What a group is called in a message, as in `subject`. */
  readonly name: string;
  /** The group that a window belongs to. */
  groupOf(window: SplitWindow): string;
}

/** People are held out. */
export const BY_SUBJECT: Grouping = { name: "subject", groupOf: ({ subject }) => subject };

/** Which groups a fold tests, and what is made of the others. */
export interface FoldOptions {
  /** The number of the fold, from 1, for messages and streams. */
  readonly number: number;
  /** What windows are held out by. */
  readonly grouping: Grouping;
  /** The groups to test. */
  readonly test: ReadonlySet<string>;
  /** The groups to learn from; all that are not tested, where it is left out. */
  readonly train?: ReadonlySet<string>;
  /** The training groups to set aside; a share of them at random, where it is left out. */
  readonly aside?: ReadonlySet<string>;
  /** Share of the training groups to set aside, at least one; 0 is none. */
  readonly validation: number;
  /** The stream of the split; a fold takes a part of its own. */
  readonly stream: Stream;
}

/**
 * Makes the fold that tests these groups.
 *
 * Of the training groups those of `aside` are set aside or, where it is left out, `max(1, round(validation * groups))` at random,
 * among those without which training still has every class.
 *
 * Throws RangeError when training lacks a class, when no group can be set aside, or when nothing that is tested has a
 * label.
 */
export function makeFold(
  { windows, classes }: SplitContext,
  { number, grouping, test, train, aside: listed, validation, stream }: FoldOptions,
): Fold {
  const groups = Map.groupBy(windows, (window) => grouping.groupOf(window));
  const testing: SplitWindow[] = [], training = new Map<string, SplitWindow[]>();
  for (const [name, members] of groups) {
    if (test.has(name)) testing.push(...members);
    else if (train === undefined || train.has(name) || listed?.has(name)) training.set(name, members);
  }
  if (!testing.some((window) => window.class !== null)) {
    throw new RangeError(
      `Cannot split: every fold must test a labelled window, got none in fold ${number}`,
    );
  }
  const learned = [...training].filter(([name]) => !listed?.has(name));
  const present = new Set(learned.flatMap(([, members]) => members.map((window) => window.class)));
  const absent = classes.filter((_, index) => !present.has(index));
  if (absent.length > 0) {
    throw new RangeError(
      `Cannot split: the training side of every fold must hold every class, got no window of ${
        absent.join(", ")
      } in fold ${number}`,
    );
  }
  const chosen = () =>
    validation === 0
      ? new Set<string>()
      : chooseAside(training, { number, grouping, validation, stream: stream.child(`validation/${number}`) });
  const aside = listed ?? chosen();
  const sides = [...training].map(([name, members]) => ({ members, isAside: aside.has(name) }));
  return {
    train: sortedIds(sides.flatMap(({ members, isAside }) => isAside ? [] : members)),
    validation: sortedIds(sides.flatMap(({ members, isAside }) => isAside ? members : [])),
    test: sortedIds(testing),
  };
}

function chooseAside(
  training: ReadonlyMap<string, readonly SplitWindow[]>,
  { number, grouping, validation, stream }: Omit<FoldOptions, "test" | "train" | "aside">,
): Set<string> {
  const left = countLabels([...training.values()].flat());
  const wanted = Math.max(1, Math.round(validation * training.size));
  const aside = new Set<string>();
  for (const name of stream.shuffle([...training.keys()].sort(byCodePoint))) {
    if (aside.size === wanted) break;
    const counts = countLabels(training.get(name) ?? []);
    if (![...counts].every(([held, count]) => (left.get(held) ?? 0) > count)) continue;
    for (const [held, count] of counts) left.set(held, (left.get(held) ?? 0) - count);
    aside.add(name);
  }
  if (aside.size === 0) {
    throw new RangeError(
      `Cannot set a ${grouping.name} aside for the pretext's scores: training must keep every class without it, ` +
        `got none to spare among ${training.size} in fold ${number}`,
    );
  }
  return aside;
}

/** How many windows there are of each class; windows without a label are left out. */
export function countLabels(windows: Iterable<SplitWindow>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const window of windows) {
    if (window.class !== null) counts.set(window.class, (counts.get(window.class) ?? 0) + 1);
  }
  return counts;
}

function sortedIds(windows: readonly SplitWindow[]): string[] {
  return windows.map(({ id }) => id).sort(byCodePoint);
}
