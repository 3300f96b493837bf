import assert from "node:assert/strict";
import { join } from "node:path";
import type { Recording } from "../../../src/datasets/dataset.ts";
import { datasetIdentity, openDataset } from "../../../src/datasets/table.ts";
import { correlation, mean } from "../statistics.ts";
import { withDataFolder } from "../wfdb/write_database.ts";
import { CONDITIONS, filesOf, identity, open, recordingsOf, regular, writeFiles } from "./write_people.ts";

const slow = regular(1), fast = regular(0.5);
const samplesOf = (recording: Recording | undefined) =>
  recording?.leads[0].samples ?? assert.fail("no recording");
/** The mean of the beats that come every second, over which drift and wander average out. */
const meanBeat = (samples: Float64Array) =>
  Array.from({ length: 256 }, (_, at) => mean([...samples].filter((_, sample) => sample % 256 === at)));
const byCondition = (recordings: readonly Recording[]) =>
  new Map(recordings.map((recording) => [recording.stimulus, samplesOf(recording)]));

Deno.test("beats gives a recording a person and condition, by id in code-point order", () =>
  withDataFolder(async (dataFolder) => {
    await writeFiles(join(dataFolder, "db"), {
      ...filesOf({ b: { rest: slow, stress: fast }, a: { rest: slow, stress: fast } }),
      LICENSE: "a file is nobody",
      ".git/config": "nor is a folder that begins with a dot",
    });
    const dataset = await open({}, dataFolder), recordings = await Array.fromAsync(dataset.recordings());
    assert.deepEqual(
      recordings.map(({ id, subject, session, stimulus, labels }) => ({
        id,
        subject,
        session,
        stimulus,
        labels,
      })),
      ["a", "b"].flatMap((subject) =>
        ["rest", "stress"].map((condition) => ({
          id: `db/${subject}/1/${condition}`,
          subject,
          session: "1",
          stimulus: condition,
          labels: { condition },
        }))
      ),
    );
    assert.deepEqual(dataset.labels, { condition: { values: ["rest", "stress"] } });
    assert.equal(dataset.simulated, false);
    assert.ok(recordings.every(({ truth }) => truth === undefined));
    for (const recording of recordings) {
      assert.equal(recording.sampleRateHz, 256);
      assert.equal(samplesOf(recording).length, 30 * 256);
      assert.ok(samplesOf(recording).every(Number.isFinite));
      const given = recording.stimulus === "rest" ? slow : fast;
      // The last beat ends the recording.
      assert.deepEqual(
        recording.annotations?.map(({ sample }) => sample),
        given.slice(0, -1).map((sample) => Math.round(sample / 250 * 256)),
      );
    }
    assert.deepEqual(await Array.fromAsync(dataset.recordings()), recordings, "they can be read again");
  }));

Deno.test("beats renders a recording by its own beats: what lies under the other condition changes nothing", () =>
  withDataFolder(async (dataFolder) => {
    const people = (rest: number[], stress: number[]) =>
      Object.fromEntries(Array.from({ length: 8 }, (_, person) => [`p${person}`, { rest, stress }]));
    const given: Record<string, [number[], number[]]> = {
      "as-is/db": [slow, fast],
      "swapped/db": [fast, slow],
      "both-slow/db": [slow, slow],
    };
    for (const [folder, [rest, stress]] of Object.entries(given)) {
      await writeFiles(join(dataFolder, folder), filesOf(people(rest, stress)));
    }
    const read = (folder: string) => recordingsOf({ path: folder }, dataFolder);
    const [asIs, swapped, bothSlow] = await Promise.all(Object.keys(given).map(read));
    for (const [index, { stimulus }] of asIs.entries()) {
      const same = stimulus === "rest" ? asIs[index] : swapped[index];
      assert.deepEqual(samplesOf(same), samplesOf(bothSlow[index]));
    }
  }));

Deno.test("beats gives a person the same waves when the conditions' beats are swapped, and others other waves", () =>
  withDataFolder(async (dataFolder) => {
    const people = (rest: number[], stress: number[]) =>
      filesOf({ a: { rest, stress }, b: { rest, stress }, c: { rest, stress } });
    await writeFiles(join(dataFolder, "as-is/db"), people(slow, fast));
    await writeFiles(join(dataFolder, "swapped/db"), people(fast, slow));
    const noise = { fromDb: 100, toDb: 100 };
    const meanBeats = async (folder: string, condition: string) =>
      (await recordingsOf({ path: folder, noise }, dataFolder))
        .filter(({ stimulus }) => stimulus === condition)
        .map((recording) => meanBeat(samplesOf(recording)));
    const atRest = await meanBeats("as-is/db", "rest"), stressed = await meanBeats("swapped/db", "stress");
    for (const [person, waves] of atRest.entries()) {
      assert.ok(correlation(waves, stressed[person]) > 0.999);
      assert.ok(correlation(waves, stressed[(person + 1) % 3]) < 0.99);
    }
  }));

Deno.test("beats gives a person the same power of noise when the conditions' beats are swapped", () =>
  withDataFolder(async (dataFolder) => {
    const named = Array.from({ length: 8 }, (_, person) => `p${person}`);
    const people = (rest: number[], stress: number[]) =>
      filesOf(Object.fromEntries(named.map((name) => [name, { rest, stress }])));
    await writeFiles(join(dataFolder, "as-is/db"), people(slow, fast));
    await writeFiles(join(dataFolder, "swapped/db"), people(fast, slow));
    const noiseOf = async (folder: string) => {
      const read = (snrDb: number) =>
        recordingsOf({ path: folder, noise: { fromDb: snrDb, toDb: snrDb } }, dataFolder);
      const [noisy, clean] = [await read(0), await read(100)];
      return new Map(noisy.map((recording, index) => {
        const quiet = samplesOf(clean[index]);
        return [recording.id, samplesOf(recording).map((value, sample) => value - quiet[sample])];
      }));
    };
    const asIs = await noiseOf("as-is/db"), swapped = await noiseOf("swapped/db");
    const power = (values: Float64Array | undefined) =>
      (values ?? assert.fail("no noise")).reduce((sum, value) => sum + value * value, 0) / (30 * 256);
    for (const name of named) {
      const [rest, stress] = ["rest", "stress"].map((condition) => `db/${name}/1/${condition}`);
      // The ratio is to the gain and waves of the person, which are therefore the same.
      for (const values of [asIs.get(stress), swapped.get(rest), swapped.get(stress)]) {
        assert.ok(Math.abs(power(values) / power(asIs.get(rest)) - 1) < 1e-6);
      }
      assert.notDeepEqual(asIs.get(rest), asIs.get(stress), "each recording has its own noise");
      for (const id of [rest, stress]) {
        const [own, other] = [asIs.get(id) ?? [], swapped.get(id) ?? []];
        assert.ok(
          own.length === other.length && own.every((value, at) => Math.abs(value - other[at]) < 1e-9),
        );
      }
    }
  }));

Deno.test("beats knows conditions by their order alone: other names give the same signals", () =>
  withDataFolder(async (dataFolder) => {
    await writeFiles(join(dataFolder, "db"), filesOf({ a: { rest: slow, stress: fast } }));
    const named = byCondition(await recordingsOf({}, dataFolder));
    const renamed = byCondition(
      await recordingsOf({ conditions: { calm: "sitting", tense: "maths" } }, dataFolder),
    );
    assert.deepEqual(renamed.get("calm"), named.get("rest"));
    assert.deepEqual(renamed.get("tense"), named.get("stress"));
  }));

Deno.test("beats draws other waves with another seed", () =>
  withDataFolder(async (dataFolder) => {
    await writeFiles(join(dataFolder, "db"), filesOf({ a: { rest: slow, stress: fast } }));
    const [first] = await recordingsOf({}, dataFolder), [other] = await recordingsOf({ seed: 2 }, dataFolder);
    assert.notDeepEqual(samplesOf(first), samplesOf(other));
    assert.deepEqual(first.annotations, other.annotations);
  }));

Deno.test("beats renders whole windows of one mean rate, as many as the beats fill", () =>
  withDataFolder(async (dataFolder) => {
    await writeFiles(join(dataFolder, "db"), filesOf({ a: { rest: slow, stress: fast } }));
    const equalMeanRate = { bpm: 72, windowSeconds: 10 };
    const [rest, stress] = await recordingsOf({ equalMeanRate }, dataFolder);
    // 29 and 59 intervals of 12 each; their beats lie evenly, 0.8333 s apart from 0.4167 s on.
    assert.equal(samplesOf(rest).length, 2 * 2560);
    assert.equal(samplesOf(stress).length, 4 * 2560);
    const even = (count: number) =>
      Array.from({ length: count }, (_, beat) => Math.round((beat + 0.5) * 256 / 1.2));
    assert.deepEqual(rest.annotations?.map(({ sample }) => sample), even(24));
    assert.deepEqual(stress.annotations?.map(({ sample }) => sample), even(48));
  }));

Deno.test("beats says what a reader must know", () =>
  withDataFolder(async (dataFolder) => {
    const people = filesOf({
      a: { rest: slow, stress: fast },
      b: { rest: slow, stress: fast },
      c: { rest: slow, stress: fast },
    });
    for (const name of ["db", "gudb"]) await writeFiles(join(dataFolder, name), people);
    const { notes, licence, citation } = await open({
      path: "gudb",
      exclude: { subjects: ["c"], why: "asleep" },
      equalMeanRate: { bpm: 72, windowSeconds: 10 },
    }, dataFolder);
    assert.deepEqual(notes, [
      "Real rhythms, synthetic waves: the beat times were measured in people, and the electrocardiogram around them is computed.",
      "2 people, each recorded once under every condition.",
      "The order of conditions is not counterbalanced: rest comes first for everybody, before stress.",
      "Time is scaled so that every window of 10 s, cut without overlap, has a mean heart rate of 72 bpm: only the pattern of " +
      "intervals within it is left.",
      "Left out: c: asleep",
    ]);
    assert.match(licence, /CC BY 3\.0/);
    assert.match(citation, /doi:10\.5525\/gla\.researchdata\.716\. Waves: McSharry/);

    const unknown = await open({}, dataFolder);
    assert.deepEqual(unknown.notes.slice(1), ["3 people, each recorded once under every condition."]);
    assert.equal(unknown.licence, "not stated");
    const said = await open({ path: "gudb", licence: "CC0", citation: "Doe 2020" }, dataFolder);
    assert.equal(said.licence, "CC0");
    assert.match(said.citation, /^Doe 2020\. Waves: McSharry/);
  }));

Deno.test("beats is identified by every file in use and the parameters, wherever the folder lies", () =>
  withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "db"), sitting = join(folder, "a/sitting/annotation_cs.tsv");
    await writeFiles(folder, {
      ...filesOf({ a: { rest: slow, stress: fast } }),
      "a/sitting/annotation_cables.tsv": slow,
    });
    const before = await identity({}, dataFolder);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await Deno.readFile(sitting)))
      .toHex();
    const { name, files } = before as { name: string; files: Record<string, string> };
    assert.equal(name, "db");
    assert.deepEqual(Object.keys(files), ["a/sitting/annotation_cs.tsv", "a/maths/annotation_cs.tsv"]);
    assert.equal(files["a/sitting/annotation_cs.tsv"], digest);
    assert.deepEqual(await identity({ path: folder }, "/elsewhere"), before);

    await Deno.writeTextFile(join(folder, "a/sitting/annotation_cables.tsv"), "unused");
    assert.deepEqual(await identity({}, dataFolder), before);
    assert.notDeepEqual(await identity({ seed: 2 }, dataFolder), before);
    await Deno.writeTextFile(sitting, regular(0.9).join("\n"));
    assert.notDeepEqual(await identity({}, dataFolder), before);
  }));

Deno.test("openDataset() opens beats from the table", () =>
  withDataFolder(async (dataFolder) => {
    await writeFiles(join(dataFolder, "db"), filesOf({ a: { rest: slow, stress: fast } }));
    const specification = { kind: "beats", path: "db", conditions: CONDITIONS } as const;
    const dataset = await openDataset(specification, { dataFolder });
    const recordings = await Array.fromAsync(dataset.recordings());
    assert.deepEqual(recordings.map(({ id }) => id), ["db/a/1/rest", "db/a/1/stress"]);
    assert.deepEqual(await datasetIdentity(specification, { dataFolder }), await identity({}, dataFolder));
  }));
