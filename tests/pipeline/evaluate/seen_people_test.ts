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

Deno.test("seenPeople() knows the people of the QT Database among those of the databases that it has excerpts of", () => {
  const places = ["qtdb/sel100/1/sel100", "qtdb/sel1/1/sel1", "qtdb/sel30/1/sel30"].map((recording) =>
    placeAt(recording, 0)
  );
  assert.deepEqual(seenPeople(model, places), { training: ["sel100"], pretraining: [] });
  assert.deepEqual(places.map((place) => isNewPerson(model, place)), [false, true, true]);
});

Deno.test("isNewPerson() is false where the person is not known", () => {
  const place = rowOf("w.npy", 0);
  assert.equal(isNewPerson(model, place), false);
  assert.deepEqual(seenPeople(model, [place]), { training: [], pretraining: [] });
});

Deno.test("seenPeople() counts those whom a given encoder saw, with labels or without", () => {
  const given = [
    { dataset: "mitdb", subjects: ["200"], labels: true },
    { dataset: "mitdb", subjects: ["201"], labels: false },
  ];
  const places = ["mitdb/200/1/200", "mitdb/201/1/201", "mitdb/202/1/202"].map((recording) =>
    placeAt(recording, 0)
  );
  assert.deepEqual(seenPeople({ ...model, given }, places), { training: ["200"], pretraining: ["201"] });
  assert.deepEqual(places.map((place) => isNewPerson({ ...model, given }, place)), [false, false, true]);
});
