/**
 * Labels at the right ends of lines, moved apart and tied to their lines.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { formatScore } from "../format.ts";
import { spreadLabels } from "../labels.ts";
import { colour } from "../palette.ts";

/** What a line is called, and where it ends. */
export interface EndLabel {
  /** What is written. */
  readonly name: string;
  /** Where the line ends: on the scale of y, and of x. */
  readonly value: number;
  /** Where the line ends, on the scale of x. */
  readonly from: number;
  /** The colour of the line. */
  readonly colour: string;
  /** Written lighter, as for a rule that is no result. */
  readonly quiet: boolean;
}

/** A mark that writes the labels in the right margin. */
export function endLabels(labels: readonly EndLabel[], options: { gapPx: number }): Plot.RenderFunction {
  return (_index, scales, _values, dimensions, context) => {
    const { x, y } = scales as { x: (value: number) => number; y: (value: number) => number };
    const element = (tag: string, attributes: Record<string, string | number>) => {
      const node = context.document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
      return node;
    };
    const frame = dimensions.width - dimensions.marginRight;
    const places = spreadLabels(labels.map((label) => y(label.value)), {
      gap: options.gapPx,
      from: dimensions.marginTop,
      to: dimensions.height - dimensions.marginBottom,
    });
    const group = element("g", { "aria-label": "labels" });
    labels.forEach((label, index) => {
      const [end, height] = [x(label.from), y(label.value)];
      group.append(
        element("path", {
          d: `M${end + 6},${height}L${frame + 6},${height}L${frame + 20},${places[index]}`,
          fill: "none",
          stroke: label.colour,
          "stroke-opacity": 0.7,
        }),
      );
      const text = element("text", {
        x: frame + 24,
        y: places[index],
        dy: "0.32em",
        "text-anchor": "start",
        fill: colour(label.quiet ? "quiet" : "ink"),
        ...(label.quiet ? {} : { "font-weight": 600 }),
      });
      const score = element("tspan", { dx: 5, "font-weight": 400, fill: colour("quiet") });
      text.append(label.name, score);
      score.append(formatScore(label.value, 2));
      group.append(text);
    });
    return group;
  };
}
