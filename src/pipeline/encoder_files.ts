/**
 * The files of given encoders, as manifests name them.
 *
 * @module
 */
import { resolve } from "node:path";
import type { DatasetContext } from "../datasets/dataset.ts";
import { hashFile, isThere } from "../datasets/files.ts";
import type { GivenParameters } from "../pretext/given_schema.ts";

/** A file that is there. */
export interface EncoderFilePlace {
  /** Absolute. */
  readonly path: string;
  readonly sha256: string;
}

/**
 * Finds the file and hashes it. Throws RangeError where it is not there, with the rule for relative paths, and where it is another than
 * the manifest asks for.
 */
export async function findEncoderFile(
  { encoder, sha256: wanted }: Pick<GivenParameters, "encoder" | "sha256">,
  { dataFolder }: DatasetContext,
): Promise<EncoderFilePlace> {
  const path = resolve(dataFolder, encoder);
  if (!await isThere(path, "isFile")) {
    throw new RangeError(
      `${path}: Cannot use the encoder: the file must exist, got none; relative paths start from the data folder, ` +
        `${dataFolder}, which is set by the environment variable EINTHOVEN_DATA or else is data/ beside deno.json`,
    );
  }
  const sha256 = await hashFile(path);
  if (wanted !== undefined && wanted !== sha256) {
    throw new RangeError(
      `${path}: Cannot use the encoder: the file must have the SHA-256 of pretext.sha256, ${wanted}, got ${sha256}`,
    );
  }
  return { path, sha256 };
}
