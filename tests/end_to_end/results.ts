/** What a run leaves behind, for comparison byte by byte. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join, relative } from "node:path";

/** SHA-256 of every file below a folder, by its path there. */
export function hashes(folder: string, inside = folder): Record<string, string> {
  const found: [string, string][] = [];
  for (const { name, isDirectory } of Deno.readDirSync(inside)) {
    const path = join(inside, name);
    if (isDirectory) found.push(...Object.entries(hashes(folder, path)));
    else {found.push([
        relative(folder, path),
        createHash("sha256").update(Deno.readFileSync(path)).digest("hex"),
      ]);}
  }
  return Object.fromEntries(found.sort(([left], [right]) => left < right ? -1 : 1));
}

/** The files of a run that may depend on nothing but its manifest: not on when, where and how fast it ran. */
export function promised(run: string): Record<string, string> {
  const promised =
    /^((cells|subjects|predictions)\.csv|(summary|split)\.json|manifest\.yaml|models\/.*|tables\/.*)$/;
  return Object.fromEntries(Object.entries(hashes(run)).filter(([path]) => promised.test(path)));
}

/** Every finished stage of a store, and when it was computed. */
export function computedAt(store: string): Record<string, string> {
  const found: [string, string][] = [];
  for (const { name: stage } of Deno.readDirSync(store)) {
    if (stage.startsWith(".")) continue;
    for (const { name: id } of Deno.readDirSync(join(store, stage))) {
      const { computed } = JSON.parse(Deno.readTextFileSync(join(store, stage, id, "stage.json")));
      found.push([`${stage}/${id}`, computed.at]);
    }
  }
  return Object.fromEntries(found);
}

/** The stages of a store that a run brings before its certificates without one of them: those that do not rest on it. */
export function stagesWithout(held: string, store: string): string[] {
  const names = new Map(Object.keys(computedAt(store)).map((name) => [name.split("/")[1], name]));
  const restsOnHeld = (name: string): boolean => {
    const { inputs } = JSON.parse(Deno.readTextFileSync(join(store, name, "stage.json")));
    return name === held ||
      Object.values<string>(inputs).some((id) => restsOnHeld(names.get(id) ?? assert.fail(id)));
  };
  return [...names.values()].filter((name) => !name.startsWith("certificate/") && !restsOnHeld(name));
}
