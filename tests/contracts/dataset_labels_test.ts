/** What every dataset must declare of its labels: a name, and a unit and a range where it is a number. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type DatasetKind, DATASETS, openDataset } from "../../src/datasets/table.ts";
import type { LabelRange } from "../../src/formats/window_table.ts";
import { preprocessed, writeAmigos } from "../datasets/amigos/write_amigos.ts";
import { filesOf as beatFiles, regular, writeFiles } from "../datasets/beats/write_people.ts";
import { writePerson as writeCase, writeVideo } from "../datasets/case/write_case.ts";
import { dreamerBytes, writeDreamer } from "../datasets/dreamer/write_dreamer.ts";
import { writeEdfFolder } from "../datasets/edf/write_folder.ts";
import { filesOf as popaneFiles, writePopane } from "../datasets/popane/write_popane.ts";
import { writeSwell } from "../datasets/swell/write_swell.ts";
import { writePerson as writeWesad } from "../datasets/wesad/write_wesad.ts";
import { smallRecord, writeDatabase } from "../datasets/wfdb/write_database.ts";
import { writePtbXl } from "../datasets/wfdb/write_known.ts";
import { writeYaad } from "../datasets/yaad/write_yaad.ts";
import { npyBytes } from "../formats/npy_bytes.ts";
import { temporaryFolder } from "../pipeline/temporary.ts";

/** Data of a kind, and the numeric labels that they have, by name, with their units. */
interface Labelled {
  readonly parameters?: Record<string, unknown>;
  readonly write: (dataFolder: string) => Promise<unknown>;
  readonly units: Readonly<Record<string, string>>;
}

const all = (unit: string, ...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, unit]));
const AFFECT = all("points", "valence", "arousal");

/** Labels of a table of one's own are in the unit that the manifest says. */
const OWN = {
  path: "mine",
  labelFile: "labels.csv",
  labels: { condition: { values: ["rest", "stress"] }, arousal: { from: 1, to: 9, unit: "cm" } },
};

async function writeOwn(dataFolder: string, file: string, content: Uint8Array): Promise<void> {
  await Deno.mkdir(join(dataFolder, "mine"));
  await Deno.writeFile(join(dataFolder, "mine", file), content);
  const table = "subject,condition,arousal\np1,rest,2.5\n";
  await Deno.writeTextFile(join(dataFolder, "mine", "labels.csv"), table);
}

const CASES: Readonly<Record<DatasetKind, readonly Labelled[]>> = {
  amigos: [{
    write: (folder) =>
      writeAmigos(join(folder, "amigos"), {
        "Data_Preprocessed_P01.mat": preprocessed([{ id: "10", external: [[1, 0.5, -0.25]] }]),
      }),
    units: {
      ...all("points", "arousal", "valence", "dominance", "liking", "familiarity"),
      ...all("0 no, 1 yes", "neutral", "disgust", "happiness", "surprise", "anger", "fear", "sadness"),
      ...all("points", "externalValence", "externalArousal"),
    },
  }],
  beats: [{
    parameters: { path: "gudb", conditions: { rest: "sitting", stress: "maths" } },
    write: (folder) =>
      writeFiles(join(folder, "gudb"), beatFiles({ a: { rest: regular(1), stress: regular(0.7) } })),
    units: {},
  }],
  case: [
    { write: (folder) => writeCase(join(folder, "case"), "sub_1"), units: AFFECT },
    {
      parameters: { form: "epic", scenario: 1 },
      async write(folder) {
        for (const side of ["train", "test"] as const) {
          await writeVideo(join(folder, "case"), { subject: "sub_1", video: 3, side, scenario: 1 });
        }
      },
      units: AFFECT,
    },
  ],
  csv: [{
    parameters: { ...OWN, file: "{subject}.csv", leads: { ECG: "ecg" }, sampleRateHz: 4 },
    write: (folder) => writeOwn(folder, "p1.csv", new TextEncoder().encode("ecg\n1\n2\n")),
    units: { arousal: "cm" },
  }],
  dreamer: [{
    parameters: { parts: "both" },
    write: (folder) => writeDreamer(folder, dreamerBytes([{ clips: [{}, {}] }])),
    units: { ...all("points", "valence", "arousal", "dominance"), age: "years" },
  }],
  edf: [{
    parameters: { ...OWN, file: "{subject}_{stimulus}.edf" },
    write: (folder) => writeEdfFolder(join(folder, "mine"), { people: 1 }),
    units: { arousal: "cm" },
  }],
  npy: [{
    parameters: { ...OWN, file: "{subject}.npy", leads: ["ECG"], sampleRateHz: 4 },
    write: (folder) => writeOwn(folder, "p1.npy", npyBytes("<f8", [2], Float64Array.of(1, 2))),
    units: { arousal: "cm" },
  }],
  popane: [{
    parameters: { path: "popane" },
    write: (folder) => writePopane(join(folder, "popane"), popaneFiles([2])),
    units: { affect: "points" },
  }],
  swell: [{
    parameters: { path: "swell" },
    write: (folder) => writeSwell(join(folder, "swell")),
    units: {
      ...all("points", "valence", "arousal", "dominance", "stress"),
      "mental-effort": "cm",
      ...all("points", "mental-demand", "physical-demand", "temporal-demand"),
      ...all("points", "effort", "performance", "frustration"),
    },
  }],
  synthetic: [{
    parameters: { people: 2, seconds: 2 },
    write: () => Promise.resolve(),
    units: AFFECT,
  }],
  wesad: [{
    write: (folder) => writeWesad(join(folder, "WESAD"), "S2"),
    units: { ...AFFECT, ...all("points", "positive-affect", "negative-affect") },
  }],
  wfdb: [
    {
      parameters: { path: "mitdb" },
      write: (folder) =>
        writeDatabase(join(folder, "mitdb"), [smallRecord("100", { comments: ["69 M 1085 1629 x1"] })]),
      units: { age: "years" },
    },
    {
      parameters: { path: "ptb-xl" },
      write: (folder) => writePtbXl(join(folder, "ptb-xl"), [{ id: 1, patient: 7 }]),
      units: { age: "years", stratFold: "fold number" },
    },
  ],
  yaad: [{
    parameters: { path: "yaad" },
    write: (folder) => writeYaad(join(folder, "yaad")),
    units: all(
      "points",
      ...["happy", "sad", "fear", "anger", "neutral", "disgust", "surprised"],
      ...["valence", "arousal", "dominance"],
    ),
  }],
};

/** Where a label lacks its unit or range, or recordings hold what it can't be. */
function problemsOf(
  name: string,
  { range, values }: { range: LabelRange | undefined; values: readonly (number | string | null)[] },
): string[] {
  if (range === undefined) return [`${name} is not declared`];
  const known = values.filter((value) => value !== null);
  if (!("from" in range)) {
    const strange = known.filter((value) => typeof value === "number" || !range.values.includes(value));
    return strange.map((value) => `${name} is ${value}, none of its values`);
  }
  return [
    ...range.unit ? [] : [`${name} has no unit`],
    ...range.from < range.to ? [] : [`${name} has no range`],
    ...known.filter((value) => !(typeof value === "number" && value >= range.from && value <= range.to))
      .map((value) => `${name} is ${value}, out of its range`),
  ];
}

for (const kind of Object.keys(DATASETS) as DatasetKind[]) {
  Deno.test(`DATASETS.${kind} declares each label, with unit and range where it is a number`, async () => {
    for (const { parameters, write, units } of CASES[kind]) {
      await using folder = await temporaryFolder();
      await write(folder.path);
      const dataset = await openDataset({ kind, ...parameters }, { dataFolder: folder.path });
      const recordings = await Array.fromAsync(dataset.recordings());
      assert.ok(recordings.length > 0);
      const names = new Set([
        ...Object.keys(dataset.labels),
        ...recordings.flatMap(({ labels, tracks = {} }) => [...Object.keys(labels), ...Object.keys(tracks)]),
      ]);
      const problems = [...names].flatMap((name) => {
        const values = recordings.flatMap(({ labels, tracks = {} }) => [
          labels[name] ?? null,
          ...tracks[name]?.values.filter((value) => !Number.isNaN(value)) ?? [],
        ]);
        return problemsOf(name, { range: dataset.labels[name], values });
      });
      assert.deepEqual(problems, []);
      const declared = Object.entries(dataset.labels)
        .flatMap(([name, range]) => "from" in range ? [[name, range.unit]] : []);
      assert.deepEqual(Object.fromEntries(declared), units);
    }
  });
}

Deno.test("a label without a unit or a range, out of it or not declared is told apart from one that has both", () => {
  const of = (range: LabelRange | undefined, ...values: (number | string | null)[]) =>
    problemsOf("age", { range, values });
  assert.deepEqual(of({ from: 0, to: 120, unit: "years" }, 0, 120, null), []);
  assert.deepEqual(of({ from: 0, to: 120 }, 3), ["age has no unit"]);
  assert.deepEqual(of({ from: 1, to: 1, unit: "years" }), ["age has no range"]);
  assert.deepEqual(of({ from: 0, to: 120, unit: "years" }, 121, "old"), [
    "age is 121, out of its range",
    "age is old, out of its range",
  ]);
  assert.deepEqual(of({ values: ["old"] }, "young", 3, "old"), [
    "age is young, none of its values",
    "age is 3, none of its values",
  ]);
  assert.deepEqual(of(undefined, 3), ["age is not declared"]);
});
