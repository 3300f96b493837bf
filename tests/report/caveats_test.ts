import assert from "node:assert/strict";
import { caveats } from "../../src/report/caveats.ts";
import { exampleData } from "./example_data.ts";

const normalization = { scope: "window", transductive: false };
const exposure = {
  kind: "transductive",
  external: false,
  corpus: null,
  transductive: true,
  given: [],
  folds: [],
};

Deno.test("caveats() says nothing when training people are all that was seen", () => {
  assert.deepEqual(caveats({ normalization, exposure: null }), []);
  assert.deepEqual(caveats({ normalization, exposure: exampleData().exposure }), []);
});

Deno.test("caveats() says each thing that was seen beside training people", () => {
  const found = caveats({ normalization: { scope: "subject", transductive: true }, exposure });
  assert.deepEqual(found.map(({ label }) => label), ["Transductive", "Transductive"]);
  assert.match(found[0].text, /^Normalisation over scope subject is transductive/);
  assert.match(found[1].text, /^Pretraining \(transductive\) is transductive/);
  const external = { ...exposure, kind: "external", external: true, transductive: false, corpus: "ludb" };
  assert.deepEqual(caveats({ normalization, exposure: external }), [{
    label: "External",
    text:
      "Pretraining is external: encoders were pretrained on ludb alone, not on the dataset that is tested.",
  }]);
});
