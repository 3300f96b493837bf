import assert from "node:assert/strict";
import { join } from "node:path";
import type { DataPlace } from "../../../src/pipeline/evaluate/data.ts";
import { readRequest } from "../../../src/pipeline/evaluate/request.ts";
import { smallRecord, withDataFolder, writeDatabase } from "../../datasets/wfdb/write_database.ts";

const MANIFEST = `
question: unread
dataset: {kind: wfdb, path: elsewhere, exclude: {records: [b], why: noise}}
signal: {lead: II, resample: 100}
target: {kind: rating, label: age, threshold: 50}
labels: nonsense
`;

interface Said {
  readonly manifest?: string;
  readonly set?: readonly string[];
  readonly places?: readonly DataPlace[];
}

const ask = ({ manifest, set = [], places = [] }: Said) =>
  readRequest({
    manifest: manifest === undefined ? undefined : "m.yaml",
    set,
    places,
    readText: () => manifest ?? assert.fail("nothing is to be read"),
    dataFolder: "/data",
  });
const folder = (path: string, records: readonly string[] | null = null): DataPlace => ({
  kind: "folder",
  path,
  records,
});

Deno.test("readRequest() takes a folder for a WFDB database, and records for some of it", async () => {
  const { datasets, target, lead } = await ask({ places: [folder("/d/a"), folder("/d/b", ["7"])] });
  assert.deepEqual(datasets.map(({ kind, path, records }) => [kind, path, records]), [
    ["wfdb", "/d/a", undefined],
    ["wfdb", "/d/b", ["7"]],
  ]);
  assert.deepEqual([target, lead], [undefined, undefined]);
});

Deno.test("readRequest() joins records that are known to be one person's, of those that are there", async () => {
  await withDataFolder(async (data) => {
    const path = join(data, "mitdb"),
      joined = async (set: string[] = []) =>
        (await ask({ places: [folder(path)], set })).datasets[0].sameSubject;
    await writeDatabase(path, ["201", "202", "203"].map((name) => smallRecord(name)));
    assert.deepEqual(await joined(), [["201", "202"]]);
    assert.deepEqual(await joined(["dataset.sameSubject=[]"]), []);
    await Deno.remove(join(path, "202.hea"));
    assert.deepEqual(await joined(), []);
  });
});

Deno.test("readRequest() takes dataset, target and lead of a manifest and nothing else of it", async () => {
  const { datasets: [dataset], target, lead } = await ask({ manifest: MANIFEST });
  assert.equal(dataset.path, "elsewhere");
  assert.equal(target?.label, "age");
  assert.deepEqual(lead, { lead: "II" });
});

Deno.test("readRequest() puts a folder in the place of the manifest's, and overrides over both", async () => {
  const { datasets: [dataset], lead } = await ask({
    manifest: MANIFEST,
    places: [folder("/here/db")],
    set: ["dataset.licence=CC0", "signal.lead=V1"],
  });
  assert.deepEqual([dataset.path, dataset.licence], ["/here/db", "CC0"]);
  assert.deepEqual(lead, { lead: "V1" });
});

Deno.test("readRequest() takes a dataset that is made from overrides alone", async () => {
  const { datasets: [dataset] } = await ask({ set: ["dataset={kind: synthetic, people: 3}"] });
  assert.deepEqual([dataset.kind, dataset.people], ["synthetic", 3]);
});

Deno.test("readRequest() asks for no dataset where there are files of windows", async () => {
  assert.deepEqual((await ask({ places: [{ kind: "file", path: "/w.npy" }] })).datasets, []);
});

const REFUSED: Record<string, [Said, RegExp]> = {
  "nothing to evaluate on": [{}, /^Cannot evaluate: data must be named/],
  "an override of what the model says": [
    { set: ["signal.resample=64"], places: [folder("/d")] },
    /^--set signal\.resample=64: Cannot override this key .*got signal\.resample$/,
  ],
  "an override without a value": [
    { set: ["dataset.people"], places: [folder("/d")] },
    /must be like path\.to\.key=value/,
  ],
  "an unknown key of the dataset": [
    { set: ["dataset.exclud=1"], places: [folder("/d")] },
    /^--set dataset\.exclud=1: dataset\.exclud: .*did you mean "exclude"\?$/,
  ],
  "an unknown target of a manifest, with its line": [
    { manifest: MANIFEST.replace("kind: rating", "kind: ratin") },
    /^m\.yaml:5:\d+: target\.kind: .*got "ratin"/,
  ],
  "a folder for a dataset that is made": [
    { set: ["dataset.kind=synthetic"], places: [folder("/d")] },
    /^Cannot read \/d: the dataset must be read from a folder, got synthetic, which is made$/,
  ],
  "a manifest that sweeps its target": [
    { manifest: `${MANIFEST}sweep: {target.threshold: [40, 50]}\n` },
    /^m\.yaml: Cannot evaluate with a manifest that sweeps its data: .*got several of target\.threshold/,
  ],
};

for (const [what, [said, message]] of Object.entries(REFUSED)) {
  Deno.test(`readRequest() refuses ${what}`, () => assert.rejects(ask(said), { message }));
}
