import assert from "node:assert/strict";
import { givenEncoderFacts, givenEncoderOf, originOf } from "../../src/pipeline/encoder_origin.ts";

const origin = (metadata: Record<string, string>) =>
  originOf({ metadata, producer: "einthoven", left: [], format: "float32" }, { sha256: "ab" });
const saw = (metadata: Record<string, string>) => origin(metadata).saw;
const PRETRAINED = { pretrainingDataset: "mitdb", pretrainingSubjects: '["100","101"]' };
const TRAINED = { dataset: "ludb", trainingSubjects: '["1","2"]' };
const UNLABELLED = { dataset: "mitdb", subjects: ["100", "101"], labels: false, content: null };
const LABELLED = { dataset: "ludb", subjects: ["1", "2"], labels: true, content: null };

Deno.test("originOf() counts the labels of the arms that train the encoder, and of no other", () => {
  for (const arm of ["supervised", "supervised-augmented", "finetuned"]) {
    assert.deepEqual(saw({ ...PRETRAINED, ...TRAINED, arm }), [UNLABELLED, LABELLED], arm);
  }
  assert.deepEqual(saw({ ...PRETRAINED, ...TRAINED, arm: "frozen" }), [UNLABELLED]);
  const nobody = { pretrainingDataset: "", pretrainingSubjects: "[]" };
  assert.deepEqual(saw({ ...nobody, ...TRAINED, arm: "random-frozen" }), []);
  assert.deepEqual(saw({ ...nobody, ...TRAINED, arm: "supervised" }), [LABELLED]);
  // An arm that is not of this version may have learned labels.
  assert.deepEqual(saw({ ...nobody, ...TRAINED, arm: "of later days" }), [LABELLED]);
});

Deno.test("originOf() takes an encoder alone by what it says of pretraining, the content of the data too", () => {
  assert.deepEqual(saw({ ...PRETRAINED, pretrainingContent: "c0" }), [{ ...UNLABELLED, content: "c0" }]);
});

Deno.test("originOf() knows nobody's history where part of it is not said", () => {
  assert.equal(saw({}), null);
  assert.equal(saw({ pretrainingSubjects: '["100"]' }), null, "people of what dataset?");
  assert.equal(saw({ ...PRETRAINED, pretrainingSubjects: "25" }), null);
  assert.equal(saw({ ...PRETRAINED, pretrainingSubjects: "p1, p2" }), null);
  assert.equal(saw({ ...PRETRAINED, arm: "finetuned" }), null, "labels of whom?");
});

Deno.test("originOf() follows an encoder that was itself given, and what its arm learned since", () => {
  const given = origin({ ...PRETRAINED, pretrainingContent: "c0" }), facts = givenEncoderFacts(given);
  const first = { ...UNLABELLED, content: "c0" };
  assert.deepEqual(givenEncoderOf(facts), { sha256: "ab", saw: [first] });
  const later = { ...facts, ...TRAINED, pretrainingDataset: "mitdb", pretrainingSubjects: '["100","101"]' };
  assert.deepEqual(saw({ ...later, arm: "frozen" }), [first]);
  assert.deepEqual(saw({ ...later, arm: "finetuned" }), [first, LABELLED]);
  const unknown = givenEncoderFacts(origin({}));
  assert.equal(saw({ ...unknown, ...TRAINED, arm: "finetuned" }), null);
  assert.equal(givenEncoderOf({}), undefined);
});

Deno.test("originOf() leaves out a signal that it does not understand", () => {
  assert.equal(origin({ signal: "ECG" }).signal, null);
  assert.equal(origin({ signal: '{"resample": 64}' }).signal?.resample, 64);
});
