/** A manifest on measured beat times runs from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { filesOf, regular, writeFiles } from "../../datasets/beats/write_people.ts";
import { runTiny } from "./run_tiny.ts";

Deno.test("a manifest on the Glasgow University Database runs from its beat times to its report", async () => {
  const { windows, report } = await runTiny({
    dataset: "{kind: beats, path: gudb, conditions: {rest: sitting, stress: maths}}",
    signal: "{resample: 64, window: {seconds: 5, stride: 5}}",
  }, (dataFolder) => {
    const people = Object.fromEntries(
      Array.from({ length: 6 }, (_, person) => [`subject_0${person}`, {
        rest: regular(0.9 + person / 50, 20),
        stress: regular(0.7 + person / 50, 20),
      }]),
    );
    return writeFiles(join(dataFolder, "gudb"), filesOf(people));
  });
  const recordings = new Set(windows.map((window) => window.split("@")[0]));
  assert.equal(recordings.size, 12);
  assert.ok(recordings.has("gudb/subject_03/1/stress"));
  assert.match(report, /Real rhythms, synthetic waves/);
  assert.match(report, /The order of conditions is not counterbalanced/);
});
