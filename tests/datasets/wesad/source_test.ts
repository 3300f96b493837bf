import assert from "node:assert/strict";
import { join } from "node:path";
import { datasetIdentity } from "../../../src/datasets/table.ts";
import { detectRPeaks } from "../../../src/signal/r_peaks.ts";
import { withDataFolder } from "../wfdb/write_database.ts";
import { type Fixture, open, writePerson } from "./write_wesad.ts";

const recordingsIn = async (dataFolder: string, parameters: Record<string, unknown> = {}) =>
  await Array.fromAsync((await open(parameters, dataFolder)).recordings());

/** The labels of each recording by its name. */
const EXPECTED = {
  amusement: [9, 5, 40, 10],
  baseline: [7, 2, 30, 10],
  "meditation-1": [8, 1, 30, 10],
  "meditation-2": [7, 3, 20, 10],
  stress: [4, 8, 20, 40],
};

for (const protocol of [0, 2] as const) {
  Deno.test(`wesad cuts a pickle of protocol ${protocol} into stretches of one label, with what was said of each`, () =>
    withDataFolder(async (dataFolder) => {
      const folder = join(dataFolder, "WESAD");
      const { ecg, labels } = await writePerson(folder, "S2", { protocol });
      const recordings = await recordingsIn(dataFolder);
      assert.deepEqual(
        recordings.map(({ id }) => id),
        Object.keys(EXPECTED).map((name) => `WESAD/S2/1/${name}`),
      );
      for (
        const { stimulus, subject, session, file, sampleRateHz, leads: [lead], labels: own } of recordings
      ) {
        assert.deepEqual([subject, session, sampleRateHz], ["S2", "1", 700]);
        assert.deepEqual([lead.name, lead.unit, lead.samples.length], ["ECG", "mV", 6 * 700]);
        assert.equal(file, join(folder, "S2", "S2.pkl"));
        const [valence, arousal, positive, negative] = EXPECTED[stimulus as keyof typeof EXPECTED];
        assert.deepEqual(own, {
          condition: stimulus.replace(/-\d$/, ""),
          valence,
          arousal,
          "positive-affect": positive,
          "negative-affect": negative,
        });
      }
      const first = labels.indexOf(2);
      assert.deepEqual(recordings[4].leads[0].samples, ecg.slice(first, first + 4200));
      assert.deepEqual(
        recordings[2].leads[0].samples,
        ecg.slice(labels.indexOf(4), labels.indexOf(4) + 4200),
        "the first meditation in time is the first in number",
      );
    }));
}

Deno.test("wesad gives signals in which hearts beat as fast as was written", () =>
  withDataFolder(async (dataFolder) => {
    await writePerson(join(dataFolder, "WESAD"), "S2");
    for (const { stimulus, leads: [{ samples }] } of await recordingsIn(dataFolder)) {
      const peaks = detectRPeaks(samples, { sampleRateHz: 700 });
      const bpm = 60 * 700 * (peaks.length - 1) / (peaks[peaks.length - 1] - peaks[0]);
      const expected = { amusement: 72, baseline: 66, stress: 96 }[stimulus] ?? 60;
      assert.ok(Math.abs(bpm - expected) < 2, `${stimulus}: ${bpm}`);
    }
  }));

Deno.test("wesad cuts the chest device's text by the times of the questionnaire", () =>
  withDataFolder(async (dataFolder) => {
    const { ecg, labels } = await writePerson(join(dataFolder, "WESAD"), "S2");
    const recordings = await recordingsIn(dataFolder, { from: "respiban" });
    assert.deepEqual(recordings.map(({ stimulus }) => stimulus), Object.keys(EXPECTED));
    const stress = recordings[4], first = labels.indexOf(2);
    // Two seconds on each side are no part of the labels.
    assert.deepEqual(stress.leads[0].samples, ecg.slice(first - 1400, first + 4200 + 1400));
    assert.deepEqual([stress.sampleRateHz, stress.labels.valence], [700, 4]);
  }));

Deno.test("wesad reads people in code-point order, and leaves out who is excluded", () =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "WESAD");
    for (const subject of ["S2", "S10", "S3"]) await writePerson(folder, subject, { seconds: 1 });
    await Deno.mkdir(join(folder, "notes"));
    const exclude = { subjects: ["S3"], why: "moved" };
    const dataset = await open({ exclude }, dataFolder);
    const subjects = (await Array.fromAsync(dataset.recordings())).map(({ subject }) => subject);
    assert.deepEqual([...new Set(subjects)], ["S10", "S2"]);
    const missing = "S4, S5, S6, S7, S8, S9, S11, S13, S14, S15, S16 and S17";
    assert.deepEqual(dataset.notes.slice(-2), [`Not there: ${missing}.`, "Left out: S3: moved"]);
    await assert.rejects(
      open({ exclude: { subjects: ["S33"], why: "moved" } }, dataFolder),
      new RangeError(
        `${folder}: Cannot leave out a person: "exclude.subjects" must name people who are there, got "S33"; did you mean "S3"?`,
      ),
    );
  }));

Deno.test("wesad ignores labels 5 to 7 and refuses others", () =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "WESAD");
    await writePerson(folder, "S2", { labels: (labels) => labels.set([5, 6, 7], 0) });
    assert.equal((await recordingsIn(dataFolder)).length, 5);
    await writePerson(folder, "S2", { labels: (labels) => labels.set([8], 3) });
    await assert.rejects(
      recordingsIn(dataFolder),
      new RangeError(`${join(folder, "S2", "S2.pkl")}: Cannot read label 3: it must be 0 to 7, got 8`),
    );
  }));

/** The recording of a person with these files must be refused in these words, FILE being the file that ends in `ending`. */
async function refuses(
  fixture: Fixture,
  { error, ending = "_quest.csv", parameters }: {
    error: Error;
    ending?: string;
    parameters?: Record<string, unknown>;
  },
): Promise<void> {
  await withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "WESAD");
    await writePerson(folder, "S2", { seconds: 2, ...fixture });
    error.message = error.message.replace("FILE", join(folder, "S2", `S2${ending}`));
    await assert.rejects(recordingsIn(dataFolder, parameters), error);
  });
}

Deno.test("wesad takes times of the questionnaire for minutes.seconds", () =>
  withDataFolder(async (dataFolder) => {
    // Stress ends, with its edge, 18 s into the pickle: 70 s into the device's recording.
    const questionnaire = (text: string) => {
      assert.match(text, /# END;1\.01;1\.1;/);
      return text;
    };
    await writePerson(join(dataFolder, "WESAD"), "S2", { seconds: 2, shift: 52, questionnaire });
    assert.equal((await recordingsIn(dataFolder)).length, 5);
    const [, , , , stress] = await recordingsIn(dataFolder, { from: "respiban" });
    assert.equal(stress.leads[0].samples.length, (2 + 4) * 700);
  }));

Deno.test("wesad checks the times of the questionnaire against the labels", async () => {
  // In the pickle baseline is from 5 to 7 s and stress from 14 to 16 s; 1 s is for rounding.
  const questionnaire = (text: string) =>
    text.replace("# END;1.09;", "# END;1.06;").replace("# START;1.03;1.12;", "# START;1.03;1.17;");
  await refuses({ questionnaire }, {
    error: new RangeError(
      "FILE: Cannot match times: one shift between the clocks must put every stretch of the labels within its times, got " +
        '62 s or more for stress, 60 s or less for baseline; "questionnaire: labels" does without',
    ),
  });
  await withDataFolder(async (dataFolder) => {
    await writePerson(join(dataFolder, "WESAD"), "S2", { seconds: 2, questionnaire });
    assert.equal((await recordingsIn(dataFolder, { questionnaire: "labels" })).length, 5);
  });
});

Deno.test("wesad says where a questionnaire is wrong", async () => {
  const replaced = (from: string | RegExp, to: string): Fixture => ({
    questionnaire: (text) => text.replace(from, to),
  });
  await refuses(replaced("# START;1.03", "# START;1.63"), {
    error: new RangeError('FILE: Cannot read line 3: a time must be minutes.seconds, got "1.63"'),
  });
  await refuses(replaced("# DIM;7;2", "# DIM;7;10"), {
    error: new RangeError("FILE: Cannot read line 18: answer 2 must be a whole number from 1 to 9, got 10"),
  });
  await refuses(replaced("# PANAS;3", "# PANAS;6"), {
    error: new RangeError("FILE: Cannot read line 6: answer 1 must be a whole number from 1 to 5, got 6"),
  });
  await refuses(replaced("TSST", "Lunch"), {
    error: new SyntaxError(
      "FILE: Cannot read line 2: a condition must be Base, TSST, Fun, Medi or a reading, got Lunch",
    ),
  });
  await refuses(replaced("# DIM;7;2;;;\r\n", ""), {
    error: new SyntaxError(
      'FILE: Cannot read ratings: there must be a line "# DIM" for each of 5 conditions, got 4',
    ),
  });
  await refuses(replaced("# ORDER", "# ODER"), {
    error: new SyntaxError('FILE: Cannot read the questionnaire: it must have a line "# ORDER", got none'),
  });
  await refuses(replaced("Medi 2", "fRead"), {
    error: new SyntaxError(
      'FILE: Cannot read ratings: there must be a line "# DIM" for each of 4 conditions, got 5',
    ),
  });
  await refuses({ labels: (labels) => void labels.fill(0, 0, labels.indexOf(2)) }, {
    error: new RangeError(
      "FILE: Cannot match conditions: it must have baseline as often as the labels, 0 times, got 1; " +
        '"questionnaire: none" does without',
    ),
  });
});

Deno.test("wesad gives null for ratings that are missing, and none where the questionnaire is not read", () =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "WESAD");
    const withoutSome = (text: string) =>
      text.replaceAll(/# PANAS.*\r\n/g, "").replace("# DIM;7;2", "# DIM;;2");
    await writePerson(folder, "S2", { seconds: 1, questionnaire: withoutSome });
    const [, baseline] = await recordingsIn(dataFolder);
    const nothing = { "positive-affect": null, "negative-affect": null };
    assert.deepEqual(baseline.labels, { condition: "baseline", valence: null, arousal: 2, ...nothing });
    await Deno.remove(join(folder, "S2", "S2_quest.csv"));
    const dataset = await open({ questionnaire: "none" }, dataFolder);
    assert.deepEqual(Object.keys(dataset.labels), ["condition"]);
    const [first] = await Array.fromAsync(dataset.recordings());
    assert.deepEqual(first.labels, { condition: "amusement" });
  }));

Deno.test("wesad says what a pickle must hold", async () => {
  await refuses({ named: "S3" }, {
    ending: ".pkl",
    error: new RangeError("FILE: Cannot read the recording: its subject must be S2, got S3"),
  });
  await refuses({ ecgShape: [2, 3] }, {
    ending: ".pkl",
    error: new TypeError(
      "FILE: Cannot read the recording: signal.chest.ECG must be a column of floating-point numbers as long as label, got " +
        "(2, 3) of f8 and (33600) of i4",
    ),
  });
  await withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "WESAD"), file = join(folder, "S2", "S2.pkl");
    await writePerson(folder, "S2", { seconds: 1 });
    await Deno.writeTextFile(file, "(dS'subject'\nS'S2'\ns.");
    await assert.rejects(
      recordingsIn(dataFolder),
      new TypeError(`${file}: Cannot read the recording: it must have an array label, got none`),
    );
    await Deno.writeTextFile(file, "cos\nsystem\n(S'ls'\ntR.");
    await assert.rejects(recordingsIn(dataFolder), { name: "SyntaxError", message: /got os\.system$/ });
    await Deno.remove(file);
    await assert.rejects(
      open({}, dataFolder),
      new RangeError(`${file}: Cannot read the recording of S2: the file must exist, got none`),
    );
  });
});

Deno.test("wesad says what the chest device's text must hold", () =>
  refuses({ questionnaire: (text) => text.replace(/(# END;.*;)([\d.]+);([\d.]+);;;/, "$12.5;$3;;;") }, {
    ending: "_respiban.txt",
    parameters: { from: "respiban" },
    error: new RangeError("FILE: Cannot take meditation: the recording must last 170 s, got 108 s"),
  }));

Deno.test("wesad is identified by the files that it reads", () =>
  withDataFolder(async (dataFolder) => {
    await writePerson(join(dataFolder, "WESAD"), "S2", { seconds: 1 });
    const identity = (parameters: Record<string, unknown>) =>
      datasetIdentity({ kind: "wesad", ...parameters }, { dataFolder });
    const files = async (parameters: Record<string, unknown>) => {
      const found = await identity(parameters);
      assert.ok(found !== null && typeof found === "object" && "files" in found);
      return Object.keys(found.files as Record<string, string>);
    };
    assert.deepEqual(await files({}), ["S2/S2.pkl", "S2/S2_quest.csv"]);
    assert.deepEqual(await files({ from: "respiban" }), ["S2/S2_respiban.txt", "S2/S2_quest.csv"]);
    assert.deepEqual(await files({ questionnaire: "none" }), ["S2/S2.pkl"]);
    const before = JSON.stringify(await identity({}));
    await writePerson(join(dataFolder, "WESAD"), "S2", {
      seconds: 1,
      labels: (labels) => labels.set([1], 0),
    });
    assert.notEqual(JSON.stringify(await identity({})), before);
  }));
