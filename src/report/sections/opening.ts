/**
 * The top of the page: the question, the answer, and what must be known before the curve is looked at.
 *
 * @module
 */
import { caveats } from "../caveats.ts";
import type { ReportData } from "../data.ts";
import { formatCount } from "../format.ts";
import { headline } from "../headline.ts";
import { type Html, html, NOTHING } from "../markup.ts";

/** A banner over everything, where a leak was allowed. */
export function leakBanner(data: ReportData): Html {
  if (data.leak === "") return NOTHING;
  return html`
    <p class="banner" role="alert"><strong>A check for leaks failed and was overridden.</strong>
    These numbers are no estimate for new people. The reason given: ${data.leak}</p>
  `;
}

/** The question, the run's name and the answer. */
export function titleBlock(data: ReportData): Html {
  const done = data.summary.points.reduce((sum, point) => sum + point.cells - point.failed, 0);
  const failed = data.summary.points.reduce((sum, point) => sum + point.failed, 0);
  const cells = `${formatCount(done)} cells done${failed === 0 ? "" : `, ${formatCount(failed)} failed`}`;
  return html`
    <header>
      <h1>${data.question === "" ? data.title : data.question}</h1>
      <p class="run">Run <b>${data.title}</b>, manifest <code>${data.manifestHash.slice(
        0,
        12,
      )}</code>, ${cells}</p>
      <p class="answer">${headline(data)}</p>
    </header>
  `;
}

/** What must be known before the curve is looked at: the dataset's notes, what encoders and scaling saw, and the warnings. */
export function noticeBlock(data: ReportData): Html {
  return notices([
    ...data.notes.map((text) => ({ kind: "dataset", label: "Data", text })),
    ...caveats(data).map(({ label, text }) => ({ kind: "warning", label, text })),
    ...verdictsOf(data, "warning").map((text) => ({ kind: "warning", label: "Warning", text })),
  ]);
}

/** What the curve shows, in sentences; it stands below the curve. */
export function findingsBlock(data: ReportData): Html {
  return notices(verdictsOf(data, "note").map((text) => ({ kind: "note", label: "Note", text })));
}

function verdictsOf({ verdicts }: ReportData, level: "note" | "warning"): string[] {
  return verdicts.filter((verdict) => verdict.level === level).map(({ text }) => text);
}

function notices(entries: readonly { kind: string; label: string; text: string }[]): Html {
  if (entries.length === 0) return NOTHING;
  const items = entries.map(({ kind, label, text }) =>
    html`
      <li class="${kind}"><b>${label}.</b> ${text}</li>
    `
  );
  return html`
    <ul class="notices">${items}</ul>
  `;
}
