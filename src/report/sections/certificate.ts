/**
 * What was checked of the data and the split.
 *
 * @module
 */
import type { Check } from "../../splits/certificate.ts";
import type { ReportData } from "../data.ts";
import { formatCount, formatQuantity, MISSING } from "../format.ts";
import { type Html, html, NOTHING } from "../markup.ts";
import { tableHtml } from "../tables/html.ts";
import { cell, groupRows, numberColumns, textColumns } from "../tables/table.ts";
import { absent, definitions, type Section } from "./section.ts";

/** How an outcome is marked and said; also the class of its style. */
const OUTCOMES = {
  "pass": { mark: "✓", word: "passed" },
  "fail": { mark: "✗", word: "failed" },
  "not-applicable": { mark: MISSING, word: "not applicable" },
} as const satisfies Record<Check["outcome"], { mark: string; word: string }>;

function checkItem({ name, outcome, evidence }: Check): Html {
  const { mark, word } = OUTCOMES[outcome];
  return html`
    <li
      class="${outcome}"><span class="mark" aria-hidden="true">${mark}</span> <b>${name}</b>: ${word} (${evidence})</li>
  `;
}

function foldsTable(data: ReportData): Html {
  const sides = ["train", "validation", "test"] as const;
  return tableHtml({
    name: "folds",
    caption:
      "Windows (subjects) of each fold; validation: training people set aside for the pretext's scores",
    columns: [...textColumns("Fold"), ...numberColumns("Train", "Validation", "Test")],
    rows: groupRows(data.split.folds.map((fold, index) => ({
      group: "",
      cells: [
        cell(`${index + 1}`),
        ...sides.map((side) =>
          cell(`${formatCount(fold[side].windows)} (${formatCount(fold[side].subjects)})`)
        ),
      ],
    }))),
    notes: [],
  });
}

function classesTable(data: ReportData): Html {
  return tableHtml({
    name: "classes",
    caption: "Windows and subjects of each class",
    columns: [...textColumns("Class"), ...numberColumns("Windows", "Subjects")],
    rows: groupRows(data.classCounts.map((count) => ({
      group: "",
      cells: [cell(count.class), cell(formatCount(count.windows)), cell(formatCount(count.subjects))],
    }))),
    notes: [],
  });
}

function discardedTable(data: ReportData): Html {
  return tableHtml({
    name: "discarded",
    caption: "Windows left out, by reason",
    columns: [...textColumns("Reason"), ...numberColumns("Windows")],
    rows: groupRows(data.discarded.map(({ reason, windows }) => ({
      group: "",
      cells: [cell(reason), cell(formatCount(windows))],
    }))),
    notes: [],
  });
}

function exposureText({ exposure }: ReportData): string {
  if (exposure === null) return "nothing: no encoder was pretrained";
  const word = exposure.transductive ? " (transductive)" : "";
  const { folds } = exposure;
  const counts = folds.length > 6
    ? `${folds.length} folds, ${range(folds.map((fold) => fold.subjects), "subject")}, ${
      range(folds.map((fold) => fold.recordings), "recording")
    }`
    : folds.map((fold) =>
      `fold ${fold.fold}: ${formatQuantity(fold.subjects, "subject")}, ${
        formatQuantity(fold.recordings, "recording")
      }`
    ).join("; ");
  return `${exposure.kind}${word}${counts === "" ? "" : `: ${counts}`}`;
}

function range(counts: readonly number[], noun: string): string {
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  return low === high
    ? `${formatQuantity(low, noun)} each`
    : `${formatCount(low)} to ${formatQuantity(high, noun)}`;
}

/** The certificate of the split, the sizes of its folds, and what was left out. */
export function certificateSection(data: ReportData): Section {
  const { normalization, split } = data;
  const checks = html`
    <ul class="checks">${split.checks.map(checkItem)}</ul>
  `;
  const facts = definitions([
    ["Split", `${split.kind}, ${formatQuantity(split.folds.length, "fold")}`],
    ["Normalisation", `scope ${normalization.scope}${normalization.transductive ? " (transductive)" : ""}`],
    ["The encoder saw", exposureText(data)],
    ["Budgets count", `${data.labelUnit}s; labels that choose the model are part of them`],
  ]);
  const tables = [
    split.folds.length === 0 ? NOTHING : foldsTable(data),
    data.classCounts.length === 0 ? NOTHING : classesTable(data),
    data.discarded.length === 0 ? absent("No window was left out.") : discardedTable(data),
  ];
  return {
    id: "certificate",
    title: "Data and split",
    content: [
      split.checks.length === 0 ? absent("The split has no certificate.") : checks,
      facts,
      html`
        <div class="beside">${tables}</div>
      `,
    ],
  };
}
