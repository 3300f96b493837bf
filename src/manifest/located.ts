/**
 * YAML as values that remember where they were written, and the merging of one file over another.
 *
 * @module
 */
import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from "yaml";
import { formatPath, type Path } from "./paths.ts";
import { type Place, type Problem, problemAt } from "./problem.ts";
import { show } from "./show.ts";

/** A scalar, list or map of a file; the place of what a key leads to is the key's. */
export type Located =
  & { readonly place: Place; readonly size: number }
  & (
    | { readonly kind: "scalar"; readonly value: unknown }
    | { readonly kind: "list"; readonly items: readonly Located[] }
    | { readonly kind: "map"; readonly entries: ReadonlyMap<string, Located> }
  );

/** A manifest holds at most so many values, aliases written out: some lines of aliases can stand for billions. */
const MOST_VALUES = 10_000;
/** `<<: *anchor` takes over the keys of another map, as in YAML 1.1. */
const MERGE_KEY = "<<";

/**
 * Reads YAML text (1.2) into values with places, and everything that is wrong with it.
 *
 * Keys are text. A key that a map says twice, a tag of no known type, a broken alias and more than 10,000 values
 * are problems. `<<: *anchor` merges, and is the only part of YAML 1.1 that is taken over.
 */
export function locateYaml(text: string, options: { file: string }): { root: Located; problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false,
    resolveKnownTags: false,
  });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: options.file, line, column: col };
  };
  const rows = text.split(/\r?\n/);
  const problems = [...document.errors, ...document.warnings].map(({ message, pos: [offset] }) => {
    const place = placeAt(offset), row = rows[lines.linePos(offset).line - 1] ?? "";
    const rule = message.charAt(0).toLowerCase() + message.slice(1);
    return problemAt(place, {
      path: "",
      message: `Cannot read YAML: ${rule}, got ${
        row.trim() === "" ? "the end of the text" : show(row.trim())
      }`,
    });
  });
  const start: Place = { file: options.file, line: 1, column: 1 };
  const empty: Located = { kind: "scalar", value: null, place: start, size: 1 };
  if (problems.length > 0 || !document.contents) return { root: empty, problems };
  const reader = { placeAt, problems, anchors: new Map<string, Located | "open">() };
  const root = locate(document.contents, { ...reader, place: start, path: [] });
  if (root.size > MOST_VALUES) {
    const rule = `it must hold at most ${MOST_VALUES} values once aliases are written out, got ${root.size}`;
    return { root: empty, problems: [problemAt(start, { path: "", message: `Cannot read YAML: ${rule}` })] };
  }
  return { root, problems };
}

/** The plain value of what was located. */
export function plainValue(located: Located): unknown {
  if (located.kind === "scalar") return located.value;
  if (located.kind === "list") return located.items.map(plainValue);
  return Object.fromEntries([...located.entries].map(([key, held]) => [key, plainValue(held)]));
}

/** The place of what lies at a path, if something does. */
export function placeOf(located: Located, path: Path): Place | undefined {
  let here: Located | undefined = located;
  for (const key of path) {
    if (here?.kind === "map") here = here.entries.get(String(key));
    else if (here?.kind === "list" && typeof key === "number") here = here.items[key];
    else return undefined;
  }
  return here?.place;
}

/** One value over another: maps merge deeply, a null takes a key of `base` away, all else replaces. */
export function mergeLocated(base: Located, over: Located): Located {
  if (base.kind !== "map" || over.kind !== "map") return over;
  const entries = new Map(base.entries);
  for (const [key, held] of over.entries) {
    const below = base.entries.get(key);
    if (below && held.kind === "scalar" && held.value === null) entries.delete(key);
    else entries.set(key, below ? mergeLocated(below, held) : held);
  }
  return locatedMap(entries, { place: over.place });
}

/** A map without one of its keys. */
export function withoutKey(located: Located, key: string): Located {
  if (located.kind !== "map") return located;
  return locatedMap(new Map([...located.entries].filter(([name]) => name !== key)), { place: located.place });
}

interface Reading {
  readonly path: Path;
  readonly place: Place;
  readonly placeAt: (offset: number) => Place;
  readonly problems: Problem[];
  /** What each anchor stands for so far; "open" while it is being read, when an alias to it would hold itself. */
  readonly anchors: Map<string, Located | "open">;
}

function locate(node: Node | null, reading: Reading): Located {
  if (isAlias(node)) return follow(node, reading);
  const anchor = node && "anchor" in node && typeof node.anchor === "string" ? node.anchor : undefined;
  if (anchor !== undefined) reading.anchors.set(anchor, "open");
  const located = locateOwn(node, reading);
  if (anchor !== undefined) reading.anchors.set(anchor, located);
  return located;
}

function locateOwn(node: Node | null, reading: Reading): Located {
  const { place } = reading;
  if (isSeq<Node | null>(node)) {
    const items = node.items.map((item, index) =>
      locate(item, {
        ...reading,
        path: [...reading.path, index],
        place: item?.range ? reading.placeAt(item.range[0]) : place,
      })
    );
    return { kind: "list", items, place, size: 1 + total(items) };
  }
  if (isMap<Node, Node | null>(node)) return locateMap(node.items, reading);
  return { kind: "scalar", value: isScalar(node) ? node.value : null, place, size: 1 };
}

function locateMap(pairs: readonly Pair<Node, Node | null>[], reading: Reading): Located {
  const entries = new Map<string, Located>(), merged = new Map<string, Located>();
  for (const { key: keyNode, value } of pairs) {
    const key = isScalar(keyNode) ? String(keyNode.value) : "";
    const place = keyNode.range ? reading.placeAt(keyNode.range[0]) : reading.place;
    const path = [...reading.path, key];
    const first = entries.get(key);
    if (first) {
      refuse(`a map must say a key once, got ${show(key)} again${afterPlace(first.place)}`, {
        ...reading,
        place,
        path,
      });
    }
    if (key === "__proto__") {
      refuse(`a key must be a name of its own, got "__proto__"`, { ...reading, place, path });
    }
    const held = locate(value, { ...reading, place, path });
    if (key === MERGE_KEY) mergeInto(merged, held, { ...reading, place, path });
    else entries.set(key, held);
  }
  for (const [key, held] of merged) if (!entries.has(key)) entries.set(key, held);
  return locatedMap(entries, { place: reading.place });
}

/** Keys of the earlier maps of a list win, as in YAML 1.1. */
function mergeInto(merged: Map<string, Located>, held: Located, reading: Reading): void {
  for (const source of held.kind === "list" ? held.items : [held]) {
    if (source.kind !== "map") {
      refuse(`<< must lead to a map or a list of maps, got a ${source.kind}`, reading);
    } else for (const [key, below] of source.entries) if (!merged.has(key)) merged.set(key, below);
  }
}

function follow(alias: Alias, reading: Reading): Located {
  const target = reading.anchors.get(alias.source);
  if (target !== undefined && target !== "open") return { ...target, place: reading.place };
  const rule = target === "open"
    ? `an alias must stand outside its anchor, got *${alias.source} within &${alias.source}`
    : `an alias must follow its anchor, got *${alias.source} without &${alias.source} before it`;
  refuse(rule, { ...reading, place: alias.range ? reading.placeAt(alias.range[0]) : reading.place });
  return { kind: "scalar", value: null, place: reading.place, size: 1 };
}

function refuse(rule: string, reading: Reading): void {
  reading.problems.push(
    problemAt(reading.place, { path: formatPath(reading.path), message: `Cannot read YAML: ${rule}` }),
  );
}

function afterPlace(place: Place): string {
  return "line" in place ? `, first on line ${place.line}` : "";
}

function locatedMap(entries: ReadonlyMap<string, Located>, options: { place: Place }): Located {
  return { kind: "map", entries, place: options.place, size: 1 + total(entries.values()) };
}

function total(held: Iterable<Located>): number {
  return Array.from(held).reduce((sum, { size }) => sum + size, 0);
}
