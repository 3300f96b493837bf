import assert from "node:assert/strict";
import { z } from "zod";
import { signalSchema } from "../../src/signal/schema.ts";

/** Paths and messages of what is wrong. */
function problems(signal: unknown): [string, string][] {
  const { error } = signalSchema.safeParse(signal);
  return (error?.issues ?? []).map(({ path, message }) => [path.join("."), message]);
}

const defaults = {
  lead: "ECG",
  resample: 256,
  highpass: { cutoffHz: 0.8, order: 2 },
  bandpass: false,
  notch: false,
  normalize: { scope: "subject", trim: 0.05 },
  quality: { discard: [] },
  window: { seconds: 10, stride: 10 },
};

Deno.test("signalSchema fills in the published preprocessing when nothing is said", () => {
  assert.deepEqual(signalSchema.parse({}), defaults);
});

Deno.test("signalSchema gives what parses to itself", () => {
  const written = {
    lead: "MLII",
    leadFallback: ["V5"],
    highpass: false,
    bandpass: { fromHz: 0.5, toHz: 40, order: 3 },
    notch: { frequencyHz: 50, quality: 20 },
    quality: { discard: ["noise", "implausible-rate"] },
    window: { seconds: 5, stride: 2.5 },
  };
  const parsed = signalSchema.parse(written);
  assert.deepEqual(parsed, { ...defaults, ...written });
  assert.deepEqual(signalSchema.parse(parsed), parsed);
});

Deno.test("signalSchema reads a bare frequency as a high-pass with the default order", () => {
  assert.deepEqual(signalSchema.parse({ highpass: 0.5 }).highpass, { cutoffHz: 0.5, order: 2 });
  assert.deepEqual(signalSchema.parse({ highpass: { cutoffHz: 0.5 } }).highpass, { cutoffHz: 0.5, order: 2 });
  assert.deepEqual(signalSchema.parse({ highpass: { cutoffHz: 0.5, order: 4 } }).highpass, {
    cutoffHz: 0.5,
    order: 4,
  });
});

Deno.test("signalSchema takes the stride from the window's length when there is none", () => {
  assert.deepEqual(signalSchema.parse({ window: { seconds: 4 } }).window, { seconds: 4, stride: 4 });
});

Deno.test("signalSchema refuses unknown keys at every level", () => {
  const unknown = [{ Lead: "II" }, { normalize: { trimm: 0 } }, { window: { length: 5 } }];
  for (const signal of unknown) {
    const [[, message], ...others] = problems(signal);
    assert.match(message, /Unrecognized key/);
    assert.deepEqual(others, []);
  }
  assert.equal(signalSchema.safeParse({ highpass: { cutoffHz: 1, typ: "iir" } }).success, false);
});

Deno.test("signalSchema refuses values out of range and names their paths", () => {
  const wrong: [string, unknown][] = [
    ["lead", { lead: "" }],
    ["leadFallback", { leadFallback: [] }],
    ["resample", { resample: 0 }],
    ["highpass", { highpass: -1 }],
    ["highpass", { highpass: true }],
    ["highpass", { highpass: { cutoffHz: 1, order: 0 } }],
    ["highpass", { highpass: { cutoffHz: 1, order: 2.5 } }],
    ["normalize.scope", { normalize: { scope: "person" } }],
    ["normalize.trim", { normalize: { trim: 1 } }],
    ["window.seconds", { window: { seconds: 0 } }],
    ["window.stride", { window: { stride: -1 } }],
  ];
  for (const [path, signal] of wrong) {
    const found = problems(signal).map(([where]) => where);
    assert.ok(found.length > 0 && found.every((where) => where.startsWith(path)), `${path}: got ${found}`);
  }
});

Deno.test("signalSchema refuses a cutoff that the resampled rate can't carry", () => {
  assert.deepEqual(problems({ resample: 64, highpass: 32 }), [
    ["highpass", "the cutoff must lie below half the resampled rate, 32 Hz, got 32 Hz"],
  ]);
});

Deno.test("signalSchema takes a notch as its frequency alone, and refuses filters that the resampled rate can't carry", () => {
  assert.deepEqual(signalSchema.parse({ notch: 50 }).notch, { frequencyHz: 50, quality: 30 });
  assert.deepEqual(problems({ resample: 64, notch: 50 }), [
    ["notch", "the frequency must lie below half the resampled rate, 32 Hz, got 50 Hz"],
  ]);
  assert.deepEqual(problems({ highpass: false, bandpass: { fromHz: 5, toHz: 128 } }), [
    ["bandpass", "the band must rise and lie below half the resampled rate, 128 Hz, got 5 to 128 Hz"],
  ]);
});

Deno.test("signalSchema refuses a band-pass beside the high-pass", () => {
  assert.deepEqual(problems({ bandpass: { fromHz: 0.5, toHz: 40 } }), [
    ["highpass", "must be false beside a band-pass, got 0.8 Hz"],
  ]);
});

Deno.test("signalSchema refuses windows and strides that are no whole number of samples", () => {
  assert.deepEqual(problems({ window: { seconds: 10, stride: 0.3 } }), [
    ["window.stride", "must be a whole number of samples at 256 Hz, got 76.8"],
  ]);
  assert.deepEqual(problems({ resample: 250, window: { seconds: 0.001, stride: 1 } }), [
    ["window.seconds", "must be a whole number of samples at 250 Hz, got 0.25"],
  ]);
});

Deno.test("signalSchema describes every key for editors", () => {
  const { properties } = z.toJSONSchema(signalSchema, { io: "input" });
  const undescribed: string[] = [];
  const visit = (parts: Record<string, unknown>, path: string) => {
    for (const [key, part] of Object.entries(parts)) {
      const { description, properties: inner } = part as {
        description?: string;
        properties?: Record<string, unknown>;
      };
      if (!description) undescribed.push(path + key);
      if (inner) visit(inner, `${path}${key}.`);
    }
  };
  visit(properties ?? {}, "");
  assert.deepEqual(undescribed, []);
  assert.deepEqual(Object.keys(properties ?? {}), [
    "lead",
    "leadFallback",
    "resample",
    "highpass",
    "bandpass",
    "notch",
    "normalize",
    "quality",
    "window",
  ]);
});
