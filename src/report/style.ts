/**
 * The style sheet of a report: for screens, light and dark, and for paper.
 *
 * @module
 */
import { type Colour, DARK, LIGHT } from "./palette.ts";

function variables(colours: Readonly<Record<Colour, string>>): string {
  return Object.entries(colours).map(([name, value]) => `--${name}: ${value};`).join(" ");
}

/** The text of the style element. */
export const STYLE = `
:root { color-scheme: light dark; ${variables(LIGHT)} }
@media screen and (prefers-color-scheme: dark) { :root { ${variables(DARK)} } }
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); scroll-behavior: smooth; }
body {
  margin: 0 auto; padding: 0 1.25rem 4rem; max-width: 54rem; counter-reset: figure table;
  font: 1.0625rem/1.55 Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif;
}
h1, h2, nav, table, dl, .run, .notices, .checks, .banner, .remark, figcaption, summary, .file {
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
h1 { font-size: 1.7rem; line-height: 1.25; margin: 2.5rem 0 0.5rem; text-wrap: balance; }
h2 { font-size: 1.2rem; margin: 3rem 0 0.75rem; padding-top: 0.75rem; border-top: 1px solid var(--line); }
p { margin: 0.75rem 0; }
a { color: inherit; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.85em; }
pre { background: var(--panel); padding: 0.75rem 1rem; border-radius: 6px; overflow-x: auto; line-height: 1.45; }
.run { color: var(--quiet); font-size: 0.875rem; margin: 0; }
.answer { font-size: 1.125rem; }
.banner { background: var(--bad-panel); border: 2px solid var(--bad); border-radius: 6px; padding: 0.75rem 1rem; margin-top: 1.5rem; }
.notices { list-style: none; padding: 0; margin: 1.25rem 0; font-size: 0.9rem; line-height: 1.45; }
.notices li { border-left: 4px solid var(--line); background: var(--panel); padding: 0.45rem 0.8rem; margin: 0.4rem 0; }
.notices .warning { border-color: var(--warn); background: var(--warn-panel); }
.notices .dataset { border-color: var(--arm-0); font-size: 1rem; }
nav ol { list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1.1rem; padding: 0; margin: 1.5rem 0 0; font-size: 0.85rem; }
figure { margin: 1.5rem 0; }
.wide { overflow-x: auto; }
/* A drawing fills the page; a narrow one stays about as wide as it was drawn (--drawn), or its letters would be giants. */
svg.plot {
  --widest: calc(1.1 * var(--drawn));
  display: block; height: auto; width: 100%; overflow: visible;
  min-width: min(34rem, var(--widest)); max-width: min(100%, var(--widest));
}
figcaption { font-size: 0.85rem; line-height: 1.45; color: var(--quiet); margin-top: 0.6rem; }
figcaption::before { counter-increment: figure; content: "Figure " counter(figure) ". "; font-weight: 600; color: var(--ink); }
.file { white-space: nowrap; font-size: 0.75rem; opacity: 0.85; }
table { border-collapse: collapse; font-size: 0.82rem; line-height: 1.35; font-variant-numeric: tabular-nums; min-width: 60%; }
caption { text-align: left; color: var(--quiet); padding-bottom: 0.5rem; font-size: 0.85rem; }
caption::before { counter-increment: table; content: "Table " counter(table) ". "; font-weight: 600; color: var(--ink); }
thead th { border-top: 2px solid var(--ink); border-bottom: 1px solid var(--ink); font-weight: 600; vertical-align: bottom; }
tbody tr:last-child > * { border-bottom: 2px solid var(--ink); }
tbody tr.group > * { border-top: 1px solid var(--line); }
th, td { padding: 0.3rem 0.7rem; vertical-align: top; }
th:first-child, td:first-child { padding-left: 0.2rem; }
tbody th { font-weight: 400; white-space: nowrap; }
.left { text-align: left; }
.right { text-align: right; white-space: nowrap; }
thead .right { white-space: normal; }
td small { display: block; color: var(--quiet); font-size: 0.72rem; white-space: nowrap; }
sup { line-height: 0; }
.remark { font-size: 0.78rem; color: var(--quiet); margin: 0.3rem 0; }
dl { font-size: 0.85rem; line-height: 1.45; margin: 1rem 0; }
dl > div { display: grid; grid-template-columns: 13rem 1fr; gap: 0.2rem 1rem; padding: 0.2rem 0; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
.checks { list-style: none; padding: 0; font-size: 0.9rem; }
.checks li { padding: 0.15rem 0 0.15rem 1.6rem; text-indent: -1.6rem; }
.checks .mark { display: inline-block; width: 1.6rem; text-indent: 0; font-weight: 700; }
.pass .mark { color: var(--good); }
.fail .mark, .fail b { color: var(--bad); }
.beside { display: flex; flex-wrap: wrap; gap: 0 2.5rem; }
.absent { color: var(--quiet); font-style: italic; }
details { margin: 0.75rem 0; }
summary { cursor: pointer; font-size: 0.9rem; }
:focus-visible { outline: 2px solid var(--arm-0); outline-offset: 2px; }
@media (max-width: 40rem) { dl > div { grid-template-columns: 1fr; } }
@media print {
  @page { margin: 18mm 16mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .file { display: none; }
  h2 { break-after: avoid; }
  figure.drawing, tr, .notices li { break-inside: avoid; }
  .wide, pre { overflow: visible; }
  pre { white-space: pre-wrap; }
  svg.plot { min-width: 0; }
  details::details-content { content-visibility: visible; height: auto; display: block; }
}
`;
