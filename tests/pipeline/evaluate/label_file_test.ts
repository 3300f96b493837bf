import assert from "node:assert/strict";
import { labelsOf, readLabelFile } from "../../../src/pipeline/evaluate/label_file.ts";
import { placeAt } from "./places.ts";

const classes = ["calm", "stress"];
const read = (text: string) => readLabelFile(text, { path: "l.csv", classes });

const A = placeAt("db/a/1/rest", 0), B = placeAt("db/b/1/rest", 0), C = placeAt("db/b/1/exam", 4);
const places = [A, B, C];

Deno.test("labelsOf() gives windows the classes of their lines", () => {
  const file = read(`window,class,note\n${C.id},stress,x\n${A.id},calm,y\n`);
  assert.deepEqual(labelsOf(file, { places, refused: [] }), new Map([[A.id, 0], [C.id, 1]]));
});

Deno.test("labelsOf() gives all windows of a recording its class, by its id or the end of it", () => {
  const later = placeAt("db/b/1/exam", 8), all = [...places, later];
  for (const key of ["db/b/1/exam", "exam"]) {
    const file = read(`class,recording\nstress,${key}\n`);
    assert.deepEqual(labelsOf(file, { places: all, refused: [] }), new Map([[C.id, 1], [later.id, 1]]));
  }
});

Deno.test("labelsOf() lets labels be of windows that were left out", () => {
  const file = read(`window,class\n${A.id},calm\n${C.id},stress\n`);
  assert.deepEqual(labelsOf(file, { places: [A, B], refused: [C] }), new Map([[A.id, 0]]));
});

Deno.test("labelsOf() refuses what is not there and what names several recordings, with its line", () => {
  const label = (text: string) => () => labelsOf(read(text), { places, refused: [] });
  assert.throws(label(`window,class\n\n${A.id},calm\ndb/a/1/rest@4+4,calm\n`), {
    name: "RangeError",
    message:
      `l.csv:4: Cannot label a window: it must name a window of the data, such as ${A.id}, got db/a/1/rest@4+4`,
  });
  assert.throws(label("recording,class\nrest,calm\n"), {
    name: "RangeError",
    message: "l.csv:2: Cannot label a recording: it must name one of db/a/1/rest, db/b/1/rest, got rest",
  });
});

Deno.test("readLabelFile() refuses a class that the model does not know, with its line", () => {
  assert.throws(() => read("recording,class\nrest,calm\nexam,stres\n"), {
    name: "RangeError",
    message: /^l\.csv:3: Cannot find the class of the model: .*got "stres"; did you mean "stress"\?$/,
  });
});

Deno.test("readLabelFile() refuses a key that comes twice", () => {
  assert.throws(() => read("recording,class\nrest,calm\nrest,calm\n"), {
    name: "RangeError",
    message: "l.csv:3: Cannot read labels: a recording must come once, got rest in line 2 too",
  });
});

Deno.test("readLabelFile() refuses what is no table of labels", () => {
  for (
    const text of ["", "window,class\n", "file,class\na,calm\n", "window,label\na,calm\n", 'window,class\n"a']
  ) {
    assert.throws(() => read(text), { name: "SyntaxError", message: /^l\.csv: Cannot read labels: / });
  }
});
