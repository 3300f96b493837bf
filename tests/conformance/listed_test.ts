import assert from "node:assert/strict";
import { draftEntry, parseListed } from "../../conformance/listed.ts";

const OUTCOME = { passed: false, messages: ["no"], kernels: [], milliseconds: 1 };

Deno.test("parseListed() gives the reason of each spec", () => {
  const text = "- reason: rounds\n  specs:\n    relu: [a b, c]\n    losses/huber_loss: [d]\n";
  assert.deepEqual([...parseListed(text)], [
    ["relu: a b", "rounds"],
    ["relu: c", "rounds"],
    ["losses/huber_loss: d", "rounds"],
  ]);
  assert.deepEqual([...parseListed("[]")], []);
});

Deno.test("parseListed() refuses a spec that is named twice", () => {
  const text = "- {reason: one, specs: {relu: [a]}}\n- {reason: two, specs: {relu: [a]}}\n";
  assert.throws(() => parseListed(text), {
    name: "SyntaxError",
    message: /each must be named once, got twice "relu: a"/,
  });
});

Deno.test("parseListed() refuses the entry that draftEntry() writes until it has a reason", () => {
  const draft = draftEntry([{ ...OUTCOME, file: "ops/relu_test", name: "relu {} of 'NaN': no" }]);
  assert.throws(() => parseListed(draft), {
    name: "SyntaxError",
    message: /must say why these specs do not agree/,
  });
  const mended = draft.replace('reason: ""', "reason: because");
  assert.deepEqual([...parseListed(mended)], [["relu: relu {} of 'NaN': no", "because"]]);
});
