/**
 * Units: what one label is given to, with the windows that it holds.
 *
 * @module
 */
import { byCodePoint } from "../formats/window_table.ts";

/** What one label is given to. */
export type BudgetUnit = "window" | "recording" | "subject";

/** A window whose class is known. */
export interface LabelledWindow {
  /** The id of the window. */
  readonly id: string;
  /** Who was recorded. */
  readonly subject: string;
  /** The id of the recording. */
  readonly recording: string;
  /** Index into the classes. */
  readonly class: number;
}

/** Windows by class: index to number of windows. */
export type ClassCounts = ReadonlyMap<number, number>;

/** A window, a recording or a person, with its labelled windows. */
export interface Unit {
  /** The id of the window or recording, or the subject. */
  readonly id: string;
  /** The person it belongs to. */
  readonly subject: string;
  /** By code point of their ids. */
  readonly windows: readonly LabelledWindow[];
  /** Windows of each class that it holds; a class that it lacks has no entry. */
  readonly counts: ClassCounts;
}

/**
 * Gathers windows into units, by code point of their ids.
 *
 * Throws RangeError when a window occurs twice or a recording belongs to two people.
 */
export function gatherUnits(windows: Iterable<LabelledWindow>, unit: BudgetUnit): Unit[] {
  const sorted = [...windows].sort((left, right) => byCodePoint(left.id, right.id));
  sorted.forEach(({ id }, index) => {
    if (id === sorted[index - 1]?.id) {
      throw new RangeError(`Cannot gather labels: a window must occur once, got ${id} twice`);
    }
  });
  const members = groupBy(sorted, (window) => unit === "window" ? window.id : window[unit]);
  return [...members].sort(([left], [right]) => byCodePoint(left, right)).map(([id, held]) => {
    const [{ subject }] = held, stranger = held.find((window) => window.subject !== subject);
    if (stranger !== undefined) {
      throw new RangeError(
        `Cannot gather labels: the ${unit} ${id} must belong to one subject, got ${subject} and ${stranger.subject}`,
      );
    }
    return { id, subject, windows: held, counts: countClasses(held) };
  });
}

/** How many windows there are of each class that occurs. */
export function countClasses(windows: Iterable<LabelledWindow>): ClassCounts {
  const counts = new Map<number, number>();
  for (const window of windows) counts.set(window.class, (counts.get(window.class) ?? 0) + 1);
  return counts;
}

/** Items by a name that they share, in the order of their first members. */
export function groupBy<T>(items: Iterable<T>, nameOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = nameOf(item), others = groups.get(name);
    if (others === undefined) groups.set(name, [item]);
    else others.push(item);
  }
  return groups;
}
