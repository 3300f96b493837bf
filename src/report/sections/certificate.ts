/**
 * What was checked of the split.
 *
 * @module
 */
import type { Check } from "../../splits/certificate.ts";
import { corpusName } from "../caveats.ts";
import type { Exposure, ReportData } from "../data.ts";
import { formatCount, formatQuantity, MISSING } from "../format.ts";
import { fileText, sawText } from "../given_encoder.ts";
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

function exposureText({ exposure }: ReportData): string {
  if (exposure === null) return "nothing: no encoder was pretrained";
  const files = exposure.given.map((given) => `${fileText(given)}: ${sawText(given)}`);
  return [...exposure.kind === "given" ? [] : [pretrainedText(exposure)], ...files].join("; ");
}

function pretrainedText(exposure: Exposure): string {
  const { kind, external, folds } = exposure;
  const seen = ({ subjects, recordings }: typeof folds[number]) =>
    `${formatQuantity(subjects, "subject")}, ${formatQuantity(recordings, "recording")}`;
  if (external) {
    const [all] = folds;
    return `${kind}: ${corpusName(exposure)}${all === undefined ? "" : `, ${seen(all)}`}`;
  }
  const word = exposure.transductive ? " (transductive)" : "";
  const counts = folds.length > 6
    ? `${folds.length} folds, ${range(folds.map(({ subjects }) => subjects), "subject")}, ${
      range(folds.map(({ recordings }) => recordings), "recording")
    }`
    : folds.map((fold) => `fold ${fold.fold}: ${seen(fold)}`).join("; ");
  return `${kind}${word}${counts === "" ? "" : `: ${counts}`}`;
}

function range(counts: readonly number[], noun: string): string {
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  return low === high
    ? `${formatQuantity(low, noun)} each`
    : `${formatCount(low)} to ${formatQuantity(high, noun)}`;
}

/** The certificate of the split, what encoders and scaling saw, and the sizes of the folds. */
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
  return {
    id: "certificate",
    title: "Split",
    content: [
      split.checks.length === 0 ? absent("The split has no certificate.") : checks,
      facts,
      split.folds.length === 0 ? NOTHING : foldsTable(data),
    ],
  };
}
