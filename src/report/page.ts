/**
 * The page of a report: one HTML file that asks for nothing else.
 *
 * @module
 */
import type { ReportData } from "./data.ts";
import { html, trusted } from "./markup.ts";
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
import { STYLE } from "./style.ts";

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

/** The whole page. The policy in its head forbids it to load anything, whatever is in its texts. */
export function renderPage(data: ReportData, parts: Parts): string {
  const sections = SECTIONS.map((section) => section(data, parts));
  const contents = sections.map(({ id, title }) =>
    html`
      <li><a href="#${id}">${title}</a></li>
    `
  );
  const main = sections.map(({ id, title, content }) =>
    html`
      <section id="${id}" aria-labelledby="${id}-title">
        <h2 id="${id}-title">${title}</h2>
        ${content}
      </section>
    `
  );
  return html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="generator" content="Einthoven">
        <title>${data.title}</title>
        <style>${trusted(STYLE)}</style>
      </head>
      <body>
        ${leakBanner(data)} ${titleBlock(data)} ${noticeBlock(data)}
        <nav aria-label="Contents"><ol>${contents}</ol></nav>
        <main>${main}</main>
      </body>
    </html>
  `.markup.trimStart();
}
