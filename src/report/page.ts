/**
 * The page of a report: one HTML file that asks for nothing else.
 *
 * @module
 */
import type { ReportData } from "./data.ts";
import { renderDocument } from "./document.ts";
import { certificateSection } from "./sections/certificate.ts";
import { dataSection } from "./sections/data.ts";
import { modelsSection } from "./sections/models.ts";
import { leakBanner, noticeBlock, titleBlock } from "./sections/opening.ts";
import { reproduceSection } from "./sections/reproduce.ts";
import {
  confusionSection,
  curveSection,
  examplesSection,
  hypothesesSection,
  type Parts,
  pretextSection,
  savingsSection,
  scoresSection,
  secondarySection,
  subjectsSection,
  trainingSection,
} from "./sections/results.ts";

/** The sections in the order of the page. */
const SECTIONS = [
  curveSection,
  scoresSection,
  secondarySection,
  savingsSection,
  hypothesesSection,
  pretextSection,
  subjectsSection,
  confusionSection,
  trainingSection,
  examplesSection,
  dataSection,
  certificateSection,
  modelsSection,
  reproduceSection,
] as const;

/** The whole page of a run. */
export function renderPage(data: ReportData, parts: Parts): string {
  return renderDocument({
    title: data.title,
    opening: [leakBanner(data), titleBlock(data), noticeBlock(data)],
    sections: SECTIONS.map((section) => section(data, parts)),
  });
}
