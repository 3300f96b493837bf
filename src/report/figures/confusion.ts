/**
 * Confusion matrices, arm by arm.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { Confusion, ReportData } from "../data.ts";
import { formatCount, formatPercent } from "../format.ts";
import { textWidth } from "../labels.ts";
import { colour } from "../palette.ts";
import { gridName } from "../points.ts";
import { arrangePanels, type Figure, type Panel, plotPanel } from "../svg.ts";

const WIDTH = 800;
const GAP = 12;
/** How opaque a share of one is: text stays legible on it, on a light page and on a dark one. */
const DEEPEST = 0.45;

interface Square {
  readonly truth: string;
  readonly predicted: string;
  readonly count: number;
  /** Of the windows of the true class; null where there is none. */
  readonly share: number | null;
}

function squares(confusion: Confusion, classes: readonly string[]): Square[] {
  return confusion.counts.flatMap((row, truth) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, predicted) => ({
      truth: classes[truth],
      predicted: classes[predicted],
      count,
      share: total === 0 ? null : count / total,
    }));
  });
}

function panelOf(
  confusion: Confusion,
  options: { classes: readonly string[]; cell: number; margin: number },
): Panel {
  const { classes, cell, margin } = options;
  const size = cell * classes.length;
  const cells = squares(confusion, classes);
  const name = [confusion.arm, gridName(confusion.grid)].filter((part) => part !== "").join(", ");
  return plotPanel({
    width: Math.max(margin + size + 4, textWidth(name, 13) + 10),
    height: size + 82,
    marginTop: 42,
    marginBottom: 40,
    marginLeft: margin,
    marginRight: Math.max(4, textWidth(name, 13) + 10 - margin - size),
    x: { type: "band", domain: classes, padding: 0, label: null },
    y: { type: "band", domain: classes, padding: 0, label: null },
    marks: [
      Plot.cell(cells, {
        x: "predicted",
        y: "truth",
        fill: colour("arm-0"),
        fillOpacity: (square: Square) => DEEPEST * (square.share ?? 0),
        stroke: colour("line"),
      }),
      Plot.text(cells, {
        x: "predicted",
        y: "truth",
        text: (square: Square) => `${formatPercent(square.share)}\n${formatCount(square.count)}`,
        fill: colour("ink"),
      }),
      Plot.axisX({ anchor: "bottom", tickSize: 0, fontSize: 12, label: null }),
      Plot.axisY({ tickSize: 0, fontSize: 12, label: null }),
      Plot.text(["predicted"], { frameAnchor: "bottom", dy: 34, fill: colour("quiet") }),
      Plot.text(["true"], {
        frameAnchor: "top-left",
        textAnchor: "end",
        dx: -6,
        dy: -16,
        fill: colour("quiet"),
      }),
      Plot.text([name], {
        frameAnchor: "top-left",
        textAnchor: "start",
        dx: -margin + 4,
        dy: -38,
        fontWeight: 600,
        fontSize: 13,
      }),
    ],
  });
}

/** A matrix for each arm at the largest budget: shares of the true class, counts below them. */
export function confusionMatrices(data: ReportData): Figure | null {
  const { classes } = data.summary;
  if (data.confusions.length === 0) return null;
  const widest = Math.max(...classes.map((name) => textWidth(name, 12)));
  const margin = 16 + widest;
  const cell = Math.max(58, Math.min(92, widest + 4));
  const panels = data.confusions.map((confusion) => panelOf(confusion, { classes, cell, margin }));
  const columns = Math.max(
    1,
    Math.floor((WIDTH + GAP) / (Math.max(...panels.map((panel) => panel.width)) + GAP)),
  );
  const alt = "Confusion matrices. " + data.confusions.map((confusion) =>
    `${confusion.arm}: ` +
    squares(confusion, classes).filter(({ truth, predicted }) => truth === predicted)
      .map(({ truth, share }) => `${formatPercent(share)} of ${truth} found`).join(", ") +
    "."
  ).join(" ");
  return {
    name: "confusion",
    title: "Confusion matrices",
    alt,
    caption:
      "Predictions on test people at the largest budget, over all draws, folds and seeds. Rows: true class, " +
      "in percent of the row; below, how many.",
    panel: arrangePanels(panels, { columns, gap: GAP }),
  };
}
