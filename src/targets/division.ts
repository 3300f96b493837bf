/**
 * Dividing a label budget: most labels train, the rest choose the model.
 *
 * @module
 */
import { byCodePoint } from "../formats/window_table.ts";
import type { Stream } from "../random/stream.ts";
import {
  type BudgetUnit,
  type ClassCounts,
  countClasses,
  groupBy,
  type LabelledWindow,
  type Unit,
} from "./unit.ts";

/** What stays together on one side. */
export type DivisionLevel = BudgetUnit;

/** Below so many labelled windows all of them train. */
const FEWEST_LABELS = 20;
/** From so many people (or recordings) on none of them is on both sides. */
const FEWEST_GROUPS = 5;

/** Windows that stay together. */
interface Group {
  readonly windows: readonly LabelledWindow[];
  readonly counts: ClassCounts;
  readonly validates: boolean;
}

/**
 * Divides a budget into windows that train and windows that choose the model.
 *
 * People stay whole where the budget has five or more, else recordings; windows are divided one by one only for
 * `unit: window` with fewer than five recordings too. Below 20 labelled windows there is no validation.
 *
 * Units come in the order in which they are labelled. With each new group its side is settled for every larger budget:
 * validation when that lowers `sum over classes of (V_c - share A_c)^2 / A_c`, where A_c and V_c are the windows of
 * class c so far on both sides and in validation. At the end a group may change sides so that training has every
 * class, and then that validation has, as long as training keeps them all and the larger half.
 *
 * Returns window ids in no particular order.
 */
export function divideBudget(
  units: readonly Unit[],
  { unit, validationShare, stream }: { unit: BudgetUnit; validationShare: number; stream: Stream },
): { train: string[]; validation: string[]; dividedBy: DivisionLevel | "nothing" } {
  const windows = units.flatMap((member) => member.windows);
  const ids = (groups: readonly Group[]) => groups.flatMap((group) => group.windows.map(({ id }) => id));
  if (validationShare > 0 && windows.length >= FEWEST_LABELS) {
    const level = divisionLevel(windows, unit);
    const groups = repair(assignSides(units, { level, validationShare, stream }));
    const validation = ids(groups.filter(({ validates }) => validates));
    const train = ids(groups.filter(({ validates }) => !validates));
    if (validation.length > 0) return { train, validation, dividedBy: level };
  }
  return { train: windows.map(({ id }) => id), validation: [], dividedBy: "nothing" };
}

function divisionLevel(windows: readonly LabelledWindow[], unit: BudgetUnit): DivisionLevel {
  const distinct = (key: "subject" | "recording") => new Set(windows.map((window) => window[key])).size;
  if (distinct("subject") >= FEWEST_GROUPS) return "subject";
  return unit === "window" && distinct("recording") < FEWEST_GROUPS ? "window" : "recording";
}

function assignSides(
  units: readonly Unit[],
  { level, validationShare, stream }: { level: DivisionLevel; validationShare: number; stream: Stream },
): Group[] {
  const members = new Map<string, LabelledWindow[]>(), validating = new Set<string>();
  let all: ClassCounts = new Map(), validation: ClassCounts = new Map();
  for (const unit of units) {
    for (const [name, windows] of splitUnit(unit, { level, stream })) {
      const counts = countClasses(windows);
      all = add(all, counts);
      const known = members.get(name);
      if (known === undefined) {
        members.set(name, [...windows]);
        if (lowersExcess(counts, { all, validation, validationShare })) validating.add(name);
      } else known.push(...windows);
      if (validating.has(name)) validation = add(validation, counts);
    }
  }
  return [...members].map(([name, windows]) => ({
    windows,
    counts: countClasses(windows),
    validates: validating.has(name),
  }));
}

/** Whether the sum of (V_c - share A_c)^2 / A_c falls when these windows, already in A_c, go to validation. */
function lowersExcess(
  counts: ClassCounts,
  { all, validation, validationShare }: {
    all: ClassCounts;
    validation: ClassCounts;
    validationShare: number;
  },
): boolean {
  let change = 0;
  for (const [held, count] of counts) {
    const seen = at(all, held), excess = at(validation, held) - validationShare * seen;
    change += count * (2 * excess + count) / seen;
  }
  return change < 0;
}

/** The windows of a unit by group, the groups in an order that belongs to the unit. */
function splitUnit(
  unit: Unit,
  { level, stream }: { level: DivisionLevel; stream: Stream },
): [string, LabelledWindow[]][] {
  const parts = groupBy(unit.windows, (window) => level === "window" ? window.id : window[level]);
  if (parts.size === 1) return [...parts];
  const sorted = [...parts].sort(([left], [right]) => byCodePoint(left, right));
  return stream.child(`division/${unit.id}`).shuffle(sorted);
}

/** Moves groups, as few and as small as may be, until both sides have every class where that is possible. */
function repair(assigned: readonly Group[]): Group[] {
  const classes = [...sum(assigned).keys()].sort((left, right) => left - right);
  let groups = [...assigned];
  for (const wanted of classes) groups = lend(groups, { wanted, validates: false });
  for (const wanted of classes) groups = lend(groups, { wanted, validates: true });
  return groups;
}

/** Moves the smallest group that holds a class to the side that lacks it, if there is one to spare. */
function lend(groups: Group[], { wanted, validates }: { wanted: number; validates: boolean }): Group[] {
  const receiver = sum(groups.filter((group) => group.validates === validates));
  if (receiver.has(wanted)) return groups;
  const others = groups.filter((group) => group.validates !== validates), giver = sum(others);
  const spare = ({ counts }: Group) =>
    !validates || size(receiver) + size(counts) <= size(giver) - size(counts) &&
      [...counts].every(([held, count]) => at(giver, held) > count);
  const candidates = others.filter((group) => group.counts.has(wanted) && spare(group));
  if (candidates.length === 0) return groups;
  const smallest = candidates.reduce((best, group) =>
    group.windows.length < best.windows.length ? group : best
  );
  return groups.map((group) => group === smallest ? { ...group, validates } : group);
}

function add(left: ClassCounts, right: ClassCounts): ClassCounts {
  const total = new Map(left);
  for (const [held, count] of right) total.set(held, at(total, held) + count);
  return total;
}

function sum(groups: readonly Group[]): ClassCounts {
  return groups.reduce<ClassCounts>((total, { counts }) => add(total, counts), new Map());
}

function at(counts: ClassCounts, held: number): number {
  return counts.get(held) ?? 0;
}

function size(counts: ClassCounts): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
