/**
 * Losses by epoch, of pretraining and of the chosen cells.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { History, ReportData } from "../data.ts";
import { formatSignificant } from "../format.ts";
import { armStyles, colour } from "../palette.ts";
import { arrangePanels, type Figure, type Panel, plotPanel } from "../svg.ts";

interface Row {
  readonly fit: string;
  readonly epoch: number;
  readonly loss: number;
}

function rowsOf(histories: readonly History[], side: "training" | "validation"): Row[] {
  return histories.flatMap((history, index) =>
    // A loss that is missing breaks the line.
    history.lines.map((entry) => ({ fit: `${index}`, epoch: entry.epoch, loss: entry[side] ?? NaN }))
  );
}

function panelOf(
  histories: readonly History[],
  options: { name: string; width: number; height: number; stroke: string; highest: number },
): Panel {
  const { stroke } = options;
  const epochs = histories.flatMap((history) => history.lines.map(({ epoch }) => epoch));
  const last = Math.max(1, ...epochs), validation = rowsOf(histories, "validation");
  const lines = { x: "epoch", y: "loss", z: "fit", stroke, strokeOpacity: 0.85 };
  return plotPanel({
    width: options.width,
    height: options.height,
    marginTop: 28,
    marginBottom: 36,
    marginLeft: 44,
    marginRight: 12,
    x: { domain: [Math.min(0, ...epochs), last], label: null },
    y: { domain: [0, options.highest], label: null },
    marks: [
      Plot.gridY({ stroke: colour("line"), strokeOpacity: 1, ticks: 5 }),
      Plot.axisY({ ticks: 5, tickSize: 0, tickFormat: formatSignificant, fontSize: 12, label: null }),
      Plot.axisX({
        // Whole epochs are marked, also where there are few.
        ticks: Math.min(Math.floor(options.width / 80), Math.ceil(last)),
        tickFormat: formatSignificant,
        fontSize: 12,
        label: null,
      }),
      Plot.ruleY([0], { stroke: colour("quiet") }),
      Plot.line(rowsOf(histories, "training"), { ...lines, strokeWidth: 1.4 }),
      Plot.line(validation, { ...lines, strokeWidth: 1.4, strokeDasharray: "4 3" }),
      Plot.text([options.name], {
        frameAnchor: "top-left",
        textAnchor: "start",
        dx: -40,
        dy: -24,
        fontWeight: 600,
      }),
      Plot.text(["epoch"], { frameAnchor: "bottom", dy: 30, fill: colour("quiet") }),
    ],
  });
}

/** A little more than the largest finite loss: the height of the plots. */
function highestLoss(histories: readonly History[]): number {
  const losses = histories.flatMap(({ lines }) =>
    lines.flatMap(({ training, validation }) => [training ?? 0, validation ?? 0])
  );
  return 1.05 * losses.filter(Number.isFinite).reduce((highest, loss) => Math.max(highest, loss), 0) || 1;
}

function describe(histories: readonly History[]): string {
  return histories.map(({ label, lines }) => {
    const [first, last] = [lines[0]?.training ?? NaN, lines.at(-1)?.training ?? NaN];
    return `${label}: training loss ${formatSignificant(first)} at first, ${formatSignificant(last)} after ${
      formatSignificant(lines.at(-1)?.epoch ?? 0)
    } epochs.`;
  }).join(" ");
}

const CAPTION = "Solid: training; dashed: validation.";

/** The pretext's loss, a line for each fold and seed. */
export function pretextLosses(data: ReportData): Figure | null {
  const histories = data.pretextHistories;
  if (histories.length === 0) return null;
  const alt = `Pretext loss by epoch. ${describe(histories)}`;
  const panel = panelOf(histories, {
    name: "Pretext loss",
    width: 760,
    height: 280,
    stroke: colour("arm-0"),
    highest: highestLoss(histories),
  });
  return {
    name: "pretext_losses",
    title: "Pretext loss by epoch",
    alt,
    caption: `Loss of the pretext by epoch, a line for each fold and seed. ${CAPTION}`,
    panel,
  };
}

/** The loss of the cells that were chosen as each arm's model, a panel for each arm. */
export function trainingLosses(data: ReportData): Figure | null {
  const histories = data.trainingHistories;
  const styles = armStyles(data).filter(({ arm }) => histories.some((history) => history.arm === arm.name));
  if (styles.length === 0) return null;
  const highest = highestLoss(histories);
  const alt = `Training loss by epoch. ${describe(histories)}`;
  const panels = styles.map((style) =>
    panelOf(histories.filter((history) => history.arm === style.arm.name), {
      name: style.arm.name,
      width: 374,
      height: 200,
      stroke: style.colour,
      highest,
    })
  );
  return {
    name: "training_losses",
    title: "Training loss by epoch",
    alt,
    caption: `Loss of the classifier by epoch, a panel for each arm. ${CAPTION}`,
    panel: arrangePanels(panels, { columns: 2 }),
  };
}
