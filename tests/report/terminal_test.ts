import assert from "node:assert/strict";
import { summaryTable } from "../../src/report/terminal.ts";
import { UNDEFINED } from "./example_summary.ts";
import { point, smallSummary } from "./small_summary.ts";

Deno.test("summaryTable() writes arms by budgets with intervals where there is room", () => {
  assert.equal(
    summaryTable(smallSummary(), { width: 80, colour: false }),
    `AUROC, mean over cells

arm                  10% (100)           all (1,000)
supervised  0.613 [0.55, 0.67]    0.800 [0.75, 0.85]
frozen      0.700 [0.65, 0.75]  0.780†‡ [0.70, 0.86]

† some cells had not converged
‡ some cells failed
`,
  );
});

Deno.test("summaryTable() writes the secondary scores that there are after the primary one", () => {
  const { points, ...summary } = smallSummary();
  const scored = points.map((entry) => ({
    ...entry,
    scores: {
      ...entry.scores,
      "hard-negative-auroc": { ...UNDEFINED, mean: 0.25 },
      "paired-recordings": UNDEFINED,
    },
  }));
  const secondary = ["paired-recordings", "hard-negative-auroc", "accuracy"] as const;
  const parts = summaryTable({ ...summary, points: scored, secondary }, { width: 80, colour: false })
    .split("\n\n");
  assert.deepEqual([parts[0], parts[2], parts[4]], [
    "AUROC, mean over cells",
    "Hard-negative AUROC, mean over cells",
    "Accuracy, mean over cells",
  ]);
  assert.equal(
    parts[3],
    "arm         10% (100)  all (1,000)\nsupervised      0.250        0.250\n" +
      "frozen          0.250      0.250†‡",
  );
  assert.equal(parts.length, 7);
});

Deno.test("summaryTable() leaves out intervals, then labels, then breaks the table", () => {
  const narrower = (width: number) =>
    summaryTable(smallSummary(), { width, colour: false }).split("\n\n").slice(1, -1);
  assert.deepEqual(narrower(40), [`arm         10% (100)  all (1,000)
supervised      0.613        0.800
frozen          0.700      0.780†‡`]);
  assert.deepEqual(narrower(28), [`arm           10%      all
supervised  0.613    0.800
frozen      0.700  0.780†‡`]);
  assert.deepEqual(narrower(20), [
    "arm           10%\nsupervised  0.613\nfrozen      0.700",
    "arm             all\nsupervised    0.800\nfrozen      0.780†‡",
  ]);
});

Deno.test("summaryTable() has escape codes only with colour", () => {
  const escape = String.fromCharCode(27);
  assert.ok(summaryTable(smallSummary(), { width: 80, colour: true }).includes(`${escape}[1marm`));
  assert.ok(!summaryTable(smallSummary(), { width: 80, colour: false }).includes(escape));
});

Deno.test("summaryTable() has a table for each setting, and an en dash where nothing is known", () => {
  const summary = {
    ...smallSummary(),
    points: [point({ grid: { rate: 1 }, mean: 0.5 }), point({ grid: { rate: 2 }, mean: null })],
  };
  assert.equal(
    summaryTable(summary, { width: 80, colour: false }),
    "AUROC, mean over cells\n\nrate = 1\narm         all (1,000)\nsupervised        0.500\n\n" +
      "rate = 2\narm         all (1,000)\nsupervised            –\n",
  );
});

Deno.test("summaryTable() says that nothing is done, and that a leak was allowed", () => {
  assert.equal(
    summaryTable({ ...smallSummary(), points: [] }, { width: 80, colour: false }),
    "No cell is done.\n",
  );
  assert.match(
    summaryTable(smallSummary(), { width: 80, colour: false, leak: "all we have" }),
    /^Leak allowed, no estimate for new people: all we have\n/,
  );
});
