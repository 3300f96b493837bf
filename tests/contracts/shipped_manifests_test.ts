import assert from "node:assert/strict";
import { join } from "node:path";
import { schemaText } from "../../src/cli/schema.ts";
import { readManifest } from "../../src/manifest/read.ts";
import { openExperiment } from "../../src/pipeline/experiment.ts";

const folder = new URL("../../experiments/", import.meta.url).pathname;
const manifests = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) =>
  name.endsWith(".yaml")
).sort();

Deno.test("experiments/schema.json is what `deno task schema` writes", () => {
  assert.equal(Deno.readTextFileSync(join(folder, "schema.json")), schemaText());
});

Deno.test("experiments/ holds the quickstart, which is what a call without a manifest runs", () => {
  assert.ok(manifests.includes("quickstart.yaml"));
});

for (const name of manifests) {
  Deno.test(`experiments/${name} is valid, and names the schema on its first line`, () => {
    const source = readManifest(join(folder, name), { readText: Deno.readTextFileSync });
    const { points, name: run } = openExperiment(source, { overridden: false });
    assert.ok(points.length > 0);
    assert.equal(`${run}.yaml`, name);
    const [first] = Deno.readTextFileSync(join(folder, name)).split("\n");
    assert.equal(first, "# yaml-language-server: $schema=schema.json");
  });
}
