import assert from "node:assert/strict";
import { runStages } from "../../src/pipeline/coordinator.ts";
import { planCells, prepare } from "../../src/pipeline/run.ts";
import { encoderWork } from "../../src/models/work.ts";
import { finishedWork, type FoldsOf, plannedWork, workKind } from "../../src/pipeline/work.ts";
import { optionsIn } from "./fake_launcher.ts";
import { temporaryFolder } from "./temporary.ts";
import { openTiny } from "./tiny.ts";

Deno.test("the work of a stage is known before it runs, and again from its files", async () => {
  await using folder = await temporaryFolder();
  const run = optionsIn(folder.path);
  const { points } = openTiny();
  const prepared = await prepare(points, run);
  const { plan, cells } = planCells(prepared);
  const foldsOf: FoldsOf = () => prepared[0].folds;
  const { encoder } = points[0].manifest;
  const aWindow = encoderWork(encoder, 128) ?? NaN;
  assert.ok(aWindow > 0);

  const pretrain = plan.stages.find(({ stage }) => stage === "pretrain");
  assert.ok(pretrain);
  // Two epochs of the training windows, each with its two transformations.
  const rows = 2 * prepared[0].folds[0].train.length * 3;
  assert.deepEqual(plannedWork(pretrain, foldsOf), { least: rows * aWindow, most: rows * aWindow });
  assert.equal(plannedWork(pretrain, () => undefined), undefined);

  const whole = cells.find(({ cell }) => cell.arm === "supervised" && cell.point.budget === "all");
  const { fit } = whole?.stages ?? assert.fail();
  assert.equal(workKind(fit.key), "fit of encoders");
  // At least minSteps of 32 windows; at most two epochs of four fifths of the labels, which are no more than minSteps.
  const train = prepared[0].folds[0].train.length, epochs = 2 * Math.ceil(0.8 * train / 32);
  assert.deepEqual(plannedWork(fit, foldsOf), {
    least: 5 * 32 * aWindow,
    most: Math.max(5, epochs) * 32 * aWindow,
  });
  const head = cells.find(({ cell }) => cell.arm === "frozen")?.stages.fit ?? assert.fail();
  assert.equal(workKind(head.key), "fit without encoders");
  assert.equal(plannedWork(head, foldsOf), undefined);

  const inputs = plan.stages.filter((stage) => Object.values(fit.inputs).includes(stage));
  const outcomes = await runStages([...inputs, fit, pretrain], { ...run, dataFolder: folder.path });
  assert.ok([...outcomes.values()].every((error) => error === null));
  const finished = async ({ stage, id }: { stage: string; id: string }) => {
    const record = await run.store.record(stage, id);
    return finishedWork(record ?? assert.fail(), run.store);
  };
  const done = await finished(fit) ?? NaN, planned = plannedWork(fit, foldsOf);
  assert.ok(done >= (planned?.least ?? NaN) && done <= (planned?.most ?? NaN), `${done}`);
  // The last batch of an epoch is filled up, so that a finished pretraining counts whole batches.
  const steps = 2 * Math.ceil(prepared[0].folds[0].train.length / 32);
  const pretrained = await finished(pretrain) ?? NaN;
  assert.ok(pretrained <= steps * 32 * 3 * aWindow && pretrained >= (steps - 2) * 32 * 3 * aWindow);
});
