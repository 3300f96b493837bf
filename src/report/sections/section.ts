/**
 * The parts of a report's page.
 *
 * @module
 */
import { type Content, type Html, html, trusted } from "../markup.ts";
import { type Figure, svgElement } from "../svg.ts";

/** One part of the page, with a heading and a place in the table of contents. */
export interface Section {
  /** Its place on the page. */
  readonly id: string;
  /** Its heading. */
  readonly title: string;
  /** What stands below the heading. */
  readonly content: Content;
}

/** A figure with its caption; the style sheet numbers it. */
export function figureHtml(figure: Figure): Html {
  const { panel, alt } = figure;
  const drawing = trusted(svgElement(panel, { alt, attributes: ` style="--drawn: ${panel.width}px"` }));
  return html`
    <figure class="drawing" id="figure-${figure.name}">
      <div class="wide" tabindex="0" role="region" aria-label="${figure.title}">${drawing}</div>
      <figcaption>${figure.caption} <span class="file">figures/${figure.name}.svg</span></figcaption>
    </figure>
  `;
}

/** Terms and what they are. */
export function definitions(entries: readonly (readonly [string, Content])[]): Html {
  const items = entries.map(([term, value]) =>
    html`
      <div>
        <dt>${term}</dt>
        <dd>${value}</dd>
      </div>
    `
  );
  return html`
    <dl>${items}</dl>
  `;
}

/** Says that there is nothing to show. */
export function absent(text: string): Html {
  return html`
    <p class="absent">${text}</p>
  `;
}

/** What is shown when a reader asks for it, and always on paper. */
export function details(summary: string, content: Content): Html {
  return html`
    <details>
      <summary>${summary}</summary>
      ${content}
    </details>
  `;
}
