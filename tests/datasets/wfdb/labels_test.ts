import assert from "node:assert/strict";
import { labelRanges, readLabels } from "../../../src/datasets/wfdb/labels.ts";

const none = { age: null, sex: null, rhythm: null, diagnoses: null };

Deno.test("readLabels() reads the first comment of the MIT-BIH Arrhythmia Database", () => {
  assert.deepEqual(readLabels(["69 M 1085 1629 x1", "Aldomet, Inderal"]), { ...none, age: 69, sex: "M" });
  assert.deepEqual(readLabels(["-1 M 742 654 x1"]), { ...none, sex: "M" }, "-1 is unknown");
  assert.deepEqual(readLabels(["Aldomet", "69 M 1085"]), none, "only the first comment is read so");
});

Deno.test("readLabels() reads the comments of LUDB", () => {
  const comments = [
    "<age>: 51",
    "<sex>: F",
    "<diagnoses>:",
    "Rhythm: Atrial flutter, typical.",
    "Electric axis of the heart: left axis deviation.",
    "",
    "STEMI: anterior wall.",
  ];
  assert.deepEqual(readLabels(comments), {
    age: 51,
    sex: "F",
    rhythm: "Atrial flutter, typical",
    diagnoses: "Electric axis of the heart: left axis deviation; STEMI: anterior wall",
  });
  assert.deepEqual(readLabels(["<diagnoses>:"]), none);
});

Deno.test("readLabels() reads age and sex as other databases write them", () => {
  assert.deepEqual(readLabels(["Age: 62  Sex: M"]), { ...none, age: 62, sex: "M" });
  assert.deepEqual(readLabels(["age: 81", "sex: female"]), { ...none, age: 81, sex: "female" });
  assert.deepEqual(readLabels(["age: 300"]), none, "300 is withheld");
  assert.deepEqual(readLabels(["age: n/a", "average: 5", "the voltage: 3"]), none);
  assert.deepEqual(readLabels([]), none);
});

Deno.test("labelRanges() declares the labels that some record has, values in code-point order", () => {
  const labels = [{ ...none, sex: "m" }, { ...none, age: 5, sex: "M" }, { ...none, sex: "F" }, none];
  assert.deepEqual(labelRanges(labels), {
    age: { from: 0, to: 120, unit: "years" },
    sex: { values: ["F", "M", "m"] },
  });
  assert.deepEqual(labelRanges([none]), {});
});
