/** A manifest on DREAMER runs from its file to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCsv } from "../../../src/formats/csv.ts";
import { call, writeManifest } from "../../cli/program.ts";
import { dreamerBytes, writeDreamer } from "../../datasets/dreamer/write_dreamer.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";

Deno.test("a manifest on DREAMER runs from its file to its report", async () => {
  await using folder = await temporaryFolder();
  const people = Array.from({ length: 6 }, (_, person) => ({
    clips: [[60, 1], [66, 2], [90, 4], [96, 5]].map(([bpm, valence]) => ({
      seconds: 12,
      bpm: bpm + person,
      valence,
    })),
  }));
  await writeDreamer(folder.path, dreamerBytes(people));
  await writeManifest(folder.path, {
    dataset: "dataset: {kind: dreamer, last: 10}",
    signal: "signal: {lead: ECG 1, resample: 64, window: {seconds: 2, stride: 2}}",
    target: 'target: {kind: rating, label: valence, threshold: 3, side: ">="}',
    arms: "arms: {supervised: {}}",
    sweep: "sweep: {labels.fraction: [1]}",
    hypotheses: "hypotheses: []",
  });
  const options = { cwd: folder.path, env: { EINTHOVEN_DATA: folder.path } };
  const { code, problems } = await call(["tiny.yaml", "--results", "results", "--workers", "1"], options);
  assert.deepEqual([code, problems], [0, ""]);
  const run = join(folder.path, "results", "tiny");
  const rows = readCsv(await Deno.readTextFile(join(run, "predictions.csv")));
  const windows = new Set(
    rows.map(({ window }) => window).filter((window) => window.startsWith("dreamer/S01/1/clip03@")),
  );
  assert.equal(windows.size, 5, "ten seconds in windows of two");
  assert.match(await Deno.readTextFile(join(run, "report.html")), /DREAMER was read in public code/);
});
