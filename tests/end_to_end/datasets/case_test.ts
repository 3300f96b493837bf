/** A manifest on CASE runs from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCsv } from "../../../src/formats/csv.ts";
import { call, writeManifest } from "../../cli/program.ts";
import { writePerson } from "../../datasets/case/write_case.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";

Deno.test("a manifest on CASE runs from its files to its report, with ratings that change within a video", async () => {
  await using folder = await temporaryFolder();
  // Arousal passes 5 in the middle of a window of every scary video.
  const rate = (video: number, seconds: number) => [5, video >= 7 && seconds >= 3 ? 8 : 3] as const;
  for (const faster of [1, 2, 3, 4]) {
    const fixture = { videos: [7, 3, 8, 4], seconds: 8, rate, faster };
    await writePerson(join(folder.path, "CASE"), `sub_${faster}`, fixture);
  }
  await writeManifest(folder.path, {
    dataset: "dataset: {kind: case}",
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
  const windowsOf = (video: number) =>
    new Set(
      rows.map(({ window }) => window).filter((window) => window.startsWith(`CASE/sub_1/1/video-${video}@`)),
    );
  assert.equal(windowsOf(3).size, 4);
  assert.deepEqual(
    [...windowsOf(7)].map((window) => window.split("@")[1]).sort(),
    ["0+128", "256+128", "384+128"],
    "the window in which arousal changes sides is in no test",
  );
  assert.match(await Deno.readTextFile(join(run, "report.html")), /CASE was read in public code/);
});
