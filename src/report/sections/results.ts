/**
 * What the run found: the curve and its tables.
 *
 * @module
 */
import { findingsBlock } from "./opening.ts";
import type { ReportData } from "../data.ts";
import { metricLabel } from "../format.ts";
import { sawText } from "../given_encoder.ts";
import { scoredSecondary } from "../points.ts";
import type { Figure } from "../svg.ts";
import { secondaryTable } from "../tables/secondary.ts";
import { tableHtml } from "../tables/html.ts";
import type { Table } from "../tables/table.ts";
import { absent, definitions, details, figureHtml, type Section } from "./section.ts";

/** The drawings and tables of a report by name; null where there is nothing to draw. */
export interface Parts {
  /** The drawings; null where there is nothing to draw. */
  readonly figures:
    & {
      readonly learningCurve: Figure;
      /** One for each secondary score. */
      readonly secondaryCurves: readonly Figure[];
    }
    & Readonly<
      Record<
        "pretextScores" | "pretextLosses" | "subjectScores" | "confusion" | "trainingLosses",
        Figure | null
      >
    >;
  /** One drawing for each example window. */
  readonly examples: readonly Figure[];
  /** The tables that are written to files. */
  readonly tables:
    & {
      /** One for each secondary score. */
      readonly secondaryScores: readonly Table[];
    }
    & Readonly<
      Record<"scores" | "spreads" | "secondary" | "savings" | "hypotheses" | "comparisons" | "pretext", Table>
    >;
}

/** The learning curves, what each arm does and what is found. */
export function curveSection(data: ReportData, { figures }: Parts): Section {
  return {
    id: "curve",
    title: "Learning curve",
    content: [
      figureHtml(figures.learningCurve),
      definitions(data.arms.map(({ name, description }) => [name, description])),
      findingsBlock(data),
      figures.secondaryCurves.map(figureHtml),
    ],
  };
}

/** The primary score in numbers, then the secondary ones. */
export function scoresSection({ summary }: ReportData, { tables }: Parts): Section {
  const scored = scoredSecondary(summary);
  return {
    id: "scores",
    title: "Scores",
    content: summary.points.length === 0 ? absent("No cell is done: there are no scores.") : [
      tableHtml(tables.scores),
      tables.secondaryScores.map(tableHtml),
      summary.secondary.filter((metric) => !scored.includes(metric)).map((metric) =>
        absent(`${metricLabel(metric)}: no cell has this score.`)
      ),
      details(
        `${metricLabel(summary.primary)} at every point, with its spread over draws, seeds and people`,
        tableHtml(tables.spreads),
      ),
    ],
  };
}

/** The scores that were not declared at the largest budget, and all but the primary one at every budget. */
export function secondarySection(data: ReportData, { tables }: Parts): Section {
  return {
    id: "secondary",
    title: "Other scores",
    content: data.summary.points.length === 0 ? absent("No cell is done: there are no other scores.") : [
      tableHtml(secondaryTable(data, { budgets: "largest" })),
      details("Every score at every budget", tableHtml(tables.secondary)),
    ],
  };
}

/** What is saved in labels. */
export function savingsSection(_data: ReportData, { tables }: Parts): Section {
  return {
    id: "savings",
    title: "Labels saved",
    content: tables.savings.rows.length === 0
      ? absent("No savings: they need a supervised arm, another arm, and scores of both.")
      : tableHtml(tables.savings),
  };
}

/** The declared hypotheses, and all other comparisons. */
export function hypothesesSection(_data: ReportData, { tables }: Parts): Section {
  const { hypotheses, comparisons } = tables;
  return {
    id: "hypotheses",
    title: "Hypotheses",
    content: [
      hypotheses.rows.length === 0 ? absent("The manifest declares no hypothesis.") : tableHtml(hypotheses),
      comparisons.rows.length === 0
        ? absent("No other arm was compared with a reference.")
        : details("Every arm against the reference (exploratory)", tableHtml(comparisons)),
    ],
  };
}

/** How well the pretext was learned; where encoders were given as files, which they are. */
export function pretextSection({ exposure }: ReportData, { figures, tables }: Parts): Section {
  const { pretextScores, pretextLosses } = figures;
  if (exposure?.kind === "given") {
    return {
      id: "pretext",
      title: "Pretext",
      content: [
        absent("Nothing was pretrained here: there are no pretext scores."),
        definitions(
          exposure.given.map((given) => [given.file, `${given.sha256}, whom it has seen: ${sawText(given)}`]),
        ),
      ],
    };
  }
  return {
    id: "pretext",
    title: "Pretext",
    content: [
      pretextScores === null
        ? absent("No pretext scores: nothing was pretrained, or nobody was set aside.")
        : [figureHtml(pretextScores), details("In numbers", tableHtml(tables.pretext))],
      pretextLosses === null ? absent("No losses of a pretext.") : figureHtml(pretextLosses),
    ],
  };
}

/** Each person's score. */
export function subjectsSection(_data: ReportData, { figures }: Parts): Section {
  const { subjectScores } = figures;
  return {
    id: "people",
    title: "Person by person",
    content: subjectScores === null ? absent("No scores of single people.") : figureHtml(subjectScores),
  };
}

/** What was taken for what. */
export function confusionSection(_data: ReportData, { figures }: Parts): Section {
  const { confusion } = figures;
  return {
    id: "confusion",
    title: "Confusion matrices",
    content: confusion === null
      ? absent("No predictions: there are no confusion matrices.")
      : figureHtml(confusion),
  };
}

/** How training went. */
export function trainingSection(_data: ReportData, { figures }: Parts): Section {
  const { trainingLosses } = figures;
  return {
    id: "training",
    title: "Training",
    content: trainingLosses === null ? absent("No training curves.") : figureHtml(trainingLosses),
  };
}

/** Windows and their transformations. */
export function examplesSection(_data: ReportData, { examples }: Parts): Section {
  return {
    id: "examples",
    title: "Example windows",
    content: examples.length === 0 ? absent("No example windows.") : examples.map(figureHtml),
  };
}
