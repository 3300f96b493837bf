/**
 * Plots as SVG text, without a browser: drawn by Observable Plot on a document of linkedom, serialized here.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { DOMParser } from "linkedom";
import { escapeText } from "./markup.ts";
import { leakText } from "./leak.ts";
import { LIGHT } from "./palette.ts";

/** A drawing without its outermost element, so that several fit into one figure. */
export interface Panel {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** What stands inside the SVG element. */
  readonly body: string;
}

/** A figure of the report. */
export interface Figure {
  /** The name of its file, without an ending. */
  readonly name: string;
  /** The heading of the file and of the scrolling region. */
  readonly title: string;
  /** What the figure shows, for someone who does not see it. */
  readonly alt: string;
  /** What is drawn and how to read it, printed below. */
  readonly caption: string;
  /** The drawing. */
  readonly panel: Panel;
}

interface SvgNode {
  readonly nodeType: number;
  readonly localName: string;
  readonly textContent: string | null;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  readonly childNodes: Iterable<SvgNode>;
}

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
const FONT_SIZE = 12;
const ELEMENT = 1;
const TEXT = 3;
const GEOMETRY = new Set([
  "d",
  "transform",
  "x",
  "y",
  "x1",
  "x2",
  "y1",
  "y2",
  "cx",
  "cy",
  "r",
  "width",
  "height",
]);

/** Coordinates to a tenth of a pixel, in which last digits that differ between machines don't show. */
function rounded(value: string): string {
  return value.replace(
    /-?\d*\.\d+(?:e[-+]?\d+)?(?![\w%])/g,
    (number) => String(Number(Number(number).toFixed(1)) || 0),
  );
}

/**
 * Writes a node as XML. linkedom's own `outerHTML` leaves `<` and `&` in attributes as they are, which no XML reader takes.
 * Plot's style element is left out: the page has one of its own.
 */
function serialize(node: SvgNode): string {
  if (node.nodeType === TEXT) return escapeText(node.textContent ?? "");
  if (node.nodeType !== ELEMENT || node.localName === "style") return "";
  const attributes = [...node.attributes].map(({ name, value }) =>
    ` ${name}="${escapeText(GEOMETRY.has(name) ? rounded(value) : value)}"`
  );
  const children = [...node.childNodes].map(serialize).join("");
  return `<${node.localName}${attributes.join("")}>${children}</${node.localName}>`;
}

/** Draws a plot. `width` and `height` are in pixels; the colours are CSS variables of the page. */
export function plotPanel(options: Plot.PlotOptions & { width: number; height: number }): Panel {
  const document = new DOMParser().parseFromString("<!doctype html><html><body></body></html>", "text/html");
  const root: SvgNode = Plot.plot({ ...options, document, className: "plot" });
  return {
    width: options.width,
    height: options.height,
    body: [...root.childNodes].map(serialize).join(""),
  };
}

/** Sets panels side by side, `columns` to a row, the tallest of a row deciding its height. */
export function arrangePanels(panels: readonly Panel[], options: { columns: number; gap?: number }): Panel {
  const { columns, gap = 12 } = options;
  let [width, top, body] = [0, 0, ""];
  for (let first = 0; first < panels.length; first += columns) {
    const row = panels.slice(first, first + columns);
    let left = 0;
    for (const panel of row) {
      body += `<g transform="translate(${left},${top})">${panel.body}</g>`;
      left += panel.width + gap;
    }
    width = Math.max(width, left - gap);
    top += Math.max(...row.map((panel) => panel.height)) + gap;
  }
  return { width, height: Math.max(0, top - gap), body };
}

/** A panel that only says something, in place of a drawing for which there are no data. */
export function messagePanel(text: string): Panel {
  return {
    width: 760,
    height: 60,
    body: `<text x="380" y="34" fill="var(--quiet)" font-style="italic">${escapeText(text)}</text>`,
  };
}

/** The SVG element of a panel, for a page that defines the colours. */
export function svgElement(panel: Panel, options: { alt: string; attributes?: string }): string {
  const { alt, attributes = "" } = options;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="plot" role="img" aria-label="${escapeText(alt)}" ` +
    `viewBox="0 0 ${panel.width} ${panel.height}" width="${panel.width}" height="${panel.height}" ` +
    `font-family="${
      escapeText(FONT)
    }" font-size="${FONT_SIZE}" text-anchor="middle" fill="currentColor"${attributes}>${panel.body}</svg>`;
}

/** Puts the light colours in place of the page's variables: in attributes, whose quotes no text can hold. */
function withColours(svg: string): string {
  return Object.entries(LIGHT).reduce(
    (text, [name, value]) => text.replaceAll(`"var(--${name})"`, `"${value}"`),
    svg,
  );
}

/**
 * A figure as a file of its own: light colours in place of the page's variables, on a white ground.
 *
 * A `leak`, the reason for which a failed check was overridden, is written below the drawing.
 */
export function standaloneSvg(figure: Figure, { leak }: { leak: string }): string {
  const { width, height, body } = figure.panel;
  const warning = `<text x="${width / 2}" y="${height + 16}" fill="var(--bad)" font-weight="600">` +
    `${escapeText(leakText(leak))}</text>`;
  const marked = leak === "" ? figure.panel : { width, height: height + 24, body: body + warning };
  const attributes = ` color="${LIGHT.ink}" style="background:${LIGHT.paper}"`;
  const title = `<title>${escapeText(figure.title)}</title>`;
  const svg = svgElement({ ...marked, body: title + marked.body }, { alt: figure.alt, attributes });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${withColours(svg)}\n`;
}
