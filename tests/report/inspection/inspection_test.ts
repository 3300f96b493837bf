import assert from "node:assert/strict";
import type { InspectionData } from "../../../src/report/inspection/data.ts";
import { beatFigures, labelFigure } from "../../../src/report/inspection/figures.ts";
import { rateFigure } from "../../../src/report/inspection/rate_figure.ts";
import { renderInspection, summaryOf } from "../../../src/report/inspection/page.ts";
import {
  classesTable,
  qualityTable,
  recordingsTable,
  stimuliTable,
} from "../../../src/report/inspection/tables.ts";
import type { PrintedTable } from "../../../src/report/tables/table.ts";

const recording = (subject: string, stimulus: string, arousal: number | null) => ({
  id: `d/${subject}/1/${stimulus}`,
  subject,
  session: "1",
  stimulus,
  seconds: 60,
  sampleRateHz: 128,
  leads: "ECG (mV)",
  lead: "ECG",
  labels: { arousal, condition: stimulus },
});

const window = (subject: string, rest: Partial<InspectionData["windows"][number]>) => ({
  subject,
  class: null,
  verdict: "ok",
  perMinute: null,
  ...rest,
});

const DATA: InspectionData = {
  title: "tiny",
  question: "What is <in> it?",
  dataset: {
    kind: "csv",
    licence: "none",
    citation: "nobody",
    simulated: false,
    notes: ["a note"],
    ranges: { arousal: { from: 1, to: 9 }, condition: { values: ["film", "rest"] } },
  },
  classes: ["low", "high"],
  recordings: [recording("a", "rest", 2), recording("a", "film", 7), recording("b", "film", null)],
  ratings: {},
  windows: [
    window("a", { class: "low", perMinute: 60 }),
    window("a", { class: "low", perMinute: 70 }),
    window("a", { class: "high", perMinute: 90 }),
    window("b", { verdict: "noise", perMinute: 200 }),
    window("b", { verdict: "flat" }),
  ],
  discarded: [{ reason: "arousal is missing", windows: 1 }, { reason: "signal: flat", windows: 1 }],
  beatExamples: [{
    window: "d/a/1/rest@0+8",
    subject: "a",
    class: "low",
    verdict: "ok",
    lead: { name: "ECG", unit: "mV" },
    sampleRateHz: 2,
    samples: [0, 1, 0, -1, NaN, 1, 0, -1],
    beats: [0.5, 2.5],
    marks: [{ seconds: 0.5, symbol: "N" }],
  }],
  transformations: [],
};

const rows = ({ rows }: PrintedTable) => rows.map(({ cells }) => cells.map(({ text }) => text));

Deno.test("stimuliTable() counts recordings, people and time of each stimulus", () => {
  assert.deepEqual(rows(stimuliTable(DATA)).map((cells) => cells.slice(0, 4)), [
    ["all", "3", "2", "3 min 0 s"],
    ["film", "2", "2", "2 min 0 s"],
    ["rest", "1", "1", "1 min 0 s"],
  ]);
});

Deno.test("classesTable() has every class and every reason for none, qualityTable() every verdict, ok first", () => {
  assert.deepEqual(rows(classesTable(DATA)), [
    ["low", "2", "40.0%", "1"],
    ["high", "1", "20.0%", "1"],
    ["no class: arousal is missing", "1", "20.0%", ""],
    ["no class: signal: flat", "1", "20.0%", ""],
  ]);
  assert.deepEqual(rows(qualityTable(DATA)), [
    ["ok", "3", "60.0%", "1"],
    ["flat", "1", "20.0%", "1"],
    ["noise", "1", "20.0%", "1"],
  ]);
});

Deno.test("labelFigure() draws a bar for every value, missing ones too, and is null without labels", () => {
  const figure = labelFigure(DATA);
  for (const text of [">missing<", ">film<", ">arousal<", ">9<"]) {
    assert.ok(figure?.panel.body.includes(text), text);
  }
  const { dataset, ...rest } = DATA;
  assert.equal(labelFigure({ ...rest, dataset: { ...dataset, ranges: {} } }), null);
});

Deno.test("labelFigure() draws many values in bars of a round width, the last of which ends where the label does", () => {
  const ages = [0, 59.9, 60, 69, 75];
  const { dataset, ...rest } = DATA;
  const barsOf = (to: number) => {
    const figure = labelFigure({
      ...rest,
      dataset: { ...dataset, ranges: { age: { from: 0, to } } },
      recordings: ages.map((age) => ({ ...recording("a", "rest", null), labels: { age } })),
    });
    return [...figure?.panel.body.matchAll(/>([^<>]+)<\/text>/g) ?? []].map(([, text]) => text);
  };
  const shown = barsOf(75),
    names = ["0\u20135", "5\u201310", "55\u201360", "60\u201365", "65\u201370", "70\u201375"];
  assert.deepEqual(names.filter((name) => shown.includes(name)), names);
  assert.equal(barsOf(120).at(-1), "age");
  assert.ok(barsOf(116).includes("110\u2013116"));
  assert.deepEqual(barsOf(120).filter((text) => /^\d$/.test(text)).join(" "), "1 0 0 0 0 1 2 1 0 0 0 0");
});

Deno.test("labelFigure() counts a label that changes over a recording by window, and names units", () => {
  const ranges = { arousal: { from: 1, to: 9 }, age: { from: 0, to: 99, unit: "years" } };
  const recordings = DATA.recordings.map((recording) => ({
    ...recording,
    labels: { arousal: null, age: 31 },
  }));
  const data = {
    ...DATA,
    dataset: { ...DATA.dataset, ranges },
    recordings,
    ratings: { arousal: [2.5, 2.5, 8, null, 2.5] },
  };
  const body = labelFigure(data)?.panel.body ?? "";
  // Eighteen bars of 4/9 each from 1 on: 2.5 is in the fourth, three times; 8 in the sixteenth; one window has none.
  for (const text of [">arousal, by window<", ">age (years)<", ">3<", ">missing<"]) {
    assert.ok(body.includes(text), text);
  }
  assert.match(labelFigure(data)?.caption ?? "", /counted by window/);
  assert.deepEqual(recordingsTable(data).columns.map(({ head }) => head).slice(-2), ["Length", "age"]);
});

Deno.test("rateFigure() says the median of people's medians by class, and is null without beats", () => {
  assert.match(rateFigure(DATA)?.alt ?? "", /low: median 65 a minute\. high: median 90 a minute\./);
  assert.equal(rateFigure({ ...DATA, windows: [window("a", { class: "low" })] }), null);
});

Deno.test("beatFigures() draws missing samples as a gap", () => {
  const [figure] = beatFigures(DATA);
  assert.doesNotMatch(figure.panel.body, /NaN|Infinity/);
  assert.match(figure.caption, /2 detected beats; letters: the 1 marks/);
});

Deno.test("renderInspection() escapes texts, loads nothing, and says what is absent", () => {
  const { html, figures } = renderInspection(DATA);
  assert.ok(
    html.includes("What is &lt;in&gt; it?") && html.includes("default-src &#39;none&#39;") ||
      html.includes("default-src 'none'"),
  );
  assert.ok(html.includes("No window has a class, or the pretext transforms nothing."));
  assert.deepEqual(Object.keys(figures), ["labels.svg", "heart_rates.svg", "beats_1.svg"]);
  assert.equal(summaryOf(DATA), "3 recordings of 2 subjects, 3 min 0 s together, 5 windows");
});
