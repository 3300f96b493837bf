/**
 * What labels are in: their units and ranges.
 *
 * @module
 */
import type { LabelRange } from "../../formats/window_table.ts";
import { formatCount, MISSING } from "../format.ts";
import { cell, groupRows, type PrintedTable, textColumns } from "./table.ts";

/** More characters of values than this are a list that nobody reads. */
const MOST_CHARACTERS = 72;

/** Each label with its unit and its range, or the values that it can take; "not stated" where a manifest gives no unit. */
export function labelsTable(ranges: Readonly<Record<string, LabelRange>>): PrintedTable {
  return {
    name: "labels",
    caption: "Labels of the dataset",
    columns: textColumns("Label", "Unit", "Range"),
    rows: groupRows(
      Object.entries(ranges).map(([name, range]) => ({
        group: "",
        cells: [
          cell(name),
          cell("from" in range ? range.unit ?? "not stated" : MISSING),
          cell("from" in range ? `${range.from} to ${range.to}` : valuesText(range.values)),
        ],
      })),
    ),
    notes: [],
  };
}

function valuesText(values: readonly string[]): string {
  const text = values.join(", ");
  return text.length <= MOST_CHARACTERS ? text : `${formatCount(values.length)} values`;
}
