import assert from "node:assert/strict";
import { readScpCodes, recordFacts } from "../../../src/datasets/wfdb/ptb_xl.ts";
import { readDelimited } from "../../../src/formats/table/delimited.ts";
import { ptbXlTable } from "./write_known.ts";

const file = "ptbxl_database.csv";
const codes = (text: string) =>
  readScpCodes({ file, columns: ["scp_codes"], rows: [] }, { row: { row: 2, cells: [text] }, column: 0 });

Deno.test("readScpCodes() reads a Python dict of statements", () => {
  assert.deepEqual([...codes("{'NORM': 100.0, '3AVB': 0.0, 'LAO/LAE': 15.0}")], [
    ["NORM", 100],
    ["3AVB", 0],
    ["LAO/LAE", 15],
  ]);
  assert.deepEqual([...codes("{}")], []);
});

for (
  const text of [
    "",
    "{'NORM'}",
    "{'NORM': 101.0}",
    "{'NORM': exit()}",
    "['NORM']",
    "{'NORM': 1.0,}",
    "{NORM: 1.0}",
  ]
) {
  Deno.test(`readScpCodes() throws RangeError for ${JSON.stringify(text)}`, () => {
    assert.throws(
      () => codes(text),
      new RangeError(
        `${file}: Cannot read row 2: "scp_codes" must be a dict of statements and likelihoods from 0 to 100, got ${
          JSON.stringify(text)
        }`,
      ),
    );
  });
}

Deno.test("recordFacts() gives the records of both rates to their patient", () => {
  const facts = recordFacts(readDelimited(ptbXlTable([{ id: 7, patient: 11 }]), { file, delimiter: "," }));
  assert.deepEqual([...facts.keys()], ["00007_lr", "00007_hr"]);
  assert.equal(facts.get("00007_hr")?.subject, "11");
  assert.equal(facts.get("00007_hr")?.labels.superclass, null, "without the table of statements");
});

Deno.test("recordFacts() gives ages, null where there is none and for the 300 that stands for over 89", () => {
  const ages = ["56.0", "89", "300.0", "300", "", "nan"];
  const rows = ages.map((age, index) => ({ id: index + 1, patient: 1, age }));
  const facts = recordFacts(readDelimited(ptbXlTable(rows), { file, delimiter: "," }));
  const read = rows.map(({ id }) => facts.get(`0000${id}_hr`)?.labels.age);
  assert.deepEqual(read, [56, 89, null, null, null, null]);
});

const broken: [string, Parameters<typeof ptbXlTable>[0][number], RegExp][] = [
  [
    "a patient that is no whole number",
    { id: 1, patient: 1.5 },
    /"patient_id" must be a number/,
  ],
  [
    "an age that is none",
    { id: 1, patient: 1, age: "121.0" },
    /"age" must be a number from 0 to 120, got "121.0"$/,
  ],
  ["an age in words", { id: 1, patient: 1, age: "old" }, /"age" must be a number from 0 to 120, got "old"$/],
  ["a sex that is neither", { id: 1, patient: 1, sex: "2" }, /"sex" must be a number from 0 to 1, got "2"$/],
  [
    "a fold that is none",
    { id: 1, patient: 1, fold: 11 },
    /"strat_fold" must be a number from 1 to 10, got "11"$/,
  ],
];
for (const [what, row, message] of broken) {
  Deno.test(`recordFacts() throws RangeError with file and row for ${what}`, () => {
    const table = readDelimited(ptbXlTable([row]), { file, delimiter: "," });
    assert.throws(() => recordFacts(table), { name: "RangeError", message });
    assert.throws(() => recordFacts(table), { message: /^ptbxl_database\.csv: Cannot read row 3: / });
  });
}
