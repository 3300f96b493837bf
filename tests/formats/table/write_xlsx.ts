/** Writes Excel workbooks of one sheet, with texts in place or shared, as spreadsheet programs do. */
import { strToU8, zipSync } from "fflate";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** The bytes of a workbook whose sheet holds these rows; null is an empty cell. */
export function xlsxBytes(
  rows: readonly (readonly (string | number | null)[])[],
  { sheet = "Sheet1" }: { sheet?: string } = {},
): Uint8Array {
  const shared: string[] = [];
  const cellOf = (value: string | number | null, at: string) => {
    if (value === null) return "";
    if (typeof value === "number") return `<c r="${at}"><v>${value}</v></c>`;
    if (!shared.includes(value)) shared.push(value);
    return `<c r="${at}" t="s"><v>${shared.indexOf(value)}</v></c>`;
  };
  const sheetRows = rows.map((row, index) =>
    `<row r="${index + 1}">${
      row.map((value, column) => cellOf(value, `${letters(column)}${index + 1}`)).join("")
    }</row>`
  );
  const parts = {
    "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types">` +
      `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Default Extension="xml" ContentType="application/xml"/>` +
      `<Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/>` +
      `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${CONTENT}.worksheet+xml"/>` +
      `<Override PartName="/xl/sharedStrings.xml" ContentType="${CONTENT}.sharedStrings+xml"/></Types>`,
    "_rels/.rels": relations([["officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml":
      `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([["worksheet", "worksheets/sheet1.xml"], [
      "sharedStrings",
      "sharedStrings.xml",
    ]]),
    "xl/worksheets/sheet1.xml": `<worksheet xmlns="${MAIN}"><sheetData>${
      sheetRows.join("")
    }</sheetData></worksheet>`,
    "xl/sharedStrings.xml": `<sst xmlns="${MAIN}">${
      shared.map((text) => `<si><t>${escaped(text)}</t></si>`).join("")
    }</sst>`,
  };
  const files = Object.entries(parts).map(([name, xml]) => [
    name,
    strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${xml}`),
  ]);
  // A zip file holds times: without a fixed one its bytes would not be the same twice.
  return zipSync(Object.fromEntries(files), { mtime: new Date(2020, 0, 1) });
}

function relations(targets: readonly (readonly [string, string])[]): string {
  const entries = targets.map(([type, target], index) =>
    `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${entries.join("")}</Relationships>`;
}

/** A, B, ..., Z, AA, ... */
function letters(column: number): string {
  const last = String.fromCharCode(65 + column % 26), before = Math.floor(column / 26) - 1;
  return before < 0 ? last : letters(before) + last;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
