/**
 * The schema of a manifest: every part from the table or folder that it belongs to, each default written once.
 *
 * @module
 */
import { z } from "zod";
import { armsSchema } from "../arms/arms_schema.ts";
import { transferSchema } from "../arms/schema.ts";
import { type ArmKind, ARMS } from "../arms/table.ts";
import { DATASETS } from "../datasets/table.ts";
import { hypothesesSchema, scoreSchema } from "../evaluation/schema.ts";
import { choiceOf } from "../manifest/choice.ts";
import { sweepSchema } from "../manifest/grid.ts";
import { ENCODERS } from "../models/table.ts";
import { PROVIDER_NAMES } from "../onnx/runtime/providers.ts";
import { givenSchema } from "../pretext/given_schema.ts";
import { OBJECTIVES } from "../pretext/table.ts";
import { LOWEST_RATE_HZ } from "../signal/r_peaks.ts";
import { signalSchema } from "../signal/schema.ts";
import { SPLITTERS } from "../splits/table.ts";
import { budgetSchema } from "../targets/budget.ts";
import { TARGETS } from "../targets/table.ts";
import { pretextFitSchema } from "../training/schema.ts";

/** Whose unlabelled windows the encoder may see. */
const EXPOSURES = {
  "training-fold": "the training people alone, without those set aside for the pretext's scores",
  transductive: "the test people's windows too, without their labels: said wherever a number appears",
  external: "those of the recordings under corpus, and nobody's of the dataset",
} as const;

const exposure = z.enum(Object.keys(EXPOSURES) as (keyof typeof EXPOSURES)[]).default("training-fold")
  .describe(
    `Whose windows the encoder sees in pretraining. ${
      Object.entries(EXPOSURES).map(([name, meaning]) => `${name}: ${meaning}.`).join(" ")
    }`,
  );

const corpus = z.strictObject({
  dataset: choiceOf(DATASETS).describe("Where its recordings come from."),
  lead: z.string().min(1).optional().describe("Name of its lead; default: that of signal."),
  leadFallback: z.array(z.string().min(1)).min(1).optional().describe(
    "Leads to take instead, in this order, in its recordings that lack the lead.",
  ),
}).optional().describe(
  "The recordings that exposure: external pretrains on; prepared as signal says, apart from the lead.",
);

/** The objectives with what every one of them needs, and an encoder that has been pretrained elsewhere. */
const pretextTable = {
  "transformation-recognition": {
    ...OBJECTIVES["transformation-recognition"],
    schema: OBJECTIVES["transformation-recognition"].schema.extend({
      fit: pretextFitSchema.prefault({}).describe("How the encoder is pretrained."),
      exposure,
      corpus,
    }),
  },
  given: { schema: givenSchema, load: () => import("./stages/given_encoder.ts") },
} as const satisfies Record<keyof typeof OBJECTIVES | "given", unknown>;

const computeSchema = z.strictObject({
  threads: z.int().min(1).max(64).default(1)
    .describe(
      "Threads of one stage. It changes rounding, so it is part of what is promised; workers run side by side.",
    ),
  provider: z.enum(PROVIDER_NAMES).default("cpu").describe(
    "Where ONNX Runtime computes. Bytes are promised on cpu alone; what another lacks here is said before anything runs.",
  ),
  microBatch: z.int().min(1).max(4096).default(64)
    .describe("Rows that are in memory at once; gradients are summed over a batch, so it bounds memory."),
});

/** A manifest. */
export const manifestSchema = z.strictObject({
  question: z.string().min(1).describe("What the experiment asks, in a sentence; the report's headline."),
  source: z.string().min(1).optional().describe("The paper whose method it is."),
  dataset: choiceOf(DATASETS).describe("Where the recordings come from."),
  signal: signalSchema.prefault({}).describe("From a lead's samples to windows."),
  target: choiceOf(TARGETS).describe("What is to be predicted of a window."),
  split: choiceOf(SPLITTERS).prefault({ kind: "group-k-fold" }).describe(
    "Which people train and which are tested.",
  ),
  encoder: choiceOf(ENCODERS).describe(
    "The network that makes features of a window.",
  ),
  pretext: choiceOf(pretextTable).prefault({ kind: "transformation-recognition" })
    .describe("What the encoder learns without labels, or the file that it is taken from."),
  arms: armsSchema.describe("The ways to learn that are compared, by name."),
  transfer: transferSchema.prefault({}).describe("How labels are learned; the same for every arm."),
  labels: budgetSchema.prefault({}).describe("How many labels an arm may see."),
  sweep: sweepSchema.prefault({}).describe("Keys of this manifest that take several values."),
  seeds: z.array(z.int()).min(1).refine(
    (seeds) => new Set(seeds).size === seeds.length,
    "must differ from each other",
  )
    .default([1]).describe("Seeds of training; each is a run of every cell."),
  score: scoreSchema.prefault({}).describe("What is reported first."),
  hypotheses: hypothesesSchema,
  compute: computeSchema.prefault({}).describe("How a stage computes."),
}).superRefine(({ pretext, signal }, context) => {
  if (pretext.kind === "given" || pretext.exposure !== "external") return;
  const { corpus } = pretext;
  if (corpus === undefined) {
    context.addIssue({
      code: "custom",
      path: ["pretext", "corpus"],
      input: corpus,
      message: "must name the recordings that exposure: external pretrains on",
    });
  } else if (signal.normalize.scope === "training-fold") {
    context.addIssue({
      code: "custom",
      path: ["signal", "normalize", "scope"],
      input: signal.normalize.scope,
      message: "must be another than training-fold for exposure: external, whose corpus has no folds",
    });
  }
}).superRefine(({ pretext, arms }, context) => {
  if (pretext.kind !== "given") return;
  const needs = Object.entries(arms).map(([name, { kind }]) => ({ name, ...ARMS[kind].needs }));
  // A file that no arm begins with would be taken for one that did.
  if (needs.every(({ encoder }) => encoder !== "pretrained")) {
    const names = Object.keys(ARMS).filter((kind) => ARMS[kind as ArmKind].needs.encoder === "pretrained");
    context.addIssue({
      code: "custom",
      path: ["pretext", "encoder"],
      input: pretext.encoder,
      message: `must be what an arm begins with (${names.join(", ")}), which none here does`,
    });
  }
  const augmented = needs.filter((arm) => arm.pretext).map(({ name }) => name);
  if (augmented.length > 0 && pretext.transformations === undefined) {
    context.addIssue({
      code: "custom",
      path: ["pretext", "transformations"],
      input: pretext.transformations,
      message: `must name the transformations that ${augmented.join(", ")} applies`,
    });
  }
}).superRefine(({ arms, signal }, context) => {
  const names = Object.entries(arms).filter(([, { kind }]) => ARMS[kind].needs.input === "hrv").map((
    [name],
  ) => name);
  if (names.length === 0 || signal.resample >= LOWEST_RATE_HZ) return;
  context.addIssue({
    code: "custom",
    path: ["signal", "resample"],
    input: signal.resample,
    message: `must be at least ${LOWEST_RATE_HZ} Hz for the beats that ${names.join(", ")} needs`,
  });
});

/** A manifest with every default filled in. */
export type Manifest = z.output<typeof manifestSchema>;
