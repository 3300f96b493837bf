import assert from "node:assert/strict";
import {
  formatPath,
  getPath,
  hasPath,
  parsePath,
  parsePathPrefix,
  removePath,
  setPath,
  startsWith,
} from "../../src/manifest/paths.ts";
import { stream } from "../../src/random/stream.ts";

Deno.test("parsePath() reads keys, indexes and quoted keys", () => {
  assert.deepEqual(parsePath("pretext.transformations.noise.snrDb"), [
    "pretext",
    "transformations",
    "noise",
    "snrDb",
  ]);
  assert.deepEqual(parsePath("hypotheses[0].arm"), ["hypotheses", 0, "arm"]);
  assert.deepEqual(parsePath("layers[2][10]"), ["layers", 2, 10]);
  assert.deepEqual(parsePath('arms["a.b"].train'), ["arms", "a.b", "train"]);
  assert.deepEqual(parsePath('["a]\\"=b"][0]'), ['a]"=b', 0]);
  assert.deepEqual(parsePath("arms.random-frozen"), ["arms", "random-frozen"]);
});

Deno.test("parsePath() reads digits between dots as a key, not as an index", () => {
  assert.deepEqual(parsePath("subjects.201"), ["subjects", "201"]);
});

Deno.test("parsePath() gives the path of the whole for empty text", () => {
  assert.deepEqual(parsePath(""), []);
});

Deno.test("parsePath() throws SyntaxError that shows where reading ended", () => {
  for (const [text, rest] of [["a..b", "..b"], ["a.", "."], ["a[x]", "[x]"], ["a[0]b", "b"], ["a b", " b"]]) {
    assert.throws(() => parsePath(text), {
      name: "SyntaxError",
      message: `Cannot read the key path: it must be like fit.epochs, seeds[0] or arms["a.b"], ` +
        `got ${JSON.stringify(text)} (from ${JSON.stringify(rest)} on)`,
    });
  }
  assert.throws(() => parsePath(".a"), /got "\.a"$/);
  assert.throws(() => parsePath('["\\x"]'), SyntaxError);
});

Deno.test("parsePathPrefix() stops at an equals sign outside quotes", () => {
  assert.deepEqual(parsePathPrefix('a["b=c"].d=e=f'), { path: ["a", "b=c", "d"], rest: "=e=f" });
  assert.deepEqual(parsePathPrefix("=1"), { path: [], rest: "=1" });
});

Deno.test("formatPath() quotes the keys that need it", () => {
  assert.equal(formatPath([]), "");
  assert.equal(formatPath(["a", 0, 1, "b"]), "a[0][1].b");
  assert.equal(formatPath(["a.b", "c d", "", 'e"', "=", "[", "é"]), '["a.b"]["c d"][""]["e\\""]["="]["["].é');
});

Deno.test("formatPath() is read back by parsePath() for any keys", () => {
  const letters = [
    "a",
    "Z",
    "9",
    "-",
    "_",
    "/",
    ".",
    "[",
    "]",
    '"',
    "\\",
    "=",
    " ",
    "\n",
    "é",
    "\u{1f600}",
    "\u2028",
  ];
  const draw = stream(1, "keys");
  for (let round = 0; round < 500; round++) {
    const path = Array.from(
      { length: 1 + draw.integer(4) },
      () =>
        draw.uniform() < 0.3
          ? draw.integer(20)
          : Array.from({ length: draw.integer(5) }, () => letters[draw.integer(letters.length)]).join(""),
    );
    assert.deepEqual(parsePath(formatPath(path)), path);
  }
});

Deno.test("getPath() gives what lies at a path, or undefined", () => {
  const value = { a: [{ b: 1 }, null], "c.d": "text" };
  assert.equal(getPath(value, ["a", 0, "b"]), 1);
  assert.equal(getPath(value, ["a", 1]), null);
  assert.equal(getPath(value, ["c.d"]), "text");
  assert.equal(getPath(value, []), value);
  for (
    const path of [["a", 2], ["a", "0"], ["a", 1, "b"], ["c", "d"], ["c.d", "length"], ["toString"], [
      "__proto__",
    ]]
  ) {
    assert.equal(getPath(value, path), undefined);
  }
});

Deno.test("hasPath() counts null as something", () => {
  assert.ok(hasPath({ a: null }, ["a"]));
  assert.ok(!hasPath({ a: null }, ["b"]));
});

Deno.test("setPath() makes the maps on its way and leaves the input alone", () => {
  const value = { a: { b: 1 }, list: [{ x: 1 }, { x: 2 }] };
  const copy = structuredClone(value);
  assert.deepEqual(setPath(value, ["a", "c", "d"], { to: 2 }), { ...copy, a: { b: 1, c: { d: 2 } } });
  assert.deepEqual(setPath(value, ["list", 1, "x"], { to: 3 }), { ...copy, list: [{ x: 1 }, { x: 3 }] });
  assert.equal(setPath(value, [], { to: 5 }), 5);
  assert.deepEqual(value, copy);
});

Deno.test("setPath() makes a key of its own of __proto__", () => {
  const set = setPath({}, ["__proto__", "polluted"], { to: true });
  assert.deepEqual(Object.keys(set as object), ["__proto__"]);
  assert.equal(Object.getPrototypeOf(set), Object.prototype);
});

Deno.test("setPath() throws where the path leads through something else", () => {
  const value = { lead: "MLII", seeds: [1, 2], fit: {} };
  assert.throws(() => setPath(value, ["lead", "x"], { to: 1 }), {
    name: "TypeError",
    message: 'Cannot set the key: lead must be a map, got "MLII"',
  });
  assert.throws(() => setPath(value, ["seeds", "x"], { to: 1 }), {
    name: "TypeError",
    message: "Cannot set the key: seeds must be a map, got [1, 2]",
  });
  assert.throws(() => setPath(value, ["fit", 0], { to: 1 }), {
    name: "TypeError",
    message: "Cannot set the key: fit must be a list, got {}",
  });
  assert.throws(() => setPath(value, ["seeds", 2], { to: 1 }), {
    name: "RangeError",
    message: "Cannot set the key: seeds must be a list of more than 2, got [1, 2]",
  });
});

Deno.test("removePath() takes a key away and leaves the input alone", () => {
  const value = { a: { b: 1, c: 2 }, d: 3 };
  assert.deepEqual(removePath(value, ["a", "b"]), { a: { c: 2 }, d: 3 });
  assert.deepEqual(removePath(value, ["d"]), { a: { b: 1, c: 2 } });
  assert.deepEqual(value, { a: { b: 1, c: 2 }, d: 3 });
  assert.equal(removePath(value, ["a", "x"]), value);
  assert.equal(removePath(value, []), value);
});

Deno.test("startsWith() compares whole keys", () => {
  assert.ok(startsWith(["a", 0, "b"], ["a", 0]));
  assert.ok(startsWith(["a"], ["a"]));
  assert.ok(!startsWith(["ab"], ["a"]));
  assert.ok(!startsWith(["a"], ["a", "b"]));
  assert.ok(!startsWith(["a", "0"], ["a", 0]));
});
