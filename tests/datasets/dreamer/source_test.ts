import assert from "node:assert/strict";
import { detectRPeaks } from "../../../src/signal/r_peaks.ts";
import { columns, row } from "../../formats/mat/write_mat.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";
import { dreamerBytes, identity, open, type Person, recordingsOf, writeDreamer } from "./write_dreamer.ts";

async function withPeople(
  people: readonly Person[],
  use: (dataFolder: string, file: string) => Promise<void>,
) {
  await using folder = await temporaryFolder();
  await use(folder.path, await writeDreamer(folder.path, dreamerBytes(people)));
}

const ONE: Person = {
  clips: [{ seconds: 6, valence: 1, arousal: 5, dominance: 2 }, { seconds: 4, valence: 4 }],
};

Deno.test("dreamer gives clips with the ratings of their own fields, and what is known of the person", () =>
  withPeople([ONE, { clips: [{}], Age: row(31), Gender: "Female" }], async (dataFolder, file) => {
    const recordings = await recordingsOf({}, dataFolder);
    assert.deepEqual(recordings.map(({ id, labels }) => [id, labels]), [
      ["dreamer/S01/1/clip01", {
        valence: 1,
        arousal: 5,
        dominance: 2,
        age: 22,
        gender: "male",
        part: "clip",
      }],
      ["dreamer/S01/1/clip02", {
        valence: 4,
        arousal: 3,
        dominance: 3,
        age: 22,
        gender: "male",
        part: "clip",
      }],
      ["dreamer/S02/1/clip01", {
        valence: 3,
        arousal: 3,
        dominance: 3,
        age: 31,
        gender: "female",
        part: "clip",
      }],
    ]);
    const [{ leads, sampleRateHz, stimulus, file: read }] = recordings;
    assert.deepEqual([sampleRateHz, stimulus, read], [256, "clip01", file]);
    assert.deepEqual(leads.map(({ name, unit, samples }) => [name, unit, samples.length]), [
      ["ECG 1", "not stated", 6 * 256],
      ["ECG 2", "not stated", 6 * 256],
    ]);
    assert.deepEqual(leads[1].samples, leads[0].samples.map((value) => 2000 - value));
    assert.equal(detectRPeaks(leads[0].samples, { sampleRateHz }).length, 6);
  }));

Deno.test("dreamer gives what was recorded before a clip as a recording of its own, without ratings", () =>
  withPeople([ONE], async (dataFolder) => {
    const known = async (parts: string) =>
      (await recordingsOf({ parts }, dataFolder)).map((
        { id, stimulus, labels, leads: [{ samples }] },
      ) => [id.slice("dreamer/S01/1/".length), stimulus, labels.arousal, labels.part, samples.length / 256]);
    assert.deepEqual(await known("both"), [
      ["clip01", "clip01", 5, "clip", 6],
      ["clip01-baseline", "baseline", null, "baseline", 3],
      ["clip02", "clip02", 3, "clip", 4],
      ["clip02-baseline", "baseline", null, "baseline", 3],
    ]);
    assert.deepEqual((await known("baseline")).map(([name]) => name), ["clip01-baseline", "clip02-baseline"]);
  }));

Deno.test("dreamer keeps the last seconds of clips, and all of what is shorter", () =>
  withPeople([ONE], async (dataFolder) => {
    const all = await recordingsOf({ parts: "both" }, dataFolder);
    const last = await recordingsOf({ parts: "both", last: 5 }, dataFolder);
    assert.deepEqual(last.map(({ leads: [{ samples }] }) => samples.length / 256), [5, 3, 4, 3]);
    assert.deepEqual(last[0].leads[0].samples, all[0].leads[0].samples.subarray(256));
  }));

Deno.test("dreamer takes what is no age or gender as missing, and a rating that is NaN too", () =>
  withPeople(
    [{ clips: [{ arousal: NaN }], Age: "unknown", Gender: row() }, { clips: [{}], Age: row(NaN) }],
    async (dataFolder) => {
      const [{ labels }] = await recordingsOf({}, dataFolder);
      assert.deepEqual([labels.age, labels.gender, labels.arousal, labels.valence], [null, null, null, 3]);
      assert.equal((await recordingsOf({}, dataFolder))[1].labels.age, null, "NaN");
    },
  ));

for (const [Age, got] of [["121", 121], [row(-1), -1]] as const) {
  Deno.test(`dreamer stops at an age of ${got}, with file and person`, () =>
    withPeople([ONE, { clips: [{}], Age }], async (dataFolder, file) => {
      await assert.rejects(recordingsOf({}, dataFolder), {
        name: "RangeError",
        message: `${file}: Cannot read DREAMER.Data{2}.Age: an age must be from 0 to 120 years, got ${got}`,
      });
    }));
}

for (const arousal of [0, 6, 2.5]) {
  Deno.test(`dreamer stops at a rating of ${arousal}, with file, person and clip`, () =>
    withPeople([ONE, { clips: [{}, { arousal }] }], async (dataFolder, file) => {
      await assert.rejects(recordingsOf({}, dataFolder), {
        name: "RangeError",
        message:
          `${file}: Cannot read DREAMER.Data{2}.ScoreArousal: arousal of clip 2 must be a whole number from 1 to 5, got ${arousal}`,
      });
    }));
}

Deno.test("dreamer refuses other layouts by the element's path", async () => {
  await using folder = await temporaryFolder();
  const write = (more: Parameters<typeof dreamerBytes>[1]) =>
    writeDreamer(folder.path, dreamerBytes([ONE], more));
  await write({ Data: { shape: [1, 1], cells: [{ fields: { Age: "22", ECG: row(1) } }] } });
  await assert.rejects(
    recordingsOf({}, folder.path),
    /Cannot read DREAMER\.Data\{1\}: it must have the field Gender, got Age and ECG$/,
  );
  await write({ ECG_SamplingRate: row(512) });
  await assert.rejects(
    recordingsOf({}, folder.path),
    /DREAMER\.ECG_SamplingRate: it must be sampleRateHz, 256, got 512$/,
  );
  await write({ Data: columns([1, 2]) });
  await assert.rejects(recordingsOf({}, folder.path), {
    name: "TypeError",
    message: /DREAMER\.Data: it must be a cell array, got 2 x 1 double$/,
  });
});

Deno.test("dreamer tolerates a wrong checksum, and notes it", async () => {
  await using folder = await temporaryFolder();
  const bytes = dreamerBytes([ONE]);
  bytes[bytes.length - 1] ^= 1;
  await writeDreamer(folder.path, bytes);
  const dataset = await open({}, folder.path);
  assert.equal((await Array.fromAsync(dataset.recordings())).length, 2);
  assert.deepEqual(dataset.notes.slice(1), [
    "DREAMER.mat: DREAMER: its zlib checksum is wrong; it was read all the same.",
  ]);
});

Deno.test("dreamer says what it looked for, and is identified by its file and parameters", () =>
  withPeople([ONE], async (dataFolder) => {
    await assert.rejects(open({ path: "other" }, dataFolder), /Cannot open DREAMER: the folder must exist/);
    await Deno.mkdir(`${dataFolder}/empty`);
    await assert.rejects(
      open({ path: "empty" }, dataFolder),
      /DREAMER\.mat: Cannot read DREAMER: the file must exist, got none$/,
    );
    const before = await identity({}, dataFolder);
    assert.deepEqual(await identity({ path: `${dataFolder}/dreamer` }, "/elsewhere"), before);
    assert.notDeepEqual(await identity({ last: 60 }, dataFolder), before);
    await writeDreamer(dataFolder, dreamerBytes([ONE, ONE]));
    assert.notDeepEqual(await identity({}, dataFolder), before);
  }));
