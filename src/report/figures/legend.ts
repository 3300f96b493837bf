/**
 * The legend of figures that have no room for labels at the lines.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { textWidth } from "../labels.ts";
import { type ArmSymbol, colour } from "../palette.ts";
import { type Panel, plotPanel } from "../svg.ts";

/** What one entry explains. */
export interface LegendEntry {
  /** What is written. */
  readonly name: string;
  /** The colour of line and mark. */
  readonly colour: string;
  /** The dash array of its line; null where it has no line. */
  readonly dash: string | null;
  /** Its mark; null where it has none. */
  readonly symbol: ArmSymbol | null;
}

const ROW = 20;

/** The entries in order, wrapped to the width. */
export function legendPanel(entries: readonly LegendEntry[], width: number): Panel {
  let [left, top] = [6, ROW / 2];
  const placed = entries.map((entry) => {
    const sample = entry.dash === null ? 12 : 30;
    const size = sample + 6 + textWidth(entry.name, 12) + 14;
    if (left > 6 && left + size > width) [left, top] = [6, top + ROW];
    const place = { entry, from: left, to: left + sample, y: top };
    left += size;
    return place;
  });
  return plotPanel({
    width,
    height: top + ROW / 2 + 4,
    margin: 0,
    x: { type: "identity", axis: null },
    y: { type: "identity", axis: null },
    marks: placed.flatMap(({ entry, from, to, y }) => [
      entry.dash === null ? null : Plot.line([[from, y], [to, y]], {
        stroke: entry.colour,
        strokeDasharray: entry.dash,
        strokeWidth: entry.symbol === null ? 1.3 : 2,
      }),
      entry.symbol === null
        ? null
        : Plot.dot([[(from + to) / 2, y]], { symbol: entry.symbol, fill: entry.colour, r: 4 }),
      Plot.text([[to + 6, y]], { text: () => entry.name, textAnchor: "start", fill: colour("ink") }),
    ]),
  });
}
