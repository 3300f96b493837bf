/**
 * A manifest from its file: what it extends below it, what the command line sets above it, and where each value
 * was written.
 *
 * @module
 */
import { basename, dirname, isAbsolute, join, normalize } from "node:path";
import { type Located, locateYaml, mergeLocated, placeOf, plainValue, withoutKey } from "./located.ts";
import { formatPath, hasPath, parsePathPrefix, type Path, removePath, setPath, startsWith } from "./paths.ts";
import { ManifestError, type Place, type Problem, problemAt } from "./problem.ts";
import { joinNames, show } from "./show.ts";

/** A manifest as it was written; `validate` gives it its meaning. */
export interface ManifestSource {
  /** The name of the file without `.yaml`. */
  readonly name: string;
  /** The path of the file, as it was given. */
  readonly path: string;
  /** Maps, lists and scalars, after composition and overrides; `extends` is no part of it. */
  readonly value: unknown;
  /**
   * Where the value at a path was written: its key in a map, itself in a list. A path that leads nowhere gives the
   * nearest place above it, which for the whole manifest is its first line.
   */
  locate(path: Path): Place;
}

const EXTENDS = "extends";

/** What the command line sets. */
interface Override {
  readonly path: Path;
  readonly place: Place;
  readonly value: unknown;
}

/**
 * Reads a manifest: YAML, composed by `extends`, changed by overrides.
 *
 * `extends: other.yaml` names the file, relative to the one that says so, that this one is written over: maps merge
 * deeply, lists and scalars replace, `null` takes a key of the other away. Each of `set` is `path.to.key=value`, the
 * value in YAML; it replaces what lies there, lists by index (`seeds[0]=5`), keys with dots quoted
 * (`arms["a.b"].train=all`), and `=null` takes the key away. Later ones win.
 *
 * Throws ManifestError with every problem at once: a file that can't be read, broken YAML, a key said twice, a circle
 * of `extends`, an override that leads nowhere. Keys and values are judged by `validate`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const files: Record<string, string> = {
 *   "base.yaml": "fit: {epochs: 30, batch: 128}\n",
 *   "small.yaml": "extends: base.yaml\nfit: {epochs: 3}\n",
 * };
 * const source = readManifest("small.yaml", { readText: (path) => files[path], set: ["fit.batch=32"] });
 * assert.deepEqual(source.value, { fit: { epochs: 3, batch: 32 } });
 * assert.deepEqual(source.locate(["fit", "epochs"]), { file: "small.yaml", line: 2, column: 7 });
 * assert.deepEqual(source.locate(["fit", "batch"]), { override: "--set fit.batch=32" });
 * ```
 */
export function readManifest(
  path: string,
  options: { readText: (path: string) => string; set?: readonly string[] },
): ManifestSource {
  const problems: Problem[] = [];
  const tree = readChain(path, { readText: options.readText, problems, chain: [] });
  const overrides = (options.set ?? []).map((text) => readOverride(text, { problems })).filter((one) =>
    one !== undefined
  );
  // Whether an override leads somewhere can't be said of a manifest that could not be read.
  const value = problems.length > 0 ? undefined : applyAll(plainValue(tree), { overrides, problems });
  if (problems.length > 0) throw new ManifestError(problems);
  return {
    name: basename(path).replace(/\.ya?ml$/, ""),
    path,
    value,
    locate: (wanted) => locateIn(wanted, { tree, overrides, value }),
  };
}

interface Chain {
  readonly readText: (path: string) => string;
  readonly problems: Problem[];
  /** The files that lead here, outermost first. */
  readonly chain: readonly string[];
  /** Who asks for the file, if another file does. */
  readonly asked?: { place: Place };
}

function readChain(path: string, options: Chain): Located {
  const { problems } = options, place: Place = { file: path, line: 1, column: 1 };
  const nothing: Located = { kind: "map", entries: new Map(), place, size: 1 };
  const text = readOne(path, options);
  if (text === undefined) return nothing;
  const read = locateYaml(text, { file: path });
  problems.push(...read.problems);
  if (read.problems.length > 0) return nothing;
  // A manifest of comments alone lacks all its keys, and is told so.
  const own = read.root.kind === "scalar" && read.root.value === null ? nothing : read.root;
  if (own.kind !== "map") {
    const message = `Cannot read the manifest: it must be a map of keys, got ${show(plainValue(own))}`;
    problems.push(problemAt(place, { path: "", message }));
    return nothing;
  }
  const said = own.entries.get(EXTENDS);
  if (!said) return own;
  const base = extended(said, { path, ...options });
  const rest = withoutKey(own, EXTENDS);
  return base === undefined ? rest : mergeLocated(
    readChain(base, { ...options, chain: [...options.chain, path], asked: { place: said.place } }),
    rest,
  );
}

/** The path of the file that is extended; a problem where there is none or where the chain closes. */
function extended(said: Located, options: Chain & { path: string }): string | undefined {
  const { path, problems, chain } = options, name = plainValue(said);
  const refuse = (rule: string) => {
    problems.push(problemAt(said.place, { path: EXTENDS, message: `Cannot extend a manifest: ${rule}` }));
  };
  if (typeof name !== "string" || name === "") {
    refuse(`its file must be given as text, got ${show(name)}`);
    return undefined;
  }
  const base = isAbsolute(name) ? normalize(name) : join(dirname(path), name);
  const files = [...chain, path].map((file) => normalize(file));
  if (!files.includes(base)) return base;
  refuse(`the chain must end, got ${[...files.slice(files.indexOf(base)), base].join(" -> ")}`);
  return undefined;
}

function readOne(path: string, options: Chain): string | undefined {
  try {
    return options.readText(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const place = options.asked?.place ?? { file: path, line: 0, column: 0 };
    const message = options.asked
      ? `Cannot extend a manifest: its file must be there and readable, got ${show(path)} (${reason})`
      : `Cannot read the manifest: its file must be there and readable, got ${reason}`;
    options.problems.push(problemAt(place, { path: options.asked ? EXTENDS : "", message }));
    return undefined;
  }
}

function readOverride(text: string, options: { problems: Problem[] }): Override | undefined {
  const place: Place = { override: `--set ${text}` };
  const refuse = (rule: string) => {
    options.problems.push(problemAt(place, { path: "", message: `Cannot read the override: ${rule}` }));
    return undefined;
  };
  const { path, rest } = parsePathPrefix(text);
  if (path.length === 0 || !rest.startsWith("=")) {
    return refuse(`it must be like path.to.key=value, got ${show(text)}`);
  }
  if (rest.slice(1).trim() === "") {
    return refuse(`a value must follow "=" (null takes the key away), got nothing`);
  }
  const { root, problems } = locateYaml(rest.slice(1), { file: "" });
  if (problems.length > 0) {
    return refuse(
      joinNames(problems.map(({ message }) => message.replace("Cannot read YAML: ", "")), { last: "and" }),
    );
  }
  return { path, place, value: plainValue(root) };
}

function applyAll(value: unknown, options: { overrides: readonly Override[]; problems: Problem[] }): unknown {
  return options.overrides.reduce((before, { path, place, value: to }) => {
    try {
      return to === null && hasPath(before, path) ? removePath(before, path) : setPath(before, path, { to });
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
      options.problems.push(problemAt(place, { path: formatPath(path), message: error.message }));
      return before;
    }
  }, value);
}

function locateIn(
  path: Path,
  options: { tree: Located; overrides: readonly Override[]; value: unknown },
): Place {
  const { tree, overrides, value } = options;
  let held = path.length;
  while (held > 0 && !hasPath(value, path.slice(0, held))) held--;
  const there = path.slice(0, held);
  // The last override decides; a map that overrides alone have made stands where they stand.
  const setting = overrides.findLast((override) => startsWith(there, override.path));
  const made = overrides.findLast((override) => startsWith(override.path, there));
  return setting?.place ?? placeOf(tree, there) ?? made?.place ?? tree.place;
}
