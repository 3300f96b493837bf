import assert from "node:assert/strict";
import { isNewPerson, seenPeople } from "../../../src/pipeline/evaluate/seen_people.ts";
import { placeAt, rowOf } from "./places.ts";

const model = {
  training: { dataset: "mitdb", subjects: ["100", "101"] },
  pretraining: { dataset: "ludb", subjects: ["1"] },
  given: [],
};

Deno.test("seenPeople() finds people by their names in the dataset that the model saw", () => {
  const places = [
    "mitdb/101/1/101",
    "mitdb/1/1/1",
    "ludb/1/1/1",
    "ludb/100/1/100",
    "mitdb/100/1/100",
    "mitdb/101/1/x",
  ]
    .map((recording) => placeAt(recording, 0));
  assert.deepEqual(seenPeople(model, places), { training: ["100", "101"], pretraining: ["1"] });
  assert.deepEqual(places.map((place) => isNewPerson(model, place)), [
    false,
    true,
    false,
    true,
    false,
    false,
  ]);
});

Deno.test("seenPeople() knows a database by the name under which PhysioNet packs it", () => {
  const place = placeAt("mit-bih-arrhythmia-database-1.0.0/100/1/100", 0);
  assert.deepEqual(seenPeople(model, [place]).training, ["100"]);
});

Deno.test("isNewPerson() is false where the person is not known", () => {
  const place = rowOf("w.npy", 0);
  assert.equal(isNewPerson(model, place), false);
  assert.deepEqual(seenPeople(model, [place]), { training: [], pretraining: [] });
});
