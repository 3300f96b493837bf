import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import { confusionMatrices } from "../../../src/report/figures/confusion.ts";
import { exampleFigures, thinSamples } from "../../../src/report/figures/examples.ts";
import { learningCurve } from "../../../src/report/figures/learning_curve.ts";
import { pretextLosses, trainingLosses } from "../../../src/report/figures/losses.ts";
import { pretextScores } from "../../../src/report/figures/pretext_scores.ts";
import { subjectScores } from "../../../src/report/figures/subject_scores.ts";
import { type Figure, standaloneSvg } from "../../../src/report/svg.ts";
import { exampleData } from "../example_data.ts";
import { exampleGrid } from "../example_summary.ts";
import { point, smallSummary } from "../small_summary.ts";
import { malformations } from "../well_formed.ts";

const data = exampleData();
const small = { ...data, arms: [], summary: smallSummary() };

function elements(figure: Figure, selector: string) {
  const document = new DOMParser().parseFromString(`<svg>${figure.panel.body}</svg>`, "text/html");
  return [...document.querySelectorAll(selector)];
}

const texts = (figure: Figure) => elements(figure, "text").map((text) => text.textContent);
const marks = (figure: Figure) => elements(figure, '[aria-label="dot"] > *').length;

Deno.test("learningCurve() draws a line, a band and a mark for each arm and budget", () => {
  const figure = learningCurve(small);
  assert.equal(elements(figure, '[aria-label="line"] path').length, 2);
  assert.equal(elements(figure, '[aria-label="area"] path').length, 2);
  // Four points, and a cross for the one of which a cell failed.
  assert.equal(marks(figure), 5);
  assert.ok(texts(figure).includes("supervised0.80"));
  assert.ok(texts(figure).includes("frozen0.78"));
  assert.ok(texts(figure).includes("Labelled windows in the budget (log scale)"));
});

Deno.test("learningCurve() places points by the logarithm of the labels and by the score", () => {
  const summary = {
    ...smallSummary(),
    points: [10, 100, 1000].map((units) =>
      point({ budget: units, units, labels: units, mean: Math.log10(units) / 4 })
    ),
  };
  const [path] = elements(learningCurve({ ...small, summary }), '[aria-label="line"] path');
  const places = path.getAttribute("d").match(/[\d.]+/g).map(Number);
  const [x0, y0, x1, y1, x2, y2] = places;
  assert.ok(Math.abs((x0 + x2) / 2 - x1) < 0.11 && Math.abs((y0 + y2) / 2 - y1) < 0.11, places.join(" "));
  assert.ok(x0 < x2 && y0 > y2);
});

Deno.test("learningCurve() labels the ends of lines without one covering another", () => {
  const means = [0.8, 0.801, 0.802, 0.803, 0.5];
  const summary = {
    ...smallSummary(),
    points: means.flatMap((mean, index) => [
      point({ arm: `arm ${index}`, budget: 0.5, units: 500, mean: 0.4 }),
      point({ arm: `arm ${index}`, mean }),
    ]),
  };
  const places = elements(learningCurve({ ...small, summary }), '[aria-label="labels"] text')
    .map((text) => Number(text.getAttribute("y"))).sort((a, b) => a - b);
  assert.equal(places.length, 6);
  for (const [index, place] of places.slice(1).entries()) {
    assert.ok(place - places[index] >= 15.9, places.join(" "));
  }
});

Deno.test("learningCurve() draws chance and the majority as one rule, and oracles as another", () => {
  const figure = learningCurve(data);
  assert.ok(texts(figure).includes("chance, majority0.50"));
  assert.ok(texts(figure).includes("knows the state (oracle)0.96"));
  assert.equal(elements(figure, '[stroke-dasharray="10 4"]').length, 1);
  assert.match(figure.alt, /majority: 0\.50 with 55 labelled windows, 0\.50 with 5,480\./);
});

Deno.test("learningCurve() breaks a line where a score is undefined", () => {
  const summary = {
    ...smallSummary(),
    points: [0.25, 0.5, "all" as const].map((budget, index) =>
      point({ budget, units: 100 * (index + 1), mean: index === 1 ? null : 0.7 })
    ),
  };
  const [path] = elements(learningCurve({ ...small, summary }), '[aria-label="line"] path');
  assert.equal(path.getAttribute("d").match(/M/g).length, 2);
});

Deno.test("learningCurve() breaks the line of an arm at a budget where all its cells failed, and marks the place", () => {
  const budgets = [0.25, 0.5, "all"] as const;
  const curve = (arm: string) =>
    budgets.map((budget, index) => point({ arm, budget, units: 100 * (index + 1), mean: 0.7 }));
  const points = [...curve("supervised"), ...curve("frozen")];
  points[4] = point({ arm: "frozen", budget: 0.5, units: 0, labels: 0, failed: 3 });
  const figure = learningCurve({ ...small, summary: { ...smallSummary(), points } });
  const breaks = elements(figure, '[aria-label="line"] path').map((path) =>
    path.getAttribute("d").match(/M/g).length
  );
  assert.deepEqual(breaks, [1, 2]);
  assert.equal(marks(figure), 6);
});

Deno.test("learningCurve() has a panel for each setting of a sweep", () => {
  const figure = learningCurve({ ...data, summary: exampleGrid() });
  for (const name of ["snrDb = 5", "snrDb = 15", "snrDb = 25"]) assert.ok(texts(figure).includes(name));
  assert.equal(elements(figure, '[aria-label="area"] path').length, 18);
});

Deno.test("learningCurve() says so when no cell is done, and draws a single budget", () => {
  assert.match(
    learningCurve({ ...small, summary: { ...smallSummary(), points: [] } }).panel.body,
    /no cell is done/,
  );
  const failed = [point({ units: 0, labels: 0, failed: 3, mean: null })];
  assert.match(
    learningCurve({ ...small, summary: { ...smallSummary(), points: failed } }).panel.body,
    /no cell is done/,
  );
  const single = learningCurve({ ...small, summary: { ...smallSummary(), points: [point({ mean: 0.7 })] } });
  assert.equal(marks(single), 1);
  assert.doesNotMatch(single.panel.body, /NaN|Infinity|undefined/);
});

Deno.test("pretextScores() draws each score and the means of both measures", () => {
  const score = { seed: 1, grid: {}, transformation: "warp" };
  const pretext = [
    { ...score, fold: 0, balancedAccuracy: 0.8, f1: 0.5 },
    { ...score, fold: 1, balancedAccuracy: 0.9, f1: null },
  ];
  const figure = pretextScores({ ...small, summary: { ...smallSummary(), pretext } });
  assert.ok(figure);
  // Two and one scores, two means, two marks in the legend.
  assert.equal(marks(figure), 7);
  assert.match(figure.alt, /warp: balanced accuracy 0\.85, F1 0\.50\./);
  assert.equal(pretextScores(small), null);
});

Deno.test("subjectScores() draws a dot for each defined score and the median", () => {
  const scores = [0.2, 0.9, 0.4, null, 0.6].map((score, index) => ({
    grid: {},
    arm: "frozen",
    subject: `${index}`,
    score,
  }));
  const figure = subjectScores({ ...small, subjectScores: scores });
  assert.ok(figure);
  assert.equal(elements(figure, '[aria-label="dot"] title').length, 4);
  assert.ok(texts(figure).includes("median 0.50n = 4 of 5"));
  assert.match(figure.alt, /frozen: median 0\.50, from 0\.20 to 0\.90\./);
  const none = subjectScores({
    ...small,
    subjectScores: [{ grid: {}, arm: "frozen", subject: "1", score: null }],
  });
  assert.ok(none && texts(none).includes("median –n = 0 of 1"));
});

Deno.test("confusionMatrices() gives shares of the true class, and a dash for a class without windows", () => {
  const confusions = [{ grid: {}, arm: "frozen", counts: [[3, 1, 0], [0, 1000, 0], [0, 0, 0]] }];
  const summary = { ...smallSummary(), classes: ["calm", "stress", "fun"] };
  const figure = confusionMatrices({ ...small, summary, confusions });
  assert.ok(figure);
  const shown = texts(figure).slice(0, 9);
  assert.deepEqual(shown, ["75.0%3", "25.0%1", "0.0%0", "0.0%0", "100.0%1,000", "0.0%0", "–0", "–0", "–0"]);
  assert.match(figure.alt, /75\.0% of calm found, 100\.0% of stress found, – of fun found\./);
});

Deno.test("pretextLosses() and trainingLosses() draw each fit twice, and break at a missing loss", () => {
  const lines = [1, 2, 3].map((epoch) => ({
    epoch,
    training: 1 / epoch,
    validation: epoch === 2 ? null : 0.5,
  }));
  const pretext = pretextLosses({ ...small, pretextHistories: [{ label: "fold 1", arm: "", lines }] });
  assert.ok(pretext);
  const paths = elements(pretext, '[aria-label="line"] path').map((path) => path.getAttribute("d"));
  assert.deepEqual(paths.map((path) => path.match(/M/g).length), [1, 2]);
  const training = trainingLosses({ ...small, trainingHistories: [{ label: "c", arm: "frozen", lines }] });
  assert.ok(training && texts(training).includes("frozen"));
  assert.equal(trainingLosses({ ...small, trainingHistories: [] }), null);
  const empty = pretextLosses({ ...small, pretextHistories: [{ label: "fold 1", arm: "", lines: [] }] });
  assert.doesNotMatch(empty?.panel.body ?? "", /NaN|Infinity/);
});

Deno.test("exampleFigures() draws each transformation over its window", () => {
  const [figure, ...others] = exampleFigures(data.examples);
  assert.equal(others.length, 1);
  // The window alone, then six times the window and what became of it.
  assert.equal(elements(figure, '[aria-label="line"] path').length, 13);
  assert.match(
    figure.alt,
    /^A window of 10 s of subject 106, class ventricular, and its transformations: noise, scale/,
  );
  const flat = { subject: "1", class: "calm", sampleRateHz: 4, samples: [0, 0, 0, 0], transformations: [] };
  assert.doesNotMatch(exampleFigures([flat])[0].panel.body, /NaN|Infinity/);
});

Deno.test("thinSamples() keeps every peak", () => {
  const samples = new Float64Array(1000);
  samples[437] = 5;
  samples[438] = -3;
  const thin = thinSamples(samples, 20);
  assert.ok(thin.length <= 40);
  assert.ok(thin.some(([at, value]) => at === 437 && value === 5) && thin.some(([at]) => at === 438));
  assert.deepEqual(thinSamples([1, 2], 1), [[0, 1], [1, 2]]);
});

Deno.test("standaloneSvg() stands alone: well formed, with its own colours, title and font", () => {
  for (const figure of [learningCurve(data), ...exampleFigures(data.examples)]) {
    const svg = standaloneSvg(figure, { leak: "" });
    assert.deepEqual(malformations(svg).slice(0, 3), []);
    assert.doesNotMatch(svg, /var\(|undefined|NaN/);
    assert.match(svg, /^<\?xml[^>]*>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.ok(svg.includes(`<title>${figure.title}</title>`));
  }
});

Deno.test("standaloneSvg() carries the mark of an allowed leak below the drawing", () => {
  const figure = learningCurve(data);
  const svg = standaloneSvg(figure, { leak: "<few> data" });
  assert.ok(svg.includes("Leak allowed, no estimate for new people: &lt;few&gt; data</text>"));
  assert.ok(svg.includes(`height="${figure.panel.height + 24}"`));
});

Deno.test("standaloneSvg() replaces colours in attributes, never in what is written", () => {
  const named = {
    ...small,
    summary: { ...smallSummary(), points: [point({ arm: "var(--ink)", mean: 0.7 })] },
  };
  const svg = standaloneSvg(learningCurve(named), { leak: "" });
  assert.match(svg, />var\(--ink\)<tspan/);
  assert.doesNotMatch(svg, /"var\(/);
});
