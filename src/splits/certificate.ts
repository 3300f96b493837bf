/**
 * The certificate of a split: what must not be on two sides of a fold, checked by machine.
 *
 * @module
 */
import { byCodePoint, type WindowRow } from "../formats/window_table.ts";
import { findOverlaps, type Placed } from "./overlaps.ts";
import { type Fold, SIDES } from "./split.ts";

/** One check of a certificate. */
export interface Check {
  /** What was checked, as in `subjects-apart`. */
  readonly name: string;
  /** Whether it holds; not applicable where there is nothing to check. */
  readonly outcome: "pass" | "fail" | "not-applicable";
  /** What was found, for a reader: how many, and the first few by name. */
  readonly evidence: string;
}

/** Something that is on two sides of a fold. */
interface Leak {
  /** The number of the fold, from 1. */
  readonly fold: number;
  readonly what: string;
}

/**
 * Checks every fold for what must not be on two of its sides (train, validation, test).
 *
 * - `subjects-apart`, `sessions-apart` (of one subject), `recordings-apart`: by name.
 * - `samples-apart`: no window shares a sample of its recording with a window of another side.
 * - `signals-apart`: no windows of different ids have equal samples on two sides, by their hashes; without flat windows.
 * - `flat-signals`: flat windows are equal to each other without being copies. They are counted and never fail; the
 *   check is not applicable where there are none.
 *
 * Throws RangeError when a fold holds a window that is not among `windows`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const windows = ["a", "b"].map((subject) => ({
 *   id: `${subject}/1/r@0+8`, recording: `${subject}/1/r`, subject, session: "1",
 *   first: 0, length: 8, hash: "same", quality: "ok",
 * }));
 * const folds = [{ train: ["a/1/r@0+8"], validation: [], test: ["b/1/r@0+8"] }];
 * const failed = certify({ folds, windows }).filter(({ outcome }) => outcome === "fail");
 * assert.deepEqual(failed, [{
 *   name: "signals-apart",
 *   outcome: "fail",
 *   evidence: "1 signal on two sides: a/1/r@0+8 (train) = b/1/r@0+8 (test) in fold 1",
 * }]);
 * ```
 */
export function certify(
  { folds, windows }: { folds: readonly Fold[]; windows: Iterable<WindowRow> },
): Check[] {
  const byId = new Map([...windows].map((window) => [window.id, window]));
  const placed = folds.map((fold, index) => place(fold, { byId, number: index + 1 }));
  const flat = placed.flat().filter(({ window }) => isFlat(window));
  return [
    apart(placed, { name: "subjects-apart", noun: "subject", keyOf: ({ subject }) => subject }),
    apart(placed, {
      name: "sessions-apart",
      noun: "session",
      keyOf: ({ subject, session }) => `${subject}, session ${session}`,
    }),
    apart(placed, { name: "recordings-apart", noun: "recording", keyOf: ({ recording }) => recording }),
    judge("samples-apart", {
      noun: "window",
      total: byId.size,
      leaks: eachFold(
        placed,
        (fold) => findOverlaps(fold).map(([left, right]) => pair(left, "overlaps", right)),
      ),
    }),
    judge("signals-apart", {
      noun: "signal",
      total: new Set([...byId.values()].map(({ hash }) => hash)).size,
      leaks: eachFold(placed, equalSignals),
    }),
    reportFlat(flat),
  ];
}

function place(
  fold: Fold,
  { byId, number }: { byId: ReadonlyMap<string, WindowRow>; number: number },
): Placed[] {
  return SIDES.flatMap((side) =>
    fold[side].map((id) => {
      const window = byId.get(id);
      if (window === undefined) {
        throw new RangeError(
          `Cannot certify a split: its windows must be in the table, got ${id} in ${side} of fold ${number}`,
        );
      }
      return { window, side };
    })
  );
}

function apart(
  placed: readonly Placed[][],
  { name, noun, keyOf }: { name: string; noun: string; keyOf: (window: WindowRow) => string },
): Check {
  const all = new Set(placed.flat().map(({ window }) => keyOf(window)));
  const leaks = eachFold(
    placed,
    (fold) =>
      [...Map.groupBy(fold, ({ window }) => keyOf(window))].flatMap(([key, members]) => {
        const sides = SIDES.filter((side) => members.some((member) => member.side === side));
        return sides.length > 1 ? [`${key} (${sides.join(", ")})`] : [];
      }),
  );
  return judge(name, { noun, total: all.size, leaks });
}

/** For each signal that two windows of different ids and sides have, the first two such. */
function equalSignals(fold: readonly Placed[]): string[] {
  const candidates = fold.filter(({ window }) => !isFlat(window));
  return [...Map.groupBy(candidates, ({ window }) => window.hash).values()].flatMap((members) => {
    if (members.every(({ side }) => side === members[0].side)) return [];
    for (const left of members) {
      const right = members.find(({ window, side }) => window.id !== left.window.id && side !== left.side);
      if (right !== undefined) return [pair(left, "=", right)];
    }
    return [];
  });
}

function reportFlat(flat: readonly Placed[]): Check {
  const name = "flat-signals", ids = new Set(flat.map(({ window }) => window.id));
  if (ids.size === 0) return { name, outcome: "not-applicable", evidence: "no window is flat" };
  const hashes = new Set(flat.map(({ window }) => window.hash));
  return {
    name,
    outcome: "pass",
    evidence: `${count(ids.size, "window")} flat, with ${
      count(hashes.size, "signal")
    }, left out of signals-apart`,
  };
}

function judge(
  name: string,
  { noun, total, leaks }: { noun: string; total: number; leaks: readonly Leak[] },
): Check {
  if (leaks.length === 0) {
    return { name, outcome: "pass", evidence: `${count(total, noun)}, none on two sides` };
  }
  const shown = leaks.slice(0, 3).map(({ what, fold }) => `${what} in fold ${fold}`);
  const more = leaks.length > shown.length ? `; and ${leaks.length - shown.length} more` : "";
  return {
    name,
    outcome: "fail",
    evidence: `${count(leaks.length, noun)} on two sides: ${shown.join("; ")}${more}`,
  };
}

function eachFold(placed: readonly Placed[][], find: (fold: readonly Placed[]) => string[]): Leak[] {
  return placed.flatMap((fold, index) =>
    find(fold).sort(byCodePoint).map((what) => ({ fold: index + 1, what }))
  );
}

function pair(left: Placed, relation: string, right: Placed): string {
  return `${left.window.id} (${left.side}) ${relation} ${right.window.id} (${right.side})`;
}

function isFlat({ quality }: WindowRow): boolean {
  return quality === "flat";
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
