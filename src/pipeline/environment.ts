/**
 * What a run ran on; recorded beside the results, and no part of any identity.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { arch, cpus, platform, release } from "node:os";
import { join } from "node:path";
import type { Provider } from "../onnx/runtime/providers.ts";
import { allPackages } from "./identity.ts";

/** The project's own folder. */
export const PROJECT = decodeURIComponent(new URL("../../", import.meta.url).pathname);

/** `environment.json`. */
export interface Environment {
  readonly deno: string;
  readonly v8: string;
  readonly typescript: string;
  readonly packages: Readonly<Record<string, string>>;
  /** SHA-256 of `deno.lock`. */
  readonly lock: string;
  readonly system: string;
  readonly cpu: string;
  readonly cores: number;
  /** Threads of one stage, workers side by side, and the provider that ONNX Runtime ran on. */
  readonly threads: number;
  readonly workers: number;
  readonly provider: Provider;
  /** Null outside a git checkout. */
  readonly git: { readonly commit: string; readonly dirty: boolean } | null;
}

/** Reads the environment of this process. */
export async function readEnvironment(
  { threads, workers, provider }: { threads: number; workers: number; provider: Provider },
): Promise<Environment> {
  return {
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    typescript: Deno.version.typescript,
    packages: allPackages(),
    lock: createHash("sha256").update(await Deno.readFile(join(PROJECT, "deno.lock"))).digest("hex"),
    system: `${platform()} ${release()} ${arch()}`,
    cpu: cpus()[0].model.trim(),
    cores: cpus().length,
    threads,
    workers,
    provider,
    git: await readGit(),
  };
}

async function readGit(): Promise<Environment["git"]> {
  const commit = await git("rev-parse", "HEAD");
  const changes = await git("status", "--porcelain");
  return commit === undefined || changes === undefined ? null : { commit, dirty: changes !== "" };
}

/** The output of a git command; undefined where git or a commit is missing. */
async function git(...args: string[]): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command("git", { args, cwd: PROJECT, stderr: "null" })
      .output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
