/**
 * Tables for the page.
 *
 * @module
 */
import { type Html, html, NOTHING } from "../markup.ts";
import type { PrintedTable, TableCell, TableRow } from "./table.ts";

function content({ text, detail = "", marks = "" }: TableCell): Html {
  const mark = marks === "" ? NOTHING : html`<sup>${marks}</sup>`;
  const small = detail === "" ? NOTHING : html`<small>${detail}</small>`;
  return html`${text}${mark} ${small}`;
}

/** The table as HTML, with a caption, heads of rows and columns, and its notes. */
export function tableHtml(table: PrintedTable): Html {
  const align = (index: number) => table.columns[index].align;
  const heads = table.columns.map(({ head }, index) =>
    html`<th scope="col" class="${align(index)}">${head}</th>`
  );
  const item = (cell: TableCell, index: number) =>
    index === 0
      ? html`<th scope="row" class="${align(index)}">${content(cell)}</th>`
      : html`<td class="${align(index)}">${content(cell)}</td>`;
  const row = ({ cells, startsGroup }: TableRow) =>
    html`
      <tr class="${startsGroup ? "group" : "row"}">${cells.map(item)}</tr>
    `;
  const remark = (note: string) =>
    html`
      <p class="remark">${note}</p>
    `;
  return html`
    <figure class="table" id="table-${table.name}">
    <div class="wide" tabindex="0" role="region" aria-label="${table.caption}">
    <table>
    <caption>${table.caption}</caption>
    <thead><tr>${heads}</tr></thead>
    <tbody>${table.rows.map(row)}</tbody>
    </table>
    </div>
    ${table.notes.map(remark)}</figure>
  `;
}
