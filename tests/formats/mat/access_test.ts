import assert from "node:assert/strict";
import { bytesInMemory } from "../../../src/formats/bytes.ts";
import { asArray, asCell, asNumber, asStruct, asText, columnOf } from "../../../src/formats/mat/access.ts";
import { DEEPEST } from "../../../src/formats/mat/element.ts";
import { openMat } from "../../../src/formats/mat/open.ts";
import { plain } from "./tree.ts";
import { cells, columns, matBytes, type MatValue, NOTHING, row } from "./write_mat.ts";

const open = (variables: Record<string, MatValue>) =>
  openMat(bytesInMemory(matBytes(variables), { file: "data.mat" }));

Deno.test("an element that is something else is named by its path, with what it must be and what it is", async () => {
  using file = await open({
    labels: cells(row(1), row(), columns([1, 2, 3])),
    person: { fields: { ECG: { fields: { baseline: cells(row(1, 2)) } } } },
  });
  const labels = asCell(file.variable("labels"));
  const shape = { shape: [1, 12] };
  assert.throws(() => asArray(labels.at(2), shape), {
    name: "TypeError",
    message: "data.mat: Cannot read labels{3}: it must be an array of 1 x 12 numbers, got 3 x 1 double",
  });
  assert.throws(() => asText(labels.at(0)), {
    message: "data.mat: Cannot read labels{1}: it must be a text, got 1 x 1 double",
  });
  assert.throws(
    () => asNumber(labels.at(1)),
    /Cannot read labels\{2\}: it must be one number, got 1 x 0 double/,
  );
  assert.throws(() => asStruct(labels), /Cannot read labels: it must be one struct, got 1 x 3 cell array/);
  const ecg = asStruct(asStruct(file.variable("person")).field("ECG"));
  assert.throws(() => asCell(asCell(ecg.field("baseline")).at(0)), {
    message: "data.mat: Cannot read person.ECG.baseline{1}: it must be a cell array, got 1 x 2 double",
  });
  assert.throws(() => asStruct(ecg, { fields: ["stimuli"] }), {
    name: "RangeError",
    message: "data.mat: Cannot read person.ECG: it must have the field stimuli, got baseline",
  });
  assert.throws(() => labels.at(3), /labels: what is asked for must be one of its 3 elements, got element 4/);
  assert.throws(() => file.variable("label"), {
    message:
      'data.mat: Cannot read the file: it must have the variable label, got labels and person; did you mean "labels"?',
  });
});

Deno.test("columnOf() reads the numbers of a column and no others", async () => {
  const bytes = matBytes({ x: columns([1, 2, 3], [4, NaN, 6], [7, 8, 9]) }, { compress: false });
  const inMemory = bytesInMemory(bytes, { file: "data.mat" }), reads: number[] = [];
  using file = await openMat({
    ...inMemory,
    read(offset, length) {
      reads.push(length);
      return inMemory.read(offset, length);
    },
  });
  const x = asArray(file.variable("x"), { shape: [null, 3] }), before = reads.length;
  assert.deepEqual(columnOf(x, { column: 1 }), Float64Array.of(4, NaN, 6));
  assert.deepEqual(reads.slice(before), [24]);
  assert.throws(() => columnOf(x, { column: 3 }), { name: "RangeError" });
});

Deno.test("asText() takes an empty array as no text, and a text of several rows as an error", async () => {
  using file = await open({ none: NOTHING, text: "N1" });
  assert.deepEqual([asText(file.variable("none")), asText(file.variable("text"))], ["", "N1"]);
});

Deno.test("openMat() refuses elements that are nested too deeply", async () => {
  let nested: MatValue = row(1);
  for (let level = 0; level <= DEEPEST; level++) nested = cells(nested);
  using file = await open({ nested });
  assert.throws(() => plain(file.variable("nested")), {
    name: "RangeError",
    message: /at most 64 levels deep, got more$/,
  });
});

Deno.test("openMat() refuses what is no MAT-file, by its first bytes", async () => {
  const read = (text: string) => openMat(bytesInMemory(new TextEncoder().encode(text), { file: "data.mat" }));
  await assert.rejects(read("Hello, I am no MAT-file"), {
    name: "SyntaxError",
    message: "data.mat: Cannot read byte 0: a MAT-file must begin, got the bytes 72 101 108 108 111 44 32 73",
  });
  await assert.rejects(read(""), /got an empty file$/);
});
