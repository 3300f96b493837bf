/** A manifest on YAAD runs from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { writeYaad } from "../../datasets/yaad/write_yaad.ts";
import { runTiny } from "./run_tiny.ts";

Deno.test("a manifest on YAAD runs from its files to its report", async () => {
  const videos = [1, 2, 3, 4, 10].flatMap((participant) =>
    [[participant, 1, 1], [participant, 1, 2]] as const
  );
  const { windows, report } = await runTiny({
    dataset: "{kind: yaad, path: yaad}",
    target: "{kind: rating, label: arousal, threshold: 5}",
  }, (dataFolder) => writeYaad(join(dataFolder, "yaad"), { videos }));
  assert.equal(new Set(windows.map((window) => window.split("@")[0])).size, 10);
  assert.match(report, /The multimodal part/);
});
