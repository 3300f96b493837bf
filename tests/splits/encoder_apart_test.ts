import assert from "node:assert/strict";
import { certifyEncoder } from "../../src/splits/encoder_apart.ts";

/** A person of mitdb keeps their name; sel100 of qtdb is 100. */
function nameInTask(subject: string, { dataset }: { dataset: string }) {
  if (dataset === "qtdb") return subject.replace("sel", "");
  return dataset === "mitdb" ? subject : undefined;
}
const tested = new Map([["100", 1], ["101", 2], ["102", 2], ["103", 3], ["104", 3]]);

Deno.test("certifyEncoder() passes where nobody whom the encoder has seen is tested", () => {
  const saw = [{ dataset: "mitdb", subjects: ["200", "201"] }, { dataset: "ludb", subjects: ["100", "101"] }];
  assert.deepEqual(certifyEncoder({ saw, nameInTask, tested }), {
    name: "encoder-apart",
    outcome: "pass",
    evidence:
      "4 subjects of ludb, mitdb whom the given encoder has seen, none of whom is tested, by their names",
  });
});

Deno.test("certifyEncoder() fails with the first few who are tested, each once", () => {
  const saw = [
    { dataset: "mitdb", subjects: ["104", "103", "102", "200"] },
    { dataset: "mitdb", subjects: ["101", "102"] },
  ];
  const { outcome, evidence } = certifyEncoder({ saw, nameInTask, tested });
  assert.equal(outcome, "fail");
  assert.equal(
    evidence,
    "4 of 5 subjects whom the given encoder has seen are tested: 101 in fold 2; 102 in fold 2; 103 in fold 3; and 1 more",
  );
});

Deno.test("certifyEncoder() fails for a person who is tested under another name", () => {
  const saw = [{ dataset: "qtdb", subjects: ["sel100", "sel30"] }];
  const { outcome, evidence } = certifyEncoder({ saw, nameInTask, tested });
  assert.deepEqual([outcome, evidence], [
    "fail",
    "1 of 2 subjects whom the given encoder has seen is tested: 100 in fold 1",
  ]);
});

Deno.test("certifyEncoder() does not apply where the file does not say whom, and passes where it says nobody", () => {
  const unknown = certifyEncoder({ saw: null, nameInTask, tested });
  assert.equal(unknown.outcome, "not-applicable");
  assert.match(unknown.evidence, /does not say whom it has seen: tested people can't be excluded$/);
  const { outcome, evidence } = certifyEncoder({ saw: [], nameInTask, tested });
  assert.deepEqual([outcome, evidence], ["pass", "the given encoder has seen nobody, as its file says"]);
});
