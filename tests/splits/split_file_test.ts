import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Check } from "../../src/splits/certificate.ts";
import { failedChecks, readSplit, sealSplit } from "../../src/splits/split_file.ts";

const folds = [{ train: ["a", "b"], validation: ["c"], test: ["d"] }];
const checks: Check[] = [
  { name: "subjects-apart", outcome: "pass", evidence: "4 subjects, none on two sides" },
  { name: "signals-apart", outcome: "fail", evidence: "1 signal on two sides" },
  { name: "flat-signals", outcome: "not-applicable", evidence: "no window is flat" },
];

Deno.test("sealSplit() hashes the canonical JSON of the folds alone", () => {
  const canonical = '[{"test":["d"],"train":["a","b"],"validation":["c"]}]';
  const expected = createHash("sha256").update(canonical).digest("hex").slice(0, 32);
  assert.deepEqual(sealSplit({ folds, checks }), { folds, checks, hash: expected });
  assert.equal(sealSplit({ folds, checks: [] }).hash, expected);
});

Deno.test("readSplit() gives back what was sealed", () => {
  const split = sealSplit({ folds, checks });
  assert.deepEqual(readSplit(JSON.stringify(split, null, 1)), split);
});

Deno.test("readSplit() throws RangeError when a window was moved", () => {
  const text = JSON.stringify(sealSplit({ folds, checks }));
  assert.throws(() => readSplit(text.replace('["a","b"]', '["a","d"]')), {
    name: "RangeError",
    message: /^Cannot use a split: the identity of its folds must be [0-9a-f]{32}, got [0-9a-f]{32}$/,
  });
});

Deno.test("readSplit() throws SyntaxError when the text is not JSON", () => {
  assert.throws(() => readSplit("{"), { name: "SyntaxError" });
});

Deno.test("failedChecks() gives the checks that failed", () => {
  assert.deepEqual(failedChecks({ checks }), [checks[1]]);
});
