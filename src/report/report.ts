/**
 * A report from data: the page, its figures and its tables.
 *
 * @module
 */
import { caveats } from "./caveats.ts";
import type { ReportData } from "./data.ts";
import { confusionMatrices } from "./figures/confusion.ts";
import { exampleFigures } from "./figures/examples.ts";
import { learningCurve } from "./figures/learning_curve.ts";
import { pretextLosses, trainingLosses } from "./figures/losses.ts";
import { pretextScores } from "./figures/pretext_scores.ts";
import { subjectScores } from "./figures/subject_scores.ts";
import { renderPage } from "./page.ts";
import { scoredSecondary } from "./points.ts";
import { standaloneSvg } from "./svg.ts";
import { comparisonsTable, hypothesesTable } from "./tables/hypotheses.ts";
import { pretextTable } from "./tables/pretext.ts";
import { savingsTable } from "./tables/savings.ts";
import { scoresTable, spreadsTable } from "./tables/scores.ts";
import { secondaryTable } from "./tables/secondary.ts";
import { tableLatex } from "./tables/latex.ts";
import { tableCsv } from "./tables/table.ts";

/** The texts of the files that a report is made of. */
export interface Report {
  /** `report.html`: everything, in one file that loads nothing. */
  readonly html: string;
  /** SVG by the name of its file. */
  readonly figures: Readonly<Record<string, string>>;
  /** CSV and LaTeX by the name of their files. */
  readonly tables: Readonly<Record<string, string>>;
}

/**
 * Makes a report.
 *
 * Equal data give equal bytes. What is missing (no cell done, nothing pretrained, no examples) is said in its place.
 */
export function renderReport(data: ReportData): Report {
  const figures = {
    learningCurve: learningCurve(data),
    secondaryCurves: scoredSecondary(data.summary).map((metric) => learningCurve(data, metric)),
    pretextScores: pretextScores(data),
    pretextLosses: pretextLosses(data),
    subjectScores: subjectScores(data),
    confusion: confusionMatrices(data),
    trainingLosses: trainingLosses(data),
  };
  const examples = exampleFigures(data.examples);
  const tables = {
    scores: scoresTable(data),
    secondaryScores: scoredSecondary(data.summary).map((metric) => scoresTable(data, metric)),
    spreads: spreadsTable(data),
    secondary: secondaryTable(data, { budgets: "all" }),
    savings: savingsTable(data),
    hypotheses: hypothesesTable(data),
    comparisons: comparisonsTable(data),
    pretext: pretextTable(data),
  };
  const remarks = caveats(data).map(({ text }) => text);
  const drawn = [...Object.values(figures).flat(), ...examples].filter((figure) => figure !== null);
  return {
    html: renderPage(data, { figures, examples, tables }),
    figures: Object.fromEntries(drawn.map((figure) => [`${figure.name}.svg`, standaloneSvg(figure, data)])),
    tables: Object.fromEntries(
      Object.values(tables).flat().filter((table) => table.rows.length > 0).flatMap((table) => [
        [`${table.name}.csv`, tableCsv(table, data)],
        [`${table.name}.tex`, tableLatex(table, { leak: data.leak, caveats: remarks })],
      ]),
    ),
  };
}
