/**
 * The primary score of every person, arm by arm.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { chanceLevel } from "../../evaluation/chance.ts";
import type { ReportData, SubjectScore } from "../data.ts";
import { formatScore, metricLabel } from "../format.ts";
import { textWidth } from "../labels.ts";
import { median } from "../../signal/median.ts";
import { type ArmStyle, armStyles, colour } from "../palette.ts";
import { gridKey, gridName } from "../points.ts";
import { arrangePanels, type Figure, type Panel, plotPanel } from "../svg.ts";

const ROW = 54;

function strip(style: ArmStyle, scores: readonly SubjectScore[]): Plot.Markish[] {
  const known = scores.flatMap(({ subject, score }) => score === null ? [] : [{ subject, score }]);
  const middle = known.length === 0 ? null : median(known.map(({ score }) => score));
  const count = known.length === scores.length ? `${known.length}` : `${known.length} of ${scores.length}`;
  const place = { fy: () => style.arm.name };
  return [
    Plot.text([style.arm.name], { ...place, frameAnchor: "left", textAnchor: "end", dx: -8 }),
    Plot.dot(
      known,
      Plot.dodgeY("middle", {
        ...place,
        x: "score",
        r: 3,
        padding: 0.5,
        symbol: style.symbol,
        fill: style.colour,
        fillOpacity: 0.75,
        title: (row) => `${row.subject}: ${formatScore(row.score)}`,
      }),
    ),
    Plot.tickX(middle === null ? [] : [middle], {
      ...place,
      x: (value) => value,
      stroke: colour("ink"),
      strokeWidth: 2,
      insetTop: 8,
      insetBottom: 8,
    }),
    Plot.text([`median ${formatScore(middle, 2)}\nn = ${count}`], {
      ...place,
      frameAnchor: "right",
      textAnchor: "start",
      dx: 6,
      fontSize: 11,
      fill: colour("quiet"),
    }),
  ];
}

function chanceOf({ summary: { primary, classes } }: ReportData): number | null {
  return chanceLevel(primary, classes.length);
}

function panelOf(data: ReportData, scores: readonly SubjectScore[], from: number): Panel {
  const styles = armStyles(data).filter(({ arm }) => scores.some((score) => score.arm === arm.name));
  const marginLeft = 14 + Math.max(...styles.map(({ arm }) => textWidth(arm.name, 12)));
  const height = 64 + ROW * styles.length;
  const chance = chanceOf(data);
  return plotPanel({
    width: 760,
    height,
    marginTop: 26,
    marginBottom: 38,
    marginLeft,
    marginRight: 92,
    x: { domain: [from, 1], label: null },
    fy: { domain: styles.map(({ arm }) => arm.name), axis: null, padding: 0 },
    marks: [
      Plot.gridX({ stroke: colour("line"), strokeOpacity: 1, ticks: 6 }),
      Plot.axisX({
        ticks: 6,
        tickSize: 0,
        tickFormat: (value: number) => formatScore(value, 2),
        fontSize: 12,
        label: null,
      }),
      chance === null
        ? null
        : Plot.ruleX([chance], { stroke: colour("quiet"), strokeDasharray: "2 3", strokeWidth: 1.3 }),
      ...styles.flatMap((style) => strip(style, scores.filter((score) => score.arm === style.arm.name))),
      Plot.text([gridName(scores[0].grid) || metricLabel(data.summary.primary)], {
        fy: () => styles[0].arm.name,
        frameAnchor: "top-left",
        textAnchor: "start",
        dx: -marginLeft + 4,
        dy: -22,
        fontWeight: 600,
      }),
    ],
  });
}

/** A strip for each arm at the largest budget, a dot for each person; a thick line at the median. */
export function subjectScores(data: ReportData): Figure | null {
  const scores = data.subjectScores;
  if (scores.length === 0) return null;
  const known = scores.map(({ score }) => score).filter((score) => score !== null);
  const from = Math.max(0, Math.floor((Math.min(chanceOf(data) ?? 1, ...known) - 0.01) * 20) / 20);
  const keys = [...new Set(scores.map((score) => gridKey(score.grid)))];
  const metric = metricLabel(data.summary.primary);
  const alt = `${metric} of every person. ` +
    keys.flatMap((key) =>
      armStyles(data).flatMap(({ arm }) => {
        const own = scores.filter((row) => gridKey(row.grid) === key && row.arm === arm.name)
          .map(({ score }) => score).filter((score) => score !== null);
        return own.length === 0 ? [] : [
          `${arm.name}: median ${formatScore(median(own), 2)}, from ${formatScore(Math.min(...own), 2)} to ${
            formatScore(Math.max(...own), 2)
          }.`,
        ];
      })
    ).join(" ");
  const panels = keys.map((key) =>
    panelOf(data, scores.filter((score) => gridKey(score.grid) === key), from)
  );
  return {
    name: "subject_scores",
    title: `${metric} of every person`,
    alt,
    caption: `${metric} of every tested person at the largest budget, mean over draws and seeds. ` +
      "The thick line is the median; dotted: chance." +
      (known.length < scores.length
        ? " Where n is less than all, the score of the others is undefined."
        : ""),
    panel: arrangePanels(panels, { columns: 1 }),
  };
}
