/**
 * A verdict as text.
 *
 * @module
 */
import { formatTable } from "../bench/table.ts";
import { type Counts, tellShare, type Verdict } from "./judge.ts";

const HEAD = ["agree", "differ", "share", "no kernel"];

/** The lines of a verdict: counts by operation and by what networks are made of, what is wrong, and the sum. */
export function describe({ all, areas, byArea, byOp, problems, unlisted }: Verdict): string[] {
  const ran = ([, { agree, differ, noKernel }]: [string, Counts]) => agree + differ + noKernel > 0;
  return [
    ...formatTable([["operation", ...HEAD], ...[...byOp].filter(ran).map(rowOf)]),
    "",
    ...(ran(["", areas])
      ? formatTable([
        ["of networks", ...HEAD],
        ...[...byArea].filter(ran).map(rowOf),
        rowOf(["together", areas]),
      ]).concat("")
      : []),
    ...problems,
    ...(problems.length > 0 ? ["", `${problems.length} problems`] : []),
    `${all.agree} agree, ${all.differ - unlisted.length} listed (${tellShare(all)} agree); ` +
    `${all.noKernel} ran no kernel of the backend`,
  ];
}

function rowOf([name, counts]: [string, Counts]): string[] {
  return [name, `${counts.agree}`, `${counts.differ}`, tellShare(counts), `${counts.noKernel}`];
}
