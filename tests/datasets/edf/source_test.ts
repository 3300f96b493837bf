import assert from "node:assert/strict";
import { join } from "node:path";
import { edfBytes } from "../../formats/edf/write_edf.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";
import { identity, open, recordingBytes, writeEdfFolder } from "./write_folder.ts";

const LABELS = {
  file: "{subject}_{stimulus}.edf",
  labelFile: "labels.csv",
  labels: { condition: { values: ["rest", "stress"] }, arousal: { from: 1, to: 9 } },
};

/** A data folder whose folder `mine` holds these files. */
async function folderWith(files: Readonly<Record<string, Uint8Array>>) {
  const folder = await temporaryFolder(), mine = join(folder.path, "mine");
  await Deno.mkdir(mine);
  for (const [name, bytes] of Object.entries(files)) await Deno.writeFile(join(mine, name), bytes);
  return folder;
}

Deno.test("edf gives recordings by id, with the fastest leads, marks, and labels from the table", async () => {
  await using folder = await temporaryFolder();
  await writeEdfFolder(join(folder.path, "mine"), { people: 2 });
  const dataset = await open(LABELS, folder.path), recordings = await Array.fromAsync(dataset.recordings());
  assert.deepEqual(recordings.map(({ id }) => id), [
    "mine/p1/1/rest",
    "mine/p1/1/stress",
    "mine/p2/1/rest",
    "mine/p2/1/stress",
  ]);
  const [first] = recordings;
  assert.equal(first.file, join(folder.path, "mine", "p1_rest.edf"));
  assert.equal(first.sampleRateHz, 100);
  assert.deepEqual(first.leads.map(({ name, unit, samples }) => [name, unit, samples.length]), [[
    "ECG",
    "mV",
    1000,
  ]]);
  assert.deepEqual(first.annotations, [{ sample: 50, symbol: '"', text: "start of task" }]);
  assert.deepEqual(recordings.map(({ labels }) => labels), [
    { condition: "rest", arousal: 2 },
    { condition: "stress", arousal: 7 },
    { condition: "rest", arousal: 2 },
    { condition: "stress", arousal: 7 },
  ]);
  assert.deepEqual(dataset.labels, {
    condition: { values: ["rest", "stress"] },
    arousal: { from: 1, to: 9 },
  });
  assert.deepEqual(dataset.notes, ["Signals of lower rates are left out: Resp"]);
});

Deno.test("edf takes the leads that are asked for", async () => {
  await using folder = await folderWith({ "p1.edf": recordingBytes({ seconds: 1, bpm: 60 }) });
  const [{ leads, sampleRateHz }] = await Array.fromAsync(
    (await open({ leads: ["Resp"] }, folder.path)).recordings(),
  );
  assert.deepEqual([leads[0].name, leads[0].samples.length, sampleRateHz], ["Resp", 10, 10]);
  const file = join(folder.path, "mine", "p1.edf");
  await assert.rejects(
    open({ leads: ["ECG", "Resp"] }, folder.path),
    new RangeError(`${file}: Cannot read the recording: Resp must have the 100 Hz of ECG, got 10 Hz`),
  );
  await assert.rejects(
    open({ leads: ["ECG1"] }, folder.path),
    new RangeError(
      `${file}: Cannot read the recording: it must have one signal "ECG1", got ECG and Resp; did you mean "ECG"?`,
    ),
  );
});

Deno.test("edf takes people from headers, files being their sessions", async () => {
  const bytes = (patient: string) => recordingBytes({ seconds: 1, bpm: 60, patient });
  await using folder = await folderWith({
    "night1.edf": bytes("B7 F X X"),
    "night2.edf": bytes("A1 M X X"),
    "night3.edf": bytes("B7 F X X"),
  });
  const recordings = await Array.fromAsync((await open({ subject: "header" }, folder.path)).recordings());
  assert.deepEqual(recordings.map(({ id }) => id), [
    "mine/A1/night2/none",
    "mine/B7/night1/none",
    "mine/B7/night3/none",
  ]);
  await Deno.writeFile(join(folder.path, "mine", "night4.edf"), bytes("X X X X"));
  await assert.rejects(
    open({ subject: "header" }, folder.path),
    new RangeError(
      `${
        join(folder.path, "mine", "night4.edf")
      }: Cannot tell whose the recording is: the patient field must begin with a code, ` +
        'got "X X X X"',
    ),
  );
});

Deno.test("edf leaves out marks outside of the recording, and has none of plain EDF", async () => {
  const signals = [{ name: "ECG", perRecord: 2, samples: [1, 2, 3, 4] }];
  const annotations = [[{ onset: -1, texts: ["before"] }, { onset: 1.5, texts: ["in"] }], [{
    onset: 2,
    texts: ["after"],
  }]];
  await using folder = await folderWith({
    "a.edf": edfBytes({ signals, kind: "EDF+C", annotations }),
    "b.edf": edfBytes({ signals }),
  });
  const [plus, plain] = await Array.fromAsync((await open({}, folder.path)).recordings());
  assert.deepEqual(plus.annotations, [{ sample: 3, symbol: '"', text: "in" }]);
  assert.equal(plain.annotations, undefined);
});

Deno.test("edf throws RangeError, with file and row, for a label out of its range and for a recording without labels", async () => {
  await using folder = await temporaryFolder();
  const mine = join(folder.path, "mine"), table = join(mine, "labels.csv");
  await writeEdfFolder(mine, { people: 1 });
  await Deno.writeTextFile(
    table,
    "subject,stimulus,condition,arousal\np1,rest,rest,2\np1,stress,stress,12\n",
  );
  await assert.rejects(
    open(LABELS, folder.path),
    new RangeError(`${table}: Cannot read row 3: "arousal" must be a number from 1 to 9, got "12"`),
  );
  await Deno.writeTextFile(table, "subject,stimulus,condition,arousal\np1,rest,rest,2\n");
  const dataset = await open(LABELS, folder.path);
  await assert.rejects(
    async () => await Array.fromAsync(dataset.recordings()),
    new RangeError(
      `${
        join(mine, "p1_stress.edf")
      }: Cannot label the recording: ${table} must have one row with subject p1, stimulus stress, got 0`,
    ),
  );
});

Deno.test("edf is identified by its files, the labels and the parameters", async () => {
  await using folder = await temporaryFolder();
  const mine = join(folder.path, "mine");
  await writeEdfFolder(mine, { people: 1 });
  const before = await identity(LABELS, folder.path);
  assert.deepEqual(Object.keys((before as { files: object }).files), [
    "p1_rest.edf",
    "p1_stress.edf",
    "labels.csv",
  ]);
  await Deno.writeTextFile(join(mine, "notes.txt"), "new");
  assert.deepEqual(await identity(LABELS, folder.path), before);
  assert.notDeepEqual(await identity({ ...LABELS, leads: ["ECG"] }, folder.path), before);
  await Deno.writeTextFile(join(mine, "labels.csv"), "\n", { append: true });
  assert.notDeepEqual(await identity(LABELS, folder.path), before);
});

Deno.test("edf throws SyntaxError that names the file for one that is no EDF", async () => {
  await using folder = await folderWith({ "a.edf": new TextEncoder().encode("RIFF....WAVEfmt ") });
  await assert.rejects(open({}, folder.path), {
    name: "SyntaxError",
    message: `${
      join(folder.path, "mine", "a.edf")
    }: Cannot read byte 0: an EDF file must begin with "0" and blanks, got "RIFF...."`,
  });
});
