/**
 * ONNX files as they come: of runs, of other programs, or of neither.
 *
 * @module
 */
import type { z } from "zod";
import { type OnnxContents, readOnnx } from "../onnx/files/export.ts";

/**
 * Reads an ONNX file.
 *
 * Throws SyntaxError for another kind of file: `file` is what the message calls it, `action` what was wanted, as in `read the model`.
 */
export function contentsOf(
  bytes: Uint8Array,
  { file, action }: { file?: string; action: string },
): OnnxContents {
  try {
    return readOnnx(bytes);
  } catch (error) {
    // Whatever the decoder stumbles over, it is a file of another kind.
    throw new SyntaxError(
      `${
        file === undefined ? "" : `${file}: `
      }Cannot ${action}: it must be an ONNX file, got ${bytes.length} bytes of another kind`,
      { cause: error },
    );
  }
}

/**
 * What a text of the metadata says as JSON; undefined for none, and for what another program put there.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { z } from "zod";
 * assert.deepEqual(saidAsJson("[1, 2]", z.array(z.number())), [1, 2]);
 * assert.equal(saidAsJson("[1, 2", z.array(z.number())), undefined);
 * assert.equal(saidAsJson('"one"', z.array(z.number())), undefined);
 * ```
 */
export function saidAsJson<Schema extends z.ZodType>(
  text: string | undefined,
  schema: Schema,
): z.output<Schema> | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
