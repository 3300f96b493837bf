import assert from "node:assert/strict";
import type { Recording } from "../../../src/datasets/dataset.ts";
import { protocol } from "../../../src/datasets/synthetic/protocol.ts";
import { simulateRecording } from "../../../src/datasets/synthetic/recording.ts";
import { syntheticSchema } from "../../../src/datasets/synthetic/schema.ts";
import { synthetic } from "../../../src/datasets/synthetic/source.ts";

const context = { dataFolder: "/nowhere" };
const small = { people: 3, sessions: 2, recordingsPerSession: 4, seconds: 12 };

async function read(options: Record<string, unknown>): Promise<Recording[]> {
  const dataset = await synthetic.open(syntheticSchema.parse(options), context);
  return Array.fromAsync(dataset.recordings());
}

const content = ({ id, labels, leads, stimulus }: Recording) => ({
  id,
  labels,
  stimulus,
  samples: leads[0].samples,
});

Deno.test("synthetic gives recordings with one lead, labels in range and ids in code-point order", async () => {
  const dataset = await synthetic.open(syntheticSchema.parse(small), context);
  const recordings = await Array.fromAsync(dataset.recordings());
  assert.equal(recordings.length, 24);
  assert.equal(recordings[0].id, "synthetic/p001/s1/r01");
  const ids = recordings.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)].sort());
  for (const { id, subject, session, leads, labels, sampleRateHz } of recordings) {
    assert.ok(id.startsWith(`synthetic/${subject}/${session}/`));
    assert.deepEqual(leads.map(({ name, unit }) => [name, unit]), [["ECG", "mV"]]);
    assert.equal(sampleRateHz, 256);
    assert.equal(leads[0].samples.length, 12 * 256);
    assert.ok(leads[0].samples.every(Number.isFinite));
    assert.deepEqual(Object.keys(labels), Object.keys(dataset.labels));
    assert.ok(labels.condition === "rest" || labels.condition === "stress");
    assert.ok(Number(labels.arousal) >= 1 && Number(labels.valence) <= 9);
  }
});

Deno.test("synthetic gives the same recordings when opened twice and others with another seed", async () => {
  const first = (await read(small)).map(content);
  assert.deepEqual((await read(small)).map(content), first);
  const other = (await read({ ...small, seed: 2 })).map(content);
  assert.ok(
    other.every(({ samples }, index) =>
      samples.some((value, sample) => value !== first[index].samples[sample])
    ),
  );
});

Deno.test("synthetic leaves recordings as they are when people, sessions or recordings are added", async () => {
  const first = (await read(small)).map(content);
  const more = await read({ ...small, people: 4, sessions: 3, recordingsPerSession: 6 });
  const byId = new Map(more.map((recording) => [recording.id, content(recording)]));
  assert.deepEqual(first.map(({ id }) => byId.get(id)), first);
});

Deno.test("synthetic gives the same recordings in any order of reading", async () => {
  const parameters = syntheticSchema.parse(small);
  const reversed = [...protocol(parameters)].reverse().map((slot) =>
    content(simulateRecording(slot, parameters))
  );
  assert.deepEqual(reversed.reverse(), (await read(small)).map(content));
});

Deno.test("synthetic tells the truth of a window", async () => {
  const [recording] = await read(small);
  const truth = recording.truth?.(2, 10) ?? {};
  assert.deepEqual(Object.keys(truth), ["arousal", "valence", "heartRateBpm", "lnRmssd"]);
  assert.ok(Object.values(truth).every(Number.isFinite));
  assert.throws(() => recording.truth?.(3, 10), RangeError);
});

Deno.test("synthetic says that it is simulated, and by how much it departs from real people", async () => {
  const notes = async (options: Record<string, unknown>) =>
    (await synthetic.open(syntheticSchema.parse(options), context)).notes;
  assert.equal((await notes({})).length, 1);
  assert.match((await notes({}))[0], /simulated.*say nothing about self-supervision/);
  assert.equal((await notes({ effect: 2 }))[1], "effect 2: twice the response measured in real people");
  assert.equal(
    (await notes({ effect: 0.5 }))[1],
    "effect 0.5: 0.5 times the response measured in real people",
  );
  assert.match((await notes({ effect: 0 }))[1], /chance/);
  assert.match((await notes({ fingerprint: 3 }))[1], /^fingerprint 3: 3 times the differences/);
});

Deno.test("synthetic is identified by its parameters", async () => {
  const parameters = syntheticSchema.parse({});
  assert.deepEqual(await synthetic.identity(parameters, context), {
    people: 24,
    sessions: 1,
    recordingsPerSession: 8,
    seconds: 60,
    sampleRateHz: 256,
    effect: 1,
    fingerprint: 1,
    noise: { fromDb: 5, toDb: 30 },
    seed: 1,
  });
});
