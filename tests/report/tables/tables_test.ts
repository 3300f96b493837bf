import assert from "node:assert/strict";
import type { HypothesisResult, Summary } from "../../../src/evaluation/results.ts";
import { readCsv } from "../../../src/formats/csv.ts";
import { comparisonsTable, hypothesesTable } from "../../../src/report/tables/hypotheses.ts";
import { tableHtml } from "../../../src/report/tables/html.ts";
import { escapeLatex, tableLatex } from "../../../src/report/tables/latex.ts";
import { pretextTable } from "../../../src/report/tables/pretext.ts";
import { savingsTable } from "../../../src/report/tables/savings.ts";
import { scoresTable, spreadsTable } from "../../../src/report/tables/scores.ts";
import { secondaryTable } from "../../../src/report/tables/secondary.ts";
import { type Table, tableCsv } from "../../../src/report/tables/table.ts";
import { exampleData } from "../example_data.ts";
import { UNDEFINED } from "../example_summary.ts";
import { point, smallSummary } from "../small_summary.ts";
import { malformations } from "../well_formed.ts";

const data = { ...exampleData(), arms: [], summary: smallSummary() };
const printed = (table: Pick<Table, "rows">) =>
  table.rows.map(({ cells }) =>
    cells.map(({ text, marks = "", detail = "" }) => `${text}${marks} ${detail}`.trimEnd())
  );

Deno.test("scoresTable() sets arms by budgets, with intervals and marks", () => {
  const table = scoresTable(data);
  assert.deepEqual(table.columns.map(({ head }) => head), ["Arm", "10% (100)", "all (1,000)"]);
  assert.deepEqual(printed(table), [
    ["supervised", "0.613 [0.550, 0.670]", "0.800 [0.750, 0.850]"],
    ["frozen", "0.700 [0.650, 0.750]", "0.780†‡ [0.700, 0.860]"],
  ]);
  assert.deepEqual(table.notes, [
    "† Some cells had not converged.",
    "‡ Some cells failed; the mean is over the others.",
  ]);
  assert.equal(
    tableCsv(table, { leak: "" }),
    "arm,budget 0.1,budget all\nsupervised,0.6125,0.8\nfrozen,0.7,0.78\n",
  );
});

Deno.test("scoresTable() leaves a dash where an arm has no such budget, and names settings", () => {
  const points = [
    point({ grid: { "signal.rate": 1 }, mean: 0.5 }),
    point({ grid: { "signal.rate": 2 }, budget: 16, units: 16, mean: null }),
  ];
  const table = scoresTable({ ...data, summary: { ...data.summary, points } });
  assert.deepEqual(table.columns.map(({ head }) => head), ["Setting", "Arm", "16", "all (1,000)"]);
  assert.deepEqual(printed(table), [["rate = 1", "supervised", "–", "0.500"], [
    "rate = 2",
    "supervised",
    "–",
    "–",
  ]]);
  assert.deepEqual(table.rows.map(({ startsGroup }) => startsGroup), [false, true]);
  assert.deepEqual(readCsv(tableCsv(table, { leak: "" }))[1], {
    "signal.rate": "2",
    arm: "supervised",
    "budget 16": "",
    "budget all": "",
  });
});

Deno.test("spreadsTable() keeps draws, seeds and people apart, and counts cells", () => {
  const table = spreadsTable(data);
  assert.deepEqual(printed(table)[3], [
    "frozen",
    "all",
    "1,000",
    "0.780†‡ [0.700, 0.860]",
    "0.010",
    "–",
    "0.100",
    "3",
    "1",
    "1",
  ]);
  assert.deepEqual(readCsv(tableCsv(table, { leak: "" }))[0], {
    arm: "supervised",
    budget: "0.1",
    labels: "100",
    units: "100",
    mean: "0.6125",
    low: "0.55",
    high: "0.67",
    overDraws: "0.01",
    overSeeds: "",
    overPeople: "0.1",
    cells: "3",
    notConverged: "0",
    failed: "0",
  });
});

Deno.test("secondaryTable() has every score but the primary one", () => {
  const table = secondaryTable(data, { budgets: "all" });
  assert.deepEqual(table.columns.map(({ head }) => head).slice(2), [
    "Accuracy",
    "Balanced accuracy",
    "Macro F1",
    "Within-subject AUROC",
    "Hard-negative AUROC",
    "Paired-recording accuracy",
    "Average precision",
  ]);
  assert.equal(table.rows.length, 4);
  assert.deepEqual(printed(secondaryTable(data, { budgets: "largest" })).map((row) => row.slice(0, 3)), [
    ["supervised", "0.800 [0.750, 0.850]", "0.800 [0.750, 0.850]"],
    ["frozen", "0.780†‡ [0.700, 0.860]", "0.780†‡ [0.700, 0.860]"],
  ]);
});

Deno.test("secondaryTable() puts declared scores first, and leaves out in print what no point has", () => {
  const summary: Summary = {
    ...data.summary,
    secondary: ["paired-recordings", "macro-f1"],
    points: data.summary.points.map((entry) => ({
      ...entry,
      scores: { ...entry.scores, "hard-negative-auroc": UNDEFINED },
    })),
  };
  const heads = (budgets: "all" | "largest") =>
    secondaryTable({ ...data, summary }, { budgets }).columns.map(({ head }) => head);
  const rest = ["Accuracy", "Balanced accuracy", "Within-subject AUROC", "Average precision"];
  assert.deepEqual(heads("all"), ["Arm", "Budget", "Paired-recording accuracy", "Macro F1", ...rest]);
  assert.deepEqual(heads("largest"), ["Arm", ...rest]);
  const columns = secondaryTable({ ...data, summary }, { budgets: "all" }).data.columns;
  assert.ok(columns.includes("hard-negative-auroc low"));
});

Deno.test("scoresTable() shows the score that it is asked for, and says what it measures", () => {
  const table = scoresTable(
    { ...data, hardNegatives: { name: "cycling", windows: 3, subjects: 2 } },
    "hard-negative-auroc",
  );
  assert.equal(table.name, "scores_hard_negative_auroc");
  assert.match(table.caption, /^Hard-negative AUROC, mean/);
  assert.ok(table.notes.includes(
    "Hard-negative AUROC: windows of the class stress against hard negatives alone (cycling).",
  ));
  assert.equal(scoresTable(data).name, "scores");
});

Deno.test("savingsTable() says above the curve instead of a number, and leaves out rules", () => {
  const rule = {
    grid: {},
    arm: "majority",
    budget: 0.1,
    labels: 100,
    supervisedLabels: null,
    beyond: "below",
  } as const;
  const table = savingsTable({
    ...data,
    arms: [{ name: "majority", description: "", rule: true }],
    summary: { ...data.summary, savings: [...data.summary.savings, rule] },
  });
  assert.deepEqual(printed(table), [
    ["frozen", "10%", "100", "250", "2.5"],
    ["frozen", "all", "1,000", "above the whole curve", "–"],
  ]);
});

Deno.test("hypothesesTable() and comparisonsTable() show difference, interval, p and the null", () => {
  const result: HypothesisResult = {
    grid: {},
    arm: "frozen",
    against: "supervised",
    budget: 0.1,
    metric: "auroc",
    difference: -0.0875,
    low: -0.15,
    high: 0.01,
    pValue: 0.0004,
    people: 12,
    nullHypothesis: "no arm is better",
  };
  const undefinedResult = { ...result, difference: null, low: null, high: null, pValue: null, people: 1 };
  const summary = { ...data.summary, hypotheses: [result], comparisons: [undefinedResult] };
  assert.deepEqual(printed(hypothesesTable({ ...data, summary })), [
    ["frozen − supervised", "10%", "−0.087 [−0.150, 0.010]", "< 0.001", "12", "AUROC", "no arm is better"],
  ]);
  const comparisons = comparisonsTable({ ...data, summary });
  assert.deepEqual(printed(comparisons)[0].slice(2, 5), ["–", "–", "1"]);
  assert.match(comparisons.notes[0], /^Exploratory/);
  assert.equal(
    tableCsv(hypothesesTable({ ...data, summary }), { leak: "" }),
    "arm,against,budget,metric,difference,low,high,pValue,people,nullHypothesis\n" +
      "frozen,supervised,0.1,auroc,-0.0875,-0.15,0.01,0.0004,12,no arm is better\n",
  );
});

Deno.test("pretextTable() averages over folds and seeds, leaving out what is undefined", () => {
  const score = { seed: 1, grid: {}, transformation: "warp" };
  const pretext = [
    { ...score, fold: 0, balancedAccuracy: 0.8, f1: 0.5 },
    { ...score, fold: 1, balancedAccuracy: 0.9, f1: null },
  ];
  assert.deepEqual(printed(pretextTable({ ...data, summary: { ...data.summary, pretext } })), [
    ["warp", "0.850", "0.500", "2"],
  ]);
});

const table: Table = {
  name: "tricky",
  caption: "A & B",
  columns: [{ head: "<Arm>", align: "left" }, { head: "50%", align: "right" }],
  rows: [
    { cells: [{ text: "[x]_1" }, { text: "−0.5", detail: "[−1, 0]", marks: "†" }], startsGroup: false },
    { cells: [{ text: "<b>" }, { text: "–" }], startsGroup: true },
  ],
  notes: ["† 5 > 4."],
  data: { columns: ["arm"], rows: [{ arm: 'a,"b"' }] },
};

Deno.test("tableLatex() writes booktabs rules, escapes, and sets intervals on a line below", () => {
  assert.equal(
    tableLatex(table, { leak: "", caveats: [] }),
    `% Needs \\usepackage{booktabs}.
\\begin{table}
\\centering
\\caption{A \\& B. $\\dagger$ 5 $>$ 4.}
\\label{tab:tricky}
\\begin{tabular}{lr}
\\toprule
$<$Arm$>$ & 50\\% \\\\
\\midrule
{[}x{]}\\_1 & $-$0.5\\textsuperscript{$\\dagger$} \\\\
 & {\\scriptsize {[}$-$1, 0{]}} \\\\
\\addlinespace
$<$b$>$ & -- \\\\
\\bottomrule
\\end{tabular}
\\end{table}
`,
  );
});

Deno.test("escapeLatex() leaves no command and no line end", () => {
  assert.equal(
    escapeLatex("\\input{x}~^#$\n\n"),
    "\\textbackslash{}input\\{x\\}\\textasciitilde{}\\textasciicircum{}\\#\\$ ",
  );
});

Deno.test("tableHtml() has a caption, heads of columns and rows, and is well formed", () => {
  const { markup } = tableHtml(table);
  assert.deepEqual(malformations(markup), []);
  assert.match(markup, /<caption>A &amp; B<\/caption>/);
  assert.match(markup, /<th scope="col" class="left">&lt;Arm&gt;<\/th>/);
  assert.match(markup, /<th scope="row" class="left">&lt;b&gt;\s*<\/th>/);
  assert.match(markup, /−0\.5<sup>†<\/sup>\s*<small>\[−1, 0\]<\/small>/);
});

Deno.test("tableLatex() says in its caption what is said of all numbers", () => {
  const caveats = ["Pretraining is external"];
  assert.match(tableLatex(table, { leak: "", caveats }), /\\caption\{.*Pretraining is external\.\}/);
});

Deno.test("tableCsv() and tableLatex() carry the mark of an allowed leak", () => {
  assert.equal(tableCsv(table, { leak: "few data" }), 'arm,leak\n"a,""b""",few data\n');
  assert.match(
    tableLatex(table, { leak: "few data", caveats: [] }),
    /\\caption\{Leak allowed, no estimate for new people: few data\. A \\& B\./,
  );
});
