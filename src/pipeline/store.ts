/**
 * The store: one folder a stage, written aside and renamed into place, found again by the stage's identity.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { StageKey } from "./identity.ts";

/** What `stage.json` says of the files beside it. */
export interface StageRecord extends StageKey {
  readonly id: string;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
  /** No part of the identity: where and when it was computed. */
  readonly computed: {
    readonly at: string;
    readonly seconds: number;
    readonly machine: string;
    readonly lock: string;
  };
}

/** A stage that is being written by this process. */
export interface Lease {
  /** Where the files are to be written. */
  readonly folder: string;
  /** Hashes the files, writes `stage.json` and renames the folder into place. */
  commit(key: StageKey, computed: StageRecord["computed"]): Promise<StageRecord>;
  /** Throws the folder away. */
  abandon(): Promise<void>;
}

/** Finished stages under `root`, content-addressed. */
export class Store {
  constructor(readonly root: string) {}

  /** Where the files of a stage lie once it has run. */
  folder(stage: string, id: string): string {
    return join(this.root, stage, id);
  }

  /**
   * The record of a finished stage; undefined where it has not run, or where a file is missing or has another size
   * (whoever computes it again replaces such a folder).
   */
  async find(stage: string, id: string): Promise<StageRecord | undefined> {
    const folder = this.folder(stage, id);
    const record = await this.record(stage, id);
    if (record === undefined) return undefined;
    for (const [name, { bytes }] of Object.entries(record.files)) {
      if (await fileSize(join(folder, name)) !== bytes) return undefined;
    }
    return record;
  }

  /** What `stage.json` says, whatever has become of the files since; undefined where it can't be read. */
  async record(stage: string, id: string): Promise<StageRecord | undefined> {
    return await readRecord(this.folder(stage, id));
  }

  /** Takes the lease on a stage, or says undefined when another process holds it. The system frees it when that process dies. */
  async lease(stage: string, id: string): Promise<Lease | undefined> {
    const locks = join(this.root, ".locks");
    await Deno.mkdir(locks, { recursive: true });
    const lock = await Deno.open(join(locks, `${stage}-${id}`), { create: true, write: true });
    if (!await lock.tryLock(true)) {
      lock.close();
      return undefined;
    }
    const writing = join(this.root, ".writing"), name = `${stage}-${id}`;
    await Deno.mkdir(writing, { recursive: true });
    // With the lock held, whatever lies here was left by a process that died. Its worker may be a moment behind it, so the
    // new folder has a name of its own.
    for await (const { name: left } of Deno.readDir(writing)) {
      if (left.startsWith(name)) await removeIfThere(join(writing, left));
    }
    const folder = join(writing, `${name}-${crypto.randomUUID()}`);
    await Deno.mkdir(folder);
    return {
      folder,
      commit: async (key, computed) => {
        const files: Record<string, { bytes: number; sha256: string }> = {};
        for (const name of await fileNames(folder)) files[name] = await digest(join(folder, name));
        const record: StageRecord = { ...key, id, files, computed };
        await Deno.writeTextFile(join(folder, "stage.json"), JSON.stringify(record, null, 1) + "\n");
        const place = this.folder(stage, id);
        await Deno.mkdir(join(this.root, stage), { recursive: true });
        await removeIfThere(place);
        await Deno.rename(folder, place);
        await unlock(lock);
        return record;
      },
      abandon: async () => {
        await removeIfThere(folder);
        await unlock(lock);
      },
    };
  }
}

/** Frees a lock and closes its file. Closing alone is not enough: a process that is just being started has the file open too. */
export async function unlock(lock: Deno.FsFile): Promise<void> {
  await lock.unlock();
  lock.close();
}

async function readRecord(folder: string): Promise<StageRecord | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(join(folder, "stage.json")));
  } catch (error) {
    // A machine that lost its power can leave a record that was never written out.
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function fileSize(path: string): Promise<number | undefined> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The names of the files in a folder, in order. */
export async function fileNames(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) if (entry.isFile) names.push(entry.name);
  return names.sort();
}

/** The size of a file and its SHA-256 in hexadecimal digits; read in pieces. */
export async function digest(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  using file = await Deno.open(path);
  for await (const chunk of file.readable) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** Makes a folder that holds nothing: files of an earlier run would be taken for this one's. */
export async function emptyFolder(path: string): Promise<void> {
  await removeIfThere(path);
  await Deno.mkdir(path, { recursive: true });
}

/** Removes a folder or file; one that is not there is no error. */
export async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
