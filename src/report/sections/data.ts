/**
 * What the data hold: the dataset's notes, its labels, its classes, and the windows that were left out, by reason and by person.
 *
 * @module
 */
import type { ReportData } from "../data.ts";
import { type Html, html, NOTHING } from "../markup.ts";
import { classesTable, discardedTable, peopleTable } from "../tables/data.ts";
import { labelsTable } from "../tables/label_ranges.ts";
import { tableHtml } from "../tables/html.ts";
import { absent, details, type Section } from "./section.ts";

function noteList({ notes }: ReportData): Html {
  if (notes.length === 0) return NOTHING;
  const items = notes.map((note) =>
    html`
      <li>${note}</li>
    `
  );
  return html`
    <p>The dataset notes:</p>
    <ul>${items}</ul>
  `;
}

/** The dataset's notes, its labels with their units, what there is of each class, and what was left out. */
export function dataSection(data: ReportData): Section {
  const { classCounts, discarded, labels, people } = data;
  const tables = [
    classCounts.length === 0 ? absent("No window has a class.") : tableHtml(classesTable(data)),
    discarded.length === 0 ? absent("No window was left out.") : tableHtml(discardedTable(data)),
  ];
  return {
    id: "data",
    title: "Data",
    content: [
      noteList(data),
      Object.keys(labels).length === 0 ? NOTHING : tableHtml(labelsTable(labels)),
      html`
        <div class="beside">${tables}</div>
      `,
      people.length === 0 ? NOTHING : details("Person by person", tableHtml(peopleTable(data))),
    ],
  };
}
