/**
 * Colours, and how each arm is told from the others without them.
 *
 * @module
 */
import type { ReportArm, ReportData } from "./data.ts";

/**
 * The colours on white, by the name of their CSS variable. Any two arms differ by at least 12 (100 times the distance in OKLab)
 * to normal, protan, deutan and tritan eyes (Machado, Oliveira and Fernandes 2009, severity 1), and by 3:1 from the paper.
 */
export const LIGHT = {
  "paper": "#ffffff",
  "ink": "#1b1f24",
  "quiet": "#5c646e",
  "line": "#d5d9de",
  "panel": "#f5f6f8",
  "good": "#0a6b3d",
  "bad": "#b3261e",
  "warn": "#8a5a00",
  "warn-panel": "#fff4dc",
  "bad-panel": "#fdecea",
  "arm-0": "#004cc6",
  "arm-1": "#ee694f",
  "arm-2": "#003820",
  "arm-3": "#960174",
  "arm-4": "#765d01",
  "arm-5": "#4a9ea9",
  "arm-6": "#ab74ff",
} as const;

/** The name of a colour. */
export type Colour = keyof typeof LIGHT;

/** The same colours on a dark page: 9 apart, 5:1 from the page. */
export const DARK: Readonly<Record<Colour, string>> = {
  "paper": "#14171b",
  "ink": "#e8eaed",
  "quiet": "#a3abb5",
  "line": "#3a4149",
  "panel": "#1e2329",
  "good": "#5fd39a",
  "bad": "#ff8a80",
  "warn": "#f3c969",
  "warn-panel": "#33290f",
  "bad-panel": "#3a1a18",
  "arm-0": "#9dc9ff",
  "arm-1": "#fd9120",
  "arm-2": "#33ffc8",
  "arm-3": "#e0597a",
  "arm-4": "#ffdd3b",
  "arm-5": "#13a4ba",
  "arm-6": "#8876ec",
};

/** The marks by which arms differ. */
export type ArmSymbol = "circle" | "square" | "triangle" | "diamond" | "star" | "cross";

/** How one arm is drawn, in every figure. */
export interface ArmStyle {
  /** The arm. */
  readonly arm: ReportArm;
  /** A CSS colour. */
  readonly colour: string;
  /** A dash array; `none` for a solid line. */
  readonly dash: string;
  /** Its mark. */
  readonly symbol: ArmSymbol;
}

const COLOURS = 7;
const DASHES = ["none", "7 3", "2 3", "9 3 2 3", "4 2"] as const;
const SYMBOLS = ["circle", "square", "triangle", "diamond", "star", "cross"] as const;

/** A CSS reference to a colour; a figure that stands alone has it replaced. */
export function colour(name: Colour): string {
  return `var(--${name})`;
}

/**
 * The styles of the arms in the manifest's order; an arm that is a rule is quiet and takes no colour.
 *
 * Colours, dashes and symbols repeat with periods 7, 5 and 6, so that no two of 210 arms look alike.
 */
export function armStyles(data: Pick<ReportData, "arms" | "summary">): readonly ArmStyle[] {
  const declared = new Set(data.arms.map((arm) => arm.name));
  const others = [...new Set(data.summary.points.map((point) => point.arm))].filter((arm) =>
    !declared.has(arm)
  );
  const arms = [...data.arms, ...others.map((name) => ({ name, description: "", rule: false }))];
  let drawn = 0;
  return arms.map((arm) => {
    if (arm.rule) return { arm, colour: colour("quiet"), dash: "2 3", symbol: "circle" };
    const index = drawn++;
    return {
      arm,
      colour: `var(--arm-${index % COLOURS})`,
      dash: DASHES[index % DASHES.length],
      symbol: SYMBOLS[index % SYMBOLS.length],
    };
  });
}
