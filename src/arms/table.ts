/**
 * The arms: ways to learn labels.
 *
 * @module
 */
import { z } from "zod";
import type { Plugin } from "../manifest/plugin.ts";
import type { Arm } from "./arm.ts";
import { heartRateSchema } from "./heart_rate_schema.ts";

/** What an arm must be given, so that a plan has it computed before. */
export interface ArmNeeds {
  /** The weights that its encoder begins with. */
  readonly encoder: "none" | "random" | "pretrained";
  /** Whether it learns from the encoder's features; its model reads windows none the less. */
  readonly features: boolean;
  /** Whether it uses the transformations of the pretext. */
  readonly pretext: boolean;
  /**
   * What its model reads: `windows` [batch, time, 1], or `features` [batch, features] that are computed from them beforehand, without
   * labels. `hrv`: those of `hrvFeatures`, and of `centreByGroup` with subjects as groups where its `centre` is `subject`.
   */
  readonly input: "windows" | "hrv";
}

/** One row of the table. An arm of its own name in a manifest may leave everything out: the fields say what the name means. */
export interface ArmPlugin extends Plugin<z.ZodObject, Arm> {
  /** What must be computed before. */
  readonly needs: ArmNeeds;
}

const literal = <const Value extends string>(value: Value) => z.literal(value).default(() => value);

/** Every arm by its `kind` in a manifest. */
export const ARMS = {
  supervised: {
    schema: z.strictObject({ encoder: literal("random"), train: literal("all") }),
    needs: { encoder: "random", features: false, pretext: false, input: "windows" },
    load: async () => (await import("./supervised.ts")).supervised,
  },
  "supervised-augmented": {
    schema: z.strictObject({
      encoder: literal("random"),
      train: literal("all"),
      augment: literal("pretext"),
    }),
    needs: { encoder: "random", features: false, pretext: true, input: "windows" },
    load: async () => (await import("./supervised_augmented.ts")).supervisedAugmented,
  },
  frozen: {
    schema: z.strictObject({ encoder: literal("pretrained"), train: literal("head") }),
    needs: { encoder: "pretrained", features: true, pretext: false, input: "windows" },
    load: async () => (await import("./frozen.ts")).frozen,
  },
  finetuned: {
    schema: z.strictObject({ encoder: literal("pretrained"), train: literal("all") }),
    needs: { encoder: "pretrained", features: false, pretext: false, input: "windows" },
    load: async () => (await import("./finetuned.ts")).finetuned,
  },
  "random-frozen": {
    schema: z.strictObject({ encoder: literal("random"), train: literal("head") }),
    needs: { encoder: "random", features: true, pretext: false, input: "windows" },
    load: async () => (await import("./random_frozen.ts")).randomFrozen,
  },
  "heart-rate": {
    schema: heartRateSchema,
    needs: { encoder: "none", features: false, pretext: false, input: "hrv" },
    load: async () => (await import("./heart_rate.ts")).heartRate,
  },
  majority: {
    schema: z.strictObject({}),
    needs: { encoder: "none", features: false, pretext: false, input: "windows" },
    load: async () => (await import("./majority.ts")).majority,
  },
} as const satisfies Record<string, ArmPlugin>;

/** The name of an arm. */
export type ArmKind = keyof typeof ARMS;
