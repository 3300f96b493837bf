/** A manifest on CASE runs from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { writePerson } from "../../datasets/case/write_case.ts";
import { runTiny } from "./run_tiny.ts";

Deno.test("a manifest on CASE runs from its files to its report, with ratings that change within a video", async () => {
  const { windows, report } = await runTiny({
    dataset: "{kind: case}",
    target: "{kind: rating, label: arousal, threshold: 5}",
  }, async (dataFolder) => {
    // Arousal passes 5 in the middle of a window of every scary video.
    const rate = (video: number, seconds: number) => [5, video >= 7 && seconds >= 3 ? 8 : 3] as const;
    for (const faster of [1, 2, 3, 4]) {
      const fixture = { videos: [7, 3, 8, 4], seconds: 8, rate, faster };
      await writePerson(join(dataFolder, "case"), `sub_${faster}`, fixture);
    }
  });
  const windowsOf = (video: number) =>
    new Set(windows.filter((window) => window.startsWith(`case/sub_1/1/video-${video}@`)));
  assert.equal(windowsOf(3).size, 4);
  assert.deepEqual(
    [...windowsOf(7)].map((window) => window.split("@")[1]).sort(),
    ["0+128", "256+128", "384+128"],
    "the window in which arousal changes sides is in no test",
  );
  assert.match(report, /The layout of CASE is that of its readmes/);
});
