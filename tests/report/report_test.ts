import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import type { ReportData } from "../../src/report/data.ts";
import { renderReport } from "../../src/report/report.ts";
import { exampleData } from "./example_data.ts";
import { exampleGrid, UNDEFINED } from "./example_summary.ts";
import { point, smallSummary } from "./small_summary.ts";
import { malformations } from "./well_formed.ts";
import { byMetric } from "../../src/evaluation/results.ts";

const parse = (text: string) => new DOMParser().parseFromString(text, "text/html");

/** What a run looks like before anything is done. */
function emptyData(): ReportData {
  return {
    ...exampleData(),
    notes: [],
    verdicts: [],
    arms: [],
    summary: { ...smallSummary(), points: [], savings: [] },
    classCounts: [],
    hardNegatives: null,
    people: [],
    split: { kind: "group-k-fold", folds: [], checks: [] },
    exposure: null,
    normalization: { scope: "window", transductive: false },
    confusions: [],
    subjectScores: [],
    pretextHistories: [],
    trainingHistories: [],
    examples: [],
    models: [],
    discarded: [],
    environment: { ...exampleData().environment, git: null },
    timings: { totalSeconds: 0, stages: [], cellSeconds: [] },
  };
}

Deno.test("renderReport() gives every section in its order, each with a heading and a link to it", () => {
  const page = parse(renderReport(exampleData()).html);
  const ids = [...page.querySelectorAll("section")].map((section) => section.id);
  assert.deepEqual(ids, [
    "curve",
    "scores",
    "secondary",
    "savings",
    "hypotheses",
    "pretext",
    "people",
    "confusion",
    "training",
    "examples",
    "data",
    "certificate",
    "models",
    "reproduce",
  ]);
  assert.deepEqual(
    [...page.querySelectorAll("nav a")].map((link) => link.getAttribute("href")),
    ids.map((id) => `#${id}`),
  );
  for (const id of ids) assert.ok(page.getElementById(`${id}-title`)?.textContent, id);
});

Deno.test("renderReport() prints question, answer, notes and warnings above the curve, findings below", () => {
  const { html } = renderReport(exampleData());
  const places = [
    "How many labelled windows does self-supervision save",
    "With 55 labelled windows (1%)",
    "Simulated people: shows the tool",
    "is transductive",
    '<section id="curve"',
    "44 people are few",
    '<section id="scores"',
  ].map((text) => html.indexOf(text));
  assert.ok(places.every((place) => place > 0), places.join(" "));
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
});

Deno.test("renderReport() is well formed, and loads and runs nothing", () => {
  const { html, figures } = renderReport(exampleData());
  assert.deepEqual(malformations(html).slice(0, 3), []);
  assert.doesNotMatch(html, /<script|<link|<img|<iframe|@import|url\(| on[a-z]+="/);
  assert.ok(
    html.includes(`content="default-src &#39;none&#39;`) || html.includes(`content="default-src 'none'`),
  );
  for (const svg of Object.values(figures)) assert.deepEqual(malformations(svg).slice(0, 3), []);
});

Deno.test("renderReport() gives each drawing alternative text and a caption, each table a caption", () => {
  const page = parse(renderReport(exampleData()).html);
  const drawings = [...page.querySelectorAll("figure.drawing")];
  assert.equal(drawings.length, 10);
  for (const drawing of drawings) {
    assert.equal(drawing.querySelector("svg").getAttribute("role"), "img");
    assert.ok(drawing.querySelector("svg").getAttribute("aria-label").length > 30);
    assert.ok(drawing.querySelector("figcaption").textContent.length > 30);
  }
  for (const table of page.querySelectorAll("table")) assert.ok(table.querySelector("caption").textContent);
  const ids = [...page.querySelectorAll("[id]")].map((element) => element.id);
  assert.equal(new Set(ids).size, ids.length);
});

Deno.test("renderReport() escapes every text that it is given", () => {
  const evil = `<b onclick="x">&'</b>`;
  const plain = exampleData();
  // Every text of the data, whatever it is called, becomes the evil one; keys that choose among words stay.
  const spoil = (value: unknown, key: string): unknown => {
    if (typeof value === "string") {
      return ["primary", "secondary", "metric", "budget", "beyond", "level", "labelUnit", "outcome"].includes(
          key,
        )
        ? value
        : evil;
    }
    if (Array.isArray(value)) return value.map((item) => spoil(item, key));
    if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, spoil(item, name)]));
  };
  const { html, figures, tables } = renderReport(spoil(plain, "") as ReportData);
  for (const text of [html, ...Object.values(figures)]) {
    assert.ok(!text.includes("<b onclick"));
    assert.deepEqual(malformations(text).slice(0, 3), []);
  }
  assert.ok(html.includes("&lt;b onclick=&quot;x&quot;&gt;&amp;&#39;&lt;/b&gt;"));
  assert.ok(tables["scores.tex"].includes('$<$b onclick="x"$>$\\&\'$<$/b$>$'));
});

Deno.test("renderReport() puts the summary's numbers into page, CSV and LaTeX alike", () => {
  const data = exampleData();
  const { html, tables } = renderReport(data);
  const page = parse(html);
  const rows = [...page.querySelectorAll("#table-scores tbody tr")];
  const arms = [...new Set(data.summary.points.map(({ arm }) => arm))];
  assert.equal(rows.length, arms.length);
  for (const [index, arm] of arms.entries()) {
    const means = data.summary.points.filter((candidate) => candidate.arm === arm)
      .map(({ scores }) => scores["within-subject-auroc"].mean ?? NaN);
    const shown = [...rows[index].querySelectorAll("td")].map((cell) => Number(cell.firstChild.textContent));
    assert.deepEqual(shown, means.map((mean) => Number(mean.toFixed(3))));
    assert.ok(tables["scores.csv"].includes(`${arm},${means.join(",")}\n`));
    assert.ok(tables["scores.tex"].includes(`${arm} & ${means[0].toFixed(3)} & ${means[1].toFixed(3)}`));
  }
});

Deno.test("renderReport() draws and tabulates secondary scores after the primary one, in their order", () => {
  const { html, figures, tables } = renderReport(exampleData());
  const places = [
    'id="figure-learning_curve"',
    'id="figure-learning_curve_hard_negative_auroc"',
    'id="figure-learning_curve_balanced_accuracy"',
    'id="table-scores"',
    'id="table-scores_hard_negative_auroc"',
    'id="table-scores_balanced_accuracy"',
    'id="table-secondary_largest"',
  ].map((text) => html.indexOf(text));
  assert.ok(places.every((place) => place > 0), places.join(" "));
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
  assert.ok(figures["learning_curve_hard_negative_auroc.svg"].includes("Hard-negative AUROC"));
  const { points } = exampleData().summary;
  const means = points.slice(0, 6).map(({ scores }) => scores["hard-negative-auroc"].mean);
  assert.ok(tables["scores_hard_negative_auroc.csv"].includes(`supervised,${means.join(",")}\n`));
});

Deno.test("renderReport() says of a secondary score that no cell has it instead of drawing it", () => {
  const summary = { ...exampleData().summary, secondary: ["paired-recordings" as const] };
  const points = summary.points.map((entry) => ({
    ...entry,
    scores: { ...entry.scores, "paired-recordings": UNDEFINED },
  }));
  const { html, figures, tables } = renderReport({ ...exampleData(), summary: { ...summary, points } });
  assert.match(parse(html).getElementById("scores").textContent, /Paired-recording accuracy: no cell has/);
  for (const name of [...Object.keys(figures), ...Object.keys(tables)]) assert.doesNotMatch(name, /paired/);
});

Deno.test("renderReport() names the external corpus above the curve, beside the split and in tables for papers", () => {
  const exposure = {
    kind: "external",
    external: true,
    corpus: "mitdb",
    transductive: false,
    given: [],
    folds: [{ fold: 1, subjects: 43, recordings: 44 }],
  };
  const { html, tables } = renderReport({ ...exampleData(), exposure });
  const said = "Pretraining is external: encoders were pretrained on mitdb alone";
  assert.ok(html.indexOf(said) > 0 && html.indexOf(said) < html.indexOf('<section id="curve"'));
  const certificate = parse(html).getElementById("certificate").textContent;
  assert.match(certificate, /external: mitdb, 43 subjects, 44 recordings/);
  for (const name of ["scores.tex", "secondary.tex", "hypotheses.tex"]) {
    assert.ok(tables[name].includes(said));
  }
  const unnamed = renderReport({ ...exampleData(), exposure: { ...exposure, corpus: null } }).html;
  assert.ok(unnamed.includes("encoders were pretrained on another dataset alone"));
});

Deno.test("renderReport() shows the dataset's notes above the curve and again beside what was left out", () => {
  const { html } = renderReport(exampleData());
  const note = "Records 102, 104, 107 and 217 are left out";
  const [first, second] = [html.indexOf(note), html.lastIndexOf(note)];
  const [curve, data, certificate] = ["curve", "data", "certificate"].map((id) =>
    html.indexOf(`<section id="${id}"`)
  );
  assert.ok(first > 0 && first < curve && data < second && second < certificate);
});

Deno.test("renderReport() shows labels with their units and ranges beside the data, and nothing where there are none", () => {
  const rows = [...parse(renderReport(exampleData()).html).querySelectorAll("#data #table-labels tbody tr")];
  const cells = rows.map((row) => [...row.children].map(({ textContent }) => textContent.trim()));
  assert.deepEqual(cells, [["age", "years", "0 to 120"], ["effort", "not stated", "0 to 10"], [
    "sex",
    "–",
    "F, M",
  ]]);
  assert.doesNotMatch(renderReport({ ...exampleData(), labels: {} }).html, /table-labels/);
});

Deno.test("renderReport() gives equal bytes for equal data", () => {
  assert.deepEqual(renderReport(exampleData()), renderReport(exampleData()));
});

Deno.test("renderReport() marks every file of a run whose leak was allowed", () => {
  const { html, figures, tables } = renderReport({ ...exampleData(), leak: "no other people" });
  assert.ok(html.indexOf("no other people") < html.indexOf("<h1>"));
  for (const [name, text] of [...Object.entries(figures), ...Object.entries(tables)]) {
    assert.ok(text.includes("no other people"), name);
  }
});

Deno.test("renderReport() shows failed checks, failed cells and what was left out", () => {
  const { html } = renderReport({
    ...exampleData(),
    failedCells: [{ cell: "frozen-0.1-0-1-2", reason: "the loss was not finite" }],
    split: {
      ...exampleData().split,
      checks: [{
        name: "no subject on two sides",
        outcome: "fail",
        evidence: "subject 7 trains and tests",
      }],
    },
  });
  const page = parse(html);
  assert.match(
    page.querySelector("#table-failed_cells").textContent,
    /frozen-0\.1-0-1-2\s*the loss was not finite/,
  );
  assert.match(
    page.querySelector(".checks .fail").textContent,
    /✗ no subject on two sides: failed \(subject 7 trains and tests\)/,
  );
  assert.match(
    page.querySelector("#table-models").textContent,
    /frozen\s*models\/frozen\.onnx[^]*2\.6 MB\s*3\.1e-7\s*16 windows\s*1\.4e-7\s*2,740 windows/,
  );
  assert.match(page.querySelector("#table-discarded").textContent, /no lead MLII\s*361/);
});

Deno.test("renderReport() says what is missing when nothing is done", () => {
  const { html, figures, tables } = renderReport(emptyData());
  const page = parse(html);
  assert.match(page.querySelector(".answer").textContent, /No cell is done yet/);
  const said = [...page.querySelectorAll("section")].map((section) => [section.id, section.textContent]);
  for (const [id, text] of said) {
    if (id !== "reproduce") assert.match(text, /\b(No|no|nothing)\b/, id);
  }
  assert.deepEqual(Object.keys(figures), ["learning_curve.svg"]);
  assert.deepEqual(tables, {});
  assert.deepEqual(malformations(html).slice(0, 3), []);
});

Deno.test("renderReport() renders undefined scores, three classes, a single budget and a sweep without NaN", () => {
  const undefinedPoint = point({ failed: 3, units: 0, labels: 0 });
  const summaries = [
    { ...smallSummary(), points: [undefinedPoint] },
    { ...smallSummary(), points: [undefinedPoint, point({ arm: "frozen", mean: 0.7 })] },
    { ...exampleData().summary, points: [{ ...point({}), scores: byMetric(() => UNDEFINED) }] },
    { ...smallSummary(), classes: ["calm", "stress", "fun"] },
    exampleGrid(),
  ];
  for (const summary of summaries) {
    const { html, figures } = renderReport({ ...emptyData(), summary });
    assert.deepEqual(malformations(html).slice(0, 3), []);
    for (const text of [html, ...Object.values(figures)]) {
      assert.doesNotMatch(text, /NaN|Infinity|undefined\b/);
    }
  }
});
