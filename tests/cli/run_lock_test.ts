import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { UsageError } from "../../src/cli/exit.ts";
import { isRunning, lockRun } from "../../src/cli/run_lock.ts";
import { temporaryFolder } from "../pipeline/temporary.ts";

Deno.test("lockRun() refuses a run that is locked, until that ends", async () => {
  await using folder = await temporaryFolder();
  const first = await lockRun(folder.path, { name: "mine" });
  assert.equal(await isRunning(folder.path), true);
  await assert.rejects(lockRun(folder.path, { name: "mine" }), (error) => {
    assert.ok(error instanceof UsageError);
    assert.equal(
      error.message,
      "Cannot run mine: no other process may be running it, got one that is",
    );
    return true;
  });
  await first[Symbol.asyncDispose]();
  assert.equal(await isRunning(folder.path), false);
  await (await lockRun(folder.path, { name: "mine" }))[Symbol.asyncDispose]();
});

Deno.test("lockRun() waits for one who only looks, who keeps nobody else from looking", async () => {
  await using folder = await temporaryFolder();
  using looking = await Deno.open(join(folder.path, ".lock"), { create: true, read: true, write: true });
  await looking.lock(false);
  assert.equal(await isRunning(folder.path), false);
  let isLocked = false;
  const locking = lockRun(folder.path, { name: "mine" }).finally(() => isLocked = true);
  await setTimeout(100);
  assert.equal(isLocked, false);
  await looking.unlock();
  await using _lock = await locking;
  assert.equal(await isRunning(folder.path), true);
});
