/** Writes WFDB databases into temporary folders. */
import { dirname, join } from "node:path";
import { wfdbSchema } from "../../../src/datasets/wfdb/schema.ts";
import { wfdb } from "../../../src/datasets/wfdb/source.ts";
import type { Dataset, Recording } from "../../../src/datasets/dataset.ts";
import { recordFiles, type StoredRecord } from "../../formats/wfdb/write.ts";

/** Gives `use` a data folder that is gone afterwards. */
export async function withDataFolder(use: (dataFolder: string) => Promise<void>): Promise<void> {
  const dataFolder = await Deno.makeTempDir({ prefix: "einthoven-wfdb-" });
  try {
    await use(dataFolder);
  } finally {
    await Deno.remove(dataFolder, { recursive: true });
  }
}

/** Writes records into `folder`; a record lies where its name says, as in `p1/a`. */
export async function writeDatabase(folder: string, records: Iterable<StoredRecord>): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const record of records) {
    const parts = record.name.split("/"), name = parts.pop() ?? "";
    for (const [file, bytes] of recordFiles({ ...record, name })) {
      const path = join(folder, ...parts, file);
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeFile(path, bytes);
    }
  }
}

/** A record of one lead with a few samples; `more` replaces what it has. */
export function smallRecord(name: string, more: Partial<StoredRecord> = {}): StoredRecord {
  return { name, signals: [{ name: "MLII", samples: [200, -200, name.length] }], ...more };
}

/** Opens a database with what a manifest would say. */
export function open(parameters: Record<string, unknown>, dataFolder: string): Promise<Dataset> {
  return wfdb.open(wfdbSchema.parse({ path: "db", ...parameters }), { dataFolder });
}

export function identity(parameters: Record<string, unknown>, dataFolder: string): Promise<unknown> {
  return wfdb.identity(wfdbSchema.parse({ path: "db", ...parameters }), { dataFolder });
}

export async function recordingsOf(dataset: Dataset): Promise<Recording[]> {
  return await Array.fromAsync(dataset.recordings());
}
