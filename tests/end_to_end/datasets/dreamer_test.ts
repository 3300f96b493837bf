/** A manifest on DREAMER runs from its file to its report. */
import assert from "node:assert/strict";
import { dreamerBytes, writeDreamer } from "../../datasets/dreamer/write_dreamer.ts";
import { runTiny } from "./run_tiny.ts";

Deno.test("a manifest on DREAMER runs from its file to its report", async () => {
  const { windows, report } = await runTiny({
    dataset: "{kind: dreamer, last: 10}",
    signal: "{lead: ECG 1, resample: 64, window: {seconds: 2, stride: 2}}",
    target: '{kind: rating, label: valence, threshold: 3, side: ">="}',
  }, async (dataFolder) => {
    const people = Array.from({ length: 6 }, (_, person) => ({
      clips: [[60, 1], [66, 2], [90, 4], [96, 5]].map(([bpm, valence]) => ({
        seconds: 12,
        bpm: bpm + person,
        valence,
      })),
    }));
    await writeDreamer(dataFolder, dreamerBytes(people));
  });
  const ofClip = windows.filter((window) => window.startsWith("dreamer/S01/1/clip03@"));
  assert.equal(new Set(ofClip).size, 5, "ten seconds in windows of two");
  assert.match(report, /DREAMER was read in public code/);
});
