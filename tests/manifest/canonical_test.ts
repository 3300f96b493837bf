import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { canonicalJson, identity, sha256 } from "../../src/manifest/canonical.ts";
import { stream } from "../../src/random/stream.ts";

/** RFC 8785, appendix B: the bits of a double and how they are written. */
const RFC_NUMBERS: readonly [string, string][] = [
  ["0000000000000000", "0"],
  ["8000000000000000", "0"],
  ["0000000000000001", "5e-324"],
  ["8000000000000001", "-5e-324"],
  ["7fefffffffffffff", "1.7976931348623157e+308"],
  ["ffefffffffffffff", "-1.7976931348623157e+308"],
  ["4340000000000000", "9007199254740992"],
  ["c340000000000000", "-9007199254740992"],
  ["4430000000000000", "295147905179352830000"],
  ["44b52d02c7e14af5", "9.999999999999997e+22"],
  ["44b52d02c7e14af6", "1e+23"],
  ["44b52d02c7e14af7", "1.0000000000000001e+23"],
  ["444b1ae4d6e2ef4e", "999999999999999700000"],
  ["444b1ae4d6e2ef4f", "999999999999999900000"],
  ["444b1ae4d6e2ef50", "1e+21"],
  ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
  ["3eb0c6f7a0b5ed8d", "0.000001"],
  ["41b3de4355555553", "333333333.3333332"],
  ["41b3de4355555554", "333333333.33333325"],
  ["41b3de4355555555", "333333333.3333333"],
  ["41b3de4355555556", "333333333.3333334"],
  ["41b3de4355555557", "333333333.33333343"],
  ["becbf647612f3696", "-0.0000033333333333333333"],
  ["43143ff3c1cb0959", "1424953923781206.2"],
];

Deno.test("canonicalJson() writes the numbers of RFC 8785, appendix B", () => {
  for (const [bits, text] of RFC_NUMBERS) {
    const number = Buffer.from(bits, "hex").readDoubleBE();
    assert.equal(canonicalJson(number), text);
  }
});

Deno.test("canonicalJson() writes the example of RFC 8785, section 3.2.2", () => {
  const value = JSON.parse(String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`);
  assert.equal(
    canonicalJson(value),
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
      String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

Deno.test("canonicalJson() sorts keys as in RFC 8785, section 3.2.3", () => {
  const keys = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
  const sorted = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33"];
  const value = Object.fromEntries(keys.map((key) => [key, 0]));
  assert.equal(canonicalJson(value), `{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(",")}}`);
});

Deno.test("canonicalJson() is the same for any order of keys", () => {
  const draw = stream(1, "shuffled keys");
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      draw.shuffle(Object.entries(value)).map(([key, held]) => [key, shuffled(held)]),
    );
  };
  const random = (depth: number): unknown => {
    const kind = depth === 0 ? 0 : draw.integer(3);
    if (kind === 0) return draw.normal();
    const held = Array.from({ length: draw.integer(5) }, () => random(depth - 1));
    return kind === 1 ? held : Object.fromEntries(held.map((one) => [`k${draw.integer(1000)}`, one]));
  };
  for (let round = 0; round < 200; round++) {
    const value = random(4);
    const text = canonicalJson(value);
    assert.equal(canonicalJson(shuffled(value)), text);
    assert.deepEqual(JSON.parse(text), value);
  }
});

Deno.test("canonicalJson() throws TypeError for what JSON can't hold, with its place", () => {
  const refused: [unknown, string][] = [
    [undefined, "the value must be a JSON value, got nothing"],
    [{ a: { b: undefined } }, "a.b must be a JSON value, got nothing"],
    [{ a: [1, NaN] }, "a[1] must be a JSON value, got .nan"],
    [[-Infinity], "[0] must be a JSON value, got -.inf"],
    [{ load: () => 0 }, "load must be a JSON value, got a function"],
    [{ day: new Date(0) }, "day must be a JSON value, got the date 1970-01-01"],
    [{ x: new Float32Array(1) }, "x must be a JSON value, got a Float32Array"],
    [{ x: "\ud800" }, 'x must be a JSON value, got "\\ud800"'],
    [{ x: 1n }, "x must be a JSON value, got the big integer 1"],
  ];
  for (const [value, rule] of refused) {
    assert.throws(() => canonicalJson(value), {
      name: "TypeError",
      message: `Cannot write canonical JSON: ${rule}`,
    });
  }
});

// printf '{"a":1,"b":"é"}' | sha256sum
const DIGEST = "09ad9fd2fb648cb2f62141215828ea00a62c299db05d20aa9ade2f527a301cc6";

Deno.test("sha256() gives the digest of UTF-8 text and of bytes", () => {
  assert.equal(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert.equal(sha256('{"a":1,"b":"é"}'), DIGEST);
  assert.equal(sha256(new TextEncoder().encode('{"a":1,"b":"é"}')), DIGEST);
});

Deno.test("identity() is 32 digits of the hash of canonical JSON", () => {
  assert.equal(identity({ b: "é", a: 1.0 }), DIGEST.slice(0, 32));
  assert.notEqual(identity({ a: 1 }), identity({ a: "1" }));
  assert.throws(() => identity({ a: undefined }), TypeError);
});
