/**
 * A pretext that was carried out elsewhere: its encoder is given as a file.
 *
 * @module
 */
import { z } from "zod";
import { transformationRecognitionSchema } from "./transformation_recognition_schema.ts";

/** Parameters of `given`. */
export const givenSchema = z.strictObject({
  encoder: z.string().min(1).describe(
    "The ONNX file that arms with a pretrained encoder begin with, relative to the data folder (EINTHOVEN_DATA, or data/ beside " +
      "deno.json) or absolute; deno task export writes such files.",
  ),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits in lower case").optional()
    .describe(
      "The SHA-256 that the file must have; any, where it is left out.",
    ),
  transformations: transformationRecognitionSchema.shape.transformations.unwrap().optional().describe(
    "The transformations that supervised-augmented applies and that examples show; nothing is pretrained with them.",
  ),
});

/** Parameters of `given` with every default filled in. */
export type GivenParameters = z.output<typeof givenSchema>;
