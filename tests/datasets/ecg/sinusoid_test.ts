import { sinusoid } from "../../../src/datasets/ecg/sinusoid.ts";
import { assertWithin } from "../statistics.ts";

Deno.test("sinusoid() is still a sine after an hour", () => {
  const samples = sinusoid(3600 * 256, { frequencyHz: 50, sampleRateHz: 256, phase: 1 });
  for (const sample of [0, 1, 1000, 3600 * 256 - 1]) {
    assertWithin(samples[sample], Math.sin(2 * Math.PI * ((50 * sample) % 256) / 256 + 1), 1e-9);
  }
});
