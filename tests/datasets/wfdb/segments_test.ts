import assert from "node:assert/strict";
import { join } from "node:path";
import {
  identity,
  open,
  recordingsOf,
  smallRecord,
  withDataFolder,
  writeDatabase,
} from "./write_database.ts";

/** A record of two pieces and a gap, with marks of its own. */
async function writeSegmented(folder: string): Promise<void> {
  await writeDatabase(folder, [
    smallRecord("rec_1", { signals: [{ name: "II", samples: [200, 400] }] }),
    smallRecord("rec_2", { signals: [{ name: "II", samples: [-200] }] }),
    smallRecord("rec", { annotations: { atr: [{ sample: 3, code: 1 }] } }),
  ]);
  await Deno.remove(join(folder, "rec.dat"));
  await Deno.writeTextFile(join(folder, "rec.hea"), "rec/3 1 250 4\nrec_1 2\n~ 1\nrec_2 1\n# Age: 62\n");
}

Deno.test("wfdb joins the segments of a record, which are no records of their own", () =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "db");
    await writeSegmented(folder);
    const [recording, ...others] = await recordingsOf(await open({}, dataFolder));
    assert.deepEqual(others, []);
    assert.equal(recording.id, "db/rec/1/rec");
    assert.deepEqual(recording.leads, [{ name: "II", unit: "mV", samples: Float64Array.of(1, 2, NaN, -1) }]);
    assert.deepEqual(recording.labels, { age: 62 });
    assert.deepEqual(recording.annotations?.map(({ sample }) => sample), [3]);
    const { files } = await identity({}, dataFolder) as { files: object };
    assert.deepEqual(Object.keys(files), [
      "rec.hea",
      "rec_1.hea",
      "rec_2.hea",
      "rec_1.dat",
      "rec_2.dat",
      "rec.atr",
    ]);
  }));

Deno.test("wfdb throws RangeError for a segment that is not there", () =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "db");
    await writeSegmented(folder);
    await Deno.remove(join(folder, "rec_2.hea"));
    await assert.rejects(
      open({}, dataFolder),
      new RangeError(
        `${join(folder, "rec.hea")}: Cannot read record rec: its file rec_2.hea must lie beside it, got none`,
      ),
    );
  }));

Deno.test("wfdb gives a record the rate of its fastest signal, and its marks too", () =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "db");
    await writeDatabase(folder, [smallRecord("a", { annotations: { atr: [{ sample: 1, code: 1 }] } })]);
    await Deno.writeTextFile(
      join(folder, "a.hea"),
      "a 2 125 2\na.dat 80x2 1 8 0 1 10 0 ECG\na.dat 80 1 8 0 7 15 0 Resp\n",
    );
    await Deno.writeFile(join(folder, "a.dat"), Uint8Array.of(1, 2, 7, 3, 4, 8).map((value) => value + 128));
    const [{ sampleRateHz, leads, annotations }] = await recordingsOf(await open({}, dataFolder));
    assert.equal(sampleRateHz, 250);
    assert.deepEqual(leads.map(({ samples }) => [...samples]), [[1, 2, 3, 4], [7, 7, 8, 8]]);
    assert.deepEqual(annotations?.map(({ sample }) => sample), [2]);
  }));
