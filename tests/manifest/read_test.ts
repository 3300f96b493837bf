import assert from "node:assert/strict";
import { readManifest } from "../../src/manifest/read.ts";
import { linesOf, read } from "./files.ts";

Deno.test("readManifest() gives name, path and value", () => {
  const source = read({
    "experiments/mitdb.yaml": "# header\nseeds: [1, 2]\nfit: {epochs: 30, rate: 1e-3}\n",
  });
  assert.equal(source.name, "mitdb");
  assert.equal(source.path, "experiments/mitdb.yaml");
  assert.deepEqual(source.value, { seeds: [1, 2], fit: { epochs: 30, rate: 0.001 } });
});

Deno.test("readManifest() locates keys, items and, for what is missing, the nearest above", () => {
  const source = read({
    "a.yaml": [
      "# header",
      "seeds: [1, 22]",
      "fit:",
      "  epochs: 30",
      "hypotheses:",
      "  - {arm: frozen, against: supervised}",
      "  - arm: finetuned",
      '"a.b": {c: 1}',
    ].join("\n"),
  });
  const at = (line: number, column: number) => ({ file: "a.yaml", line, column });
  assert.deepEqual(source.locate([]), at(1, 1));
  assert.deepEqual(source.locate(["seeds"]), at(2, 1));
  assert.deepEqual(source.locate(["seeds", 0]), at(2, 9));
  assert.deepEqual(source.locate(["seeds", 1]), at(2, 12));
  assert.deepEqual(source.locate(["seeds", 7]), at(2, 1));
  assert.deepEqual(source.locate(["fit", "epochs"]), at(4, 3));
  assert.deepEqual(source.locate(["fit", "batch", "deep", 3]), at(3, 1));
  assert.deepEqual(source.locate(["hypotheses", 0, "against"]), at(6, 19));
  assert.deepEqual(source.locate(["hypotheses", 1]), at(7, 5));
  assert.deepEqual(source.locate(["hypotheses", 1, "arm"]), at(7, 5));
  assert.deepEqual(source.locate(["hypotheses", 1, "against"]), at(7, 5));
  assert.deepEqual(source.locate(["a.b", "c"]), at(8, 9));
  assert.deepEqual(source.locate(["nothing"]), at(1, 1));
});

Deno.test("readManifest() composes a chain of extends, each relative to the file that says it", () => {
  const source = read({
    "runs/small/c.yaml": "extends: ../b.yaml\nfit: {epochs: 3}\nseeds: [9]\nextra: null\n",
    "runs/b.yaml": "extends: base/a.yaml\nfit:\n  batch: 64\nextra: {x: 1}\nlead: null\nnew: null\n",
    "runs/base/a.yaml": "fit: {epochs: 30, rate: 0.1}\nseeds: [1, 2, 3]\nlead: MLII\nkept: yes\n",
  });
  assert.equal(source.name, "c");
  assert.deepEqual(source.value, {
    fit: { epochs: 3, rate: 0.1, batch: 64 },
    seeds: [9],
    kept: "yes",
    // Nothing below it to take away, so the schema judges it.
    new: null,
  });
  assert.deepEqual(source.locate(["fit", "epochs"]), { file: "runs/small/c.yaml", line: 2, column: 7 });
  assert.deepEqual(source.locate(["fit", "batch"]), { file: "runs/b.yaml", line: 3, column: 3 });
  assert.deepEqual(source.locate(["fit", "rate"]), { file: "runs/base/a.yaml", line: 1, column: 19 });
  assert.deepEqual(source.locate(["fit", "missing"]), { file: "runs/small/c.yaml", line: 2, column: 1 });
  assert.deepEqual(source.locate(["kept"]), { file: "runs/base/a.yaml", line: 4, column: 1 });
  assert.deepEqual(source.locate(["extra"]), { file: "runs/small/c.yaml", line: 1, column: 1 });
});

Deno.test("readManifest() extends a file by its absolute path", () => {
  const source = read({ "runs/a.yaml": "extends: /shared/b.yaml\n", "/shared/b.yaml": "x: 1\n" });
  assert.deepEqual(source.value, { x: 1 });
});

Deno.test("readManifest() replaces what changes between map, list and scalar", () => {
  const source = read({
    "b.yaml": "extends: a.yaml\nm: [1]\nl: {x: 1}\ns: {y: 2}\n",
    "a.yaml": "m: {x: 1}\nl: [1, 2]\ns: text\n",
  });
  assert.deepEqual(source.value, { m: [1], l: { x: 1 }, s: { y: 2 } });
});

Deno.test("readManifest() throws for extends that go in a circle, lead nowhere or are no text", () => {
  assert.deepEqual(
    linesOf(() => read({ "f.yaml": "extends: g.yaml\n", "g.yaml": "x: 1\nextends: ./f.yaml\n" })),
    [
      "g.yaml:2:1: extends: Cannot extend a manifest: the chain must end, got f.yaml -> g.yaml -> f.yaml",
    ],
  );
  assert.deepEqual(linesOf(() => read({ "./f.yaml": "extends: f.yaml\n" })), [
    "./f.yaml:1:1: extends: Cannot extend a manifest: the chain must end, got f.yaml -> f.yaml",
  ]);
  assert.deepEqual(linesOf(() => read({ "runs/f.yaml": "x: 1\nextends: g.yaml\n" })), [
    "runs/f.yaml:2:1: extends: Cannot extend a manifest: " +
    'its file must be there and readable, got "runs/g.yaml" (no such file)',
  ]);
  assert.deepEqual(linesOf(() => read({ "f.yaml": "extends: [g.yaml]\n" })), [
    'f.yaml:1:1: extends: Cannot extend a manifest: its file must be given as text, got ["g.yaml"]',
  ]);
});

Deno.test("readManifest() names a missing file in one line", () => {
  const readText = () => {
    throw new Error("no such file");
  };
  assert.deepEqual(linesOf(() => readManifest("experiments/nope.yaml", { readText })), [
    "experiments/nope.yaml: Cannot read the manifest: its file must be there and readable, got no such file",
  ]);
});

Deno.test("readManifest() takes an empty file for a map without keys, and refuses other values", () => {
  assert.deepEqual(read({ "a.yaml": "" }).value, {});
  assert.deepEqual(read({ "a.yaml": "# a comment alone\n" }).value, {});
  assert.deepEqual(linesOf(() => read({ "a.yaml": "- 1\n- 2\n" })), [
    "a.yaml:1:1: Cannot read the manifest: it must be a map of keys, got [1, 2]",
  ]);
});

Deno.test("readManifest() sets keys by path, later ones last, values in YAML", () => {
  const source = read({ "a.yaml": 'seeds: [1, 2]\nfit: {epochs: 30}\n"a.b": 1\n' }, [
    "fit.epochs=10",
    "fit.epochs=20",
    "seeds[1]=7",
    "pretext.fit.rate=1e-3",
    "encoder={kind: cnn, layers: [1, 2]}",
    '["a.b"]=x=y',
    "quoted='12'",
    "flag=true",
  ]);
  assert.deepEqual(source.value, {
    seeds: [1, 7],
    fit: { epochs: 20 },
    "a.b": "x=y",
    pretext: { fit: { rate: 0.001 } },
    encoder: { kind: "cnn", layers: [1, 2] },
    quoted: "12",
    flag: true,
  });
  assert.deepEqual(source.locate(["fit", "epochs"]), { override: "--set fit.epochs=20" });
  assert.deepEqual(source.locate(["fit"]), { file: "a.yaml", line: 2, column: 1 });
  assert.deepEqual(source.locate(["seeds", 1]), { override: "--set seeds[1]=7" });
  assert.deepEqual(source.locate(["seeds", 0]), { file: "a.yaml", line: 1, column: 9 });
  assert.deepEqual(source.locate(["encoder", "layers", 1]), {
    override: "--set encoder={kind: cnn, layers: [1, 2]}",
  });
  assert.deepEqual(source.locate(["pretext", "fit"]), { override: "--set pretext.fit.rate=1e-3" });
  assert.deepEqual(source.locate(["pretext", "missing"]), { override: "--set pretext.fit.rate=1e-3" });
});

Deno.test("readManifest() takes a key away that is set to null", () => {
  assert.deepEqual(read({ "a.yaml": "pretext: {a: 1, b: 2}\nx: 1\n" }, ["pretext.a=null", "x=null"]).value, {
    pretext: { b: 2 },
  });
  assert.deepEqual(read({ "a.yaml": "x: 1\n" }, ["y=null"]).value, { x: 1, y: null });
});

Deno.test("readManifest() sets over what is extended", () => {
  const source = read({ "b.yaml": "extends: a.yaml\n", "a.yaml": "fit: {epochs: 30, rate: 1}\n" }, [
    "fit.epochs=1",
  ]);
  assert.deepEqual(source.value, { fit: { epochs: 1, rate: 1 } });
});

Deno.test("readManifest() refuses every broken override at once", () => {
  const sets = ["x", "a..b=3", "seeds=", "fit=[1", "fit={a: 1, a: 2}", "=1"];
  assert.deepEqual(linesOf(() => read({ "a.yaml": "" }, sets)), [
    '--set =1: Cannot read the override: it must be like path.to.key=value, got "=1"',
    '--set a..b=3: Cannot read the override: it must be like path.to.key=value, got "a..b=3"',
    '--set fit=[1: Cannot read the override: flow sequence must end with a ], got "[1"',
    '--set fit={a: 1, a: 2}: Cannot read the override: a map must say a key once, got "a" again, first on line 1',
    '--set seeds=: Cannot read the override: a value must follow "=" (null takes the key away), got nothing',
    '--set x: Cannot read the override: it must be like path.to.key=value, got "x"',
  ]);
});

Deno.test("readManifest() refuses overrides that lead through other values", () => {
  const sets = ["lead.x=1", "seeds[2]=1", "seeds.first=1"];
  assert.deepEqual(linesOf(() => read({ "a.yaml": "lead: MLII\nseeds: [1, 2]\n" }, sets)), [
    '--set lead.x=1: lead.x: Cannot set the key: lead must be a map, got "MLII"',
    "--set seeds.first=1: seeds.first: Cannot set the key: seeds must be a map, got [1, 2]",
    "--set seeds[2]=1: seeds[2]: Cannot set the key: seeds must be a list of more than 2, got [1, 2]",
  ]);
});

Deno.test("readManifest() gives the problems of the files and of the overrides together", () => {
  const files = { "b.yaml": "extends: a.yaml\n", "a.yaml": "x: 1\nx: 2\n" };
  assert.deepEqual(linesOf(() => read(files, ["broken"])), [
    '--set broken: Cannot read the override: it must be like path.to.key=value, got "broken"',
    'a.yaml:2:1: x: Cannot read YAML: a map must say a key once, got "x" again, first on line 1',
  ]);
});
