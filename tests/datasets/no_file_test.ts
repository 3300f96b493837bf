/** Of every dataset: a folder or a link that leads nowhere, where a file must be, ends in one message that names it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { datasetIdentity, type DatasetKind, openDataset } from "../../src/datasets/table.ts";
import { npyBytes } from "../formats/npy_bytes.ts";
import { writePerson as writeCasePerson } from "./case/write_case.ts";
import { writeEdfFolder } from "./edf/write_folder.ts";
import { NO_FILE, NO_FILES } from "./no_file.ts";
import { writePopane } from "./popane/write_popane.ts";
import { SELF_REPORTS, SIGNALS as SWELL_SIGNALS, writeSwell } from "./swell/write_swell.ts";
import { writePerson as writeWesadPerson } from "./wesad/write_wesad.ts";
import { smallRecord, withDataFolder, writeDatabase } from "./wfdb/write_database.ts";
import { SIGNALS as YAAD_SIGNALS, TABLE as YAAD_TABLE, writeYaad } from "./yaad/write_yaad.ts";

interface Case {
  readonly kind: DatasetKind;
  readonly write: (folder: string) => Promise<unknown>;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The files that are replaced, in the dataset's folder. */
  readonly files: readonly string[];
}

async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(join(folder, name), bytes);
  }
}

const array = npyBytes("<f8", [2], Float64Array.of(1, 2));
const labelled = { labels: { mood: { values: ["calm"] } }, labelFile: "labels.csv" };
const labels = { "labels.csv": "subject,mood\na,calm\nb,calm\n" };
const anyMat = { "Data_Preprocessed_P01.mat": "", "Data_Preprocessed_P02.mat": "" };

const CASES: readonly Case[] = [
  {
    kind: "case",
    write: async (folder) => {
      await writeCasePerson(folder, "sub_1", { videos: [3], seconds: 1 });
      await writeCasePerson(folder, "sub_2", { videos: [3], seconds: 1 });
    },
    files: ["physiological", "annotations"].map((inside) => `data/interpolated/${inside}/sub_1.csv`),
  },
  {
    kind: "csv",
    write: (folder) => writeFiles(folder, { "a.csv": "ecg\n1\n", "b.csv": "ecg\n1\n", ...labels }),
    parameters: { file: "{subject}.csv", leads: { I: "ecg" }, sampleRateHz: 4, ...labelled },
    files: ["a.csv", "labels.csv"],
  },
  {
    kind: "npy",
    write: (folder) => writeFiles(folder, { "a.npy": array, "b.npy": array, ...labels }),
    parameters: { file: "{subject}.npy", leads: ["I"], sampleRateHz: 4, ...labelled },
    files: ["a.npy", "labels.csv"],
  },
  { kind: "edf", write: (folder) => writeEdfFolder(folder, { people: 2 }), files: ["p1_rest.edf"] },
  {
    kind: "wfdb",
    write: (folder) => writeDatabase(folder, [smallRecord("a"), smallRecord("b")]),
    files: ["a.hea", "RECORDS", "a.atr"],
  },
  { kind: "popane", write: writePopane, files: ["Threat/S1_P2_Threat.csv"] },
  { kind: "yaad", write: writeYaad, files: [`${YAAD_SIGNALS}/ECGdata_s1p1v1.dat`, YAAD_TABLE] },
  {
    kind: "wesad",
    write: async (folder) => {
      await writeWesadPerson(folder, "S2");
      await writeWesadPerson(folder, "S3");
    },
    files: ["S2/S2.pkl", "S2/S2_quest.csv"],
  },
  { kind: "dreamer", write: (folder) => writeFiles(folder, { "DREAMER.mat": "" }), files: ["DREAMER.mat"] },
  { kind: "amigos", write: (folder) => writeFiles(folder, anyMat), files: ["Data_Preprocessed_P01.mat"] },
  { kind: "swell", write: writeSwell, files: [`${SWELL_SIGNALS}/pp1_18-9-2012_c1.S00`, SELF_REPORTS] },
];

for (const { kind, write, parameters = {}, files } of CASES) {
  Deno.test(`${kind} names a folder or a dead link that has the name of a file`, () =>
    withDataFolder(async (dataFolder) => {
      const folder = join(dataFolder, "mine");
      await write(folder);
      for (const file of files) {
        const path = join(folder, file), beside = join(dataFolder, "moved away");
        const isThere = await Deno.stat(path).then(() => true, () => false);
        if (isThere) await Deno.rename(path, beside);
        for (const [put, got] of Object.entries(NO_FILES)) {
          await NO_FILE[put](path);
          const specification = { kind, path: "mine", ...parameters };
          const refusal = (error: Error) => {
            assert.ok(error instanceof RangeError, `${put} ${file}: ${error}`);
            assert.ok(error.message.startsWith(`${path}: Cannot `), error.message);
            assert.match(error.message, new RegExp(`^[^\n]*: [^:]* must [^:]*, got ${got}$`));
            return true;
          };
          await assert.rejects(datasetIdentity(specification, { dataFolder }), refusal);
          await assert.rejects(async () => {
            const { recordings } = await openDataset(specification, { dataFolder });
            for await (const { id } of recordings()) assert.ok(id);
          }, refusal);
          await Deno.remove(path);
        }
        if (isThere) await Deno.rename(beside, path);
      }
    }));
}
