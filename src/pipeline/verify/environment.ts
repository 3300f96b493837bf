/**
 * What is other about this machine and its packages than when a run was made.
 *
 * @module
 */
import type { Environment } from "../environment.ts";

/**
 * What differs of that which bits can depend on, a line each: `CPU A, now B`.
 *
 * `machines` are those that the stages in question were computed on, each a CPU, a comma and a system: a run that was gone on with
 * elsewhere names only the last one in its own environment.
 */
export function environmentChanges(
  then: Environment,
  { now, machines }: { now: Environment; machines: Iterable<string> },
): string[] {
  const change = (what: string, was: string, is: string) => was === is ? [] : [`${what} ${was}, now ${is}`];
  const cpus = [...new Set([then.cpu, ...[...machines].map(cpuOf)])].sort();
  const names = [...new Set([...Object.keys(then.packages), ...Object.keys(now.packages)])].sort();
  const packages = names.flatMap((name) =>
    change(name, then.packages[name] ?? "none", now.packages[name] ?? "none")
  );
  const commits = [then.git, now.git].map((git) => git === null ? "none" : git.commit);
  return [
    ...cpus.flatMap((cpu) => change("CPU", cpu, now.cpu)),
    ...change("system", withoutRelease(then.system), withoutRelease(now.system)),
    ...change("Deno", then.deno, now.deno),
    ...packages,
    // Packages of packages are pinned by the lock file alone.
    ...packages.length > 0 ? [] : change("deno.lock", then.lock.slice(0, 8), now.lock.slice(0, 8)),
    ...change("commit of the program", commits[0].slice(0, 8), commits[1].slice(0, 8)),
  ];
}

/** `<cpu>, <system>`, as stage.json has it; a CPU's name can hold a comma, a system's can't. */
function cpuOf(machine: string): string {
  return machine.slice(0, machine.lastIndexOf(", "));
}

/** The kernel's release computes nothing. */
function withoutRelease(system: string): string {
  const [platform, ...rest] = system.split(" ");
  return [platform, rest.at(-1)].join(" ");
}
