import assert from "node:assert/strict";
import { bytesInMemory } from "../../../src/formats/bytes.ts";
import { asArray, asCell, asStruct, columnOf } from "../../../src/formats/mat/access.ts";
import { openMat } from "../../../src/formats/mat/open.ts";
import { plainFile } from "./tree.ts";
import { cells, columns, matBytes, type MatValue, NOTHING, row } from "./write_mat.ts";
import { mat73Bytes } from "./write_mat73.ts";

const VARIABLES: Record<string, MatValue> = {
  VideoIDs: cells("10", "N1", ""),
  labels: cells(row(1, 2, 3), row(), NOTHING),
  matrix: columns([1, 2, 3], [4, NaN, 6]),
  nested: {
    fields: { Data: cells({ fields: { Age: "22", ECG: { fields: { baseline: cells(columns([7, 8])) } } } }) },
  },
};
const open = (bytes: Uint8Array) => openMat(bytesInMemory(bytes, { file: "a.mat" }));

Deno.test("openMat() reads version 7.3 as it reads version 5", async () => {
  using file = await open(await mat73Bytes(VARIABLES)), other = await open(matBytes(VARIABLES));
  assert.deepEqual([file.version, other.version], ["7.3", "5"]);
  assert.deepEqual(plainFile(file), plainFile(other));
});

Deno.test("openMat() gives columns of version 7.3 as MATLAB has them, and paths of references", async () => {
  using file = await open(await mat73Bytes(VARIABLES));
  const matrix = asArray(file.variable("matrix"), { shape: [3, 2] });
  assert.deepEqual(columnOf(matrix, { column: 1 }), Float64Array.of(4, NaN, 6));
  const person = asStruct(asCell(asStruct(file.variable("nested")).field("Data")).at(0));
  assert.equal(asStruct(person.field("ECG")).field("baseline").path, "nested.Data{1}.ECG.baseline");
  assert.throws(() => person.field("Agee"), {
    name: "RangeError",
    message:
      'a.mat: Cannot read nested.Data{1}: it must have the field Agee, got Age and ECG; did you mean "Age"?',
  });
});

Deno.test("openMat() frees what a file of version 7.3 took, and reads several at once", async () => {
  const bytes = await mat73Bytes({ x: row(1) }), others = await mat73Bytes({ x: row(2) });
  {
    using one = await open(bytes), two = await open(others);
    const values = [one, two].map((file) => [...asArray(file.variable("x")).numbers()]);
    assert.deepEqual(values, [[1], [2]]);
  }
  using again = await open(others);
  assert.deepEqual([...asArray(again.variable("x")).numbers()], [2]);
});
