/**
 * One HTML file that asks for nothing else: a title, a table of contents, sections.
 *
 * @module
 */
import { type Content, html, trusted } from "./markup.ts";
import type { Section } from "./sections/section.ts";
import { STYLE } from "./style.ts";

/** What a page is made of. */
export interface Document {
  /** What a browser calls it. */
  readonly title: string;
  /** What stands above the table of contents. */
  readonly opening: Content;
  /** The sections, in order. */
  readonly sections: readonly Section[];
}

/** The page. The policy in its head forbids it to load anything, whatever is in its texts. */
export function renderDocument({ title, opening, sections }: Document): string {
  const contents = sections.map((section) =>
    html`
      <li><a href="#${section.id}">${section.title}</a></li>
    `
  );
  const main = sections.map((section) =>
    html`
      <section id="${section.id}" aria-labelledby="${section.id}-title">
        <h2 id="${section.id}-title">${section.title}</h2>
        ${section.content}
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
        <title>${title}</title>
        <style>${trusted(STYLE)}</style>
      </head>
      <body>
        ${opening}
        <nav aria-label="Contents"><ol>${contents}</ol></nav>
        <main>${main}</main>
      </body>
    </html>
  `.markup.trimStart();
}
