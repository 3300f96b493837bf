import assert from "node:assert/strict";
import { certifyCorpus } from "../../src/splits/corpus.ts";

function window(
  recording: string,
  { hash, quality = "ok", subject = "a" }: { hash: string; quality?: string; subject?: string },
) {
  return {
    id: `${recording}@0+8`,
    recording,
    subject,
    session: "1",
    first: 0,
    length: 8,
    hash,
    quality,
  };
}

const nobody = () => undefined;

Deno.test("certifyCorpus() passes recordings of other names and other samples", () => {
  const check = certifyCorpus({
    nameInTask: nobody,
    corpus: [window("ludb/1/1/1", { hash: "aa" })],
    windows: [window("mitdb/1/1/1", { hash: "bb" })],
  });
  assert.deepEqual(check, {
    name: "corpus-apart",
    outcome: "pass",
    evidence: "1 recording of the corpus, none among those of the task",
  });
});

Deno.test("certifyCorpus() fails a recording of the task's, whatever its samples", () => {
  const check = certifyCorpus({
    nameInTask: nobody,
    corpus: [window("mitdb/1/1/1", { hash: "aa" })],
    windows: [window("mitdb/1/1/1", { hash: "bb" })],
  });
  assert.equal(check.outcome, "fail");
});

Deno.test("certifyCorpus() fails a copy under another name", () => {
  const check = certifyCorpus({
    nameInTask: nobody,
    corpus: ["a", "b", "c", "d"].map((name) => window(`copy/${name}/1/1`, { hash: name })),
    windows: ["a", "b", "c", "d"].map((name) => window(`mitdb/${name}/1/1`, { hash: name })),
  });
  assert.equal(check.outcome, "fail");
  assert.equal(
    check.evidence,
    "4 of 4 recordings of the corpus among those of the task: copy/a/1/1, copy/b/1/1, copy/c/1/1, ...",
  );
});

Deno.test("certifyCorpus() takes no flat window for a copy of another", () => {
  const check = certifyCorpus({
    nameInTask: nobody,
    corpus: [window("ludb/1/1/1", { hash: "00", quality: "flat" })],
    windows: [window("mitdb/1/1/1", { hash: "00", quality: "flat" })],
  });
  assert.equal(check.outcome, "pass");
});

Deno.test("certifyCorpus() fails a person of the task's under another name, whatever the recording", () => {
  const check = certifyCorpus({
    corpus: ["sel100", "sel103", "sel30"].map((subject) =>
      window(`qtdb/${subject}/1/r`, { hash: subject, subject })
    ),
    windows: ["100", "101", "103"].map((subject) =>
      window(`mitdb/${subject}/1/r`, { hash: `m${subject}`, subject })
    ),
    nameInTask: ({ subject }) => subject.replace("sel", ""),
  });
  assert.equal(check.outcome, "fail");
  assert.equal(
    check.evidence,
    "2 subjects of the corpus among those of the task: sel100 (100 there), sel103 (103 there)",
  );
});
