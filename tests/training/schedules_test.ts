import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compileStep } from "../../src/onnx/programs/step.ts";
import { fit } from "../../src/training/fit.ts";
import { sgd } from "../../src/training/optimizers/sgd.ts";
import { scheduleFactor, scheduleSchema } from "../../src/training/schedules.ts";
import { pretextFitSchema, transferFitSchema } from "../../src/training/schema.ts";

const factors = (schedule: unknown, steps: number, at: number[]) =>
  at.map((step) => scheduleFactor(scheduleSchema.parse(schedule), { step, steps }));

function assertClose(actual: number[], expected: number[]): void {
  actual.forEach((value, index) => assert.ok(Math.abs(value - expected[index]) < 1e-12, `${actual}`));
}

Deno.test("the constant schedule is 1 after its warm-up", () => {
  assertClose(factors({ kind: "constant" }, 10, [0, 9]), [1, 1]);
  assertClose(factors({ kind: "constant", warmupSteps: 5 }, 10, [0, 1, 4, 5]), [0.2, 0.4, 1, 1]);
});

Deno.test("the exponential schedule falls to 0.9 every 10,000 steps by default", () => {
  assertClose(factors({ kind: "exponential" }, 1, [0, 9_999, 10_000, 29_999]), [1, 1, 0.9, 0.81]);
});

Deno.test("the step schedule falls at each of its milestones", () => {
  // torch.optim.lr_scheduler.MultiStepLR with milestones 3 and 5 and gamma 0.1 gives these before steps 0, 2, 3, 4, 5 and 9.
  assertClose(factors({ kind: "step", milestones: [3, 5] }, 10, [0, 2, 3, 4, 5, 9]), [
    1,
    1,
    0.1,
    0.1,
    0.01,
    0.01,
  ]);
  assertClose(factors({ kind: "step", milestones: [3], factor: 0.5, warmupSteps: 4 }, 10, [0, 2, 3]), [
    0.25,
    0.75,
    0.5,
  ]);
});

Deno.test("the step schedule needs milestones that rise", () => {
  const accepts = (milestones: number[]) => scheduleSchema.safeParse({ kind: "step", milestones }).success;
  assert.deepEqual([[1, 2], [], [2, 2], [3, 2], [0], [1.5]].map(accepts), [
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

Deno.test("the cosine schedule falls from 1 to its floor", () => {
  assertClose(factors({ kind: "cosine" }, 8, [0, 2, 4, 8]), [1, (1 + Math.SQRT1_2) / 2, 0.5, 0]);
  // Warm-up over the first two of ten steps; then eight steps from 1 to 0.2.
  assertClose(factors({ kind: "cosine", floor: 0.2, warmupSteps: 2 }, 10, [0, 1, 2, 6, 10]), [
    0.5,
    1,
    1,
    0.6,
    0.2,
  ]);
});

Deno.test("the schemas of fit have the published pretext and the fair transfer as defaults", () => {
  const adam = { kind: "adam", learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  assert.deepEqual(pretextFitSchema.parse({}), {
    epochs: 30,
    batch: 128,
    optimizer: adam,
    schedule: { kind: "exponential", factor: 0.9, everySteps: 10_000, warmupSteps: 0 },
  });
  assert.deepEqual(transferFitSchema.parse({}), {
    batch: 32,
    minSteps: 500,
    maxEpochs: 100,
    patience: 10,
    optimizer: adam,
    schedule: { kind: "constant", warmupSteps: 0 },
  });
  assert.equal(transferFitSchema.safeParse({ epochs: 3 }).success, false);
});

Deno.test("one compiled step follows every schedule", async () => {
  const weight = tf.variable(tf.scalar(0));
  const step = await compileStep({
    loss: (_, weights) => tf.mul(tf.sum(weights), weight) as tf.Scalar,
    variables: [weight],
    optimizer: sgd({ momentum: 0 }),
    inputs: {},
    batch: 1,
    microBatch: 1,
  });
  const steps = 4;
  // With a gradient of 1, the weight falls by the sum of the rates.
  for (
    const [given, sum] of [
      [{ kind: "constant" }, 4],
      [{ kind: "constant", warmupSteps: 4 }, 2.5],
      [{ kind: "exponential", factor: 0.5, everySteps: 1 }, 1.875],
      [{ kind: "step", milestones: [1, 3], factor: 0.5 }, 2.25],
      [{ kind: "cosine" }, 2.5],
    ] as const
  ) {
    const schedule = scheduleSchema.parse(given);
    tf.tidy(() => weight.assign(tf.scalar(0)));
    await fit({
      step,
      steps,
      stepsPerEpoch: steps,
      every: steps,
      rows: () => ({ inputs: {}, weights: Float32Array.of(1) }),
      learningRate: (index) => 0.1 * scheduleFactor(schedule, { step: index, steps }),
    });
    assertClose([Math.round(weight.dataSync()[0] * 1e5) / 1e5], [-sum / 10]);
  }
  await step.dispose();
});
