import assert from "node:assert/strict";
import { judge } from "../../conformance/judge.ts";
import { LISTED_FILE, parseListed } from "../../conformance/listed.ts";
import { runTests } from "../../conformance/run.ts";
import { opOf, testFiles } from "../../conformance/suite.ts";

/** A part of each area, and the optimizer that experiments use; `deno task conformance` runs all. */
const OPS = [
  "avg_pool",
  "batchnorm",
  "concat",
  "conv1d",
  "cumsum",
  "depthwise_conv2d",
  "gather",
  "gradients",
  "losses/softmax_cross_entropy",
  "mat_mul",
  "max",
  "max_pool",
  "one_hot",
  "optimizers/adam_optimizer",
  "relu",
  "softmax",
  "strided_slice",
  "topk",
  "where",
];

Deno.test("the onnx backend agrees with tfjs-core's own tests of what networks are made of", async () => {
  const files = (await testFiles()).filter((file) => OPS.includes(opOf(file)));
  assert.equal(files.length, OPS.length);
  const outcomes = await runTests(files, { backend: "onnx" });
  const listed = parseListed(await Deno.readTextFile(LISTED_FILE));
  const { byOp, problems } = judge(outcomes, { listed, whole: false });
  assert.deepEqual(problems, []);
  for (const op of OPS) assert.ok(byOp.get(op)!.agree > 0, `${op} must run a kernel of the backend`);
});
