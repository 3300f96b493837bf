import assert from "node:assert/strict";
import { judge, shareOf } from "../../conformance/judge.ts";
import type { Outcome } from "../../conformance/run.ts";

function spec(name: string, went: Partial<Outcome> = {}): Outcome {
  return {
    file: "ops/relu_test",
    name,
    passed: true,
    messages: [],
    kernels: ["Relu"],
    milliseconds: 1,
    ...went,
  };
}

Deno.test("judge() counts specs that ran a kernel apart from those that ran none", () => {
  const outcomes = [
    spec("relu basic"),
    spec("relu throws", { kernels: [] }),
    spec("relu of NaN", { passed: false, kernels: [] }),
  ];
  const { all } = judge(outcomes, { listed: new Map([["relu: relu of NaN", "a reason"]]), whole: false });
  assert.deepEqual(all, { agree: 1, differ: 1, noKernel: 1 });
  assert.equal(shareOf(all), 0.5);
});

Deno.test("judge() finds nothing wrong when what fails is listed", () => {
  const outcomes = [spec("relu basic"), spec("relu of NaN", { passed: false })];
  const { problems } = judge(outcomes, {
    listed: new Map([["relu: relu of NaN", "a reason"]]),
    whole: false,
  });
  assert.deepEqual(problems, []);
});

Deno.test("judge() complains of a spec that fails and is not listed", () => {
  const { problems, unlisted } = judge([
    spec("relu basic", { passed: false, messages: ["1 is not 2\nmore"] }),
  ], {
    listed: new Map(),
    whole: false,
  });
  assert.deepEqual(problems, ["relu: relu basic: fails and is not listed: 1 is not 2"]);
  assert.deepEqual(unlisted.map(({ name }) => name), ["relu basic"]);
});

Deno.test("judge() complains of a listed spec that passes", () => {
  const { problems } = judge([spec("relu basic")], {
    listed: new Map([["relu: relu basic", "a reason"]]),
    whole: false,
  });
  assert.deepEqual(problems, ["relu: relu basic: is listed and passes: take it off the list"]);
});

Deno.test("judge() complains of a listed spec that does not exist only when all were run", () => {
  const listed = new Map([["relu: relu of old", "a reason"]]);
  assert.deepEqual(judge([spec("relu basic")], { listed, whole: false }).problems, []);
  assert.deepEqual(judge([spec("relu basic")], { listed, whole: true }).problems, [
    "relu: relu of old: is listed and does not exist: take it off the list",
  ]);
});

Deno.test("judge() complains when too few specs agree, listed or not", () => {
  const outcomes = Array.from(
    { length: 100 },
    (_, number) => spec(`relu ${number}`, { passed: number >= 3 }),
  );
  const listed = new Map([0, 1, 2].map((number) => [`relu: relu ${number}`, "a reason"]));
  assert.deepEqual(judge(outcomes, { listed, whole: true }).problems, [
    "of the specs of what networks are made of, 97.0% agree: at least 98.0% must",
  ]);
  const others = outcomes.map((outcome) => ({ ...outcome, file: "ops/einsum_test" }));
  const listedOthers = new Map([0, 1, 2].map((number) => [`einsum: relu ${number}`, "a reason"]));
  assert.deepEqual(judge(others, { listed: listedOthers, whole: true }).problems, []);
});
