/** What the README says that there is, there is; and what there is, it says. */
import assert from "node:assert/strict";
import { join } from "node:path";
import config from "../../deno.json" with { type: "json" };
import { ARMS } from "../../src/arms/table.ts";
import { DATASETS } from "../../src/datasets/table.ts";
import { METRICS } from "../../src/evaluation/results.ts";
import { readManifest } from "../../src/manifest/read.ts";
import { ENCODERS } from "../../src/models/table.ts";
import { openExperiment } from "../../src/pipeline/experiment.ts";
import { manifestSchema } from "../../src/pipeline/schema.ts";
import { OBJECTIVES } from "../../src/pretext/table.ts";
import { TRANSFORMATION_NAMES } from "../../src/pretext/transformations/table.ts";
import { SPLITTERS } from "../../src/splits/table.ts";
import { TARGETS } from "../../src/targets/table.ts";

const project = new URL("../../", import.meta.url).pathname;
const readme = Deno.readTextFileSync(join(project, "README.md"));
const found = (pattern: RegExp, text = readme) => [...text.matchAll(pattern)].map(([, name]) => name);
const distinct = (names: readonly string[]) => [...new Set(names)].sort();
const section = (title: string) =>
  readme.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ??
    assert.fail(`no section ${title}`);
const rows = (title: string) => found(/^\| `([^`]+)`/gm, section(title));

const blocks = found(/^```yaml\n([\s\S]*?)^```$/gm);
const manifests = blocks.filter((block) => block.includes("question:"));
const readText = (text: string) => (path: string) =>
  path === "readme.yaml" ? text : Deno.readTextFileSync(join(project, "experiments", path));
const open = (text: string) =>
  openExperiment(readManifest("readme.yaml", { readText: readText(text) }), { overridden: false });

Deno.test("the README's manifests are valid as they stand", () => {
  assert.equal(manifests.length, 2);
  for (const text of manifests) assert.ok(open(text).points.length > 1);
});

Deno.test("the README's sweep is one over the quickstart, and leaves out what it excludes", () => {
  const [sweep, ...others] = blocks.filter((block) => !manifests.includes(block));
  assert.deepEqual(others, []);
  // 2 budgets x 3 ratios x 2 lengths, less the 3 points of the small budget and the long windows.
  assert.equal(open(`extends: quickstart.yaml\nhypotheses: []\n${sweep}`).points.length, 9);
});

Deno.test("the README names every task, and no other", () => {
  const tasks = found(/deno(?:@[\d.]+)? task ([a-z][a-z:]*)/g);
  assert.deepEqual(distinct(tasks), Object.keys(config.tasks).sort());
});

Deno.test("the README names every flag of the program, and no other", () => {
  const flagsOf = (path: string) => found(/"(--[a-z-]+)/g, Deno.readTextFileSync(join(project, path)));
  const own = flagsOf("src/cli/main.ts"), commands = section("Commands");
  for (const flag of own) assert.ok(commands.includes(`\`${flag}`), flag);
  const known = [...own, ...flagsOf("bench/main.ts"), ...flagsOf("conformance/main.ts"), "--help"];
  assert.deepEqual(distinct(found(/`(--[a-z-]+)/g)).filter((flag) => !known.includes(flag)), []);
});

Deno.test("the README gives a reason for every package, and has no other", () => {
  assert.deepEqual(rows("Dependencies"), [...new Set(rows("Dependencies"))]);
  assert.deepEqual(rows("Dependencies").sort(), Object.keys(config.imports).sort());
});

Deno.test("the README describes every arm, and no other", () => {
  assert.deepEqual(rows("The arms").sort(), Object.keys(ARMS).sort());
});

Deno.test("the README lists every part of a manifest with the names that it can hold", () => {
  const table = section("Ask your own question");
  for (const part of Object.keys(manifestSchema.shape)) assert.ok(table.includes(`\`${part}\``), part);
  const kinds = [DATASETS, TARGETS, SPLITTERS, ENCODERS, OBJECTIVES].flatMap((plugins) =>
    Object.keys(plugins)
  );
  for (const name of [...kinds, ...METRICS]) assert.ok(table.includes(`\`${name}\``), name);
  for (const name of TRANSFORMATION_NAMES) assert.match(table, new RegExp(`\\b${name}\\b`));
});

Deno.test("the README leads to files and sections that there are", () => {
  const named = found(/`((?:src|tests|bench|experiments)\/[\w./-]+)`/g).filter((path) =>
    !path.includes("NAME")
  );
  const linked = found(/\[[^\]]*\]\(([^)#]+)\)/g);
  // Two manifests are the reader's to save.
  const saved = ["experiments/arousal.yaml", "experiments/ludb_age.yaml"];
  const paths = distinct([...named, ...linked]).filter((path) =>
    !saved.includes(path) && !path.startsWith("https://")
  );
  assert.ok(paths.length > 20);
  for (const path of paths) assert.ok(Deno.statSync(join(project, path)), path);
  const anchors = found(/^## (.+)$/gm).map((title) => title.toLowerCase().replaceAll(" ", "-"));
  for (const anchor of found(/\]\(#([^)]+)\)/g)) assert.ok(anchors.includes(anchor), anchor);
});
