/**
 * Whether the specs went as the list says, and whether enough of them agree.
 *
 * @module
 */
import { AREAS } from "./areas.ts";
import { keyOf, type Listed } from "./listed.ts";
import type { Outcome } from "./run.ts";
import { opOf } from "./suite.ts";

/** The share of specs that must agree: of all, and of those of the operations in `AREAS`. */
export const LEAST_SHARE = { all: 0.95, areas: 0.98 } as const;

/** How many specs agree. Those that passed without a kernel of the backend say nothing about it. */
export interface Counts {
  /** They ran a kernel of the backend and passed. */
  readonly agree: number;
  /** They failed; each must be in the list. */
  readonly differ: number;
  /** They passed, and ran no kernel of the backend. */
  readonly noKernel: number;
}

/** What came out. */
export interface Verdict {
  readonly all: Counts;
  /** The operations of `AREAS` together. */
  readonly areas: Counts;
  readonly byArea: ReadonlyMap<string, Counts>;
  readonly byOp: ReadonlyMap<string, Counts>;
  /** What is wrong, a line each; nothing when all went as the list says. */
  readonly problems: readonly string[];
  /** The specs that failed and are not listed. */
  readonly unlisted: readonly Outcome[];
}

/** Compares the outcomes with the list. `whole` says that every spec was run: then shares and names that no spec has are judged too. */
export function judge(
  outcomes: readonly Outcome[],
  { listed, whole }: { listed: Listed; whole: boolean },
): Verdict {
  const byOp = new Map(
    Object.entries(Object.groupBy(outcomes, ({ file }) => opOf(file)))
      .map(([op, specs = []]) => [op, countsOf(specs)]),
  );
  const inOps = (ops: readonly string[]) => countsOf(outcomes.filter(({ file }) => ops.includes(opOf(file))));
  const byArea = new Map(Object.entries(AREAS).map(([area, ops]) => [area, inOps(ops)]));
  const all = countsOf(outcomes), areas = inOps(Object.values(AREAS).flat());
  const unlisted = outcomes.filter((outcome) => !outcome.passed && !listed.has(keyOf(outcome)));
  const problems = [
    ...unlisted.map((outcome) => `${keyOf(outcome)}: fails and is not listed: ${firstLine(outcome)}`),
    ...outcomes.filter((outcome) => outcome.passed && listed.has(keyOf(outcome)))
      .map((outcome) => `${keyOf(outcome)}: is listed and passes: take it off the list`),
  ];
  if (whole) {
    const names = new Set(outcomes.map(keyOf));
    problems.push(
      ...[...listed.keys()].filter((key) => !names.has(key))
        .map((key) => `${key}: is listed and does not exist: take it off the list`),
    );
    if (shareOf(all) < LEAST_SHARE.all) {
      problems.push(`of all specs, ${tellShare(all)} agree: at least ${percent(LEAST_SHARE.all)} must`);
    }
    if (shareOf(areas) < LEAST_SHARE.areas) {
      problems.push(
        `of the specs of what networks are made of, ${tellShare(areas)} agree: at least ${
          percent(LEAST_SHARE.areas)
        } must`,
      );
    }
  }
  return { all, areas, byArea, byOp, problems, unlisted };
}

/** The share of specs that agree, of those that ran a kernel of the backend or failed. */
export function shareOf({ agree, differ }: Counts): number {
  return agree + differ === 0 ? 1 : agree / (agree + differ);
}

/** The share as text, rounded down so that a limit is never seen to be reached when it is not; a dash where there is none. */
export function tellShare(counts: Counts): string {
  if (counts.agree + counts.differ === 0) return "-";
  return percent(Math.floor(shareOf(counts) * 1000) / 1000);
}

function countsOf(outcomes: readonly Outcome[]): Counts {
  const count = (chosen: (outcome: Outcome) => boolean) => outcomes.filter(chosen).length;
  return {
    agree: count(({ passed, kernels }) => passed && kernels.length > 0),
    differ: count(({ passed }) => !passed),
    noKernel: count(({ passed, kernels }) => passed && kernels.length === 0),
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

function firstLine({ messages }: Outcome): string {
  return messages.join("; ").split("\n")[0];
}
