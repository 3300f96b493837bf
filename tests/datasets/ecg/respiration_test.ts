import { drawRespirationHz } from "../../../src/datasets/ecg/respiration.ts";
import { stream } from "../../../src/random/stream.ts";
import { assertWithin, deviation, mean } from "../statistics.ts";

Deno.test("drawRespirationHz() draws rates around 15 a minute", () => {
  const rates = Array.from({ length: 2000 }, (_, person) => drawRespirationHz(stream(1, `person/${person}`)));
  // Three standard errors of 2,000 draws.
  assertWithin(mean(rates), 0.25, 0.002);
  assertWithin(deviation(rates), 0.03, 0.0015);
});
