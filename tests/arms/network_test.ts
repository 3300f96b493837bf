import assert from "node:assert/strict";
import { transferSchema } from "../../src/arms/schema.ts";
import { fitNetwork } from "../../src/arms/network.ts";
import type { FitProgress } from "../../src/training/fit.ts";
import { positions, request } from "./rhythms.ts";

Deno.test("fitNetwork() takes at least minSteps, however few the labels", async () => {
  const asked = await request({ fit: { minSteps: 30, maxEpochs: 2, patience: 1 } });
  for (const role of [new Uint8Array(3), Uint8Array.of(0, 0, 1)]) {
    const labels = { rows: positions(0, 3), classes: Int32Array.of(0, 1, 0), role };
    const { summary } = await fitNetwork({ ...asked, labels }, { train: "all" });
    assert.ok(summary.steps >= 30, `${summary.steps}`);
    // Two or three labels are one step an epoch.
    assert.equal(summary.epochs, summary.steps);
  }
});

Deno.test("fitNetwork() without validation labels takes minSteps or maxEpochs, whichever is more", async () => {
  const steps = async (fit: Record<string, unknown>) => {
    const asked = await request({ fit, validation: false });
    const { summary, history } = await fitNetwork(asked, { train: "head" });
    assert.deepEqual([summary.stopped, summary.validationLoss], ["fixed", null]);
    assert.ok(history.every((line) => !("validationLoss" in line)));
    return summary.steps;
  };
  // 24 labels in batches of 8 are 3 steps an epoch.
  assert.equal(await steps({ minSteps: 10, maxEpochs: 2 }), 10);
  assert.equal(await steps({ minSteps: 10, maxEpochs: 5 }), 15);
});

Deno.test("fitNetwork() evaluates every epoch, or a twentieth of minSteps where that is longer", async () => {
  const evaluations = async (minSteps: number) => {
    const asked = await request({ fit: { minSteps, maxEpochs: 4, patience: 100 } });
    return (await fitNetwork(asked, { train: "head" })).history.map(({ step }) => step);
  };
  assert.deepEqual(await evaluations(1), [3, 6, 9, 12]);
  assert.deepEqual((await evaluations(200)).slice(0, 3), [10, 20, 30]);
});

Deno.test("fitNetwork() stops by patience, never before minSteps", async () => {
  // Labels that say nothing: validation soon gets worse.
  const asked = await request({ fit: { minSteps: 50, maxEpochs: 1000, patience: 2 } });
  const classes = asked.labels.classes.map((_, index) => index < 24 ? index % 3 === 0 ? 1 : 0 : index % 2);
  const { summary, history } = await fitNetwork(
    { ...asked, labels: { ...asked.labels, classes } },
    { train: "all" },
  );
  assert.deepEqual([summary.stopped, summary.converged], ["patience", true]);
  assert.ok(summary.steps > 50 && summary.steps < 3000, `${summary.steps}`);
  const lowest = Math.min(...history.map((line) => line.validationLoss));
  assert.equal(summary.validationLoss, lowest);
  assert.equal(summary.bestStep, history.find((line) => line.validationLoss === lowest)!.step);
});

Deno.test("fitNetwork() tells how far it is", async () => {
  const seen: FitProgress[] = [];
  const asked = await request({ fit: { minSteps: 4, maxEpochs: 1 } }, { progress: (at) => seen.push(at) });
  await fitNetwork(asked, { train: "head" });
  assert.deepEqual(seen.map(({ step, steps }) => [step, steps]), [[1, 4], [2, 4], [3, 4], [4, 4]]);
  assert.ok(seen[3].validation! > 0);
});

Deno.test("fitNetwork() weighs classes alike where the rule is balanced", async () => {
  // Three slow windows and 21 fast ones, before anything is learned: balanced, both classes share the loss alike.
  const asked = await request({
    head: [],
    fit: { minSteps: 1, maxEpochs: 1, batch: 24, optimizer: { kind: "sgd", learningRate: 1e-30 } },
    validation: false,
  });
  const classes = asked.labels.classes.map((_, index) => index < 3 ? 0 : 1);
  const loss = async (classWeights: "balanced" | "none", own: Int32Array) => {
    const transfer = { ...asked.transfer, classWeights };
    const labels = { ...asked.labels, classes: own };
    return (await fitNetwork({ ...asked, transfer, labels }, { train: "head" })).summary.trainLoss;
  };
  const only = async (rows: Int32Array, label: number) => {
    const labels = {
      rows,
      classes: new Int32Array(rows.length).fill(label),
      role: new Uint8Array(rows.length),
    };
    const { summary } = await fitNetwork({ ...asked, labels }, { train: "head" });
    return summary.trainLoss;
  };
  const slow = await only(positions(0, 3), 0), fast = await only(positions(3, 24), 1);
  assert.ok(Math.abs(await loss("balanced", classes) - (slow + fast) / 2) < 1e-5);
  assert.ok(Math.abs(await loss("none", classes) - (3 * slow + 21 * fast) / 24) < 1e-5);
});

Deno.test("fitNetwork() adds the L2 penalty on the hidden kernels of the head", async () => {
  const fit = { minSteps: 1, maxEpochs: 1, batch: 24, optimizer: { kind: "sgd", learningRate: 1e-30 } };
  const loss = async (l2: number) =>
    (await fitNetwork(await request({ l2, fit, validation: false }), { train: "all" })).summary.trainLoss;
  const [without, one, two] = [await loss(0), await loss(0.1), await loss(0.2)];
  assert.ok(one > without + 0.01);
  assert.ok(Math.abs((two - without) - 2 * (one - without)) < 1e-5);
});

Deno.test("the schema of transfer has the defaults of a fair comparison", () => {
  const { fit, ...rest } = transferSchema.parse({});
  assert.deepEqual(rest, { head: [64, 64], dropout: 0, l2: 0, classWeights: "balanced" });
  assert.deepEqual([fit.batch, fit.minSteps, fit.maxEpochs, fit.patience], [32, 500, 100, 10]);
});
