/**
 * The `signal` part of a manifest, with every default.
 *
 * @module
 */
import { z } from "zod";
import { NORMALIZATION_SCOPES, type NormalizationScope } from "./normalize.ts";
import { isWholeLength } from "./window.ts";

const resample = z.number().positive().max(10_000).default(256)
  .describe("Sampling rate in Hz that every recording is brought to (polyphase, Kaiser window).");

const cutoffHz = z.number().positive()
  .describe("Frequency in Hz of half power in one pass; below half the resampled rate.");

const order = z.int().min(1).max(8).default(2)
  .describe("Order of one pass; the published method gives none. Two passes double it.");

const highpassParts = z.strictObject({ cutoffHz, order });

const highpass = z.union([
  // A bare frequency is the object with its defaults, so that both ways to write it are one manifest.
  cutoffHz.transform((value) => highpassParts.parse({ cutoffHz: value })),
  highpassParts,
  z.literal(false),
], { error: "must be a frequency above 0 in Hz, {cutoffHz, order} or false" }).prefault(0.8)
  .describe("Zero-phase Butterworth high-pass: the cutoff in Hz, or {cutoffHz, order}, or false for none.");

const bandpass = z.union([
  z.strictObject({
    fromHz: z.number().positive().describe("Lower frequency in Hz of half power in one pass."),
    toHz: z.number().positive().describe("Upper frequency in Hz of half power in one pass."),
    order,
  }),
  z.literal(false),
], { error: "must be {fromHz, toHz, order} or false" }).default(false)
  .describe(
    "Zero-phase Butterworth band-pass, in place of the high-pass, which must be false then; false for none.",
  );

const frequencyHz = z.number().positive().describe(
  "Frequency in Hz that is taken away, as that of the mains.",
);

const notchParts = z.strictObject({
  frequencyHz,
  quality: z.number().positive().default(30).describe(
    "The frequency over the width of the band that is stopped.",
  ),
});

const notch = z.union([
  frequencyHz.transform((value) => notchParts.parse({ frequencyHz: value })),
  notchParts,
  z.literal(false),
], { error: "must be a frequency above 0 in Hz, {frequencyHz, quality} or false" }).default(false)
  .describe("Zero-phase notch filter: the frequency in Hz, or {frequencyHz, quality}; false for none.");

const normalize = z.strictObject({
  scope: z.enum(Object.keys(NORMALIZATION_SCOPES) as NormalizationScope[]).default("subject")
    .describe(
      `Which samples mean and deviation are taken over. ` +
        Object.entries(NORMALIZATION_SCOPES).map(([name, meaning]) => `${name}: ${meaning}.`).join(" "),
    ),
  trim: z.number().min(0).lt(1).default(0.05)
    .describe("Share of the samples left out of the deviation, half at each end; the mean is over all."),
}).prefault({}).describe("The z-score.");

const window = z.strictObject({
  seconds: z.number().positive().default(10)
    .describe("Length of a window in seconds; a whole number of samples."),
  stride: z.number().positive().optional()
    .describe("Seconds from one start to the next, a whole number of samples; default: the window's length."),
}).transform(({ seconds, stride = seconds }) => ({ seconds, stride }))
  .prefault({}).describe("How the signal is cut; smaller strides overlap.");

/** What a window can be left out for, besides samples that are missing or flat. */
export const QUALITY_RULES = {
  saturated: "one extreme value takes up a tenth of it",
  noise: "its peaks don't stand out: the kurtosis from 1 to 40 Hz is below 4",
  "implausible-rate": "its heart rate is not from 40 to 180 a minute, or 3 s pass without a beat",
} as const;

/** The name of a rule. */
export type QualityRule = keyof typeof QUALITY_RULES;

const qualityRules = z.strictObject({
  discard: z.array(z.enum(Object.keys(QUALITY_RULES) as QualityRule[])).default([]).describe(
    "Windows to leave out besides those with missing or flat samples. " +
      Object.entries(QUALITY_RULES).map(([name, meaning]) => `${name}: ${meaning}.`).join(" "),
  ),
}).prefault({}).describe("What to do with windows of bad signal; the report counts them.");

/** The `signal` part of a manifest with every default filled in. */
export interface SignalParameters {
  /** Name of the lead. */
  readonly lead: string;
  /** Leads to take instead, in this order. */
  readonly leadFallback?: readonly string[];
  /** Sampling rate in Hz that every recording is brought to. */
  readonly resample: number;
  /** The zero-phase Butterworth high-pass, its cutoff and order those of one pass; false for none. */
  readonly highpass: { readonly cutoffHz: number; readonly order: number } | false;
  /** The zero-phase Butterworth band-pass, its frequencies and order those of one pass; false for none. */
  readonly bandpass: { readonly fromHz: number; readonly toHz: number; readonly order: number } | false;
  /** The zero-phase notch filter; false for none. */
  readonly notch: { readonly frequencyHz: number; readonly quality: number } | false;
  /** Over which samples the z-score's statistics are taken, and the share that the deviation leaves out. */
  readonly normalize: { readonly scope: NormalizationScope; readonly trim: number };
  /** What windows are left out for, besides samples that are missing or flat. */
  readonly quality: { readonly discard: readonly QualityRule[] };
  /** Length of windows and the distance between their starts, in seconds. */
  readonly window: { readonly seconds: number; readonly stride: number };
}

/**
 * The schema of `signal`: which lead, at which rate, filtered, normalized and cut how.
 *
 * What it gives is complete and parses to itself: a high-pass is `{cutoffHz, order}` or false, a stride is there.
 * For editors take the JSON Schema of its input, `z.toJSONSchema(signalSchema, { io: "input" })`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { highpass, window } = signalSchema.parse({ window: { seconds: 5 } });
 * assert.deepEqual(highpass, { cutoffHz: 0.8, order: 2 });
 * assert.deepEqual(window, { seconds: 5, stride: 5 });
 * ```
 */
export const signalSchema: z.ZodType<SignalParameters> = z.strictObject({
  lead: z.string().min(1).default("ECG")
    .describe(
      "Name of the lead; a recording without it is an error unless leadFallback names one that it has.",
    ),
  leadFallback: z.array(z.string().min(1)).min(1).optional()
    .describe("Leads to take instead, in this order, in recordings that lack the lead."),
  resample,
  highpass,
  bandpass,
  notch,
  normalize,
  quality: qualityRules,
  window,
}).superRefine((signal, context) => {
  // A key that is wrong by itself would be reported again wherever others are measured by it.
  if (context.issues.length > 0) return;
  if (signal.highpass && signal.highpass.cutoffHz >= signal.resample / 2) {
    context.addIssue({
      code: "custom",
      path: ["highpass"],
      input: signal.highpass.cutoffHz,
      message: `the cutoff must lie below half the resampled rate, ${signal.resample / 2} Hz, ` +
        `got ${signal.highpass.cutoffHz} Hz`,
    });
  }
  if (signal.bandpass) refineBandpass(signal.bandpass, { signal, context });
  if (signal.notch && signal.notch.frequencyHz >= signal.resample / 2) {
    context.addIssue({
      code: "custom",
      path: ["notch"],
      input: signal.notch.frequencyHz,
      message: `the frequency must lie below half the resampled rate, ${signal.resample / 2} Hz, ` +
        `got ${signal.notch.frequencyHz} Hz`,
    });
  }
  for (const key of ["seconds", "stride"] as const) {
    const samples = signal.window[key] * signal.resample;
    if (!isWholeLength(samples)) {
      context.addIssue({
        code: "custom",
        path: ["window", key],
        input: signal.window[key],
        message: `must be a whole number of samples at ${signal.resample} Hz, got ${samples}`,
      });
    }
  }
});

function refineBandpass(
  { fromHz, toHz }: Exclude<SignalParameters["bandpass"], false>,
  { signal, context }: { signal: Pick<SignalParameters, "highpass" | "resample">; context: z.RefinementCtx },
): void {
  const refuse = (path: string, input: unknown, message: string) =>
    context.addIssue({ code: "custom", path: [path], input, message });
  if (!(fromHz < toHz && toHz < signal.resample / 2)) {
    refuse(
      "bandpass",
      [fromHz, toHz],
      `the band must rise and lie below half the resampled rate, ${
        signal.resample / 2
      } Hz, got ${fromHz} to ${toHz} Hz`,
    );
  }
  if (signal.highpass) {
    refuse(
      "highpass",
      signal.highpass,
      `must be false beside a band-pass, got ${signal.highpass.cutoffHz} Hz`,
    );
  }
}
