/** A manifest on YAAD runs from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCsv } from "../../../src/formats/csv.ts";
import { call, writeManifest } from "../../cli/program.ts";
import { writeYaad } from "../../datasets/yaad/write_yaad.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";

Deno.test("a manifest on YAAD runs from its files to its report", async () => {
  const videos = [1, 2, 3, 4, 10].flatMap((participant) =>
    [[participant, 1, 1], [participant, 1, 2]] as const
  );
  await using folder = await temporaryFolder();
  await writeYaad(join(folder.path, "yaad"), { videos });
  await writeManifest(folder.path, {
    dataset: "dataset: {kind: yaad, path: yaad}",
    target: "target: {kind: rating, label: arousal, threshold: 5}",
    arms: "arms: {supervised: {}}",
    sweep: "sweep: {labels.fraction: [1]}",
    hypotheses: "hypotheses: []",
  });
  const options = { cwd: folder.path, env: { EINTHOVEN_DATA: folder.path } };
  const { code, problems } = await call(["tiny.yaml", "--results", "results", "--workers", "1"], options);
  assert.deepEqual([code, problems], [0, ""]);
  const run = join(folder.path, "results", "tiny");
  const rows = readCsv(await Deno.readTextFile(join(run, "predictions.csv")));
  assert.equal(new Set(rows.map(({ window }) => window.split("@")[0])).size, 10);
  assert.match(await Deno.readTextFile(join(run, "report.html")), /The multimodal part/);
});
