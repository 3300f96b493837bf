import assert from "node:assert/strict";
import { join } from "node:path";
import { caseSchema } from "../../../src/datasets/case/schema.ts";
import { datasetIdentity } from "../../../src/datasets/table.ts";
import { ratingWithin } from "../../../src/datasets/tracks.ts";
import { withDataFolder } from "../wfdb/write_database.ts";
import { type Fixture, open, writePerson, writeVideo } from "./write_case.ts";

const recordingsIn = async (dataFolder: string, parameters: Record<string, unknown> = {}) =>
  await Array.fromAsync((await open(parameters, dataFolder)).recordings());

Deno.test("case gives a recording a video, whatever the order in which they were shown", () =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "case"), written = await writePerson(folder, "sub_3");
    const recordings = await recordingsIn(dataFolder);
    const videos = [1, 2, 3, 4, 5, 6, 7, 8];
    assert.deepEqual(recordings.map(({ id }) => id), videos.map((video) => `case/sub_3/1/video-${video}`));
    assert.deepEqual(
      recordings.map(({ labels }) => labels.condition),
      ["amusing", "amusing", "boring", "boring", "relaxing", "relaxing", "scary", "scary"],
    );
    for (
      const [index, { subject, stimulus, file, sampleRateHz, leads: [lead], labels }] of recordings.entries()
    ) {
      assert.deepEqual([subject, stimulus, sampleRateHz], ["sub_3", `video-${index + 1}`, 1000]);
      assert.equal(file, join(folder, "data", "interpolated", "physiological", "sub_3.csv"));
      assert.deepEqual([lead.name, lead.unit, lead.samples], ["ECG", "mV", written.get(index + 1)]);
      assert.deepEqual([labels.valence, labels.arousal], [null, null]);
    }
  }));

Deno.test("case gives each video its own ratings over time, from its first sample to its last", () =>
  withDataFolder(async (dataFolder) => {
    // Valence rises by 1 a second from 1; arousal is 8, and 2 from second 2 on.
    const rate = (_: number, seconds: number) => [1 + Math.floor(seconds), seconds < 2 ? 8 : 2] as const;
    await writePerson(join(dataFolder, "case"), "sub_3", { rate });
    for (const { tracks } of await recordingsIn(dataFolder)) {
      const { valence, arousal } = tracks ?? assert.fail("there must be tracks");
      assert.deepEqual([valence.seconds.length, valence.seconds[0], arousal.values.length], [80, 0, 80]);
      assert.ok(Math.abs(valence.seconds[1] - 0.07) < 1e-12, "the second rating, 50 ms after one at 20 ms");
      assert.deepEqual(ratingWithin(valence, { from: 0, to: 1 }), { mean: 1, lowest: 1, highest: 1 });
      assert.equal(ratingWithin(valence, { from: 3.5, to: 4 })?.mean, 4);
      assert.deepEqual(ratingWithin(arousal, { from: 0, to: 2 }), { mean: 8, lowest: 8, highest: 8 });
      // The rating at 2.02 s is the first of 2.
      const changing = ratingWithin(arousal, { from: 1, to: 3 }) ?? assert.fail("there must be a rating");
      assert.deepEqual([changing.lowest, changing.highest], [2, 8]);
      assert.ok(Math.abs(changing.mean - (8 * 1.02 + 2 * 0.98) / 2) < 1e-12);
    }
  }));

Deno.test("case finds the data in a folder of its folder, as an archive leaves them, and refuses two", () =>
  withDataFolder(async (dataFolder) => {
    const unpacked = join(dataFolder, "case", "CASE_full");
    await writePerson(unpacked, "sub_3", { videos: [3], seconds: 1 });
    const [recording, ...others] = await recordingsIn(dataFolder);
    assert.deepEqual([recording.id, others], ["CASE_full/sub_3/1/video-3", []]);
    assert.equal(recording.file, join(unpacked, "data", "interpolated", "physiological", "sub_3.csv"));
    const inside = await datasetIdentity({ kind: "case", ...caseSchema.parse({}) }, { dataFolder });
    const itself = caseSchema.parse({ path: "case/CASE_full" });
    assert.deepEqual(inside, await datasetIdentity({ kind: "case", ...itself }, { dataFolder }));
    await writePerson(join(dataFolder, "case", "copy"), "sub_4", { videos: [3], seconds: 1 });
    const folder = join(dataFolder, "case");
    await assert.rejects(open({}, dataFolder), {
      name: "RangeError",
      message: `${folder}: Cannot open CASE: one folder in it must hold the data, got ${unpacked} and ${
        join(folder, "copy")
      }`,
    });
  }));

Deno.test("case reads people in code-point order, and leaves out who is excluded", () =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "case");
    for (const subject of ["sub_2", "sub_10", "sub_1"]) {
      await writePerson(folder, subject, { videos: [3], seconds: 1 });
    }
    const exclude = { subjects: ["sub_2"], why: "noise" };
    const recordings = await recordingsIn(dataFolder, { exclude });
    assert.deepEqual(recordings.map(({ id }) => id), ["case/sub_1/1/video-3", "case/sub_10/1/video-3"]);
    assert.equal((await open({ exclude }, dataFolder)).notes.at(-1), "Left out: sub_2: noise");
    await assert.rejects(
      open({ exclude: { subjects: ["sub_12"], why: "noise" } }, dataFolder),
      new RangeError(
        `${folder}: Cannot leave out a person: "exclude.subjects" must name people who are there, got "sub_12"; ` +
          'did you mean "sub_1"?',
      ),
    );
  }));

/** A person with these files must be refused in these words, FILE being the path of one of them. */
async function refuses(fixture: Fixture, { error, which }: {
  error: Error;
  which: "physiological" | "annotations";
}): Promise<void> {
  await withDataFolder(async (dataFolder) => {
    await writePerson(join(dataFolder, "case"), "sub_3", { videos: [3, 7], seconds: 1, ...fixture });
    error.message = error.message.replace(
      "FILE",
      join(dataFolder, "case/data/interpolated", which, "sub_3.csv"),
    );
    await assert.rejects(recordingsIn(dataFolder), error);
  });
}

Deno.test("case names the row of a rating out of range, and of a time off the grid", async () => {
  const which = "annotations";
  await refuses({ ratings: (text) => text.replace("\n1020,5,3,", "\n1020,5,9.6,") }, {
    which,
    error: new RangeError("FILE: Cannot read row 22: arousal must be from 0.5 to 9.5, got 9.6"),
  });
  await refuses({ ratings: (text) => text.replace("\n1020,5,3,", "\n1020,0.4,3,") }, {
    which,
    error: new RangeError("FILE: Cannot read row 22: valence must be from 0.5 to 9.5, got 0.4"),
  });
  await refuses({ ratings: (text) => text.replace("\n1020,", "\n1100,") }, {
    which,
    error: new RangeError("FILE: Cannot read row 22: jstime must rise by 50 ms, got 130 ms"),
  });
  await refuses({ signals: (text) => text.replace(/\n500,.*/, "") }, {
    which: "physiological",
    error: new RangeError("FILE: Cannot read row 502: daqtime must rise by 1 ms, got 2 ms"),
  });
});

Deno.test("case names what else is wrong with a file", async () => {
  const which = "physiological";
  await refuses({ signals: (text) => text.replaceAll(/,3\n/g, ",9\n") }, {
    which,
    error: new RangeError("FILE: Cannot read row 1002: video must be 1 to 8 or 10 to 12, got 9"),
  });
  await refuses({ videos: [3, 7, 3] }, {
    which,
    error: new RangeError("FILE: Cannot read row 5002: video must be shown once, got 3"),
  });
  await refuses({ signals: (text) => text.replace("ecg", "ekg") }, {
    which,
    error: new SyntaxError(
      "FILE: Cannot read line 1: there must be a column ecg, got daqtime, ekg, bvp, gsr, rsp, skt, emg_zygo, emg_coru, " +
        "emg_trap, video",
    ),
  });
  await refuses({ signals: (text) => text.replace("\n3,0,", "\n3,zero,") }, {
    which,
    error: new SyntaxError('FILE: Cannot read line 5: ecg must be a number, got "zero"'),
  });
});

Deno.test("case keeps missing ratings missing", () =>
  withDataFolder(async (dataFolder) => {
    const ratings = (text: string) => text.replace("\n1520,5,3,", "\n1520,,NaN,");
    await writePerson(join(dataFolder, "case"), "sub_3", { videos: [3], seconds: 1, ratings });
    const [{ tracks }] = await recordingsIn(dataFolder), valence = tracks?.valence ?? assert.fail();
    assert.equal(ratingWithin(valence, { from: 0, to: 0.5 })?.mean, 5);
    assert.equal(ratingWithin(valence, { from: 0.5, to: 0.55 }), null);
    assert.equal(ratingWithin(valence, { from: 0.57, to: 1 })?.mean, 5);
  }));

Deno.test("case reads a scenario of EPiC, with a side in place of the session", () =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "case"), own = { scenario: 2, fold: 0, subject: "sub_4" };
    const train = await writeVideo(folder, { ...own, video: 3, side: "train" });
    const test = await writeVideo(folder, { ...own, video: 12, side: "test" });
    await writeVideo(folder, { ...own, video: 12, side: "train", fold: 1 });
    const dataset = await open({ form: "epic", scenario: 2, fold: 0 }, dataFolder);
    assert.deepEqual(Object.keys(dataset.labels), ["valence", "arousal"]);
    const recordings = await Array.fromAsync(dataset.recordings());
    assert.deepEqual(recordings.map(({ id }) => id), ["case/sub_4/test/vid_12", "case/sub_4/train/vid_3"]);
    assert.deepEqual(recordings.map(({ leads }) => leads[0].samples), [test, train]);
    assert.deepEqual(recordings.map(({ session }) => session), ["test", "train"]);
    const [tested, trained] = recordings.map(({ tracks }) => tracks?.valence ?? assert.fail());
    assert.equal(ratingWithin(trained, { from: 0, to: 4 })?.mean, 6.5);
    // Ten seconds of signals before the ratings and after them.
    assert.equal(ratingWithin(tested, { from: 9.9, to: 11 }), null);
    assert.equal(ratingWithin(tested, { from: 10, to: 14 })?.mean, 6.5);
    assert.equal(ratingWithin(tested, { from: 13, to: 14.1 }), null);
  }));

Deno.test("case reads tests of EPiC whose ratings are left empty", () =>
  withDataFolder(async (dataFolder) => {
    const own = { subject: "sub_4", scenario: 1 };
    await writeVideo(join(dataFolder, "case"), { ...own, video: 3, side: "test", withoutRatings: true });
    await writeVideo(join(dataFolder, "case"), { ...own, video: 3, side: "train" });
    const [tested] = await recordingsIn(dataFolder, { form: "epic", scenario: 1 });
    assert.equal(ratingWithin(tested.tracks?.arousal ?? assert.fail(), { from: 11, to: 12 }), null);
  }));

Deno.test("case says which folder or file is missing", () =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "case"), inside = join(folder, "data", "interpolated");
    await assert.rejects(open({}, dataFolder), {
      name: "RangeError",
      message: /Cannot open CASE: the folder must exist/,
    });
    await Deno.mkdir(join(inside, "physiological"), { recursive: true });
    await assert.rejects(
      open({}, dataFolder),
      new RangeError(
        `${
          join(inside, "physiological")
        }: Cannot open CASE: it must hold files of people, as sub_1.csv, got none`,
      ),
    );
    await writePerson(folder, "sub_3", { videos: [3], seconds: 1 });
    const ratings = join(inside, "annotations", "sub_3.csv");
    await Deno.remove(ratings);
    await assert.rejects(
      open({}, dataFolder),
      new RangeError(`${ratings}: Cannot read the ratings of sub_3: the file must exist, got none`),
    );
  }));

Deno.test("caseSchema asks for scenario and fold where EPiC has them, and only there", () => {
  const problem = (parameters: Record<string, unknown>) => {
    const { success, error } = caseSchema.safeParse(parameters);
    return success ? null : error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  };
  assert.equal(problem({}), null);
  assert.equal(problem({ form: "epic", scenario: 1 }), null);
  assert.equal(problem({ form: "epic", scenario: 3, fold: 0 }), null);
  assert.deepEqual(problem({ scenario: 1, fold: 0 }), [
    "scenario: must be left out without form: epic",
    "fold: must be left out without form: epic",
  ]);
  assert.deepEqual(problem({ form: "epic" }), ["scenario: must be given with form: epic"]);
  assert.deepEqual(problem({ form: "epic", scenario: 1, fold: 0 }), [
    "fold: must be left out: scenario 1 has no folds",
  ]);
  assert.deepEqual(problem({ form: "epic", scenario: 4 }), [
    "fold: must be given: scenarios 2 to 4 have folds",
  ]);
});

Deno.test("case is identified by its files and how they are read", () =>
  withDataFolder(async (dataFolder) => {
    await writePerson(join(dataFolder, "case"), "sub_3", { videos: [3], seconds: 1 });
    const identity = await datasetIdentity({ kind: "case" }, { dataFolder });
    assert.ok(identity !== null && typeof identity === "object" && "files" in identity);
    assert.deepEqual(Object.keys(Object(identity.files)), [
      "data/interpolated/physiological/sub_3.csv",
      "data/interpolated/annotations/sub_3.csv",
    ]);
    await writePerson(join(dataFolder, "case"), "sub_3", { videos: [4], seconds: 1 });
    assert.notDeepEqual(await datasetIdentity({ kind: "case" }, { dataFolder }), identity);
  }));
