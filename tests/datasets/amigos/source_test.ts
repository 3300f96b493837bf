import assert from "node:assert/strict";
import { join } from "node:path";
import { ratingWithin } from "../../../src/datasets/tracks.ts";
import { datasetIdentity, openDataset } from "../../../src/datasets/table.ts";
import { detectRPeaks } from "../../../src/signal/r_peaks.ts";
import { matBytes } from "../../formats/mat/write_mat.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";
import {
  identity,
  open,
  original,
  preprocessed,
  recordingsOf,
  type Video,
  writeAmigos,
} from "./write_amigos.ts";

const ALL_LABELS =
  "arousal valence dominance liking familiarity neutral disgust happiness surprise anger fear sadness"
    .split(" ");
const P01 = "amigos/Data_Preprocessed_P01/Data_Preprocessed_P01.mat";

/** A data folder with one preprocessed file. */
async function withVideos(
  videos: readonly Video[],
  use: (dataFolder: string, file: string) => Promise<void>,
) {
  await using folder = await temporaryFolder();
  await writeAmigos(folder.path, { [P01]: preprocessed(videos) });
  await use(folder.path, join(folder.path, P01));
}

Deno.test("amigos takes a column's rating by its name: arousal first, valence second, as people rated themselves", () =>
  withVideos([{ id: "4", ratings: [2, 8, 3, 4, 9, 0, 1, 0, 1, 0, 1, 1] }], async (dataFolder) => {
    const [recording] = await recordingsOf({}, dataFolder);
    assert.deepEqual(
      recording.labels,
      Object.fromEntries(
        ALL_LABELS.map((name, index) => [name, [2, 8, 3, 4, 9, 0, 1, 0, 1, 0, 1, 1][index]]),
      ),
    );
  }));

Deno.test("amigos takes external ratings in the other order, valence before arousal, every 20 s from the video's start", () =>
  withVideos(
    [{ id: "4", seconds: 45, external: [[1, 0.5, -1], [2, NaN, 0], [3, 1, 0.25]] }],
    async (dataFolder) => {
      const [{ tracks }] = await recordingsOf({}, dataFolder);
      assert.deepEqual(tracks, {
        externalValence: {
          seconds: Float64Array.of(0, 20, 40, 60),
          values: Float64Array.of(0.5, NaN, 1, NaN),
        },
        externalArousal: {
          seconds: Float64Array.of(0, 20, 40, 60),
          values: Float64Array.of(-1, 0, 0.25, NaN),
        },
      });
      const [whole] = await recordingsOf({ baselineSeconds: 0 }, dataFolder);
      assert.deepEqual(
        whole.tracks?.externalArousal.seconds,
        Float64Array.of(5, 25, 45, 65),
        "after the baseline",
      );
    },
  ));

Deno.test("amigos has no external rating in a segment that is not there, nor after the last", () =>
  withVideos([{ id: "4", seconds: 90, external: [[1, 0.5, -1], [3, 1, 0.25]] }], async (dataFolder) => {
    const [{ tracks }] = await recordingsOf({}, dataFolder);
    const within = (from: number, to: number) =>
      ratingWithin(tracks?.externalValence ?? assert.fail("there must be a track"), { from, to })?.mean ??
        null;
    // Segments 1 and 3 are 0 to 20 s and 40 to 60 s.
    assert.deepEqual([within(0, 20), within(10, 30), within(20, 40), within(30, 50)], [
      0.5,
      null,
      null,
      null,
    ]);
    assert.deepEqual([within(40, 60), within(50, 70), within(60, 80)], [1, null, null]);
  }));

Deno.test("amigos knows a video by its id, wherever it stands, and yields recordings by id", () =>
  withVideos([
    { id: "N1", ratings: [9, 9, 9, 9, 9, 1, 1, 1, 1, 1, 1, 1] },
    { id: "9", seconds: 11, ratings: [3, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0] },
    { id: "138", seconds: 12, ratings: [4, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0] },
    { id: "10", seconds: 13, ratings: [5, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0] },
  ], async (dataFolder) => {
    const known = async (videos: string) =>
      (await recordingsOf({ videos }, dataFolder)).map((
        { id, stimulus, labels, leads: [{ samples }] },
      ) => [id, stimulus, samples.length / 128, labels.arousal]);
    const short = [
      ["amigos/P01/1/10", "10", 13, 5],
      ["amigos/P01/1/138", "138", 12, 4],
      ["amigos/P01/1/9", "9", 11, 3],
    ];
    const long = [["amigos/P01/1/N1", "N1", 20, 9]];
    assert.deepEqual(await known("short"), short);
    assert.deepEqual(await known("long"), long);
    assert.deepEqual(await known("all"), [...short, ...long]);
  }));

Deno.test("amigos takes columns 15 and 16 as its leads at 128 Hz, without the 5 s before the video", () =>
  withVideos([{ id: "4", seconds: 20, bpm: 75 }], async (dataFolder, file) => {
    const [recording] = await recordingsOf({}, dataFolder), [right, left] = recording.leads;
    assert.deepEqual([recording.file, recording.sampleRateHz, recording.subject], [file, 128, "P01"]);
    assert.deepEqual([right.name, left.name, right.unit], ["ECG right", "ECG left", "not stated"]);
    assert.equal(right.samples.length, 20 * 128);
    assert.deepEqual(left.samples, right.samples.map((value) => -value));
    // 75 beats a minute, the first at 0.4 s: 25 in 20 s.
    const peaks = detectRPeaks(right.samples, { sampleRateHz: 128 });
    assert.equal(peaks.length, 25);
    const [longer] = await recordingsOf({ baselineSeconds: 2 }, dataFolder);
    assert.deepEqual(longer.leads[0].samples.subarray(3 * 128), right.samples);
  }));

Deno.test("amigos gives null for ratings that nobody gave, and no track where nobody rated", () =>
  withVideos([{ id: "4", ratings: null }], async (dataFolder) => {
    const [{ labels, tracks }] = await recordingsOf({}, dataFolder);
    assert.deepEqual(labels, Object.fromEntries(ALL_LABELS.map((name) => [name, null])));
    assert.deepEqual(tracks, {});
  }));

Deno.test("amigos passes over long videos that a person has not seen, and notes them", () =>
  withVideos([{ id: "N1", seconds: null, ratings: null }, { id: "P1" }], async (dataFolder) => {
    const dataset = await open({ videos: "long" }, dataFolder);
    const recordings = await Array.fromAsync(dataset.recordings());
    assert.deepEqual(recordings.map(({ id }) => id), ["amigos/P01/1/P1"]);
    assert.deepEqual(dataset.notes.slice(2), ["Videos without a signal: P01 N1."]);
  }));

Deno.test("amigos leaves samples that are NaN as they are", () =>
  withVideos([{ id: "4", missing: [3, 4] }], async (dataFolder) => {
    const [{ leads: [{ samples }] }] = await recordingsOf({}, dataFolder);
    assert.deepEqual([...samples.subarray(2, 6)].map(Number.isNaN), [false, true, true, false]);
  }));

const BROKEN: Record<string, [Video, RegExp]> = {
  "a rating out of range": [
    { id: "4", ratings: [5, 10, 5, 5, 5, 0, 0, 0, 0, 0, 0, 0] },
    /Cannot read labels_selfassessment\{1\}: valence must lie between 1 and 9, got 10$/,
  ],
  "an emotion that is neither 0 nor 1": [
    { id: "4", ratings: [5, 5, 5, 5, 5, 0, 0, 3, 0, 0, 0, 0] },
    /labels_selfassessment\{1\}: happiness must lie between 0 and 1, got 3$/,
  ],
  "an emotion between the two": [
    { id: "4", ratings: [5.5, 5, 5, 5, 5, 0, 0, 0.5, 0, 0, 0, 0] },
    /labels_selfassessment\{1\}: happiness must be 0 or 1, got 0.5$/,
  ],
  "ratings of another shape": [
    { id: "4", ratings: [5, 5, 5] },
    /labels_selfassessment\{1\}: it must be an array of 1 x 12 numbers, got 1 x 3 double$/,
  ],
  "an external rating out of range": [
    { id: "4", external: [[1, 0, 7]] },
    /labels_ext_annotation\{1\}: externalArousal must lie between -1 and 1, got 7$/,
  ],
  "segments that go back": [
    { id: "4", external: [[2, 0, 0], [1, 0, 0]] },
    /labels_ext_annotation\{1\}: its segments must be whole numbers that rise, got 2,1$/,
  ],
  "an unknown video": [
    { id: "N2" },
    /Cannot read VideoIDs\{1\}: it must be a video, 4, 5, .* or U1, got N2$/,
  ],
  "a signal no longer than its baseline": [
    { id: "4", seconds: 0 },
    /Cannot read joined_data\{1\}: it must have more than the 640 samples that are cut off, got 640$/,
  ],
};

for (const [what, [video, message]] of Object.entries(BROKEN)) {
  Deno.test(`amigos stops at ${what}, with file and element`, () =>
    withVideos([video], async (dataFolder, file) => {
      await assert.rejects(
        recordingsOf({}, dataFolder),
        (error) =>
          error instanceof Error && error.message.startsWith(`${file}: `) && message.test(error.message),
      );
    }));
}

Deno.test("amigos stops at a video that comes twice", () =>
  withVideos([{ id: "4" }, { id: "4" }], async (dataFolder) => {
    await assert.rejects(recordingsOf({}, dataFolder), /VideoIDs: its videos must differ, got 4 twice$/);
  }));

Deno.test("amigos reads the original form, with ratings of its own or of the preprocessed file", async () => {
  await using folder = await temporaryFolder();
  const videos: Video[] = [{ id: "5", ratings: [7, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], external: [[1, 0, 0]] }];
  await writeAmigos(join(folder.path, "amigos"), {
    "data_preprocessed/Data_Preprocessed_P02.mat": preprocessed([{ id: "5", ratings: null }]),
    "data_preprocessed/Data_Preprocessed_P03.mat": preprocessed(videos),
    "data_original/Data_Original_P02/Data_Original_P02.mat": original(videos, { hasLabels: true }),
    "data_original/Data_Original_P03/Data_Original_P03.mat": original(videos),
  });
  const recordings = await recordingsOf({ form: "original" }, folder.path);
  assert.deepEqual(recordings.map(({ id }) => id), ["amigos/P02/1/5", "amigos/P03/1/5"]);
  for (const { labels, leads, sampleRateHz, tracks } of recordings) {
    assert.deepEqual([labels.arousal, sampleRateHz, leads[0].samples.length], [7, 256, 20 * 256]);
    assert.deepEqual(tracks?.externalValence.seconds, Float64Array.of(0, 20));
    assert.equal(detectRPeaks(leads[0].samples, { sampleRateHz }).length, 20);
  }
});

Deno.test("amigos refuses an original file without ratings anywhere, and one whose times tell another rate", async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "amigos", "original", "P04.mat"), path = "amigos/original/P04.mat";
  await writeAmigos(folder.path, { [path]: original([{ id: "5" }]) });
  await assert.rejects(recordingsOf({ form: "original" }, folder.path), {
    name: "RangeError",
    message: `${file}: Cannot read the file: it must have the variable VideoIDs, got ECG_DATA`,
  });
  await writeAmigos(folder.path, { [path]: original([{ id: "5" }], { hasLabels: true, sampleRateHz: 250 }) });
  await assert.rejects(
    recordingsOf({ form: "original" }, folder.path),
    /ECG_DATA\{1\}: its first column must be times in ms that go with 256 Hz, got 250/,
  );
  assert.equal(
    (await recordingsOf({ form: "original", sampleRateHz: 250 }, folder.path))[0].sampleRateHz,
    250,
  );
});

Deno.test("amigos finds people in any folder, and says what it looked for", async () => {
  await using folder = await temporaryFolder();
  await assert.rejects(open({}, folder.path), /Cannot open AMIGOS: the folder must exist/);
  await Deno.mkdir(join(folder.path, "amigos"));
  await Deno.writeTextFile(join(folder.path, "amigos", "readme.txt"), "");
  await assert.rejects(
    open({}, folder.path),
    /must hold files such as Data_Preprocessed_P01\.mat, got 1 others$/,
  );
  const videos = preprocessed([{ id: "4" }]);
  await writeAmigos(join(folder.path, "amigos"), {
    "b/Data_Preprocessed_P10.mat": videos,
    "Data_Preprocessed_P02.mat": videos,
  });
  assert.deepEqual((await recordingsOf({}, folder.path)).map(({ subject }) => subject), ["P02", "P10"]);
  await writeAmigos(join(folder.path, "amigos"), { "c/Data_Preprocessed_P10.mat": videos });
  await assert.rejects(open({}, folder.path), /each person must have one file, got .* for P10$/);
});

Deno.test("amigos notes a wrong checksum by file and variable", async () => {
  await using folder = await temporaryFolder();
  await Deno.mkdir(join(folder.path, "amigos"));
  const bytes = matBytes(preprocessed([{ id: "4" }]));
  // The last variable is VideoIDs, whose checksum ends the file.
  bytes[bytes.length - 1] ^= 1;
  await Deno.writeFile(join(folder.path, "amigos", "Data_Preprocessed_P01.mat"), bytes);
  const dataset = await open({}, folder.path);
  assert.equal((await Array.fromAsync(dataset.recordings())).length, 1);
  assert.deepEqual(dataset.notes.slice(2), [
    "Data_Preprocessed_P01.mat: VideoIDs: its zlib checksum is wrong; it was read all the same.",
  ]);
});

Deno.test("amigos is identified by its files and parameters, wherever it lies", () =>
  withVideos([{ id: "4" }], async (dataFolder, file) => {
    const before = await identity({}, dataFolder);
    assert.deepEqual(await identity({ path: join(dataFolder, "amigos") }, "/elsewhere"), before);
    assert.notDeepEqual(await identity({ videos: "all" }, dataFolder), before);
    assert.deepEqual(await datasetIdentity({ kind: "amigos" }, { dataFolder }), before);
    const dataset = await openDataset({ kind: "amigos" }, { dataFolder });
    assert.deepEqual(dataset.labels.arousal, { from: 1, to: 9, unit: "points" });
    assert.match(dataset.notes[0], /not checked on the dataset's own files/);
    await Deno.writeFile(file, Uint8Array.of(0), { append: true });
    assert.notDeepEqual(await identity({}, dataFolder), before);
  }));
