import assert from "node:assert/strict";
import { joinNames, show } from "../../src/manifest/show.ts";

Deno.test("show() writes values as YAML would", () => {
  const shown: [unknown, string][] = [
    [undefined, "nothing"],
    [null, "null"],
    [true, "true"],
    ["yes", '"yes"'],
    [-0, "-0"],
    [1e-7, "1e-7"],
    [NaN, ".nan"],
    [-Infinity, "-.inf"],
    [12n, "the big integer 12"],
    [[1, "a", [null]], '[1, "a", [null]]'],
    [{ a: { b: [] }, c: {} }, "{a: {b: []}, c: {}}"],
    [new Date("2001-01-01T00:00:00Z"), "the date 2001-01-01"],
    [new Date("2001-01-01T10:20:30Z"), "the date 2001-01-01T10:20:30.000Z"],
    [new Map(), "a Map"],
    [() => 0, "a function"],
    [Symbol("s"), "a symbol"],
  ];
  for (const [value, text] of shown) assert.equal(show(value), text);
});

Deno.test("show() cuts after 60 characters and ends in a circle", () => {
  assert.equal(show("x".repeat(100)), `"${"x".repeat(56)}...`);
  assert.equal(show("x".repeat(100)).length, 60);
  const circle: unknown[] = [];
  circle.push(circle);
  assert.equal(show(circle), "[what holds itself]");
});

Deno.test("joinNames() puts the last word before the last name", () => {
  assert.equal(joinNames([]), "");
  assert.equal(joinNames(["a"]), "a");
  assert.equal(joinNames(["a", "b"]), "a or b");
  assert.equal(joinNames(["a", "b", "c"], { last: "and" }), "a, b and c");
});
