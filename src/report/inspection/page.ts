/**
 * The page about data: recordings, labels, quality, heart rates, windows with their beats, transformations.
 *
 * @module
 */
import { renderDocument } from "../document.ts";
import { exampleFigures } from "../figures/examples.ts";
import { formatQuantity, formatSeconds } from "../format.ts";
import { type Html, html, NOTHING } from "../markup.ts";
import { absent, details, figureHtml, type Section } from "../sections/section.ts";
import { type Figure, standaloneSvg } from "../svg.ts";
import { tableHtml } from "../tables/html.ts";
import { labelsTable } from "../tables/label_ranges.ts";
import type { InspectionData } from "./data.ts";
import { beatFigures, labelFigure } from "./figures.ts";
import { rateFigure } from "./rate_figure.ts";
import { classesTable, qualityTable, recordingsTable, stimuliTable } from "./tables.ts";

/** The texts of the files of an inspection. */
export interface InspectionPage {
  /** `inspect.html`: everything, in one file that loads nothing. */
  readonly html: string;
  /** SVG by the name of its file. */
  readonly figures: Readonly<Record<string, string>>;
}

/** Makes the page. Equal data give equal bytes. */
export function renderInspection(data: InspectionData): InspectionPage {
  const labels = labelFigure(data), rates = rateFigure(data), { ranges } = data.dataset;
  const beats = beatFigures(data), transformations = exampleFigures(data.transformations);
  const drawn = [labels, rates, ...beats, ...transformations].filter((figure) => figure !== null);
  const shown = (figures: readonly (Figure | null)[], nothing: string): Html[] => {
    const known = figures.filter((figure) => figure !== null);
    return known.length === 0 ? [absent(nothing)] : known.map(figureHtml);
  };
  const sections: Section[] = [
    {
      id: "recordings",
      title: "Recordings",
      content: [
        tableHtml(stimuliTable(data)),
        details("Recording by recording", tableHtml(recordingsTable(data))),
      ],
    },
    {
      id: "labels",
      title: "Labels",
      content: [
        ...Object.keys(ranges).length === 0 ? [] : [tableHtml(labelsTable(ranges))],
        ...shown([labels], "The recordings carry no labels."),
        tableHtml(classesTable(data)),
      ],
    },
    { id: "quality", title: "Signal quality", content: tableHtml(qualityTable(data)) },
    {
      id: "heart-rate",
      title: "Heart rate by class",
      content: shown([rates], "No window with beats has a class."),
    },
    { id: "beats", title: "Windows with their beats", content: shown(beats, "There are no windows.") },
    {
      id: "transformations",
      title: "Transformations",
      content: shown(transformations, "No window has a class, or the pretext transforms nothing."),
    },
    { id: "source", title: "Source", content: source(data) },
  ];
  return {
    html: renderDocument({ title: `${data.title}: data`, opening: opening(data), sections }),
    figures: Object.fromEntries(
      drawn.map((figure) => [`${figure.name}.svg`, standaloneSvg(figure, { leak: "" })]),
    ),
  };
}

/** In a sentence: how much there is. */
export function summaryOf({ recordings, windows }: InspectionData): string {
  const people = new Set(recordings.map(({ subject }) => subject)).size;
  const seconds = recordings.reduce((sum, recording) => sum + recording.seconds, 0);
  return `${formatQuantity(recordings.length, "recording")} of ${formatQuantity(people, "subject")}, ` +
    `${formatSeconds(seconds)} together, ${formatQuantity(windows.length, "window")}`;
}

function opening(data: InspectionData): Html {
  const { title, question, dataset } = data;
  const notes = dataset.notes.map((note) =>
    html`
      <li class="dataset"><b>Data.</b> ${note}</li>
    `
  );
  return html`
    <header>
      <h1>The data of ${title}</h1>
      <p class="run">${question}</p>
      <p class="answer">${summaryOf(data)}.</p>
    </header>
    ${notes.length === 0 ? NOTHING : html`<ul class="notices">${notes}</ul>`}
  `;
}

function source({ dataset }: InspectionData): Html {
  return html`
    <p>Dataset: ${dataset.kind}${dataset.simulated ? ", simulated" : ""}. Licence: ${dataset.licence}.</p>
    <p>To cite: ${dataset.citation}.</p>
  `;
}
