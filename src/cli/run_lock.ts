/**
 * The lock of a run's folder: one process works on a run, and any number may look whether one does.
 *
 * @module
 */
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { unlock } from "../pipeline/store.ts";
import { UsageError } from "./exit.ts";

/** How long to leave the lock to those who look. */
const LOOK_MILLISECONDS = 10;

/**
 * Locks a run's folder until it is disposed; the lock goes when this process does.
 *
 * Throws UsageError when another process has locked it. One that only looks is waited for.
 */
export async function lockRun(folder: string, { name }: { name: string }): Promise<AsyncDisposable> {
  const lock = await openLock(folder);
  while (!await lock.tryLock(true)) {
    if (await isExclusive(lock)) {
      lock.close();
      throw new UsageError(`Cannot run ${name}: no other process may be running it, got one that is`);
    }
    await setTimeout(LOOK_MILLISECONDS);
  }
  return { [Symbol.asyncDispose]: () => unlock(lock) };
}

/** Whether a process is at a run: it holds the lock of the run's folder. */
export async function isRunning(folder: string): Promise<boolean> {
  using lock = await openLock(folder);
  return await isExclusive(lock);
}

function openLock(folder: string): Promise<Deno.FsFile> {
  return Deno.open(join(folder, ".lock"), { create: true, read: true, write: true });
}

/** Whether the lock is held by one who shares it with nobody; those who look share it. */
async function isExclusive(lock: Deno.FsFile): Promise<boolean> {
  if (!await lock.tryLock(false)) return true;
  await lock.unlock();
  return false;
}
