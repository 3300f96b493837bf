/**
 * HTML from templates that escape what is put into them.
 *
 * @module
 */

/** Markup that is safe to put into a page as it is. */
export interface Html {
  /** HTML or SVG, well formed. */
  readonly markup: string;
}

/** What a template takes: text is escaped, markup is not, a list is joined. */
export type Content = string | number | Html | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Escapes text for HTML and XML, in elements and in attributes.
 *
 * Control characters, which XML can't hold, become U+FFFD.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(escapeText(`<b> & "c"`), "&lt;b&gt; &amp; &quot;c&quot;");
 * ```
 */
export function escapeText(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

function render(content: Content): string {
  if (typeof content === "string") return escapeText(content);
  if (typeof content === "number") return String(content);
  return "markup" in content ? content.markup : content.map(render).join("");
}

/**
 * A template for markup: what is put in is escaped, unless it is markup already.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const subject = html`<b>${"<b>"}</b>`;
 * assert.equal(html`<p>${subject}</p>`.markup, "<p><b>&lt;b&gt;</b></p>");
 * ```
 */
export function html(strings: TemplateStringsArray, ...values: Content[]): Html {
  return {
    markup: strings.map((text, index) => index === 0 ? text : render(values[index - 1]) + text).join(""),
  };
}

/** Markup that was made elsewhere, such as a serialized figure. */
export function trusted(markup: string): Html {
  return { markup };
}

/** No markup at all. */
export const NOTHING: Html = { markup: "" };
