/** What a run leaves behind, for comparison byte by byte. */
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
