/**
 * The identity of a stage: a hash of all that can change its files.
 *
 * @module
 */
import config from "../../deno.json" with { type: "json" };
import { identity } from "../manifest/canonical.ts";

/** What a stage is, before it has run. */
export interface StageKey {
  readonly stage: string;
  /** Raised when the stage's files change for equal inputs. */
  readonly version: number;
  /** Its own part of the manifest, with every default. */
  readonly parameters: unknown;
  /** Identities of the stages whose files it reads, by role. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Versions of the packages that it calls. */
  readonly packages: Readonly<Record<string, string>>;
}

/** The first 32 hexadecimal digits of the SHA-256 of the key's canonical JSON (RFC 8785). */
export function stageIdentity(key: StageKey): string {
  const { stage, version, parameters, inputs, packages } = key;
  return identity({ stage, version, parameters, inputs, packages });
}

/** The pinned versions of these packages. Throws RangeError for one that the project does not import. */
export function packageVersions(names: readonly string[]): Record<string, string> {
  const imports: Record<string, string> = config.imports;
  return Object.fromEntries(names.map((name) => {
    const version = /^npm:.+@([^@]+)$/.exec(imports[name] ?? "")?.[1];
    if (version === undefined) {
      throw new RangeError(`Cannot name a package's version: it must be imported by deno.json, got ${name}`);
    }
    return [name, version];
  }));
}

/** Every package with its pinned version. */
export function allPackages(): Record<string, string> {
  return packageVersions(Object.keys(config.imports));
}
