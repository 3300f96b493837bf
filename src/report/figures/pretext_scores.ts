/**
 * How well each transformation is recognised on people set aside.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { PretextScore } from "../../evaluation/results.ts";
import type { ReportData } from "../data.ts";
import { formatScore } from "../format.ts";
import { textWidth } from "../labels.ts";
import { colour } from "../palette.ts";
import { gridKey, gridName } from "../points.ts";
import { pretextMeans } from "../pretext_means.ts";
import { legendPanel } from "./legend.ts";
import { arrangePanels, type Figure, type Panel, plotPanel } from "../svg.ts";

const SCORES = [
  { key: "balancedAccuracy", name: "Balanced accuracy", colour: colour("arm-0"), symbol: "circle", dy: -6 },
  { key: "f1", name: "F1", colour: colour("arm-1"), symbol: "diamond", dy: 6 },
] as const;

function panelOf(
  scores: readonly PretextScore[],
  options: { width: number; name: string; from: number },
): Panel {
  const means = pretextMeans(scores);
  const names = means.map((row) => row.transformation);
  const marginLeft = Math.min(options.width / 2, 12 + Math.max(...names.map((name) => textWidth(name, 12))));
  const headroom = options.name === "" ? 6 : 32;
  return plotPanel({
    width: options.width,
    height: 46 + headroom + 38 * names.length,
    marginTop: headroom,
    marginBottom: 40,
    marginLeft,
    marginRight: 14,
    x: { domain: [options.from, 1], label: null },
    y: { type: "band", domain: names, label: null },
    marks: [
      Plot.gridX({ stroke: colour("line"), strokeOpacity: 1, ticks: 6 }),
      Plot.axisX({
        ticks: 6,
        tickSize: 0,
        tickFormat: (value: number) => formatScore(value, 1),
        fontSize: 12,
        label: null,
      }),
      Plot.axisY({ tickSize: 0, fontSize: 12, label: null }),
      Plot.ruleX([0.5], { stroke: colour("quiet"), strokeDasharray: "2 3", strokeWidth: 1.3 }),
      Plot.text(["chance"], {
        x: 0.5,
        frameAnchor: "bottom",
        dy: 32,
        fill: colour("quiet"),
        text: (name) => name,
      }),
      ...SCORES.flatMap((score) => [
        Plot.dot(scores.filter((row) => row[score.key] !== null), {
          x: score.key,
          y: "transformation",
          dy: score.dy,
          r: 2.5,
          fill: score.colour,
          fillOpacity: 0.4,
        }),
        Plot.dot(means.filter((row) => row[score.key] !== null), {
          x: score.key,
          y: "transformation",
          dy: score.dy,
          r: 5,
          symbol: score.symbol,
          fill: score.colour,
          stroke: colour("paper"),
        }),
      ]),
      Plot.text([options.name], {
        frameAnchor: "top-left",
        textAnchor: "start",
        dx: -marginLeft + 4,
        dy: -26,
        fontWeight: 600,
      }),
    ],
  });
}

/** A row for each transformation: every fold and seed small, their mean large. */
export function pretextScores(data: ReportData): Figure | null {
  const { pretext } = data.summary;
  if (pretext.length === 0) return null;
  const keys = [...new Set(pretext.map((score) => gridKey(score.grid)))];
  const known = pretext.flatMap((score) => [score.balancedAccuracy, score.f1]).filter((value) =>
    value !== null
  );
  const from = Math.max(0, Math.floor((Math.min(0.45, ...known) - 0.01) * 10) / 10);
  const panels = keys.map((key) => {
    const own = pretext.filter((score) => gridKey(score.grid) === key);
    return panelOf(own, { width: keys.length > 1 ? 374 : 760, name: gridName(own[0].grid), from });
  });
  const alt = "Recognition of each transformation. " +
    keys.map((key) =>
      pretextMeans(pretext.filter((score) => gridKey(score.grid) === key)).map((row) =>
        `${row.transformation}: balanced accuracy ${formatScore(row.balancedAccuracy, 2)}, F1 ${
          formatScore(row.f1, 2)
        }.`
      ).join(" ")
    ).join(" ");
  return {
    name: "pretext_scores",
    title: "Recognition of the transformations",
    alt,
    caption:
      "How well each transformation is recognised on training people set aside, one against the rest. " +
      "Small dots: each fold and seed; large marks: their mean.",
    panel: arrangePanels([
      legendPanel(SCORES.map((score) => ({ ...score, dash: null })), 760),
      arrangePanels(panels, { columns: 2 }),
    ], { columns: 1, gap: 4 }),
  };
}
