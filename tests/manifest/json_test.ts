import assert from "node:assert/strict";
import { findNotJson } from "../../src/manifest/json.ts";

Deno.test("findNotJson() finds nothing in what JSON holds", () => {
  const shared = { a: 1 };
  assert.deepEqual(findNotJson([null, true, 0, -0, 1e308, "", "\u{1f600}", [], {}, shared, shared]), []);
  assert.deepEqual(findNotJson(Object.create(null)), []);
});

Deno.test("findNotJson() finds everything else with its path", () => {
  const day = new Date(0), bytes = new Uint8Array(1), nothing = () => {};
  const value = {
    a: [NaN, Infinity],
    b: undefined,
    c: 1n,
    d: nothing,
    e: day,
    f: bytes,
    g: "\ud800",
    h: new Map(),
  };
  assert.deepEqual(findNotJson(value), [
    { path: ["a", 0], value: NaN },
    { path: ["a", 1], value: Infinity },
    { path: ["b"], value: undefined },
    { path: ["c"], value: 1n },
    { path: ["d"], value: nothing },
    { path: ["e"], value: day },
    { path: ["f"], value: bytes },
    { path: ["g"], value: "\ud800" },
    { path: ["h"], value: new Map() },
  ]);
});

Deno.test("findNotJson() finds the holes of a list, a broken key and a circle", () => {
  assert.deepEqual(findNotJson([1, , 2]), [{ path: [1], value: undefined }]);
  assert.deepEqual(findNotJson({ "\udc00": 1 }), [{ path: ["\udc00"], value: "\udc00" }]);
  const circle: { self?: unknown } = {};
  circle.self = [circle];
  assert.deepEqual(findNotJson(circle), [{ path: ["self", 0], value: circle }]);
});
