import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import { caveats } from "../../src/report/caveats.ts";
import type { GivenEncoder } from "../../src/report/data.ts";
import { givenSentences, mayKnowLabels } from "../../src/report/given_encoder.ts";
import { renderReport } from "../../src/report/report.ts";
import { exampleData } from "./example_data.ts";

const parse = (text: string) => new DOMParser().parseFromString(text, "text/html");
const GIVEN: GivenEncoder = {
  file: "encoders/a.onnx",
  sha256: "0123456789abcdef",
  part: "an encoder alone",
  saw: [{ dataset: "mitdb", subjects: 43, labels: false }],
  remarks: ["Its windows were made otherwise than here: signal.highpass."],
};
const LABELLED = { dataset: "ludb", subjects: 1, labels: true };

Deno.test("givenSentences() says whom an encoder has seen, and what follows from labels or from silence", () => {
  const start = "Nothing was pretrained for arms that begin with encoders/a.onnx (SHA-256 0123456789ab)";
  assert.deepEqual(givenSentences(GIVEN), [
    `${start}: they take an encoder alone.`,
    "It has seen 43 subjects of mitdb without labels.",
    "Its windows were made otherwise than here: signal.highpass.",
  ]);
  const labelled = givenSentences({ ...GIVEN, saw: [...GIVEN.saw ?? [], LABELLED], remarks: [] });
  assert.match(labelled[1], /43 subjects of mitdb without labels and 1 subject of ludb with their labels\.$/);
  assert.match(labelled[2], /^It learned labels that no budget counts/);
  const unknown = givenSentences({ ...GIVEN, saw: null, remarks: [] });
  assert.deepEqual(unknown.slice(1), [
    "Its file does not say whom it has seen: whether tested people were among them can't be checked, nor whether it learned labels.",
  ]);
  assert.equal(givenSentences({ ...GIVEN, saw: [] })[1], "It has seen nobody, as the file says.");
});

Deno.test("mayKnowLabels() holds for an encoder that learned some, and for one that says nothing", () => {
  assert.deepEqual(
    [GIVEN, { saw: [LABELLED] }, { saw: null }, { saw: [] }].map(mayKnowLabels),
    [false, true, true, false],
  );
});

Deno.test("renderReport() says above the curve, beside the split and in place of pretext scores where an encoder comes from", () => {
  const data = exampleData();
  const exposure = {
    kind: "given",
    external: false,
    corpus: null,
    transductive: false,
    given: [GIVEN],
    folds: [],
  };
  const summary = { ...data.summary, pretext: [] };
  const { html, tables, figures } = renderReport({ ...data, summary, pretextHistories: [], exposure });
  assert.deepEqual(caveats({ ...data, exposure }).at(-1)?.label, "Given");
  const said = html.indexOf("Nothing was pretrained for arms that begin with");
  assert.ok(said > 0 && said < html.indexOf('<section id="curve"'));
  const text = (id: string) => parse(html).getElementById(id).textContent;
  assert.match(
    text("certificate"),
    /encoders\/a\.onnx \(SHA-256 0123456789ab\): 43 subjects of mitdb without labels/,
  );
  assert.match(text("pretext"), /Nothing was pretrained here: there are no pretext scores\./);
  assert.match(text("pretext"), /0123456789abcdef/);
  assert.ok(Object.keys(figures).every((name) => !name.startsWith("pretext")));
  assert.ok(tables["scores.tex"].includes("Nothing was pretrained for arms that begin with"));
});
