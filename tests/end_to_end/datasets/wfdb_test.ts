/** A manifest on PTB-XL runs from its records to its report, with the people that its table names. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { writePtbXl } from "../../datasets/wfdb/write_known.ts";
import { runTiny } from "./run_tiny.ts";

Deno.test("a manifest on PTB-XL runs from its records to its report", async () => {
  const { windows, report } = await runTiny({
    dataset: "{kind: wfdb, path: ptb-xl}",
    signal: "{lead: II, resample: 64, window: {seconds: 2, stride: 2}}",
    target: "{kind: condition, label: superclass, classes: {normal: [NORM], infarction: [MI]}}",
  }, async (dataFolder) => {
    // Eight people with two records each, one normal and one not.
    const rows = Array.from({ length: 16 }, (_, index) => ({
      id: index + 1,
      patient: 1000 + (index >> 1),
      scpCodes: index % 2 === 0 ? "{'NORM': 100.0}" : "{'IMI': 100.0}",
    }));
    await writePtbXl(join(dataFolder, "ptb-xl"), rows, { seconds: 4 });
  });
  assert.equal(new Set(windows.filter((window) => window.startsWith("ptb-xl/1000/1/00001_hr@"))).size, 2);
  assert.equal(new Set(windows.filter((window) => window.startsWith("ptb-xl/1000/"))).size, 4);
  assert.match(report, /The records in records500 are used/);
  assert.match(report, /CC BY 4\.0/);
});
