import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { type Lease, Store } from "../../src/pipeline/store.ts";
import { COMPUTED, keyOf } from "./keys.ts";
import { temporaryFolder } from "./temporary.ts";

const KEY = keyOf("heights"), STAGE = "labels", ID = "0".repeat(32);
const HOLDER = new URL("hold_lease.ts", import.meta.url).pathname;

async function take(store: Store): Promise<Lease> {
  const lease = await store.lease(STAGE, ID);
  assert.ok(lease !== undefined, "nobody else holds the lease");
  return lease;
}

async function store(files: Record<string, string>, root: string): Promise<Store> {
  const made = new Store(root), lease = await take(made);
  for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(join(lease.folder, name), text);
  await lease.commit(KEY, COMPUTED);
  return made;
}

/** Another process at the same lease; `says` is whether it got it. */
async function holder(root: string) {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-lock", HOLDER, root, STAGE, ID],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const reader = process.stdout.getReader();
  const { value } = await reader.read();
  const ended = async () => {
    await process.status;
    await reader.cancel();
  };
  return {
    says: new TextDecoder().decode(value),
    async end() {
      await process.stdin.close();
      await ended();
    },
    async kill() {
      process.kill("SIGKILL");
      await ended();
      await process.stdin.abort();
    },
  };
}

Deno.test("Store finds a committed stage with the size and SHA-256 of its files", async () => {
  await using folder = await temporaryFolder();
  const made = await store({ "labels.csv": "a,b\n", "empty.json": "" }, folder.path);
  const record = await made.find(STAGE, ID);
  assert.deepEqual(record, {
    ...KEY,
    id: ID,
    files: {
      "empty.json": { bytes: 0, sha256: createHash("sha256").update("").digest("hex") },
      "labels.csv": { bytes: 4, sha256: createHash("sha256").update("a,b\n").digest("hex") },
    },
    computed: COMPUTED,
  });
  assert.equal(await Deno.readTextFile(join(made.folder(STAGE, ID), "labels.csv")), "a,b\n");
});

Deno.test("Store finds nothing of a stage that was never, or not yet, committed", async () => {
  await using folder = await temporaryFolder();
  const made = new Store(folder.path);
  assert.equal(await made.find(STAGE, ID), undefined);
  const lease = await take(made);
  await Deno.writeTextFile(join(lease.folder, "labels.csv"), "half a file");
  assert.equal(await made.find(STAGE, ID), undefined);
  await lease.abandon();
  assert.equal(await made.find(STAGE, ID), undefined);
});

Deno.test("Store keeps a stage whole or not at all when its process is killed before the rename", async () => {
  await using folder = await temporaryFolder();
  const made = new Store(folder.path), other = await holder(folder.path);
  assert.equal(other.says, "taken");
  await other.kill();
  assert.equal(await made.find(STAGE, ID), undefined);
  const lease = await take(made);
  assert.deepEqual(await Array.fromAsync(Deno.readDir(lease.folder)), [], "nothing of the other process");
  assert.equal((await Array.fromAsync(Deno.readDir(join(folder.path, ".writing")))).length, 1);
  await lease.abandon();
});

Deno.test("Store.lease() refuses a second process, and gives the lease when the first one ends", async () => {
  await using folder = await temporaryFolder();
  const made = new Store(folder.path), first = await holder(folder.path);
  assert.equal(first.says, "taken");
  assert.equal(await made.lease(STAGE, ID), undefined);
  const second = await holder(folder.path);
  assert.equal(second.says, "refused");
  const free = await made.lease(STAGE, "1".repeat(32));
  assert.ok(free !== undefined, "another stage is free");
  await free.abandon();
  await Promise.all([first.end(), second.end()]);
  await (await take(made)).abandon();
});

Deno.test("Store.lease() refuses the same process until it commits or abandons", async () => {
  await using folder = await temporaryFolder();
  const made = new Store(folder.path), lease = await take(made);
  assert.equal(await made.lease(STAGE, ID), undefined);
  await lease.commit(KEY, COMPUTED);
  const again = await take(made);
  assert.notEqual(again.folder, lease.folder, "a worker that outlived its coordinator can't write here");
  await again.abandon();
});

Deno.test("Store gives a lease again at once, also while other processes are started", async () => {
  await using folder = await temporaryFolder();
  const made = new Store(folder.path);
  let isStarting = true;
  const starter = new Worker(new URL("start_processes.ts", import.meta.url));
  starter.on("exit", () => isStarting = false);
  while (isStarting) {
    await (await take(made)).abandon();
    // Lets the thread's end be heard of.
    await setTimeout(0);
  }
});

const DAMAGE: Record<string, (folder: string) => Promise<void>> = {
  "a file is missing": (folder) => Deno.remove(join(folder, "labels.csv")),
  "a file has another size": (folder) => Deno.writeTextFile(join(folder, "labels.csv"), "a,b\nc"),
  "its record was cut off": (folder) => Deno.truncate(join(folder, "stage.json"), 20),
  "its record is empty": (folder) => Deno.truncate(join(folder, "stage.json"), 0),
  "its record is missing": (folder) => Deno.remove(join(folder, "stage.json")),
};

for (const [what, damage] of Object.entries(DAMAGE)) {
  Deno.test(`Store finds nothing where ${what}, and takes the stage anew`, async () => {
    await using folder = await temporaryFolder();
    const made = await store({ "labels.csv": "a,b\n", "old.csv": "" }, folder.path);
    await damage(made.folder(STAGE, ID));
    assert.equal(await made.find(STAGE, ID), undefined);
    await store({ "labels.csv": "new" }, folder.path);
    assert.deepEqual(Object.keys((await made.find(STAGE, ID))?.files ?? {}), ["labels.csv"]);
    assert.deepEqual(
      (await Array.fromAsync(Deno.readDir(made.folder(STAGE, ID)))).map(({ name }) => name).sort(),
      ["labels.csv", "stage.json"],
    );
  });
}
