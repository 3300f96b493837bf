import assert from "node:assert/strict";
import { parse } from "yaml";
import { writeYaml } from "../../src/manifest/write.ts";

Deno.test("writeYaml() writes maps in blocks, lists of scalars in a row and nothing twice by anchor", () => {
  const fit = { epochs: 30, optimizer: { kind: "adam", learningRate: 0.001 } };
  const value = {
    question: "How many labels does it save?",
    pretext: { fit },
    transfer: { fit },
    sameSubject: [[201, 202]],
    hypotheses: [{ arm: "finetuned", against: "supervised", budget: 0.1 }],
    arms: { majority: {} },
    exclude: [],
    nothing: null,
  };
  assert.equal(
    writeYaml(value),
    `question: How many labels does it save?
pretext:
  fit:
    epochs: 30
    optimizer:
      kind: adam
      learningRate: 0.001
transfer:
  fit:
    epochs: 30
    optimizer:
      kind: adam
      learningRate: 0.001
sameSubject:
  - [201, 202]
hypotheses:
  - arm: finetuned
    against: supervised
    budget: 0.1
arms:
  majority: {}
exclude: []
nothing: null
`,
  );
});

Deno.test("writeYaml() quotes what YAML 1.2 or 1.1 would take for something else", () => {
  const texts = [
    "yes",
    "No",
    "on",
    "~",
    "null",
    "1e3",
    "0o17",
    "017",
    "1_000",
    "2001-01-01",
    "10:30",
    "",
    " a",
    "- a",
    "*x",
    "a: b",
    "#",
  ];
  for (const text of texts) {
    const written = writeYaml({ text });
    assert.match(written, /^text: ["']/, text);
    assert.deepEqual(parse(written), { text });
    assert.deepEqual(parse(written, { version: "1.1" }), { text });
  }
});

Deno.test("writeYaml() is read back as an equal value", () => {
  const value = {
    numbers: [0, -0, 1e-7, 1e21, 0.1, -5, 9007199254740991, 5e-324],
    text: "two\nlines\n\n",
    "a.b": { "201": true, "": "é\u{1f600}" },
    long: "word ".repeat(60),
    nested: [[1, [2, { a: [] }]], {}],
  };
  assert.deepEqual(parse(writeYaml(value)), value);
  assert.equal(writeYaml(parse(writeYaml(value))), writeYaml(value));
});

Deno.test("writeYaml() throws TypeError for what JSON can't hold", () => {
  assert.throws(() => writeYaml({ a: [undefined] }), {
    name: "TypeError",
    message: "Cannot write YAML: a[0] must be a JSON value, got nothing",
  });
  assert.throws(() => writeYaml({ a: NaN }), TypeError);
});
