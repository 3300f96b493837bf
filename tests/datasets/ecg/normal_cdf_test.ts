import { normalCdf } from "../../../src/datasets/ecg/normal_cdf.ts";
import golden from "../../golden/datasets/normal_cdf.json" with { type: "json" };
import { assertWithin } from "../statistics.ts";

Deno.test("normalCdf() agrees with SciPy", () => {
  for (const [z, probability] of golden) assertWithin(normalCdf(z), probability, 1e-7);
});
