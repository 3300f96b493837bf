/** A manifest on WESAD runs from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCsv } from "../../../src/formats/csv.ts";
import { call, writeManifest } from "../../cli/program.ts";
import { writePerson } from "../../datasets/wesad/write_wesad.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";

Deno.test("a manifest on WESAD runs from its pickles to its report", async () => {
  await using folder = await temporaryFolder();
  for (const [index, subject] of ["S2", "S3", "S10", "S11"].entries()) {
    const protocol = index % 2 === 0 ? 0 : 2;
    await writePerson(join(folder.path, "WESAD"), subject, { protocol, shift: 8, faster: index });
  }
  await writeManifest(folder.path, {
    dataset: "dataset: {kind: wesad}",
    target:
      "target: {kind: condition, classes: {baseline: [baseline], stress: [stress], amusement: [amusement]}}",
    arms: "arms: {supervised: {}}",
    sweep: "sweep: {labels.fraction: [1]}",
    hypotheses: "hypotheses: []",
  });
  const options = { cwd: folder.path, env: { EINTHOVEN_DATA: folder.path } };
  const { code, problems } = await call(["tiny.yaml", "--results", "results", "--workers", "1"], options);
  assert.deepEqual([code, problems], [0, ""]);
  const run = join(folder.path, "results", "tiny");
  const rows = readCsv(await Deno.readTextFile(join(run, "predictions.csv")));
  const recordings = new Set(rows.map(({ window }) => window.split("@")[0]));
  const people = ["S10", "S11", "S2", "S3"], conditions = ["amusement", "baseline", "stress"];
  assert.deepEqual(
    [...recordings].sort(),
    people.flatMap((subject) => conditions.map((condition) => `WESAD/${subject}/1/${condition}`)),
    "meditation is of no class",
  );
  assert.match(await Deno.readTextFile(join(run, "report.html")), /WESAD was read in public code/);
});
