import assert from "node:assert/strict";
import { join } from "node:path";
import { NORMALIZATION_SCOPES, type NormalizationScope } from "../../../src/signal/normalize.ts";
import { signalSchema } from "../../../src/signal/schema.ts";
import { openRecordings } from "../../../src/pipeline/evaluate/recordings.ts";
import { readModel } from "../../../src/pipeline/evaluate/model.ts";
import { openWindows } from "../../../src/pipeline/stages/folders.ts";
import { stage } from "../../../src/pipeline/stages/windows.ts";
import { smallRecord, withDataFolder, writeDatabase } from "../../datasets/wfdb/write_database.ts";
import { modelFile } from "./model_file.ts";

const model = readModel(modelFile(), { file: "m.onnx" });
const dataset = { kind: "wfdb", path: "db", sameSubject: [["a", "b"]] } as const;
const signalOf = (scope: NormalizationScope) =>
  signalSchema.parse({ lead: "MLII", resample: 64, normalize: { scope }, window: { seconds: 2, stride: 1 } });

/** Three records of two people: waves of several heights, with a flat stretch and a gap in the second. */
const records = ["a", "b", "c"].map((name, record) =>
  smallRecord(name, {
    rate: "100",
    signals: [{
      name: "MLII",
      samples: Array.from({ length: 1200 }, (_, time) => {
        if (record === 1 && time > 200 && time < 500) return 7;
        if (record === 1 && time > 800 && time < 810) return null;
        return Math.round((100 + 300 * record) * Math.sin(time / 7) + 40 * Math.sin(time * time / 900));
      }),
    }],
  })
);

for (const scope of Object.keys(NORMALIZATION_SCOPES) as NormalizationScope[]) {
  Deno.test(`openRecordings() gives the windows of the stage, bit by bit, normalised by ${scope}`, async () => {
    await withDataFolder(async (dataFolder) => {
      await writeDatabase(join(dataFolder, "db"), records);
      const output = join(dataFolder, "stage"), signal = signalOf(scope);
      await Deno.mkdir(output);
      await stage.run({
        parameters: { dataset, content: null, signal },
        inputs: {},
        output,
        data: [],
        dataFolder,
        progress: () => {},
      });
      const scale = scope === "training-fold" ? { mean: 0.25, deviation: 3 } : null;
      const expected = openWindows(output), rows = expected.rows(scale);
      const source = await openRecordings(dataset, {
        model: { ...model, signal, scale },
        context: { dataFolder },
      });
      const windows = await Array.fromAsync(source.windows()),
        kept = windows.filter(({ samples }) => samples !== null);
      assert.ok(kept.length > 10 && kept.length < windows.length, "some windows are left out");
      assert.deepEqual(kept.map(({ place }) => place.id), expected.table.map(({ id }) => id));
      for (const [row, { samples, place }] of kept.entries()) {
        assert.deepEqual(samples, rows.read([row]), place.id);
      }
      const refused = windows.filter(({ samples }) => samples === null).map(({ verdict }) => verdict);
      assert.deepEqual(
        Object.fromEntries(
          [...Map.groupBy(refused, (verdict) => verdict)].map(([name, all]) => [name, all.length]),
        ),
        Object.fromEntries(expected.facts.discarded.map(({ reason, windows }) => [reason, windows])),
      );
    });
  });
}

Deno.test("openRecordings() tells of every recording, and whose the windows are", async () => {
  await withDataFolder(async (dataFolder) => {
    await writeDatabase(join(dataFolder, "db"), records);
    const noted: string[] = [];
    const source = await openRecordings(dataset, {
      model: { ...model, signal: signalOf("subject") },
      context: { dataFolder },
      note: ({ id }) => noted.push(id),
    });
    const windows = await Array.fromAsync(source.windows());
    assert.deepEqual(noted, ["db/a/1/a", "db/a/1/b", "db/c/1/c"]);
    assert.deepEqual(
      new Set(windows.map(({ place }) => `${place.dataset} ${place.subject}`)),
      new Set(["db a", "db c"]),
    );
    assert.deepEqual(windows[1].place.span, { first: 64, length: 128 });
  });
});

Deno.test("openRecordings() says how to take another lead where the model's is missing", async () => {
  await withDataFolder(async (dataFolder) => {
    await writeDatabase(join(dataFolder, "db"), records);
    const signal = { ...signalOf("subject"), lead: "II", leadFallback: ["V5"] };
    const source = await openRecordings(dataset, { model: { ...model, signal }, context: { dataFolder } });
    await assert.rejects(Array.fromAsync(source.windows()), {
      name: "RangeError",
      message: `${join(dataFolder, "db", "a.hea")}: Cannot take the lead of db/a/1/a: ` +
        "the model reads II or V5, which must be there, got MLII; --set signal.lead=NAME takes another",
    });
  });
});
