/**
 * The parameters of the synthetic dataset.
 *
 * @module
 */
import { z } from "zod";
import { noiseSchema } from "../ecg/schema.ts";

/**
 * The synthetic dataset's part of a manifest. Effect and fingerprint are 1 for people as they were measured.
 */
export const syntheticSchema = z.strictObject({
  people: z.int().min(1).max(999).default(24).describe("How many people."),
  sessions: z.int().min(1).max(9).default(1).describe(
    "Sessions a person; electrodes are put on anew for each.",
  ),
  recordingsPerSession: z.int().min(2).max(98).multipleOf(2).default(8).describe(
    "Recordings a session, half at rest and half under stress in counterbalanced order.",
  ),
  seconds: z.number().min(1).max(3600).default(60).describe("Length of a recording, in seconds."),
  sampleRateHz: z.number().min(100).max(2000).default(256).describe("Samples a second."),
  effect: z.number().min(0).max(5).default(1).describe(
    "Factor of what arousal and valence do to the beat intervals: 1 as in real people, 0 not at all.",
  ),
  fingerprint: z.number().min(0).max(5).default(1).describe(
    "Factor of how people, sessions and recordings differ in waves, gain and noise: 0 makes them alike.",
  ),
  noise: noiseSchema,
  seed: z.int().default(1).describe("The dataset's own seed; a manifest's seeds change nothing in it."),
});

/** Parameters with every default filled in. */
export type SyntheticParameters = z.output<typeof syntheticSchema>;
