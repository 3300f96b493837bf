/** A manifest on AMIGOS runs from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { preprocessed, type Video, writeAmigos } from "../../datasets/amigos/write_amigos.ts";
import { runTiny } from "./run_tiny.ts";

/** Four videos of a person, of which two excite and make the heart beat faster; one has no ratings. */
const VIDEOS: Video[] = [
  { id: "10", seconds: 12, bpm: 60, ratings: [2, 5, 5, 5, 5, 1, 0, 0, 0, 0, 0, 0] },
  { id: "4", seconds: 12, bpm: 90, ratings: [8, 5, 5, 5, 5, 0, 0, 0, 0, 1, 0, 0], missing: [600, 601] },
  { id: "9", seconds: 12, bpm: 66, ratings: [3, 5, 5, 5, 5, 1, 0, 0, 0, 0, 0, 0] },
  { id: "5", seconds: 12, bpm: 96, ratings: [9, 5, 5, 5, 5, 0, 0, 0, 0, 1, 0, 0] },
  { id: "13", seconds: 12, ratings: null },
];

Deno.test("a manifest on AMIGOS runs from its files to its report", async () => {
  const { windows, report } = await runTiny({
    dataset: "{kind: amigos}",
    signal: "{lead: ECG right, resample: 64, window: {seconds: 2, stride: 2}}",
    target: "{kind: rating, label: arousal, threshold: 5}",
  }, async (dataFolder) => {
    const people = Array.from({ length: 6 }, (_, index) => `Data_Preprocessed_P0${index + 1}`);
    await writeAmigos(
      join(dataFolder, "amigos"),
      Object.fromEntries(people.map((name, index) => [
        `${name}/${name}.mat`,
        preprocessed(VIDEOS.map((video) => ({ ...video, bpm: (video.bpm ?? 60) + index }))),
      ])),
    );
  });
  const videos = new Set(windows.map((window) => window.split("@")[0].split("/").at(-1)));
  assert.deepEqual([...videos].sort(), ["10", "4", "5", "9"], "the one without ratings is in no test");
  assert.match(report, /AMIGOS was read in public code/);
});
