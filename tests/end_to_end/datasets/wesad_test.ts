/** A manifest on WESAD runs from its files to its report. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { writePerson } from "../../datasets/wesad/write_wesad.ts";
import { runTiny } from "./run_tiny.ts";

Deno.test("a manifest on WESAD runs from its pickles to its report", async () => {
  const { windows, report } = await runTiny({
    dataset: "{kind: wesad}",
    target: "{kind: condition, classes: {baseline: [baseline], stress: [stress], amusement: [amusement]}}",
  }, async (dataFolder) => {
    for (const [index, subject] of ["S2", "S3", "S10", "S11"].entries()) {
      const protocol = index % 2 === 0 ? 0 : 2;
      await writePerson(join(dataFolder, "WESAD"), subject, { protocol, shift: 8, faster: index });
    }
  });
  const recordings = new Set(windows.map((window) => window.split("@")[0]));
  const people = ["S10", "S11", "S2", "S3"], conditions = ["amusement", "baseline", "stress"];
  assert.deepEqual(
    [...recordings].sort(),
    people.flatMap((subject) => conditions.map((condition) => `WESAD/${subject}/1/${condition}`)),
    "meditation is of no class",
  );
  assert.match(report, /WESAD was read in public code/);
});
