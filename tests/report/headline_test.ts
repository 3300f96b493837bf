import assert from "node:assert/strict";
import type { Summary } from "../../src/evaluation/results.ts";
import { headline } from "../../src/report/headline.ts";
import { exampleData } from "./example_data.ts";
import { point, smallSummary } from "./small_summary.ts";

const said = (part: Partial<Summary>) =>
  headline({ ...exampleData(), arms: [], summary: { ...smallSummary(), ...part } });

Deno.test("headline() says each arm's score at both ends, best first, and what is saved", () => {
  assert.equal(
    said({}),
    "With 100 labelled windows (10%) the AUROC is: frozen 0.70 and supervised 0.61. " +
      "With all 1,000 labelled windows it is: supervised 0.80 and frozen 0.78. " +
      "In the mean, frozen with 100 labelled windows scores what supervised learning reaches with 250 (2.5 times as many).",
  );
});

Deno.test("headline() claims no saving where none was found", () => {
  const saving = { grid: {}, arm: "frozen", budget: 0.1, labels: 100 } as const;
  const none = /At the smallest budget no arm scores what supervised learning needs more labels for\.$/;
  assert.match(said({ savings: [{ ...saving, supervisedLabels: 60, beyond: "" }] }), none);
  assert.match(said({ savings: [{ ...saving, supervisedLabels: null, beyond: "below" }] }), none);
  assert.match(
    said({ savings: [{ ...saving, supervisedLabels: null, beyond: "above" }] }),
    /frozen with 100 labelled windows scores above the whole supervised curve\.$/,
  );
  assert.match(said({ savings: [] }), /supervised 0\.80 and frozen 0\.78\.$/);
});

Deno.test("headline() gives the range over the settings of a sweep", () => {
  const points = [0.7, 0.8].map((mean, index) => point({ grid: { "signal.rate": index }, mean }));
  assert.equal(
    said({ points, savings: [] }),
    "With all 1,000 labelled windows the AUROC over 2 settings is: supervised 0.70 to 0.80. " +
      "What is saved in labels is in the table of savings.",
  );
});

Deno.test("headline() says that there is no answer where there are no scores", () => {
  assert.equal(said({ points: [] }), "No cell is done yet: there is no answer.");
  assert.equal(said({ points: [point({ failed: 3 })] }), "No cell has a score: there is no answer.");
});
