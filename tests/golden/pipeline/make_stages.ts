/**
 * Writes stages.json: what every kind of stage makes of golden inputs.
 *
 *   deno run -A tests/golden/pipeline/make_stages.ts
 *
 * Refuses where a stage of the same identity has other outputs: raise its version in src/pipeline/stages/table.ts first,
 * or every store that holds it would go on giving the old ones.
 */
import { difference, type GoldenStages, runGoldenStages } from "../../pipeline/golden_stages.ts";

const path = new URL("stages.json", import.meta.url).pathname;
const root = await Deno.makeTempDir({ prefix: "einthoven-golden-" });
const after = await runGoldenStages(root);
await Deno.remove(root, { recursive: true });

const before: GoldenStages = await exists(path) ? JSON.parse(await Deno.readTextFile(path)) : {};
const known = new Map(Object.values(before).map((stage) => [stage.id, stage]));
const broken = Object.entries(after).flatMap(([label, stage]) => {
  const golden = known.get(stage.id), changed = golden && difference(golden, stage);
  return changed === undefined ? [] : [`${label}, version ${stage.version}: ${changed}`];
});
if (broken.length > 0) {
  throw new Error(`Cannot write golden stages: a stage that changes must have another version, got\n${broken.join("\n")}`);
}
// A stage that gives what it gave keeps the numbers of the machine that wrote them first.
const lines = Object.entries(after).map(([label, stage]) =>
  ` ${JSON.stringify(label)}: ${JSON.stringify(known.get(stage.id) ?? stage)}`
);
await Deno.writeTextFile(path, `{\n${lines.join(",\n")}\n}\n`);

async function exists(file: string): Promise<boolean> {
  try {
    return (await Deno.stat(file)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
