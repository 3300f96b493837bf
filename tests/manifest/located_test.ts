import assert from "node:assert/strict";
import { locateYaml, mergeLocated, placeOf, plainValue } from "../../src/manifest/located.ts";
import { formatProblem } from "../../src/manifest/problem.ts";

const valueOf = (text: string) => {
  const { root, problems } = locateYaml(text, { file: "a.yaml" });
  assert.deepEqual(problems, []);
  return plainValue(root);
};
const problemsOf = (text: string) => locateYaml(text, { file: "a.yaml" }).problems.map(formatProblem);

Deno.test("locateYaml() reads scalars by YAML 1.2 and keys as text", () => {
  const text = "201: yes\nnull: 0o17\n1.50: 1e-3\nday: 2001-01-01\ntime: 10:30\nbig: 1_000\nempty:\n";
  assert.deepEqual(valueOf(text), {
    "201": "yes",
    "null": 15,
    "1.50": 0.001,
    day: "2001-01-01",
    time: "10:30",
    big: "1_000",
    empty: null,
  });
});

Deno.test("locateYaml() counts lines and columns from 1, with CRLF and tabs in lines too", () => {
  const { root } = locateYaml("# c\r\na:\r\n  b: [1,\t2]\r\n", { file: "a.yaml" });
  assert.deepEqual(placeOf(root, ["a"]), { file: "a.yaml", line: 2, column: 1 });
  assert.deepEqual(placeOf(root, ["a", "b"]), { file: "a.yaml", line: 3, column: 3 });
  assert.deepEqual(placeOf(root, ["a", "b", 1]), { file: "a.yaml", line: 3, column: 10 });
  assert.equal(placeOf(root, ["a", "b", "1"]), undefined);
});

Deno.test("locateYaml() reports every error of broken YAML with its line, column and text", () => {
  assert.deepEqual(problemsOf("a: b: c\nd: [1, 2\ne: 'open\n"), [
    'a.yaml:1:4: Cannot read YAML: nested mappings are not allowed in compact mappings, got "a: b: c"',
    "a.yaml:3:1: Cannot read YAML: " +
    `flow sequence in block collection must be sufficiently indented and end with a ], got "e: 'open"`,
    "a.yaml:4:1: Cannot read YAML: missing closing 'quote, got the end of the text",
  ]);
  assert.deepEqual(problemsOf("a:\n\t- b\n"), [
    'a.yaml:2:1: Cannot read YAML: tabs are not allowed as indentation, got "- b"',
  ]);
  assert.match(problemsOf("a: 1\n---\nb: 2\n")[0], /^a\.yaml:2:1: Cannot read YAML: .*multiple documents/);
});

Deno.test("locateYaml() refuses keys said twice, at any depth, all at once", () => {
  assert.deepEqual(problemsOf("a: 1\nb: {c: 1, c: 2}\na: 2\nd:\n  - {201: 1, '201': 2}\n"), [
    'a.yaml:2:11: b.c: Cannot read YAML: a map must say a key once, got "c" again, first on line 2',
    'a.yaml:3:1: a: Cannot read YAML: a map must say a key once, got "a" again, first on line 1',
    'a.yaml:5:14: d[0].201: Cannot read YAML: a map must say a key once, got "201" again, first on line 5',
  ]);
});

Deno.test("locateYaml() refuses keys that aren't names", () => {
  assert.deepEqual(problemsOf("x: {__proto__: {a: 1}}\n"), [
    'a.yaml:1:5: x.__proto__: Cannot read YAML: a key must be a name of its own, got "__proto__"',
  ]);
  assert.match(problemsOf("? [a]\n: 1\n")[0], /^a\.yaml:1:3: Cannot read YAML: .*keys must be strings/);
});

Deno.test("locateYaml() refuses tags that have no meaning here", () => {
  assert.deepEqual(problemsOf("a: !foo 1\nb: !!timestamp 2001-01-01\n"), [
    'a.yaml:1:4: Cannot read YAML: unresolved tag: !foo, got "a: !foo 1"',
    'a.yaml:2:4: Cannot read YAML: unresolved tag: tag:yaml.org,2002:timestamp, got "b: !!timestamp 2001-01-01"',
  ]);
});

Deno.test("locateYaml() writes aliases out, with the places of the anchor", () => {
  const text = "fit: &fit\n  epochs: 3\nother: *fit\nlist: [*fit, &x 1, *x]\n";
  assert.deepEqual(valueOf(text), { fit: { epochs: 3 }, other: { epochs: 3 }, list: [{ epochs: 3 }, 1, 1] });
  const { root } = locateYaml(text, { file: "a.yaml" });
  assert.deepEqual(placeOf(root, ["other"]), { file: "a.yaml", line: 3, column: 1 });
  assert.deepEqual(placeOf(root, ["other", "epochs"]), { file: "a.yaml", line: 2, column: 3 });
});

Deno.test("locateYaml() gives an alias what its anchor stood for when it was read", () => {
  assert.deepEqual(valueOf("a: &y 1\nb: &x [*y]\nc: &y 2\nd: *x\ne: *y\n"), {
    a: 1,
    b: [1],
    c: 2,
    d: [1],
    e: 2,
  });
});

Deno.test("locateYaml() merges << below the keys of its map", () => {
  const text = "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc: {<<: *a, y: 9}\nd: {<<: [*a, *b]}\n";
  const value = valueOf(text) as Record<string, unknown>;
  assert.deepEqual(value.c, { x: 1, y: 9 });
  assert.deepEqual(value.d, { x: 1, y: 2, z: 4 });
  assert.deepEqual(problemsOf("c: {<<: 3}\n"), [
    "a.yaml:1:5: c.<<: Cannot read YAML: << must lead to a map or a list of maps, got a scalar",
  ]);
});

Deno.test("locateYaml() refuses aliases without an anchor and inside their own", () => {
  assert.deepEqual(problemsOf("a: *x\nd: &d [*d]\n"), [
    "a.yaml:1:4: a: Cannot read YAML: an alias must follow its anchor, got *x without &x before it",
    "a.yaml:2:8: d[0]: Cannot read YAML: an alias must stand outside its anchor, got *d within &d",
  ]);
});

Deno.test("locateYaml() refuses aliases that stand for billions of values", () => {
  const lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"];
  for (let level = 1; level < 40; level++) {
    lines.push(`a${level}: &a${level} [${Array(10).fill(`*a${level - 1}`).join(", ")}]`);
  }
  const [problem, ...others] = problemsOf(lines.join("\n"));
  assert.deepEqual(others, []);
  assert.match(
    problem,
    /^a\.yaml:1:1: Cannot read YAML: it must hold at most 10000 values once aliases are written out/,
  );
});

Deno.test("locateYaml() refuses nesting too deep to read, rather than overflow", () => {
  assert.ok(problemsOf("[".repeat(20_000)).length > 0);
});

Deno.test("mergeLocated() merges maps deeply and takes away what is null", () => {
  const tree = (text: string) => locateYaml(text, { file: "x.yaml" }).root;
  const merged = mergeLocated(
    tree("a: {b: 1, c: {d: 2}}\ne: 3\n"),
    tree("a: {c: {d: null, f: 4}, b: [5]}\n"),
  );
  assert.deepEqual(plainValue(merged), { a: { b: [5], c: { f: 4 } }, e: 3 });
});
