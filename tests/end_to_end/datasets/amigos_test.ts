/** A manifest on AMIGOS runs from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCsv } from "../../../src/formats/csv.ts";
import { call, writeManifest } from "../../cli/program.ts";
import { preprocessed, type Video, writeAmigos } from "../../datasets/amigos/write_amigos.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";

/** Four videos of a person, of which two excite and make the heart beat faster; one has no ratings. */
const VIDEOS: Video[] = [
  { id: "10", seconds: 12, bpm: 60, ratings: [2, 5, 5, 5, 5, 1, 0, 0, 0, 0, 0, 0] },
  { id: "4", seconds: 12, bpm: 90, ratings: [8, 5, 5, 5, 5, 0, 0, 0, 0, 1, 0, 0], missing: [600, 601] },
  { id: "9", seconds: 12, bpm: 66, ratings: [3, 5, 5, 5, 5, 1, 0, 0, 0, 0, 0, 0] },
  { id: "5", seconds: 12, bpm: 96, ratings: [9, 5, 5, 5, 5, 0, 0, 0, 0, 1, 0, 0] },
  { id: "13", seconds: 12, ratings: null },
];

Deno.test("a manifest on AMIGOS runs from its files to its report", async () => {
  await using folder = await temporaryFolder();
  const people = Array.from({ length: 6 }, (_, index) => `Data_Preprocessed_P0${index + 1}`);
  await writeAmigos(
    join(folder.path, "amigos"),
    Object.fromEntries(people.map((name, index) => [
      `${name}/${name}.mat`,
      preprocessed(VIDEOS.map((video) => ({ ...video, bpm: (video.bpm ?? 60) + index }))),
    ])),
  );
  await writeManifest(folder.path, {
    dataset: "dataset: {kind: amigos}",
    signal: "signal: {lead: ECG right, resample: 64, window: {seconds: 2, stride: 2}}",
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
  const videos = new Set(rows.map(({ window }) => window.split("@")[0].split("/").at(-1)));
  assert.deepEqual([...videos].sort(), ["10", "4", "5", "9"], "the one without ratings is in no test");
  assert.match(await Deno.readTextFile(join(run, "report.html")), /AMIGOS was read in public code/);
});
