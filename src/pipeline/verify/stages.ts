/**
 * The files of a stage, as they were written, as they lie there now, and as they are computed again.
 *
 * @module
 */
import { join } from "node:path";
import { canonicalJson, sha256 } from "../../manifest/canonical.ts";
import type { PlannedStage } from "../plan.ts";
import { digest, fileNames, type Store } from "../store.ts";
import type { Difference } from "./difference.ts";

/** What the file beside the others is called. */
const RECORD = "stage.json";

/** How a stage compares. */
export interface StageComparison {
  readonly stage: PlannedStage;
  /** Files of both computations together. */
  readonly files: number;
  /** Those of which every byte is the same. */
  readonly same: number;
  readonly differences: readonly Difference[];
}

/**
 * Compares the set of files and the SHA-256 of each: of `stage.json`, of the bytes that lie beside it, and of those computed again.
 *
 * The stage must be in both stores.
 */
export async function compareStage(
  stage: PlannedStage,
  { store, again }: { store: Store; again: Store },
): Promise<StageComparison> {
  const folder = store.folder(stage.stage, stage.id);
  const [written, now] = await Promise.all([store, again].map((from) => from.record(stage.stage, stage.id)));
  if (written === undefined || now === undefined) {
    throw new RangeError(`Cannot compare a stage: both stores must hold it, got ${stage.stage}/${stage.id}`);
  }
  const lying = (await fileNames(folder)).filter((name) => name !== RECORD);
  const names = [...new Set([...Object.keys(written.files), ...lying, ...Object.keys(now.files)])].sort();
  const differences: Difference[] = [];
  for (const name of names) {
    const hashes = {
      [RECORD]: written.files[name]?.sha256 ?? null,
      "on disk": lying.includes(name) ? (await digest(join(folder, name))).sha256 : null,
      "computed again": now.files[name]?.sha256 ?? null,
    };
    const place = { file: join("store", stage.stage, stage.id, name), of: stage.label, hashes };
    const { [RECORD]: said, "on disk": lies, "computed again": comes } = hashes;
    if (lies !== said) {
      differences.push({ kind: "changed", ...place, detail: changeOf({ said, lies, comes }) });
    }
    // Where what lies there is what comes out again, it was the record that changed.
    if (comes !== said && comes !== lies) differences.push({ kind: "different", ...place, detail: "" });
  }
  const { id: _id, files: _files, computed: _computed, ...key } = written;
  if (canonicalJson(key) !== canonicalJson(stage.key)) {
    const [is, was] = [key, stage.key].map((value) => sha256(canonicalJson(value)));
    differences.push({
      kind: "changed",
      file: join("store", stage.stage, stage.id, RECORD),
      of: stage.label,
      hashes: { "says now": is, "said": was },
      detail: "it tells of another stage than its folder's name",
    });
  }
  const differing = new Set(differences.map(({ file }) => file));
  return { stage, files: names.length, same: names.length - differing.size, differences };
}

function changeOf(
  { said, lies, comes }: { said: string | null; lies: string | null; comes: string | null },
): string {
  if (lies === null) return "the file is gone";
  if (lies === comes) return `${RECORD} says otherwise`;
  return said === null ? "the file was added" : "";
}
