/**
 * Windows of one recording that share samples across the sides of a fold.
 *
 * @module
 */
import type { WindowRow } from "../formats/window_table.ts";
import type { Side } from "./split.ts";

/** A window on a side of a fold. */
export interface Placed {
  /** The window, with its place in its recording. */
  readonly window: WindowRow;
  /** The side that it is on. */
  readonly side: Side;
}

/**
 * For each window that shares a sample with an earlier one on another side, the two: first the one that reaches
 * furthest, then the window.
 *
 * A window covers the samples `first` to `first + length - 1` of its recording; one that is on two sides overlaps
 * itself. Windows are compared in the order of their first samples, so one pass finds every window that overlaps.
 */
export function findOverlaps(fold: readonly Placed[]): [Placed, Placed][] {
  return [...Map.groupBy(fold, ({ window }) => window.recording).values()].flatMap((members) => {
    const furthest = new Map<Side, Placed>(), overlaps: [Placed, Placed][] = [];
    for (const member of members.toSorted((left, right) => left.window.first - right.window.first)) {
      for (const [side, earlier] of furthest) {
        if (side === member.side || end(earlier) <= member.window.first) continue;
        overlaps.push([earlier, member]);
        break;
      }
      const known = furthest.get(member.side);
      if (known === undefined || end(member) > end(known)) furthest.set(member.side, member);
    }
    return overlaps;
  });
}

/** The position after the last sample. */
function end({ window }: Placed): number {
  return window.first + window.length;
}
