import assert from "node:assert/strict";
import { csvSchema } from "../../../src/datasets/csv/schema.ts";
import { edfSchema } from "../../../src/datasets/edf/schema.ts";
import { npySchema } from "../../../src/datasets/npy/schema.ts";

const SCHEMAS = { csv: csvSchema, edf: edfSchema, npy: npySchema };
const SAID = { path: "mine", leads: { ECG: "ecg" }, sampleRateHz: 100 };
/** What a manifest says of files beside their pattern, kind by kind. */
const OTHERS = { csv: SAID, edf: { path: "mine" }, npy: { path: "mine", sampleRateHz: 100 } };

/** The messages for a key, from a manifest of a kind. */
function refusals(kind: keyof typeof SCHEMAS, more: Record<string, unknown>, key: string): string[] {
  const { error } = SCHEMAS[kind].safeParse({ ...OTHERS[kind], file: "{subject}.x", ...more });
  return (error?.issues ?? []).filter(({ path }) => path[0] === key).map(({ message }) => message);
}

for (const kind of ["csv", "edf", "npy"] as const) {
  Deno.test(`a manifest's pattern of ${kind} files must tell the subject, and each place once`, () => {
    for (const file of ["{subject}.x", "{subject}/{session}_{stimulus}*.x"]) {
      assert.deepEqual(refusals(kind, { file }, "file"), [], file);
    }
    for (const file of ["{subjct}.x", "*.x", "{session}.x", "{subject}{subject}.x", "{subject}{}.x"]) {
      const [message, ...more] = refusals(kind, { file }, "file");
      assert.match(message, /^must have \{subject\}, and \{session\} and \{stimulus\} at most once/, file);
      assert.deepEqual(more, []);
    }
    const oneTable = refusals(kind, { file: "all.x" }, "file");
    assert.equal(oneTable.length, kind === "csv" ? 0 : 1, "one table is read of csv alone");
  });

  Deno.test(`a manifest's table of labels of ${kind} files lies in their folder, outside of which nothing is read`, () => {
    assert.deepEqual(refusals(kind, { labelFile: "tables/labels.csv" }, "labelFile"), []);
    for (const labelFile of ["../labels.csv", "a/../../labels.csv", "/labels.csv"]) {
      assert.deepEqual(
        refusals(kind, { labelFile }, "labelFile"),
        ["must be a path in the folder"],
        labelFile,
      );
    }
  });
}
