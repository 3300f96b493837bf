/**
 * The order in which units are labelled: a budget is as much of it as there are labels.
 *
 * @module
 */
import { byCodePoint } from "../formats/window_table.ts";
import type { Stream } from "../random/stream.ts";
import { groupBy, type Unit } from "./unit.ts";

/** Units that hold the same classes, and how many of them have been taken. */
interface Stratum {
  readonly classes: readonly number[];
  readonly units: number;
  taken: number;
  /** What each subject gave. */
  readonly takenFrom: Map<string, number>;
  /** What is left of each subject, to be taken from the end. */
  readonly left: Map<string, Unit[]>;
}

/**
 * The first `length` units of a random order whose every beginning is a fair sample.
 *
 * First come units that together hold every class, rare ones first, so no class waits longer than there are classes.
 * From then on units that hold the same classes take turns in proportion to their number n_s: next is the largest
 * `n_s / (2 t_s + 1)`, where t_s of them have been taken (Sainte-Laguë's divisors, which never take back a seat as the
 * house grows). Among them the person with the fewest units so far is next, then the one with the fewest of this kind (or
 * else a person could come to stand for a class), people and their units in random order.
 *
 * `units` must be sorted; the result depends on them and the stream's name alone.
 */
export function orderUnits(
  units: readonly Unit[],
  { stream, length }: { stream: Stream; length: number },
): Unit[] {
  const strata = stratify(units, stream);
  const subjects = [...new Set(units.map(({ subject }) => subject))].sort(byCodePoint);
  const taken = new Map(stream.child("subjects").shuffle(subjects).map((subject) => [subject, 0]));
  const uncovered = new Set(strata.flatMap(({ classes }) => classes));
  const order: Unit[] = [];
  while (order.length < length) {
    const stratum = uncovered.size > 0 ? nextToCover(strata, uncovered) : nextInProportion(strata);
    const subject = leastTaken(taken, stratum);
    const unit = stratum.left.get(subject)?.pop();
    if (unit === undefined) {
      throw new RangeError(`Cannot order units: there must be ${length}, got ${order.length}`);
    }
    if (stratum.left.get(subject)?.length === 0) stratum.left.delete(subject);
    stratum.taken++;
    count(taken, subject);
    count(stratum.takenFrom, subject);
    for (const held of stratum.classes) uncovered.delete(held);
    order.push(unit);
  }
  return order;
}

function stratify(units: readonly Unit[], stream: Stream): Stratum[] {
  const shuffled = stream.child("units").shuffle(units);
  const members = groupBy(shuffled, ({ counts }) => [...counts.keys()].sort((a, b) => a - b).join());
  const sorted = [...members].sort(([left], [right]) => byCodePoint(left, right));
  return stream.child("strata").shuffle(sorted).map(([, held]) => ({
    classes: [...held[0].counts.keys()],
    units: held.length,
    taken: 0,
    takenFrom: new Map(),
    left: groupBy(held, ({ subject }) => subject),
  }));
}

/** The stratum that adds the most classes; of those the smallest, then the first. */
function nextToCover(strata: readonly Stratum[], uncovered: ReadonlySet<number>): Stratum {
  const added = ({ classes }: Stratum) => classes.filter((held) => uncovered.has(held)).length;
  return strata.reduce((best, stratum) => {
    const gain = added(stratum) - added(best);
    return gain > 0 || gain === 0 && stratum.units < best.units ? stratum : best;
  });
}

/** The stratum with the largest quotient; of equal ones the first. */
function nextInProportion(strata: readonly Stratum[]): Stratum {
  // Whole numbers compared across, so that equal quotients are equal. A used-up stratum has the smallest quotient of
  // all, below 1/2, so it never comes before one with units left.
  return strata.reduce((best, stratum) =>
    stratum.units * (2 * best.taken + 1) > best.units * (2 * stratum.taken + 1) ? stratum : best
  );
}

/** Of the subjects with units left the one that gave the fewest, then the fewest of this kind, then the first. */
function leastTaken(taken: ReadonlyMap<string, number>, { takenFrom, left }: Stratum): string {
  let best = "", fewest = Infinity, fewestOfKind = Infinity;
  for (const [subject, total] of taken) {
    if (total > fewest || !left.has(subject)) continue;
    const ofKind = takenFrom.get(subject) ?? 0;
    if (total < fewest || ofKind < fewestOfKind) [best, fewest, fewestOfKind] = [subject, total, ofKind];
  }
  return best;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
